// What a ticket's page says: one mood, one headline and what to do next, from the picture alone.
import type { LiveStatus } from "../shared/live.ts";
import type { Lang, TicketPicture, TicketState } from "../shared/wire.ts";
import { type Key, words } from "./words.ts";

/** wait: sit down. soon: come nearer. now: go to the counter. served, care (something to do), over. */
export type Mood = "wait" | "soon" | "now" | "served" | "care" | "over";

export interface View {
  mood: Mood;
  headline: Key;
  next: Key;
  /** People ahead and the wait are worth showing. */
  waits: boolean;
  /** The counter stands beside the number. */
  toCounter: boolean;
  mayGiveUp: boolean;
}

const SOON = 3;

const VIEWS: Record<Exclude<TicketState, "waiting">, View> = {
  called: view("now", "called", "called.next", { toCounter: true }),
  serving: view("served", "serving", "serving.next", { toCounter: true, mayGiveUp: false }),
  held: view("care", "held", "held.next"),
  no_show: view("care", "no_show", "no_show.next", { mayGiveUp: false }),
  finished: view("over", "finished", "finished.next", { mayGiveUp: false }),
  cancelled: view("over", "cancelled", "cancelled.next", { mayGiveUp: false }),
};

type Line = Pick<TicketPicture, "state" | "people_ahead" | "estimated_wait" | "serving_now">;

/** The page for this picture; nobody is told to come nearer to counters that are all shut. */
export function viewOf({ state, people_ahead: ahead, estimated_wait: wait, serving_now: others }: Line): View {
  if (state !== "waiting") return VIEWS[state];
  const moves = wait !== null || others.length > 0;
  if (ahead <= SOON && !moves) return view("wait", "waiting", "unopened.next", { waits: true });
  if (ahead === 0) return view("soon", "next", "soon.next", { waits: true });
  if (ahead <= SOON) return view("soon", "soon", "soon.next", { waits: true });
  return view("wait", "waiting", "waiting.next", { waits: true });
}

function view(mood: Mood, headline: Key, next: Key, more: Partial<View> = {}): View {
  return { mood, headline, next, waits: false, toCounter: false, mayGiveUp: true, ...more };
}

/** The tab's title: also what a phone shows among its open pages. */
export function titleOf(picture: TicketPicture, lang: Lang): string {
  const say = words(lang);
  const { number, counter, state } = picture;
  if (state === "called" && counter !== null) return say("title.called", { counter, number });
  return `${number} · ${say(viewOf(picture).headline)}`;
}

/** What a screen reader hears when `before` becomes `after`; null when nothing is worth a word. */
export function spoken(before: TicketPicture | null, after: TicketPicture, lang: Lang): string | null {
  const say = words(lang);
  const { number, counter, hall } = after;
  if (after.state === "called" && counter !== null) {
    if (before !== null && !isNewCall(before, after)) return null;
    const call = say("spoken.called", { number, counter });
    return hall === null ? call : say("spoken.hall", { call, hall });
  }
  const now = viewOf(after);
  const ahead = now.waits && after.people_ahead > 0 ? `. ${say("spoken.ahead", { ahead: after.people_ahead })}` : "";
  // Each step of a long line would be chatter: the last few alone are told.
  const moved = now.mood === "soon" && before?.people_ahead !== after.people_ahead;
  if (before !== null && viewOf(before).headline === now.headline && !moved) return null;
  return `${say(now.headline)}${ahead}. ${say(now.next)}`;
}

/** True when the citizen is called, called again or sent to another counter by this change. */
export function isNewCall(before: TicketPicture | null, after: TicketPicture): boolean {
  if (after.state !== "called") return false;
  if (before === null || before.state !== "called") return true;
  return before.counter !== after.counter || before.state_since !== after.state_since;
}

/** How the page says how fresh it is; `seen` is when the picture was last known to be true. */
export function freshness(
  { state, since }: LiveStatus,
  seen: number,
  now: number,
): { words: "fresh" | "fresh.now" | "again" | "stale"; look: LiveStatus["state"] } {
  if (state === "live") return { words: "fresh", look: "live" };
  // Asked for by HTTP since the cut: the socket alone is missing.
  if (seen > since && now - seen < ASKED_LATELY) return { words: "fresh.now", look: "live" };
  return state === "connecting" ? { words: "again", look: "connecting" } : { words: "stale", look: "offline" };
}

const ASKED_LATELY = 40_000;

/** A word's largest size, in hundredths of the page's width, at which it stays on one line of the card. */
export function fitting(word: string): number {
  return Math.min(29, Math.floor(138 / Math.max(word.length, 4)));
}
