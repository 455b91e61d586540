// The list of counters as somebody looks for a seat: by hall, with what is free.
import type { CounterRow } from "../../server/screens/shared/wire.ts";

export interface HallGroup {
  code: string;
  name: string | null;
  counters: CounterRow[];
}

/** Counters by hall, both in the order of the list. */
export function byHall(counters: readonly CounterRow[]): HallGroup[] {
  const groups = new Map<string, HallGroup>();
  for (const counter of counters) {
    const group = groups.get(counter.hall) ?? { code: counter.hall, name: counter.hall_name ?? null, counters: [] };
    group.counters.push(counter);
    groups.set(group.code, group);
  }
  return [...groups.values()];
}

export type Seat = "free" | "mine" | "taken";

/** Who sits there. The list knows names only; opening is what settles it. */
export function seatOf(counter: CounterRow, myName: string): Seat {
  if (counter.officer === null) return "free";
  return counter.officer === myName ? "mine" : "taken";
}

/** Typing a number finds its counter: the whole number first, then one that begins so. */
export function counterTyped(counters: readonly CounterRow[], typed: string): CounterRow | null {
  if (typed === "") return null;
  const exact = counters.find(({ number }) => number === typed);
  return exact ?? counters.find(({ number }) => number.startsWith(typed)) ?? null;
}
