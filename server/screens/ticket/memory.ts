// The last picture of a ticket, kept on the citizen's own phone for the day: shown, with its time, while offline.
import type { TicketPicture } from "../shared/wire.ts";

/** A picture and when it was last known to be true (milliseconds since 1970, this phone's clock). */
export interface Seen {
  picture: TicketPicture;
  at: number;
}

export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const PREFIX = "denluot.ticket.";
const KEPT_FOR = 24 * 3_600_000;

/** What this phone last knew of the ticket; null when nothing, or nothing from the last day. */
export function recall(shelf: Shelf, token: string, now: number): Seen | null {
  return read(shelf, PREFIX + token, now);
}

/** Keeps what is known now, and forgets tickets of other days. */
export function remember(shelf: Shelf, token: string, seen: Seen, now: number): void {
  for (let i = shelf.length - 1; i >= 0; i--) {
    const key = shelf.key(i);
    if (key !== null && key.startsWith(PREFIX) && read(shelf, key, now) === null) shelf.removeItem(key);
  }
  shelf.setItem(PREFIX + token, JSON.stringify(seen));
}

/** The ticket is not known any more. */
export function forget(shelf: Shelf, token: string): void {
  shelf.removeItem(PREFIX + token);
}

function read(shelf: Shelf, key: string, now: number): Seen | null {
  try {
    const seen = JSON.parse(shelf.getItem(key) ?? "null") as Seen | null;
    return seen !== null && now - seen.at < KEPT_FOR ? seen : null;
  } catch {
    return null; // Written by another version of this page.
  }
}
