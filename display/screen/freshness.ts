// Whether what stands on the screen is known to be true now, and if not, since when.

export interface Freshness {
  /** A picture has come on the connection that is there now. */
  fresh: boolean;
  /** Milliseconds of the steady clock: since when it is so. */
  since: number;
}

/** A hall looks up at once when a screen says that it is out of touch: a blink of the network says nothing. */
export const SAID_AFTER = 3_000;

export function switchedOn(now: number): Freshness {
  return { fresh: false, since: now };
}

export function pictureCame(before: Freshness, now: number): Freshness {
  return before.fresh ? before : { fresh: true, since: now };
}

/** The connection went, or has not come back: the first loss counts. */
export function connectionWent(before: Freshness, now: number): Freshness {
  return before.fresh ? { fresh: false, since: now } : before;
}

/** True when the hall is to be told that this is an old picture. */
export function isOld({ fresh, since }: Freshness, now: number): boolean {
  return !fresh && now - since >= SAID_AFTER;
}
