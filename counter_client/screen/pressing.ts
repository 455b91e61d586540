// Presses: one at a time, each answered before the next, and never the one meant for a moment ago.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { call, newKey, Offline, Refusal } from "../../server/screens/shared/http.ts";
import type { Live } from "../../server/screens/shared/live.ts";
import type { CounterPicture } from "../../server/screens/shared/wire.ts";
import { type Act, markOf, requestsFor } from "./desk.ts";

/** After the primary act has changed, a second press within this many ms was meant for the one before. */
const SETTLE = 500;
/** Between two calls of the same ticket the loudspeaker needs this long. */
const RECALL_REST = 3_000;
/** The answer is there; the picture that shows it comes within this time, else it is asked for. */
const PICTURE_WITHIN = 1_500;
/** A short gap in the network is bridged with the same key. */
const BRIDGE = 3_000;

export interface Done {
  act: Act;
  /** The number it was about. */
  number: string;
  /** Nobody waited (204). */
  nobody: boolean;
  /** What the press was about beyond its act, for the words. */
  about: string;
}

export interface Refused {
  act: Act | "leave";
  error: Refusal | Offline;
}

export interface Pressing {
  /** The act that is being answered; no other is taken meanwhile. */
  busy: Act | null;
  /** The primary act has just changed: a late second press is not for it. */
  settling: boolean;
  /** The call was repeated a moment ago. */
  recallResting: boolean;
  press(act: Act, wish?: Wish): Promise<boolean>;
}

export interface Wish {
  /** What the request carries besides the ticket: reason, goal. */
  facts?: object;
  /** For words afterwards. */
  number?: string;
  about?: string;
  /** What a refusal is about, where the act is only a part of it. */
  as?: "leave";
  /** Another request than the act's own: a ticket that is not at the counter. */
  path?: string;
}

export interface Told {
  done(done: Done): void;
  refused(refused: Refused): void;
}

/** `primary` names what the primary button means now; `fresh` says whether the picture can be trusted. */
export function usePressing(
  live: Live,
  picture: CounterPicture | null,
  fresh: boolean,
  primary: string,
  told: Told,
): Pressing {
  const [busy, setBusy] = useState<Act | null>(null);
  const settling = useMoment(primary, SETTLE);
  const recallResting = useMoment(`${picture?.ticket?.id} ${picture?.ticket?.calls}`, RECALL_REST);
  const now = useRef<Now>({ picture, fresh, busy: null, settling, recallResting, told, look: () => undefined });
  Object.assign(now.current, { picture, fresh, settling, recallResting, told });
  useEffect(() => now.current.look(), [picture]);

  const press = useCallback(
    async (act: Act, wish: Wish = {}): Promise<boolean> => {
      const { picture: before, told: tell } = now.current;
      if (before === null || !mayPress(act, now.current)) return false;
      now.current.busy = act;
      setBusy(act);
      try {
        const answer = await send(act, before, wish);
        const nobody = answer === null;
        if (!nobody) await seen(now.current, markOf(before), () => live.refresh("counter"));
        tell.done({ act, nobody, number: wish.number ?? before.ticket?.number ?? "", about: wish.about ?? "" });
        return true;
      } catch (error) {
        if (!(error instanceof Refusal || error instanceof Offline)) throw error;
        tell.refused({ act: wish.as ?? act, error });
        live.refresh("counter");
        return false;
      } finally {
        now.current.busy = null;
        setBusy(null);
      }
    },
    [live],
  );
  return { busy, settling, recallResting, press };
}

/** Whether a press of this act is taken now. */
export function mayPress(act: Act, now: Pick<Now, "fresh" | "busy" | "settling" | "recallResting">): boolean {
  if (!now.fresh || now.busy !== null) return false;
  if (act === "recall") return !now.recallResting;
  return !(now.settling && IS_PRIMARY.has(act));
}

const IS_PRIMARY = new Set<Act>(["open", "call-next", "start", "finish", "finish-call"]);

async function send(act: Act, picture: CounterPicture, wish: Wish): Promise<unknown> {
  const key = newKey();
  const requests =
    wish.path === undefined ? requestsFor(act, picture, wish.facts) : [{ path: wish.path, body: wish.facts }];
  let answer: unknown;
  for (const [i, { path, body }] of requests.entries()) {
    answer = await call("POST", path, body ?? {}, { idempotencyKey: `${key}-${i}`, retryFor: BRIDGE });
  }
  return answer;
}

interface Now {
  picture: CounterPicture | null;
  fresh: boolean;
  busy: Act | null;
  settling: boolean;
  recallResting: boolean;
  told: Told;
  /** Looks at a new picture, while somebody waits for one. */
  look: () => void;
}

/** Resolves when the picture differs from `mark`, or after a while, having asked for it anew. */
function seen(now: Now, mark: string, refresh: () => void): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      now.look = () => undefined;
      resolve();
    };
    const timer = setTimeout(() => {
      refresh();
      finish();
    }, PICTURE_WITHIN);
    now.look = () => {
      if (now.picture === null || markOf(now.picture) !== mark) finish();
    };
    now.look();
  });
}

/** True for `ms` after `what` has changed; not at its first value. */
function useMoment(what: string, ms: number): boolean {
  const shown = useRef(what);
  const [over, setOver] = useState(what);
  useEffect(() => {
    if (shown.current === what) return undefined;
    const timer = setTimeout(() => {
      shown.current = what;
      setOver(what);
    }, ms);
    return () => clearTimeout(timer);
  }, [what, ms]);
  return over !== what;
}
