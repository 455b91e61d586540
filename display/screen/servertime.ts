// The server's clock as the pictures tell it: a television's own clock may start in 1970 and jump.

export interface ServerTime {
  /** The latest samples of server time less steady time, in milliseconds. */
  readonly offsets: readonly number[];
}

const SAMPLES = 8;

export const unknownTime: ServerTime = { offsets: [] };

/** Learns from a picture that came at `steady` (performance.now()). */
export function learned({ offsets }: ServerTime, serverTime: string, steady: number): ServerTime {
  return { offsets: [...offsets, Date.parse(serverTime) - steady].slice(-SAMPLES) };
}

/** Milliseconds since 1970, or `own` (this device's clock) before the first picture. */
export function timeAt({ offsets }: ServerTime, steady: number, own: number): number {
  // Each sample is the true offset less the picture's journey: the largest is the truest.
  return offsets.length === 0 ? own : steady + Math.max(...offsets);
}
