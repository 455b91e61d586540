// The last picture this display saw, kept over a power cut: a start without network is no blank wall.
import type { Board, Lang, Names, SiteName } from "../../server/screens/shared/wire.ts";
import type { ServiceName } from "./view.ts";

/** What the hall and its lines are called. */
export interface HallNames {
  site: { code: string; names: Names };
  hall: SiteName | null;
  languages: Lang[];
  services: ServiceName[];
}

export interface Remembered {
  names: HallNames;
  board: Board;
  /** The server's time in milliseconds since 1970 when this was last known to be true. */
  seen: number;
}

const PLACE = "denluot.display.picture";
const FORM = 1;
/** Enough for every row on the screen, even if each number was called several times. */
const CALLS = 30;

/** The memory as text; calls that no row will show are left out. */
export function written(memory: Remembered): string {
  const { board } = memory;
  return JSON.stringify({ form: FORM, ...memory, board: { ...board, calls: board.calls.slice(-CALLS), next: [] } });
}

/** The memory that a text holds, or null when it is no such text or one of another form. */
export function parsed(text: string | null): Remembered | null {
  if (text === null) return null;
  try {
    const { form, names, board, seen } = JSON.parse(text) as { form?: number } & Remembered;
    return form === FORM ? { names, board, seen } : null;
  } catch {
    return null;
  }
}

/** Whether the memory is of this site and hall, and not of the place where the screen hung before. */
export function isOf(memory: Remembered, site: SiteName, hall: SiteName | null): boolean {
  return memory.names.site.code === site.code && memory.names.hall?.code === hall?.code;
}

export function recall(): Remembered | null {
  try {
    return parsed(localStorage.getItem(PLACE));
  } catch {
    return null; // storage is switched off
  }
}

export function remember(memory: Remembered): void {
  try {
    localStorage.setItem(PLACE, written(memory));
  } catch {
    // Storage is switched off or full: the next start without network is a welcome without numbers.
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // There was nothing to remember it in.
  }
}
