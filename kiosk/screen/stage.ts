// What every page is given.
import type { Menu } from "../../server/screens/shared/wire.ts";
import type { Step, Visit } from "./visit.ts";

export interface Stage {
  menu: Menu;
  visit: Visit;
  step(step: Step): void;
}
