// The lines now: the menu's services with what the board and the counters know of them.
import type { Shut } from "../shared/openings.ts";
import type { Board, CounterRow, Menu, MenuField, MenuService, Names, Wait } from "../shared/wire.ts";

export interface Line extends Shut {
  code: string;
  names: Names;
  prefix: string;
  /** Gives out numbers. */
  open: boolean;
  waiting: number;
  wait: Wait | null;
  counters: string[];
  /** Numbers of the counters that are open now; null while nobody has told. */
  openCounters: string[] | null;
  /** The numbers that would be called next. */
  next: string[];
}

export interface LineGroup {
  code: string;
  names: Names;
  lines: Line[];
}

/** One service's line. The board is fresher than the menu: its count wins. */
export function lineOf(service: MenuService, board: Board | null, counters: CounterRow[] | null): Line {
  const { code, names, prefix, open, closed_because, opens_at } = service;
  const waiting = board?.waiting[code] ?? service.waiting;
  return {
    code,
    names,
    prefix,
    open,
    closed_because,
    opens_at,
    waiting,
    wait: service.estimated_wait,
    counters: service.counters,
    openCounters:
      counters === null
        ? null
        : counters.filter((each) => each.state === "open" && each.services.includes(code)).map((each) => each.number),
    next: board?.next.find((each) => each.service === code)?.numbers ?? [],
  };
}

/** All lines by field, both in the centre's order; a field without services is left out. */
export function linesByField(menu: Menu, board: Board | null, counters: CounterRow[] | null): LineGroup[] {
  const services = new Map(menu.services.map((service) => [service.code, service]));
  return menu.fields
    .map(({ code, names, services: codes }: MenuField) => ({
      code,
      names,
      lines: codes.flatMap((each) => {
        const service = services.get(each);
        return service === undefined ? [] : [lineOf(service, board, counters)];
      }),
    }))
    .filter(({ lines }) => lines.length > 0);
}

/** How many wait in all. */
export function waitingInAll(groups: readonly LineGroup[]): number {
  return groups.reduce((sum, { lines }) => sum + lines.reduce((each, { waiting }) => each + waiting, 0), 0);
}
