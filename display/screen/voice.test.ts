// The loudspeaker never says two things at once, and no trouble with it lasts longer than one call.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Loudspeaker, Voice } from "./voice.ts";

class Source {
  buffer: AudioBuffer | null = null;
  onended: (() => void) | null = null;
  playing = false;
  connect(): void {}
  disconnect(): void {}
  start(): void {
    this.playing = true;
  }
  stop(): void {
    this.playing = false;
    this.onended?.();
  }
}

class Speaker {
  state = "running";
  destination = {} as AudioNode;
  onstatechange: (() => void) | null = null;
  readonly sources: Source[] = [];
  allows = true;
  async resume(): Promise<void> {
    if (!this.allows) return new Promise(() => undefined);
    this.state = "running";
    this.onstatechange?.();
    return undefined;
  }
  async close(): Promise<void> {}
  async decodeAudioData(): Promise<AudioBuffer> {
    return {} as AudioBuffer;
  }
  createBufferSource(): Source {
    const source = new Source();
    this.sources.push(source);
    return source;
  }
}

function voice(speaker: Speaker, fetchSound = async (_: string) => new ArrayBuffer(8)) {
  let changes = 0;
  const made = new Voice(speaker as unknown as Loudspeaker, fetchSound, () => (changes += 1));
  return { voice: made, changes: () => changes };
}

/** Lets everything that is ready go on. */
const settle = () => new Promise((resume) => setImmediate(resume));

test("a call is spoken to its end", async () => {
  const speaker = new Speaker();
  let ended = false;
  void voice(speaker).voice.say("1").then(() => (ended = true));
  await settle();
  assert.equal(speaker.sources[0]?.playing, true);
  assert.equal(ended, false);
  speaker.sources[0]?.onended?.();
  await settle();
  assert.equal(ended, true);
});

test("a new call silences the one that is still being said", async () => {
  const speaker = new Speaker();
  const { voice: said } = voice(speaker);
  void said.say("1");
  await settle();
  void said.say("2");
  await settle();
  assert.deepEqual(speaker.sources.map(({ playing }) => playing), [false, true]);
});

test("a sound that comes after the next call's is not played over it", async () => {
  const speaker = new Speaker();
  let arrive: (sound: ArrayBuffer) => void = () => undefined;
  const slow = new Promise<ArrayBuffer>((resolve) => (arrive = resolve));
  const { voice: said } = voice(speaker, (id) => (id === "1" ? slow : Promise.resolve(new ArrayBuffer(8))));
  const first = said.say("1");
  void said.say("2");
  await settle();
  arrive(new ArrayBuffer(8));
  await first;
  assert.equal(speaker.sources.length, 1);
});

test("a call whose sound is missing ends at once, and the next one is heard", async () => {
  const speaker = new Speaker();
  const { voice: said } = voice(speaker, async (id) => {
    if (id === "1") throw new Error("404");
    return new ArrayBuffer(8);
  });
  await said.say("1");
  void said.say("2");
  await settle();
  assert.equal(speaker.sources.length, 1);
});

test("where the browser wants a touch first nothing is fetched, and after the touch calls are heard", async () => {
  const speaker = new Speaker();
  speaker.state = "suspended";
  speaker.allows = false;
  let fetched = 0;
  const { voice: said, changes } = voice(speaker, async () => {
    fetched += 1;
    return new ArrayBuffer(8);
  });
  await said.say("1");
  assert.deepEqual([said.state, fetched, changes()], ["refused", 0, 1]);
  speaker.allows = true;
  assert.equal(await said.allow(), true);
  assert.deepEqual([said.state, changes()], ["on", 2]);
});
