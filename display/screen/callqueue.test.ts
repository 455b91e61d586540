// The hall hears every call once, in order, and never one whose moment has passed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { initial, receive, tick, voiceEnded } from "./callqueue.ts";
import type { CallQueue, QueueBoard, QueuedCall, QueueRules, ShownCall, Step } from "./callqueue.ts";

const EIGHT = Date.parse("2026-11-23T08:00:00+07:00");
// The screen's own clock has nothing to do with the server's.
const SWITCHED_ON = 5_000;

function at(ms: number): string {
  return new Date(EIGHT + ms).toISOString();
}

function called(id: number, ms: number, counter = "3"): QueuedCall {
  return {
    call_id: String(id),
    number: `A${String(id).padStart(3, "0")}`,
    counter,
    called_at: at(ms),
    recall: false,
  };
}

/** A screen, and a server that tells it what is true; time is in milliseconds since eight. */
class Hall {
  state: CallQueue;
  shown: ShownCall[] = [];
  readonly announced: { id: string; at: number }[] = [];
  private revision = 0;

  constructor(rules: Partial<QueueRules> = {}) {
    this.state = initial(rules);
  }

  push(ms: number, calls: QueuedCall[], active = calls, epoch = "one"): void {
    this.revision += 1;
    this.deliver(ms, this.board(ms, calls, active, epoch));
  }

  board(ms: number, calls: QueuedCall[], active = calls, epoch = "one"): QueueBoard {
    const active_calls = active.map((call) => call.call_id);
    return { epoch, revision: this.revision, server_time: at(ms), calls, active_calls };
  }

  deliver(ms: number, board: QueueBoard): void {
    this.take(receive(this.state, board, SWITCHED_ON + ms), ms);
  }

  tick(ms: number): void {
    this.take(tick(this.state, SWITCHED_ON + ms), ms);
  }

  /** Lets time pass in steps of a quarter of a second. */
  until(ms: number, from = 0): void {
    for (let now = from; now <= ms; now += 250) this.tick(now);
  }

  get said(): string[] {
    return this.announced.map(({ id }) => id);
  }

  places(): string[] {
    return this.shown.map(({ call, place }) => `${call.call_id} ${place}`);
  }

  private take(step: Step, ms: number): void {
    this.state = step.state;
    this.shown = step.shown;
    if (step.announce === undefined) return;
    this.announced.push({ id: step.announce.call_id, at: ms });
    assert.equal(step.shown[0]?.call, step.announce, "what is spoken is what is shown");
    assert.equal(step.shown[0]?.place, "now");
  }
}

test("three calls within 200 ms are all shown and spoken, in order, six seconds apart", () => {
  const hall = new Hall();
  hall.push(0, []);
  const calls = [called(1, 1_000), called(2, 1_100), called(3, 1_200)];
  calls.forEach((_, index) => hall.push(1_000 + 100 * index, calls.slice(0, index + 1)));
  assert.deepEqual(hall.places(), ["1 now", "2 waiting", "3 waiting"]);
  hall.until(30_000, 1_250);
  assert.deepEqual(hall.announced, [
    { id: "1", at: 1_000 },
    { id: "2", at: 7_000 },
    { id: "3", at: 13_000 },
  ]);
  assert.deepEqual(hall.places(), ["3 now", "2 past", "1 past"]);
});

test("a picture that comes twice or late announces nothing twice", () => {
  const hall = new Hall({ showFor: 0 });
  hall.push(0, []);
  const early = hall.board(0, []);
  hall.push(1_000, [called(1, 1_000)]);
  hall.deliver(1_100, hall.board(1_000, [called(1, 1_000)]));
  hall.deliver(1_200, early);
  assert.deepEqual(hall.places(), ["1 now"]);
  hall.deliver(1_300, hall.board(1_000, [called(1, 1_000)]));
  assert.deepEqual(hall.said, ["1"]);
});

test("calls are ordered as numbers: the ninth before the tenth", () => {
  const hall = new Hall({ showFor: 0 });
  hall.push(0, []);
  hall.push(1_000, [called(10, 900), called(9, 800)]);
  hall.tick(1_100);
  assert.deepEqual(hall.said, ["9", "10"]);
});

test("a screen that is switched on does not shout the morning's calls", () => {
  const hall = new Hall();
  hall.push(600_000, [called(1, 0), called(2, 580_000), called(3, 595_000)]);
  hall.until(630_000, 600_000);
  assert.deepEqual(hall.said, ["3"]);
  assert.deepEqual(hall.places(), ["3 now", "2 past", "1 past"]);
});

