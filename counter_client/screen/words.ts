// The officer's words: texts, waits, titles, and what a refusal means at the counter.
import { formatMinutes } from "../../server/screens/shared/format.ts";
import type { Offline, Refusal } from "../../server/screens/shared/http.ts";
import { fill, problemText, type Say, type SharedKey, texts } from "../../server/screens/shared/texts.ts";
import type { CounterPicture, Lang, Time, WaitingRow } from "../../server/screens/shared/wire.ts";
import type { Act } from "./desk.ts";
import en from "./texts/en.json";
import vi from "./texts/vi.json";

export type Key = keyof typeof vi | SharedKey;

export const wordsIn = (lang: Lang): Say<Key> => texts(lang, { vi, en });

/** Whole minutes from one moment to another, never negative. */
export function minutesBetween(from: Time, to: Time | number): number {
  const end = typeof to === "number" ? to : Date.parse(to);
  return Math.max(0, Math.floor((end - Date.parse(from)) / 60_000));
}

/** 12 phút · 1 giờ 05 phút · dưới 1 phút. */
export function waitWords(since: Time, now: Time | number, lang: Lang): string {
  return formatMinutes(minutesBetween(since, now), lang);
}

/** (3) Quầy 5: seen on the tab or the task bar while another program has the screen. */
export function titleFor(picture: CounterPicture | null, fresh: boolean, lang: Lang): string {
  const say = wordsIn(lang);
  if (picture === null) return `${say("title")} · Đến Lượt`;
  const name = say("counter.n", { counter: picture.counter.number });
  if (!fresh) return `${say("title.offline")} · ${name}`;
  return picture.waiting_total === 0 ? name : `(${picture.waiting_total}) ${name}`;
}

/** A row's two lines: the service first where the counter has several, else what the citizen came for. */
export function rowWords(
  row: Pick<WaitingRow, "service_name" | "procedure">,
  oneService: boolean,
): { main: string; more: string | null } {
  if (row.procedure === null) return { main: row.service_name, more: null };
  return oneService ? { main: row.procedure, more: null } : { main: row.service_name, more: row.procedure };
}

/** A refusal's words for this act, where the shared ones would miss the point. */
export function refusalWords(error: Refusal | Offline, act: Act | "leave", lang: Lang): string {
  if (!("code" in error)) return problemText(error, lang);
  const own = `refused.${act}.${error.code}` as Key;
  if (!(own in vi)) return problemText(error, lang);
  const ticket = error.facts["ticket"] as { number?: string } | undefined;
  return fill(wordsIn(lang)(own), { number: ticket?.number ?? "" }).replace(/ +/g, " ");
}

/** Letters and digits alone, without diacritics: what people type to find something. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .trim();
}

/** A014 for "a14", "a 014" or "A014"; null when it cannot be a number. */
export function numberTyped(text: string): string | null {
  const parts = /^\s*([a-zA-Z]{1,3})\s*0*(\d{1,6})\s*$/.exec(text);
  if (parts?.[1] === undefined || parts[2] === undefined) return null;
  return parts[1].toUpperCase() + parts[2].padStart(3, "0");
}
