// What the hall sees of the calls and the lines: the large call, the rows below it, who waits where.
import type { Board, Call, Lang, MenuService } from "../../server/screens/shared/wire.ts";
import { nameIn } from "../../server/screens/shared/texts.ts";
import { formatDate } from "../../server/screens/shared/format.ts";
import type { ShownCall } from "./callqueue.ts";
import { linesOf } from "./fit.ts";

/** Rows of calls below the large one: more cannot be read from five metres. */
export const ROWS = 5;
/** A call stays large, in quiet colours, for this long after its turn; then the hall is welcomed. */
export const LARGE_FOR = 10 * 60_000;
const PAGE_FOR = 15_000;

export type ServiceName = Pick<MenuService, "code" | "names" | "prefix">;

export interface CallsView {
  /** `now`: somebody is invited at this moment. `past`: the last one was a moment ago. null: a welcome. */
  large: { call: Call; now: boolean } | null;
  rows: ShownCall[];
}

/** Yesterday's calls are never shown. `now` is the server's time in milliseconds since 1970. */
export function callsView(shown: readonly ShownCall[], now: number, rows = ROWS): CallsView {
  const today = formatDate(now);
  const ofToday = shown.filter(({ call, place }) => place !== "past" || formatDate(call.called_at) === today);
  const large = ofToday.find(({ place }) => place === "now") ?? ofToday.find((row) => isRecent(row, now));
  return {
    large: large === undefined ? null : { call: large.call, now: large.place === "now" },
    rows: ofToday.filter((row) => row !== large).slice(0, rows),
  };
}

function isRecent({ call, place }: ShownCall, now: number): boolean {
  return place === "past" && now - Date.parse(call.called_at) < LARGE_FOR;
}

/** The calls of a picture that nobody vouches for any more: all of them past, newest first, one row per number. */
export function oldCalls(board: Board): ShownCall[] {
  const rows: ShownCall[] = [];
  for (const call of [...board.calls].reverse()) {
    if (!rows.some((row) => row.call.number === call.number)) rows.push({ call, place: "past", active: false });
  }
  return rows;
}

export interface Line {
  code: string;
  prefix: string;
  name: string;
  waiting: number;
}

/** The hall's services with how many wait, in the order of the menu. */
export function linesOfHall(services: readonly ServiceName[], waiting: Board["waiting"], lang: Lang): Line[] {
  return services.flatMap(({ code, names, prefix }) => {
    const count = waiting[code];
    return count === undefined ? [] : [{ code, prefix, name: nameIn(lang, names), waiting: count }];
  });
}

export interface Columns {
  count: number;
  /** Width left for a name, in sizes of its letters. */
  room: number;
}

/** The most columns in which every name stands on two lines. `choices` from the most to one. */
export function columnsFor(lines: readonly Line[], choices: readonly Columns[]): number {
  const fits = choices.find(({ room }) => lines.every(({ name }) => linesOf(name, room) <= 2));
  return fits?.count ?? 1;
}

export interface Page {
  lines: Line[];
  /** How many a full page has: the picture keeps its height on the last one. */
  length: number;
  /** From 1. */
  page: number;
  pages: number;
}

/** The lines that are seen at this time: when they are too many, pages of equal length take turns. */
export function pageAt(lines: readonly Line[], most: number, now: number): Page {
  const pages = Math.max(1, Math.ceil(lines.length / most));
  const length = Math.ceil(lines.length / pages);
  const index = Math.floor(now / PAGE_FOR) % pages;
  return { lines: lines.slice(index * length, (index + 1) * length), length, page: index + 1, pages };
}

const STEPS: readonly [number, number][] = [[0, 0], [1, 0], [2, 1], [2, 2], [1, 3], [0, 3], [-1, 3], [-2, 2], [-2, 1], [-1, 0]];
const STEP_FOR = 3 * 60_000;

/** How far the whole picture stands from its place, in pixels: a step of a pixel or so every three minutes
 *  spares the panel, and nobody sees it. */
export function drift(now: number): readonly [number, number] {
  return STEPS[Math.floor(now / STEP_FOR) % STEPS.length] ?? [0, 0];
}

/** The ids of the calls that were announced, the last fifty in order. */
export function remembering(announced: readonly string[], id: string): string[] {
  return [...announced, id].slice(-50);
}
