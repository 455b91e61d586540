// Follows one ticket: pushed while the connection is there, asked for while it is not, remembered when neither works.
import { useEffect, useRef, useState } from "preact/hooks";
import { call, type Offline, Refusal } from "../shared/http.ts";
import { type Live, newest } from "../shared/live.ts";
import type { TicketPicture } from "../shared/wire.ts";
import { forget, recall, remember, type Seen } from "./memory.ts";

export interface Followed {
  seen: Seen | null;
  /** No such ticket, or it may not be watched: waiting does not help. */
  unknown: boolean;
  /** Nothing is known yet, and this is why. */
  trouble: Refusal | Offline | null;
  /** Asks at once. */
  ask: () => void;
}

const EVERY = 15_000;
const SPREAD = 6_000; // A hall full of phones does not ask in the same second.

export function useTicket(live: Live, token: string): Followed {
  const [seen, setSeen] = useState<Seen | null>(() => fromShelf(token));
  const [unknown, setUnknown] = useState(false);
  const [trouble, setTrouble] = useState<Refusal | Offline | null>(null);
  const wasLive = useRef(false);

  const show = (picture: TicketPicture) => {
    setUnknown(false);
    setTrouble(null);
    setSeen((shown) => ({ picture: newest(shown?.picture ?? null, picture), at: Date.now() }));
  };
  const refuse = (code: string) => {
    if (!code.startsWith("unknown_")) return;
    setUnknown(true);
    setSeen(null);
    toShelf((shelf) => forget(shelf, token));
  };
  const ask = () => {
    call<TicketPicture>("GET", `/tickets/${encodeURIComponent(token)}`).then(show, (error: Refusal | Offline) => {
      if (error instanceof Refusal) refuse(error.code);
      setTrouble(error);
    });
  };

  // One request is quicker than a socket's greeting: the first picture comes by HTTP.
  useEffect(() => {
    ask();
    return live.watch("ticket", { ticket: token }, show, refuse);
  }, [live, token]);

  useEffect(
    () =>
      live.onStatus(({ state, since }) => {
        if (wasLive.current && state !== "live") setSeen((shown) => shown && { ...shown, at: since });
        if (state === "offline") ask();
        wasLive.current = state === "live";
      }),
    [live],
  );

  useEffect(() => {
    const timer = setInterval(() => {
      if (live.status.state === "offline" && document.visibilityState === "visible") ask();
    }, EVERY + Math.random() * SPREAD);
    return () => clearInterval(timer);
  }, [live, token]);

  useEffect(() => {
    if (seen !== null) toShelf((shelf) => remember(shelf, token, seen, Date.now()));
  }, [seen, token]);

  return { seen, unknown, trouble, ask };
}

function fromShelf(token: string): Seen | null {
  try {
    return recall(localStorage, token, Date.now());
  } catch {
    return null; // Storage is switched off: there is no memory.
  }
}

function toShelf(act: (shelf: Storage) => void): void {
  try {
    act(localStorage);
  } catch {
    // Storage is full or switched off: the page lives without a memory.
  }
}
