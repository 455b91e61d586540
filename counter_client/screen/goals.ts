// Where a ticket can be transferred to, as somebody types to find it.
import type { CounterPicture } from "../../server/screens/shared/wire.ts";
import { folded } from "./words.ts";

export type Goal =
  | { kind: "counter"; id: string; number: string; name: string; open: boolean }
  | { kind: "service"; code: string; name: string; counters: string[] };

/** Other counters (open ones first) and other services, those that fit what was typed. */
export function goalsFor(picture: CounterPicture, typed: string): Goal[] {
  const wanted = folded(typed);
  const fits = (...words: string[]) => words.some((word) => folded(word).includes(wanted));
  const digits = /^\d+$/.test(wanted);

  const counters = picture.site_counters
    .filter(({ id }) => id !== picture.counter.id)
    .filter(({ number, name }) => wanted === "" || (digits ? number.startsWith(wanted) : fits(name, number)))
    .map(({ id, number, name, state }): Goal => ({ kind: "counter", id, number, name, open: state === "open" }))
    .sort((a, b) => rank(a, wanted) - rank(b, wanted));
  const services = picture.site_services
    .filter(({ code }) => code !== picture.ticket?.service)
    .filter(({ name }) => wanted === "" || (!digits && fits(name)))
    .map(({ code, name }): Goal => ({
      kind: "service",
      code,
      name,
      counters: picture.site_counters.filter(({ services }) => services.includes(code)).map(({ number }) => number),
    }));
  return [...services, ...counters];
}

function rank(goal: Goal, wanted: string): number {
  if (goal.kind !== "counter") return 0;
  return (goal.number === wanted ? 0 : 2) + (goal.open ? 0 : 1);
}

/** What `/transfer` is sent. */
export function bodyFor(goal: Goal): { service: string } | { counter: string } {
  return goal.kind === "service" ? { service: goal.code } : { counter: goal.id };
}

export const keyOf = (goal: Goal): string => `${goal.kind}-${goal.kind === "service" ? goal.code : goal.id}`;
