// What the desk knows and does: the picture, the press under way, the open dialog, the word beside the buttons.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Offline, Refusal } from "../../server/screens/shared/http.ts";
import { useLiveStatus, usePicture } from "../../server/screens/shared/hooks.ts";
import { connectLive, type LiveStatus } from "../../server/screens/shared/live.ts";
import type { CounterPicture, Lang } from "../../server/screens/shared/wire.ts";
import { type Act, othersOf, pauseOf, primaryOf, type Stand, standOf } from "./desk.ts";
import type { Numbered } from "./line.tsx";
import { type Note, noteOfChange, noteOfDone, noteOfRefusal } from "./notes.ts";
import { type Pressing, usePressing, type Wish } from "./pressing.ts";
import { refusalWords, titleFor, wordsIn } from "./words.ts";

/** The dialog that is open; one about the ticket at the counter goes when the ticket does. */
export type Open =
  | { is: "hold" | "return" | "transfer"; ticket: string }
  | { is: "call"; row: Numbered | null }
  | { is: "menu" | "help" };

export interface DeskState {
  picture: CounterPicture | null;
  /** Why the counter may not be watched. */
  refused: string | null;
  stand: Stand;
  status: LiveStatus;
  /** Whether the picture came over the connection that stands now. */
  fresh: boolean;
  /** Added to this PC's clock, gives the server's. */
  offset: number;
  pressing: Pressing;
  note: Note | null;
  open: Open | null;
  primary: { current: HTMLButtonElement | null };
  show(open: Open | null): void;
  /** What a button or its key asks for: pressed at once, or asked about in a dialog first. */
  act(act: Act): void;
  /** Pressed from a dialog, which then closes. */
  press(act: Act, wish?: Wish): Promise<boolean>;
  pause(): void;
  callRow(row: Numbered): void;
  returnRow(row: Numbered): void;
  leave(): Promise<void>;
}

export function useDesk(counter: string, me: string, lang: Lang, onLeave: () => Promise<void>): DeskState {
  const say = wordsIn(lang);
  const live = useMemo(() => connectLive(), []);
  useEffect(() => () => live.close(), [live]);
  const status = useLiveStatus(live);
  const { picture, refused } = usePicture(live, "counter", { counter });
  const fresh = useFresh(status, picture);
  const [wished, show] = useState<Open | null>(null);
  const [note, setNote] = useNote();
  const primary = useRef<HTMLButtonElement>(null);

  const stand = picture === null ? "closed" : standOf(picture, me);
  const main = picture === null ? null : primaryOf(stand);
  const ticket = picture?.ticket ?? null;
  const pressing = usePressing(live, picture, fresh, `${main} ${ticket?.id}`, {
    done: (done) => setNote(noteOfDone(done, lang)),
    refused: (refusal) => setNote(noteOfRefusal(refusal, lang)),
  });
  useSurprises(picture, pressing.busy !== null, (before, after) => {
    const change = noteOfChange(before, after, lang);
    if (change !== null) setNote(change);
  });
  useEffect(() => {
    document.title = titleFor(picture, fresh, lang);
  }, [picture, fresh, lang]);

  const open = stillFits(wished, stand, ticket?.id) ? wished : null;
  useEffect(() => {
    if (wished !== null && open === null) show(null);
  }, [wished, open]);
  useFocusOnPrimary(primary, `${main} ${pressing.busy} ${open?.is}`, open === null && pressing.busy === null);

  const press = (act: Act, wish?: Wish) => {
    setNote(null);
    return pressing.press(act, wish);
  };
  return {
    ...{ picture, refused, stand, status, fresh, pressing, note, open, primary, show },
    offset: live.serverOffset(),
    async press(act, wish) {
      const went = await press(act, wish);
      show(null);
      return went;
    },
    act(act) {
      if (picture === null || !fresh || pressing.busy !== null) return;
      if (act !== main && !othersOf(picture, stand).includes(act)) return;
      if (act === "call") show({ is: "call", row: null });
      else if (act === "hold" || act === "return" || act === "transfer") show({ is: act, ticket: ticket!.id });
      else void press(act);
    },
    pause() {
      const act = picture === null ? null : pauseOf(picture, stand);
      if (act !== null) void press(act);
    },
    callRow(row) {
      if (stand === "free") return show({ is: "call", row });
      const words = ticket === null ? say("note.not_open") : say("note.busy_row", { number: ticket.number });
      setNote({ tone: "plain", words, stays: 5_000 });
    },
    returnRow({ id, number }) {
      void press("return", { path: `/tickets/${id}/return`, facts: { reason: say("return.back") }, number });
    },
    // Somebody who leaves closes the counter; a ticket there is never left standing.
    async leave() {
      try {
        const seated = stand !== "taken" && stand !== "closed";
        if (!seated || (await press("close", { as: "leave" }))) await onLeave();
      } catch (error) {
        if (!(error instanceof Refusal || error instanceof Offline)) throw error;
        setNote({ tone: "care", words: refusalWords(error, "leave", lang), stays: 12_000 });
      }
    },
  };
}

function stillFits(open: Open | null, stand: Stand, ticket: string | undefined): boolean {
  if (open === null) return true;
  if ("ticket" in open) return open.ticket === ticket;
  return open.is !== "call" || stand === "free";
}

/** The hand's next press is the primary one again, unless somebody is busy in the line. */
function useFocusOnPrimary(primary: { current: HTMLButtonElement | null }, change: string, calm: boolean): void {
  useEffect(() => {
    const inLine = document.activeElement?.closest(".line") ?? null;
    if (calm && inLine === null) primary.current?.focus({ preventScroll: true });
  }, [change, calm]);
}

function useFresh(status: LiveStatus, picture: CounterPicture | null): boolean {
  const old = useRef<CounterPicture | null>(null);
  if (status.state !== "live") old.current = picture;
  return status.state === "live" && picture !== null && picture !== old.current;
}

/** A note that goes by itself. */
function useNote(): [Note | null, (note: Note | null) => void] {
  const [note, setNote] = useState<Note | null>(null);
  useEffect(() => {
    if (note === null) return undefined;
    const timer = setTimeout(() => setNote(null), note.stays);
    return () => clearTimeout(timer);
  }, [note]);
  return [note, setNote];
}

/** Hears of each new picture that no press here has asked for. */
function useSurprises(
  picture: CounterPicture | null,
  busy: boolean,
  hear: (before: CounterPicture, after: CounterPicture) => void,
): void {
  const before = useRef<CounterPicture | null>(null);
  useEffect(() => {
    if (before.current !== null && picture !== null && !busy) hear(before.current, picture);
    before.current = picture;
  }, [picture]);
}
