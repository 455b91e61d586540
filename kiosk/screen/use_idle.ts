// Notices that nobody touches the screen any more.
import { useEffect, useRef, useState } from "preact/hooks";
import { secondsLeft } from "./idle.ts";

const LOOK_EVERY = 250;

export interface Idle {
  /** Seconds left while they are being counted, else null. */
  seconds: number | null;
  /** Begins anew, as every touch or key elsewhere does. */
  stay(): void;
}

/** Calls `over` once when `limit` milliseconds have passed without a touch; another `stage` begins anew. */
export function useIdle(limit: number | null, stage: string, over: () => void): Idle {
  const [seconds, setSeconds] = useState<number | null>(null);
  const stay = useRef<() => void>(() => undefined);
  useEffect(() => {
    setSeconds(null);
    if (limit === null) return undefined;
    let touched = performance.now();
    stay.current = () => void (touched = performance.now());
    const touch = (event: Event) => {
      // The question about more time answers for itself: it must outlive the touch on its buttons.
      if (event.target instanceof Element && event.target.closest("[data-asks-for-time]") !== null) return;
      stay.current();
    };
    const timer = setInterval(() => {
      const left = secondsLeft(limit, performance.now() - touched);
      setSeconds(left);
      if (left !== 0) return;
      clearInterval(timer);
      over();
    }, LOOK_EVERY);
    window.addEventListener("pointerdown", touch);
    window.addEventListener("keydown", touch);
    return () => {
      stay.current = () => undefined;
      clearInterval(timer);
      window.removeEventListener("pointerdown", touch);
      window.removeEventListener("keydown", touch);
    };
  }, [limit, stage]);
  return { seconds, stay: () => stay.current() };
}
