// One citizen's visit to the kiosk: where it stands, what was chosen, and the one key its number is taken with.
import type { Shut } from "../../server/screens/shared/openings.ts";
import type { Issued, Lang, MenuService, TicketWish } from "../../server/screens/shared/wire.ts";
import type { Choice } from "./menu.ts";

export type Place =
  | { at: "start"; page: number }
  | { at: "fields"; page: number }
  | { at: "services"; field: string; page: number }
  | { at: "confirm"; choice: Choice; priority: string | null }
  | { at: "priority"; choice: Choice; page: number }
  | { at: "taking"; order: Order }
  | { at: "refused"; code: string; status: number; facts: Readonly<Record<string, unknown>> }
  | { at: "number"; order: Order; issued: Issued };

/** What the server is asked for, and the key under which it gives one number however often it is asked. */
export interface Order {
  wish: TicketWish;
  service: string;
  priority: string | null;
  key: string;
}

export interface Visit {
  /** Counts the visits: a page that begins anew is a new page even at the same place. */
  serial: number;
  lang: Lang;
  /** Everything to touch stands in the lower part, for a person in a wheelchair or a child. */
  low: boolean;
  /** The way here; the last is where the visit stands. */
  trail: readonly [Place, ...Place[]];
  /** Orders whose answer has not come: the number may exist, so the same wish goes out under the same key. */
  unanswered: readonly Order[];
}

export type Step =
  | { do: "open"; place: Place }
  | { do: "turn"; page: number }
  | { do: "back" }
  | { do: "home" }
  | { do: "speak"; lang: Lang }
  | { do: "reach"; low: boolean }
  | { do: "claim"; priority: string | null }
  | { do: "take"; key: string }
  | { do: "issued"; key: string; issued: Issued }
  | { do: "refused"; key: string; code: string; status: number; facts: Readonly<Record<string, unknown>> };

export const FIRST_VISIT: Visit = {
  serial: 0,
  lang: "vi",
  low: false,
  trail: [{ at: "start", page: 0 }],
  unanswered: [],
};

export function placeOf(visit: Visit): Place {
  return visit.trail[visit.trail.length - 1]!;
}

/** The page that says why no numbers are given out, and what to do instead: as if the server had refused. */
export function shut(line: Shut | undefined): Place {
  const code = line?.closed_because ?? "service_closed";
  return { at: "refused", code, status: 409, facts: { opens_at: line?.opens_at ?? null } };
}

/** Where a touch on this choice leads while its line is open or shut. */
export function leadsTo(choice: Choice, line: MenuService): Place {
  return line.open ? { at: "confirm", choice, priority: null } : shut(line);
}

/** The visit after the step; a step that has no meaning at its place (a second tap) changes nothing. */
export function after(visit: Visit, step: Step): Visit {
  const here = placeOf(visit);
  switch (step.do) {
    case "open":
      return { ...visit, trail: [...visit.trail, step.place] };
    case "turn":
      return "page" in here ? standAt(visit, { ...here, page: step.page }) : visit;
    case "back":
      return goBack(visit);
    case "home":
      return { ...FIRST_VISIT, serial: visit.serial + 1 };
    case "speak":
      return { ...visit, lang: step.lang };
    case "reach":
      return { ...visit, low: step.low };
    case "claim":
      return claim(visit, step.priority);
    case "take":
      return here.at === "confirm" ? take(visit, here, step.key) : visit;
    case "issued":
    case "refused":
      return here.at === "taking" && here.order.key === step.key ? answered(visit, here.order, step) : visit;
  }
}

function standAt(visit: Visit, place: Place): Visit {
  return { ...visit, trail: [...visit.trail.slice(0, -1), place] as unknown as Visit["trail"] };
}

function goBack(visit: Visit): Visit {
  if (visit.trail.length < 2) return visit;
  return { ...visit, trail: visit.trail.slice(0, -1) as unknown as Visit["trail"] };
}

function claim(visit: Visit, priority: string | null): Visit {
  const before = goBack(visit);
  const confirm = placeOf(before);
  return confirm.at === "confirm" ? standAt(before, { ...confirm, priority }) : visit;
}

function take(visit: Visit, { choice, priority }: Extract<Place, { at: "confirm" }>, key: string): Visit {
  const same = visit.unanswered.find((order) => order.priority === priority && isFor(order.wish, choice));
  const order = same ?? { wish: wishFor(choice, priority, visit.lang), service: choice.service, priority, key };
  const unanswered = same === undefined ? [...visit.unanswered, order] : visit.unanswered;
  return { ...visit, unanswered, trail: [...visit.trail, { at: "taking", order }] };
}

function answered(visit: Visit, order: Order, step: Extract<Step, { do: "issued" | "refused" }>): Visit {
  const unanswered = visit.unanswered.filter((each) => each.key !== order.key);
  if (step.do === "issued") return standAt({ ...visit, unanswered }, { at: "number", order, issued: step.issued });
  const { code, status, facts } = step;
  return standAt({ ...visit, unanswered }, { at: "refused", code, status, facts });
}

export function wishFor(choice: Choice, priority: string | null, language: Lang): TicketWish {
  const what = "procedure" in choice ? { procedure: choice.procedure } : { service: choice.service };
  return { ...what, language, ...(priority === null ? {} : { priority }) };
}

// The language is left aside: it may be switched between two tries at the same number.
function isFor(wish: TicketWish, choice: Choice): boolean {
  if ("procedure" in choice) return "procedure" in wish && wish.procedure === choice.procedure;
  return "service" in wish && wish.service === choice.service;
}
