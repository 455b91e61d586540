// The loudspeaker: fetches what the server speaks for a call and plays it, never two voices at once.

/** on: it may be heard. refused: the browser wants a touch first. off: this display is silent. */
export type SoundState = "on" | "refused" | "off";

/** The part of an AudioContext that is used; tests bring their own. */
export interface Loudspeaker {
  readonly state: string;
  readonly destination: AudioNode;
  onstatechange: ((event: Event) => void) | null;
  resume(): Promise<void>;
  close(): Promise<void>;
  decodeAudioData(sound: ArrayBuffer): Promise<AudioBuffer>;
  createBufferSource(): AudioBufferSourceNode;
}

/** How long a browser may take to say whether sound is allowed. */
const ANSWER_WITHIN = 600;

export class Voice {
  state: SoundState = "on";
  private readonly speaker: Loudspeaker;
  private readonly fetchSound: (callId: string) => Promise<ArrayBuffer>;
  private readonly changed: () => void;
  private saying = 0;
  private source: AudioBufferSourceNode | null = null;

  constructor(speaker: Loudspeaker, fetchSound: (callId: string) => Promise<ArrayBuffer>, changed: () => void) {
    this.speaker = speaker;
    this.fetchSound = fetchSound;
    this.changed = changed;
    speaker.onstatechange = () => {
      if (speaker.state === "running") this.become("on");
    };
  }

  /** Asks the browser whether sound is allowed; within a touch it is. */
  async allow(): Promise<boolean> {
    if (this.speaker.state !== "running") {
      // The promise of a refused resume() stays open until somebody touches the screen.
      await Promise.race([this.speaker.resume().catch(() => undefined), pause(ANSWER_WITHIN)]);
    }
    const allowed = this.speaker.state === "running";
    this.become(allowed ? "on" : "refused");
    return allowed;
  }

  /** Speaks one call; whatever was still being said falls silent. Resolves at its end or when it cannot be said. */
  async say(callId: string): Promise<void> {
    const turn = (this.saying += 1);
    this.silence();
    try {
      if (!(await this.allow())) return;
      const decoded = await this.speaker.decodeAudioData(await this.fetchSound(callId));
      // Another call has come meanwhile: this one's moment has passed.
      if (turn === this.saying) await this.play(decoded);
    } catch {
      // No sound for this call: it stands on the screen, and the next one is spoken again.
    }
  }

  /** Falls silent for good. */
  close(): void {
    this.saying += 1;
    this.silence();
    void this.speaker.close();
  }

  private play(sound: AudioBuffer): Promise<void> {
    return new Promise((ended) => {
      const source = this.speaker.createBufferSource();
      this.source = source;
      source.buffer = sound;
      source.connect(this.speaker.destination);
      source.onended = () => {
        source.disconnect();
        if (this.source === source) this.source = null;
        ended();
      };
      source.start();
    });
  }

  private silence(): void {
    this.source?.stop();
    this.source = null;
  }

  private become(state: SoundState): void {
    if (this.state === state) return;
    this.state = state;
    this.changed();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}