test("after a minute without network old calls are listed and fresh ones are said", () => {
  const hall = new Hall();
  hall.push(0, []);
  const calls = [called(1, 5_000), called(2, 20_000), called(3, 50_000), called(4, 65_000)];
  hall.push(66_000, calls, [calls[0]!, calls[2]!, calls[3]!]);
  hall.until(90_000, 66_000);
  assert.deepEqual(hall.said, ["3", "4"]);
  assert.deepEqual(hall.places(), ["4 now", "3 past", "2 past", "1 past"]);
});

test("a call is said at exactly a minute and not after it", () => {
  for (const [age, said] of [[60_000, ["1"]], [60_001, []]] as const) {
    const hall = new Hall();
    hall.push(0, []);
    hall.push(age, [called(1, 0)]);
    assert.deepEqual(hall.said, said);
  }
});

test("who already sits at the counter when the turn comes is listed and not called", () => {
  const hall = new Hall();
  hall.push(0, []);
  const calls = [called(1, 1_000), called(2, 1_000), called(3, 1_000)];
  hall.push(1_000, calls);
  hall.push(3_000, calls, [calls[0]!, calls[2]!]);
  hall.until(20_000, 3_000);
  assert.deepEqual(hall.said, ["1", "3"]);
  assert.ok(hall.places().includes("2 past"));
});

test("a recall is said again and takes the row of the first call", () => {
  const hall = new Hall();
  hall.push(0, []);
  const first = called(1, 1_000);
  const again = { ...first, call_id: "2", called_at: at(20_000), recall: true };
  hall.push(1_000, [first]);
  hall.push(20_000, [first, again]);
  assert.deepEqual(hall.said, ["1", "2"]);
  assert.deepEqual(hall.places(), ["2 now"]);
});

test("a new epoch starts anew: older pictures count, older calls stay unspoken", () => {
  const hall = new Hall({ showFor: 1_000 });
  hall.push(0, []);
  hall.push(1_000, [called(8, 1_000)]);
  const restored = { ...hall.board(30_000, [called(7, 0), called(8, 29_000)], [called(8, 0)], "two"), revision: 1 };
  hall.deliver(30_000, restored);
  assert.deepEqual(hall.said, ["8", "8"]);
  hall.until(32_000, 30_250);
  assert.deepEqual(hall.places(), ["8 now", "7 past"]);
});

test("a call stays in the light for its time, and longer only while somebody is on the way", () => {
  const hall = new Hall();
  const call = called(1, 0);
  hall.push(0, [call]);
  hall.push(2_000, [call], []);
  assert.deepEqual(hall.shown, [{ call, place: "now", active: false }]);
  hall.until(6_000, 2_250);
  assert.deepEqual(hall.shown, [{ call, place: "past", active: false }]);

  const patient = new Hall();
  patient.push(0, [call]);
  patient.until(40_000);
  assert.deepEqual(patient.shown, [{ call, place: "now", active: true }]);
});

test("there are never two voices at once", () => {
  const hall = new Hall({ voiceWithin: 20_000 });
  const calls = [called(1, 0), called(2, 0)];
  hall.push(0, calls);
  hall.until(13_000);
  assert.deepEqual(hall.said, ["1"]);
  hall.state = voiceEnded(hall.state, "2");
  hall.tick(13_100);
  assert.deepEqual(hall.said, ["1"], "the end of another call's voice says nothing");
  hall.state = voiceEnded(hall.state, "1");
  hall.tick(13_250);
  assert.deepEqual(hall.said, ["1", "2"]);
});

test("a loudspeaker that fails at once does not hurry, one that hangs does not stop the next call", () => {
  const failing = new Hall({ voiceWithin: 20_000 });
  failing.push(0, [called(1, 0), called(2, 0)]);
  failing.state = voiceEnded(failing.state, "1");
  failing.until(7_000);
  assert.deepEqual(failing.announced.map((one) => one.at), [0, 6_000]);

  const hanging = new Hall({ voiceWithin: 20_000 });
  hanging.push(0, [called(1, 0), called(2, 0)]);
  hanging.until(30_000);
  assert.deepEqual(hanging.announced.map((one) => one.at), [0, 20_000]);
});

test("the screen's own clock may be wrong, and a slow picture makes no call older or younger", () => {
  const hall = new Hall({ showFor: 0 });
  hall.push(0, []);
  const slow = called(1, 1_000);
  hall.push(1_000, [slow]);
  assert.deepEqual(hall.said, ["1"]);
  // This one needed 61 seconds: it carries the server's time of then.
  const late = { ...hall.board(2_000, [slow, called(2, 2_000)]), revision: 9 };
  hall.deliver(63_000, late);
  assert.deepEqual(hall.said, ["1"]);
});

test("when the server's clock is set back an hour, eight pictures later the hall hears calls again", () => {
  const hall = new Hall({ showFor: 0 });
  hall.deliver(0, hall.board(3_600_000, []));
  for (let second = 1; second <= 8; second += 1) hall.push(1_000 * second, []);
  hall.push(9_000, [called(1, 9_000)]);
  assert.deepEqual(hall.said, ["1"]);
});

