// What is remembered comes back, and anything else is as good as nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Board } from "../../server/screens/shared/wire.ts";
import { isOf, parsed, type Remembered, written } from "./memory.ts";

const calls = Array.from({ length: 80 }, (_, index) => ({
  call_id: String(index),
  number: `A${index}`,
  counter: "3",
  called_at: "2026-11-23T09:00:00+07:00",
  recall: false,
}));
const board: Board = {
  epoch: "e",
  revision: 7,
  server_time: "2026-11-23T09:00:00+07:00",
  site: "demo",
  hall: "khu-a",
  calls,
  active_calls: [],
  serving: [],
  next: [{ service: "thue", numbers: ["T001"] }],
  waiting: { thue: 3 },
};
const memory: Remembered = {
  names: { site: { code: "demo", names: { vi: "Trung tâm" } }, hall: { code: "khu-a", name: "Khu A" }, languages: ["vi"], services: [] },
  board,
  seen: 1_000,
};

test("the last picture comes back as it was, with the calls that a row may show", () => {
  const back = parsed(written(memory));
  assert.deepEqual(back?.names, memory.names);
  assert.equal(back?.seen, 1_000);
  assert.deepEqual(back?.board.calls, calls.slice(-30));
  assert.deepEqual(back?.board.waiting, { thue: 3 });
});

test("a broken text or one of another form is no memory", () => {
  for (const text of [null, "", "{", "null", "7", '{"form":0}', written(memory).replace('"form":1', '"form":2')]) {
    assert.equal(parsed(text), null);
  }
});

test("the memory of another hall is not shown in this one", () => {
  const site = { code: "demo", name: "Trung tâm" };
  const { hall } = memory.names;
  assert.equal(isOf(memory, site, hall), true);
  assert.equal(isOf(memory, site, { code: "khu-b", name: "Khu B" }), false);
  assert.equal(isOf(memory, site, null), false);
  assert.equal(isOf(memory, { code: "other", name: "x" }, hall), false);
});
