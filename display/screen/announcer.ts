// Joins the call queue, the clock and the voice: what the queue says is spoken is spoken, and once.
import type { Board } from "../../server/screens/shared/wire.ts";
import { type CallQueue, initial, receive, type ShownCall, type Step, tick, voiceEnded } from "./callqueue.ts";
import { remembering } from "./view.ts";

/** Longer than the longest announcement (13 s): a loudspeaker that hangs does not stop the next call. */
export const VOICE_WITHIN = 20_000;

export interface Outside {
  /** Milliseconds of a steady clock. */
  clock(): number;
  /** Resolves when the call has been spoken or cannot be; never rejects. null: this display is silent. */
  speak: ((callId: string) => Promise<void>) | null;
  /** What is shown is no longer what was shown. */
  changed(): void;
}

export class Announcer {
  shown: readonly ShownCall[] = [];
  /** Ids of the calls that were announced, oldest first; the last fifty. */
  announced: readonly string[] = [];
  private readonly outside: Outside;
  private queue: CallQueue;

  constructor(outside: Outside) {
    this.outside = outside;
    this.queue = initial({ voiceWithin: outside.speak === null ? 0 : VOICE_WITHIN });
  }

  receive(board: Board): void {
    this.take(receive(this.queue, board, this.outside.clock()));
  }

  /** To be called a few times a second. */
  tick(): void {
    this.take(tick(this.queue, this.outside.clock()));
  }

  private take({ state, announce, shown }: Step): void {
    this.queue = state;
    const before = this.shown;
    this.shown = shown;
    if (announce !== undefined) this.announced = remembering(this.announced, announce.call_id);
    // The picture first, then the sound.
    if (announce !== undefined || !same(before, shown)) this.outside.changed();
    if (announce !== undefined) this.speak(announce.call_id);
  }

  private speak(callId: string): void {
    void this.outside.speak?.(callId).then(() => {
      this.queue = voiceEnded(this.queue, callId);
    });
  }
}

function same(before: readonly ShownCall[], now: readonly ShownCall[]): boolean {
  return (
    before.length === now.length &&
    before.every((row, index) => {
      const other = now[index];
      return other?.call === row.call && other.place === row.place && other.active === row.active;
    })
  );
}
