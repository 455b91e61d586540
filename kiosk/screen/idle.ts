// When a page that nobody touches goes back to the start, and when it says so beforehand.
import type { PrintOutcome } from "./print.ts";
import type { Visit } from "./visit.ts";
import { placeOf } from "./visit.ts";

/** The last seconds are counted where everybody can see them. */
export const ASK_FOR = 10_000;

const USUAL = 40_000;
const AT_NUMBER = 20_000;
const NUMBER_WITHOUT_PAPER = 45_000; // time to write it down or to take out a phone
const WHILE_TRYING = 120_000; // the server is away: the citizen waits for it, not the other way round

/** Milliseconds without a touch until the start; null at a start screen as the next citizen expects it. */
export function patience(visit: Visit, print: PrintOutcome): number | null {
  const place = placeOf(visit);
  if (place.at === "number") return print === "printing" ? null : print === "take" ? AT_NUMBER : NUMBER_WITHOUT_PAPER;
  if (place.at === "taking") return WHILE_TRYING;
  if (place.at === "start" && visit.lang === "vi" && !visit.low && place.page === 0) return null;
  return USUAL;
}

/** Quiet, then the seconds left, then 0: go. */
export function secondsLeft(limit: number | null, untouchedFor: number): number | null {
  if (limit === null) return null;
  const left = limit - untouchedFor;
  return left > ASK_FOR ? null : Math.max(0, Math.ceil(left / 1000));
}
