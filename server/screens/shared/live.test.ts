import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { onUnauthorized } from "./http.ts";
import { type Ack, Live, type LiveSocket, newest } from "./live.ts";
import type { Board } from "./wire.ts";

const board = (revision: number, epoch = "e1"): Board => ({
  epoch,
  revision,
  server_time: "2026-11-22T07:45:00+07:00",
  site: "demo",
  hall: null,
  calls: [],
  active_calls: [],
  serving: [],
  next: [],
  waiting: {},
});

/** The wire's end in the browser: remembers what was asked and lets the test speak as the server. */
class Wire {
  connected = false;
  active = true;
  connects = 0;
  readonly asked: { event: string; subject: unknown; answer: (late: Error | null, reply: Ack) => void }[] = [];
  private readonly ears = new Map<string, (value?: unknown) => void>();

  on(event: string, hear: (value?: unknown) => void): this {
    this.ears.set(event, hear);
    return this;
  }
  connect(): this {
    this.connects++;
    return this;
  }
  disconnect(): this {
    this.connected = false;
    return this;
  }
  timeout() {
    return {
      emit: (event: string, subject: unknown, answer: (late: Error | null, reply: Ack) => void) => {
        this.asked.push({ event, subject, answer });
      },
    };
  }
  emit(event: string, subject: unknown): void {
    this.asked.push({ event, subject, answer: () => undefined });
  }
  says(event: string, value?: unknown): void {
    if (event === "connect") this.connected = true;
    if (event === "disconnect") this.connected = false;
    this.ears.get(event)?.(value);
  }
}

function connected(): { wire: Wire; live: Live } {
  const wire = new Wire();
  const live = new Live(wire as unknown as LiveSocket);
  wire.says("connect");
  return { wire, live };
}

test("an older picture is never shown within one epoch, and a new epoch always is", () => {
  const shown = board(7);
  assert.equal(newest(null, shown), shown);
  assert.equal(newest(shown, board(6)), shown);
  assert.equal(newest(shown, board(8)).revision, 8);
  assert.equal(newest(shown, board(1, "e2")).epoch, "e2");
});

test("a watch shows its first picture, later ones, and none that is older", () => {
  const { wire, live } = connected();
  const seen: number[] = [];
  live.watch("board", { site: "demo" }, (picture) => seen.push(picture.revision));
  assert.deepEqual(wire.asked[0]?.subject, { site: "demo" });
  wire.says("board", board(5));
  wire.asked[0]?.answer(null, { ok: true, board: board(4) });
  wire.says("board", board(6));
  assert.deepEqual(seen, [5, 6]);
  live.close();
});

test("after a reconnect every watch is asked for anew", () => {
  const { wire, live } = connected();
  live.watch("board", { site: "demo", hall: "h1" }, () => undefined);
  wire.says("disconnect");
  wire.says("connect");
  assert.deepEqual(
    wire.asked.map(({ event }) => event),
    ["watch", "watch"],
  );
  live.close();
});

test("a cut is first a reconnecting, and offline since the cut after a moment", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const { wire, live } = connected();
  assert.equal(live.status.state, "live");
  mock.timers.tick(10_000);
  wire.says("disconnect");
  assert.deepEqual(live.status, { state: "connecting", since: 1_010_000 });
  mock.timers.tick(4_000);
  assert.deepEqual(live.status, { state: "offline", since: 1_010_000 });
  wire.says("connect");
  assert.deepEqual(live.status, { state: "live", since: 1_014_000 });
  live.close();
  mock.timers.reset();
});

test("when the server says goodbye we come back by ourselves", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { wire, live } = connected();
  wire.active = false;
  wire.says("disconnect");
  mock.timers.tick(2_000);
  assert.equal(wire.connects, 2);
  live.close();
  mock.timers.reset();
});

test("a refused watch is told once, and a lost token reported", () => {
  const { wire, live } = connected();
  const codes: string[] = [];
  let strangers = 0;
  const stop = onUnauthorized(() => strangers++);
  live.watch("board", { site: "demo" }, () => undefined, (code) => codes.push(code));
  wire.asked[0]?.answer(null, { ok: false, code: "unauthorized" });
  assert.deepEqual([codes, strangers], [["unauthorized"], 1]);
  stop();
  live.close();
});

test("a watch that the server could not serve now is asked for again", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { wire, live } = connected();
  live.watch("board", { site: "demo" }, () => undefined, () => assert.fail("not final"));
  wire.asked[0]?.answer(null, { ok: false, code: "storage_unavailable" });
  mock.timers.tick(2_000);
  assert.equal(wire.asked.length, 2);
  live.close();
  mock.timers.reset();
});

test("the server's clock is learnt from the pictures", () => {
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: Date.parse("2026-11-22T07:40:00+07:00") });
  const { wire, live } = connected();
  live.watch("board", { site: "demo" }, () => undefined);
  wire.says("board", board(1));
  assert.equal(live.serverOffset(), 300_000);
  live.close();
  mock.timers.reset();
});

test("when the network is said to be gone only a new connection is believed", () => {
  const { wire, live } = connected();
  live.doubt();
  assert.deepEqual([wire.connected, wire.connects], [false, 2]);
  live.doubt();
  assert.equal(wire.connects, 2, "a connection that is being made is not disturbed");
  live.close();
});
