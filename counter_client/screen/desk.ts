// What an officer can do now: read off the pushed picture, never remembered.
import type { CounterPicture } from "../../server/screens/shared/wire.ts";

/** How the counter stands for this officer. */
export type Stand = "taken" | "closed" | "paused" | "free" | "called" | "serving";

export type Act =
  | "open"
  | "call-next"
  | "call"
  | "recall"
  | "start"
  | "finish"
  | "finish-call"
  | "no-show"
  | "hold"
  | "transfer"
  | "return"
  | "pause"
  | "close";

export function standOf(picture: CounterPicture, me: string): Stand {
  const { counter, ticket } = picture;
  if (counter.officer !== null && counter.officer.id !== me) return "taken";
  if (counter.officer === null || counter.state === "closed") return "closed";
  if (ticket?.state === "called") return "called";
  if (ticket !== null) return "serving";
  return counter.state === "paused" ? "paused" : "free";
}

const PRIMARY: Record<Stand, Act | null> = {
  taken: null,
  closed: "open",
  paused: "open",
  free: "call-next",
  called: "start",
  serving: "finish",
};

/** The one act under the right hand. */
export function primaryOf(stand: Stand): Act | null {
  return PRIMARY[stand];
}

/** The other acts that the state allows, in the order of their keys. */
export function othersOf(picture: CounterPicture, stand: Stand): Act[] {
  if (stand === "free") return ["call"];
  if (stand === "called") return ["recall", "no-show", "hold", "transfer", "return"];
  if (stand !== "serving") return [];
  const acts: Act[] = ["hold", "transfer", "return"];
  return picture.counter.state === "open" ? [...acts, "finish-call"] : acts;
}

/** Pause while open, open again while paused; null where neither makes sense. */
export function pauseOf(picture: CounterPicture, stand: Stand): "pause" | "open" | null {
  if (stand === "taken" || stand === "closed") return null;
  return picture.counter.state === "paused" ? "open" : "pause";
}

/** An act's requests, one after the other; each only when the one before was granted. */
export function requestsFor(act: Act, picture: CounterPicture, facts: object = {}): { path: string; body?: object }[] {
  const counter = `/counters/${picture.counter.id}`;
  const here = picture.ticket === null ? {} : { ticket: picture.ticket.id };
  switch (act) {
    case "open":
    case "pause":
    case "close":
    case "call-next":
      return [{ path: `${counter}/${act}` }];
    case "finish-call":
      return [{ path: `${counter}/finish`, body: here }, { path: `${counter}/call-next` }];
    case "return":
      return [{ path: `/tickets/${picture.ticket?.id}/return`, body: facts }];
    default:
      return [{ path: `${counter}/${act}`, body: { ...here, ...facts } }];
  }
}

/** Two pictures with the same mark allow the same acts: what a granted act must change. */
export function markOf({ counter, ticket, held, no_shows }: CounterPicture): string {
  return JSON.stringify([
    counter.state,
    counter.officer?.id,
    ticket && [ticket.id, ticket.state, ticket.calls],
    held.map(({ id }) => id),
    no_shows.map(({ id }) => id),
  ]);
}

export type Surprise =
  | { kind: "left"; number: string }
  | { kind: "came"; number: string }
  | { kind: "started"; number: string }
  | { kind: "closed" | "paused" | "opened" | "joined" };

/** What changed at the counter between two pictures, in the order of its weight; null for nothing to tell. */
export function surpriseIn(before: CounterPicture, after: CounterPicture): Surprise | null {
  if (before.counter.id !== after.counter.id) return null;
  if (before.ticket !== null && before.ticket.id !== after.ticket?.id) {
    return { kind: "left", number: before.ticket.number };
  }
  if (after.ticket !== null && before.ticket === null) return { kind: "came", number: after.ticket.number };
  if (after.ticket?.state === "serving" && before.ticket?.state === "called") {
    return { kind: "started", number: after.ticket.number };
  }
  if (before.counter.state !== after.counter.state) {
    return { kind: after.counter.state === "open" ? "opened" : after.counter.state };
  }
  return joined(before, after) ? { kind: "joined" } : null;
}

/** Somebody came to an empty line. */
export function joined(before: CounterPicture, after: CounterPicture): boolean {
  return before.waiting_total === 0 && after.waiting_total > 0;
}
