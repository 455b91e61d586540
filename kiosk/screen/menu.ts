// What of the site's menu a citizen chooses from, screen by screen: at most seven choices on each.
import type { Frequent, Menu, MenuField, MenuService, PriorityClass } from "../../server/screens/shared/wire.ts";

export const MOST_CHOICES = 7;

/** What a number is taken for. */
export type Choice = { service: string } | { procedure: string; service: string };

export function choiceOf({ kind, code, service }: Frequent): Choice {
  return kind === "service" ? { service } : { procedure: code, service };
}

/** What stands on the start screen, in the centre's order; `door` leads to all fields when they do not fit beside the frequent ones. */
export interface Start {
  frequent: Frequent[];
  fields: MenuField[];
  door: boolean;
}

export function startOf(menu: Menu): Start {
  const frequent = menu.frequent.filter((each) => serviceOf(menu, each.service) !== undefined);
  const fields = menu.fields.filter((field) => !standsWhole(frequent, field));
  if (frequent.length === 0) return { frequent, fields, door: false };
  if (frequent.length + fields.length <= MOST_CHOICES) return { frequent, fields, door: false };
  return { frequent: frequent.slice(0, MOST_CHOICES - 1), fields: [], door: true };
}

/** True for a field all of whose lines stand there: choosing it would lead to nothing else. */
function standsWhole(frequent: readonly Frequent[], field: MenuField): boolean {
  const lines = frequent.filter((each) => each.kind === "service").map((each) => each.service);
  return field.services.length > 0 && field.services.every((code) => lines.includes(code));
}

export function serviceOf(menu: Menu, code: string): MenuService | undefined {
  return menu.services.find((each) => each.code === code);
}

export function servicesIn(menu: Menu, field: MenuField): MenuService[] {
  return field.services
    .map((code) => serviceOf(menu, code))
    .filter((each): each is MenuService => each !== undefined);
}

/** False when no line of the field gives out numbers now. */
export function isOpen(menu: Menu, field: MenuField): boolean {
  return servicesIn(menu, field).some((service) => service.open);
}

/** The classes a citizen may claim at the kiosk, and those that staff confirm first. */
export function priorityClasses(menu: Menu): { here: PriorityClass[]; elsewhere: PriorityClass[] } {
  return {
    here: menu.priority_classes.filter((each) => each.kiosk),
    elsewhere: menu.priority_classes.filter((each) => !each.kiosk),
  };
}

/** One page of a list and how many there are; what stands first in the list stands on a full first page. */
export function pageOf<Item>(items: readonly Item[], page: number, most = MOST_CHOICES): { shown: Item[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(items.length / most));
  const here = Math.min(Math.max(0, page), pages - 1);
  return { shown: items.slice(here * most, (here + 1) * most), page: here, pages };
}

/** "4–6, 8" of ["4", "5", "6", "8"]; null when no counter is known. Two in a row stay "4, 5". */
export function counterList(numbers: readonly string[]): string | null {
  if (numbers.length === 0) return null;
  const runs: string[][] = [];
  for (const number of numbers) {
    const run = runs[runs.length - 1];
    if (run !== undefined && follows(run[run.length - 1]!, number)) run.push(number);
    else runs.push([number]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}–${run[run.length - 1]}` : run.join(", "))).join(", ");
}

function follows(one: string, next: string): boolean {
  return /^\d+$/.test(one) && /^\d+$/.test(next) && Number(next) === Number(one) + 1;
}
