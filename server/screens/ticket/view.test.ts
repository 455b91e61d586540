import assert from "node:assert/strict";
import { test } from "node:test";
import type { TicketPicture, TicketState } from "../shared/wire.ts";
import en from "./texts/en.json";
import vi from "./texts/vi.json";
import { fitting, freshness, isNewCall, spoken, titleOf, viewOf } from "./view.ts";

const picture = (facts: Partial<TicketPicture> = {}): TicketPicture => ({
  epoch: "e1",
  revision: 1,
  server_time: "2026-11-22T07:45:00+07:00",
  site: { code: "demo", name: "Trung tâm" },
  number: "A014",
  state: "waiting",
  service: { code: "ho-tich", name: "Hộ tịch" },
  field: { code: "ho-tich", name: "Hộ tịch" },
  procedure: null,
  people_ahead: 7,
  estimated_wait: { low_minutes: 10, high_minutes: 15 },
  counter: null,
  hall: null,
  issued_at: "2026-11-22T07:30:00+07:00",
  state_since: "2026-11-22T07:30:00+07:00",
  serving_now: ["A012"],
  ...facts,
});

const called = picture({ state: "called", counter: "3", hall: "Khu A", state_since: "2026-11-22T07:50:00+07:00" });

test("the last three in line are told to come nearer, the first that they are next", () => {
  assert.deepEqual(
    [4, 3, 1, 0].map((ahead) => viewOf(picture({ people_ahead: ahead })).headline),
    ["waiting", "soon", "soon", "next"],
  );
});

test("nobody is next while no counter is open for the line, and one who is served shows that one is", () => {
  const shut = { people_ahead: 0, estimated_wait: null, serving_now: [] };
  assert.deepEqual([viewOf(picture(shut)).mood, viewOf(picture(shut)).next], ["wait", "unopened.next"]);
  assert.match(spoken(null, picture(shut), "vi") ?? "", /Chưa có quầy nào mở/);
  assert.equal(viewOf(picture({ ...shut, serving_now: ["A012"] })).headline, "next");
  assert.equal(viewOf(picture({ ...shut, estimated_wait: { low_minutes: 0, high_minutes: 5 } })).headline, "next");
});

test("only waiting, called and held tickets may be given up", () => {
  const states: TicketState[] = ["waiting", "called", "serving", "held", "no_show", "finished", "cancelled"];
  const may = states.filter((state) => viewOf(picture({ state })).mayGiveUp);
  assert.deepEqual(may, ["waiting", "called", "held"]);
});

test("a called ticket's title names the counter first", () => {
  assert.equal(titleOf(called, "vi"), "Mời đến Quầy 3 · A014");
  assert.equal(titleOf(picture(), "en"), "A014 · Waiting");
});

test("a call is spoken once with its counter and hall, and again when it is repeated", () => {
  assert.equal(spoken(picture(), called, "vi"), "Số A014, mời đến quầy 3, Khu A");
  assert.equal(spoken(called, { ...called, revision: 2 }, "vi"), null);
  const again = { ...called, state_since: "2026-11-22T07:52:00+07:00" };
  assert.equal(spoken(called, again, "vi"), "Số A014, mời đến quầy 3, Khu A");
});

test("a long line moving is not chatted about, its last few are", () => {
  assert.equal(spoken(picture({ people_ahead: 7 }), picture({ people_ahead: 6 }), "vi"), null);
  assert.match(spoken(picture({ people_ahead: 3 }), picture({ people_ahead: 2 }), "vi") ?? "", /Còn 2 người/);
  assert.match(spoken(null, picture(), "vi") ?? "", /Đang chờ. Còn 7 người/);
});

test("a phone rings at a first call, at a repeated one and for another counter, and at nothing else", () => {
  assert.ok(isNewCall(null, called));
  assert.ok(isNewCall(called, { ...called, counter: "4" }));
  assert.ok(!isNewCall(called, { ...called, serving_now: [] }));
  assert.ok(!isNewCall(called, picture({ state: "serving", counter: "3" })));
});

test("what was last known is marked with its time unless it was asked for since the cut", () => {
  const cut = 1_000_000;
  assert.equal(freshness({ state: "live", since: cut }, 0, cut).words, "fresh");
  assert.equal(freshness({ state: "connecting", since: cut }, cut, cut + 2_000).words, "again");
  assert.equal(freshness({ state: "offline", since: cut }, cut, cut + 9_000).words, "stale");
  assert.equal(freshness({ state: "offline", since: cut }, cut + 5_000, cut + 9_000).words, "fresh.now");
  assert.equal(freshness({ state: "offline", since: cut }, cut + 5_000, cut + 90_000).words, "stale");
});

test("numbers and counters of every length stay on one line", () => {
  assert.deepEqual(["A014", "Quầy 3", "Counter 12"].map(fitting), [29, 23, 13]);
});

test("every word of the page exists in both languages", () => {
  assert.deepEqual(Object.keys(en), Object.keys(vi));
});
