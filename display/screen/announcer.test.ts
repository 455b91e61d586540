// What is spoken is what is shown, and the next call waits for the voice.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Board } from "../../server/screens/shared/wire.ts";
import { Announcer, VOICE_WITHIN } from "./announcer.ts";

const NINE = Date.parse("2026-11-23T09:00:00+07:00");

function board(revision: number, now: number, ...ids: string[]): Board {
  const at = (ms: number) => new Date(NINE + ms).toISOString();
  return {
    epoch: "e",
    revision,
    server_time: at(now),
    site: "demo",
    hall: null,
    calls: ids.map((id) => ({ call_id: id, number: `A${id}`, counter: "3", called_at: at(0), recall: false })),
    active_calls: ids,
    serving: [],
    next: [],
    waiting: {},
  };
}

class Hall {
  now = 0;
  changes = 0;
  readonly spoken: string[] = [];
  private readonly ends: (() => void)[] = [];
  readonly announcer: Announcer;

  constructor(silent = false) {
    const speak = (id: string) => {
      assert.equal(this.announcer.shown[0]?.call.call_id, id, "the picture comes before the sound");
      this.spoken.push(id);
      return new Promise<void>((end) => this.ends.push(end));
    };
    this.announcer = new Announcer({
      clock: () => this.now,
      speak: silent ? null : speak,
      changed: () => (this.changes += 1),
    });
  }

  async voiceEnds(): Promise<void> {
    this.ends.shift()?.();
    await Promise.resolve();
  }

  tickAt(now: number): void {
    this.now = now;
    this.announcer.tick();
  }
}

test("three calls at once are spoken one after the other, each when the one before has ended", async () => {
  const hall = new Hall();
  hall.announcer.receive(board(1, 0, "1", "2", "3"));
  hall.tickAt(7_000);
  assert.deepEqual(hall.spoken, ["1"]);
  await hall.voiceEnds();
  hall.tickAt(7_250);
  await hall.voiceEnds();
  hall.tickAt(14_000);
  assert.deepEqual(hall.spoken, ["1", "2", "3"]);
  assert.deepEqual(hall.announcer.announced, hall.spoken);
});

test("a voice that never ends does not stop the next call", () => {
  const hall = new Hall();
  hall.announcer.receive(board(1, 0, "1", "2"));
  hall.tickAt(VOICE_WITHIN - 1);
  assert.deepEqual(hall.spoken, ["1"]);
  hall.tickAt(VOICE_WITHIN);
  assert.deepEqual(hall.spoken, ["1", "2"]);
});

test("a silent display shows each call for its time and waits for nobody", () => {
  const hall = new Hall(true);
  hall.announcer.receive(board(1, 0, "1", "2"));
  hall.tickAt(6_000);
  assert.deepEqual(hall.announcer.announced, ["1", "2"]);
  assert.deepEqual(hall.spoken, []);
});

test("nothing is drawn anew while nothing changes", () => {
  const hall = new Hall(true);
  hall.announcer.receive(board(1, 0, "1"));
  const { changes } = hall;
  for (let now = 250; now < 5_000; now += 250) hall.tickAt(now);
  assert.equal(hall.changes, changes);
});