test("a state that nothing changes stays the same object", () => {
  const hall = new Hall();
  hall.push(0, [called(1, 0)]);
  const before = hall.state;
  hall.until(30_000);
  assert.equal(hall.state, before);
});

// --- ten thousand calls ----------------------------------------------------------------------------

function seeded(seed: number): () => number {
  let value = seed >>> 0;
  return () => {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    return value / 2 ** 32;
  };
}

interface Arrival {
  at: number;
  board: QueueBoard | null;
}

/** A day of calls in bursts and lulls, and what of it reaches the screen: late, twice, or never. */
function randomDay(count: number, random: () => number): Arrival[] {
  const arrivals: Arrival[] = [{ at: 0, board: { epoch: "one", revision: 0, server_time: at(0), calls: [], active_calls: [] } }];
  const calls: { call: QueuedCall; until: number }[] = [];
  let now = 0;
  for (let id = 1; id <= count; id += 1) {
    now += random() < 0.3 ? Math.floor(random() * 200) : Math.floor(random() * 9_000);
    calls.push({ call: called(id, now, String(1 + (id % 20))), until: now + 2_000 + Math.floor(random() * 60_000) });
    const recent = calls.slice(-50);
    const board: QueueBoard = {
      epoch: "one",
      revision: id,
      server_time: at(now),
      calls: recent.map(({ call }) => call),
      active_calls: recent.filter(({ until }) => until > now).map(({ call }) => call.call_id),
    };
    const cut = id % 500 > 480; // the network is away for the last twenty of every five hundred
    if (!cut) arrivals.push({ at: now + Math.floor(random() * 300), board });
    if (!cut && random() < 0.1) arrivals.push({ at: now + Math.floor(random() * 4_000), board });
  }
  for (let time = 0; time < now + 120_000; time += 250) arrivals.push({ at: time, board: null });
  return arrivals.sort((a, b) => a.at - b.at);
}

/** Which calls ought to be said, and when, worked out call by call with the whole day in view. */
function eligible(arrivals: Arrival[], showFor: number): { id: string; at: number }[] {
  const best: QueueBoard[] = [];
  const first = new Map<string, number>();
  arrivals.forEach(({ board }, index) => {
    const before = best[index - 1];
    const known = board !== null && (before === undefined || board.revision >= before.revision) ? board : before;
    best.push(known as QueueBoard);
    known?.calls.forEach((call) => first.has(call.call_id) || first.set(call.call_id, index));
  });
  const said: { id: string; at: number }[] = [];
  let turn = 0;
  for (const [id, arrival] of [...first].sort(([a], [b]) => Number(a) - Number(b))) {
    turn = Math.max(turn, arrival);
    const free = said.length === 0 ? 0 : said[said.length - 1]!.at + showFor;
    while (turn < arrivals.length && arrivals[turn]!.at < free) turn += 1;
    if (turn === arrivals.length) break;
    const moment = arrivals[turn]!.at;
    const call = best[turn]!.calls.find((one) => one.call_id === id);
    if (call === undefined || !best[turn]!.active_calls.includes(id)) continue;
    if (moment - (Date.parse(call.called_at) - EIGHT) > 60_000) continue;
    said.push({ id, at: moment });
  }
  return said;
}

for (const [seed, showFor] of [[1, 6_000], [2, 3_000], [3, 500]] as const) {
  test(`of ten thousand calls exactly the eligible are said, in order and once (day ${seed})`, () => {
    const arrivals = randomDay(10_000, seeded(seed));
    const hall = new Hall({ showFor });
    for (const { at: now, board } of arrivals) {
      if (board === null) hall.tick(now);
      else hall.deliver(now, board);
      const waiting = hall.shown.filter(({ place }) => place === "waiting");
      assert.ok(hall.shown.filter(({ place }) => place === "now").length <= 1);
      assert.equal(new Set(hall.shown.map(({ call }) => call.number)).size, hall.shown.length);
      assert.ok(hall.state.board!.calls.every((call) => hall.shown.some((row) => row.call === call)));
      assert.ok(waiting.every(({ call }, index) => index === 0 || Number(waiting[index - 1]!.call.call_id) < Number(call.call_id)));
    }
    const ids = hall.said.map(Number);
    assert.ok(ids.every((id, index) => index === 0 || ids[index - 1]! < id), "in order, none twice");
    assert.ok(hall.announced.every((one, index) => index === 0 || one.at - hall.announced[index - 1]!.at >= showFor));
    assert.ok(ids.length > 3_000);
    assert.deepEqual(hall.announced, eligible(arrivals, showFor));
  });
}
