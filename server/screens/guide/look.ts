// Looking a ticket up: how its number is typed, and what may be done with it.
import type { StaffTicket, TicketPicture, TicketState } from "../shared/wire.ts";

/** `a 14` → `A014`; null when it cannot be a number. */
export function numberTyped(typed: string): string | null {
  const found = /^([a-zđ]{1,3})0*(\d{1,5})$/i.exec(typed.replace(/[\s.-]/g, ""));
  if (found === null) return null;
  const [, prefix = "", digits = ""] = found;
  return `${prefix.toUpperCase()}${digits.padStart(3, "0")}`;
}

export type Deed = "reprint" | "qr" | "return" | "cancel";

const DEEDS: Record<TicketState, Deed[]> = {
  waiting: ["qr", "reprint", "cancel"],
  called: ["qr", "reprint", "cancel"],
  serving: ["qr", "reprint"],
  held: ["return", "qr", "reprint", "cancel"],
  no_show: ["return", "qr", "reprint"],
  finished: [],
  cancelled: [],
};

/** What a volunteer may do with a ticket in this state; the likeliest wish first. */
export function deedsFor(state: TicketState): readonly Deed[] {
  return DEEDS[state];
}

/** The ticket with what the live picture knows better. */
export function withPicture(ticket: StaffTicket, picture: TicketPicture | null): StaffTicket {
  if (picture === null || picture.number !== ticket.number) return ticket;
  const { state, people_ahead, estimated_wait, counter, state_since } = picture;
  return { ...ticket, state, people_ahead, estimated_wait, counter, state_since };
}

const KEPT = 6;

/** The numbers issued on this phone, newest first, each once. */
export function recentWith(recent: readonly string[], number: string): string[] {
  return [number, ...recent.filter((each) => each !== number)].slice(0, KEPT);
}
