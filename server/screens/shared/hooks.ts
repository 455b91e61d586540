// Preact hooks over the live connection and the clock.
import { useEffect, useState } from "preact/hooks";
import type { Live, LiveStatus } from "./live.ts";
import type { PictureKind, Pictures, Subjects } from "./wire.ts";

/** The connection's state, redrawn at each change. */
export function useLiveStatus(live: Live): LiveStatus {
  const [status, setStatus] = useState(live.status);
  useEffect(() => live.onStatus(setStatus), [live]);
  return status;
}

/** The newest picture of the subject (null until the first) and the code when it may not be watched. */
export function usePicture<K extends PictureKind>(
  live: Live,
  kind: K,
  subject: Subjects[K] | null,
): { picture: Pictures[K] | null; refused: string | null } {
  const [picture, setPicture] = useState<Pictures[K] | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const about = JSON.stringify(subject);
  useEffect(() => {
    setPicture(null);
    setRefused(null);
    if (subject === null) return undefined;
    return live.watch(kind, subject, setPicture, setRefused);
    // `about` stands for the subject: the same words are the same subject.
  }, [live, kind, about]);
  return { picture, refused };
}

/** This PC's time, redrawn every `ms`; add live.serverOffset() for the server's. */
export function useNow(ms = 1_000): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), ms);
    return () => clearInterval(timer);
  }, [ms]);
  return now;
}
