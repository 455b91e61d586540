import assert from "node:assert/strict";
import { test } from "node:test";
import { mayPress } from "./pressing.ts";

const calm = { fresh: true, busy: null, settling: false, recallResting: false };

test("a calm screen takes every press", () => {
  assert.ok(mayPress("call-next", calm));
  assert.ok(mayPress("recall", calm));
});

test("a second press waits for the answer to the first", () => {
  assert.ok(!mayPress("call-next", { ...calm, busy: "call-next" }));
  assert.ok(!mayPress("hold", { ...calm, busy: "finish" }));
});

test("a press too many on the primary button does not start what was only called", () => {
  assert.ok(!mayPress("start", { ...calm, settling: true }));
  assert.ok(!mayPress("finish-call", { ...calm, settling: true }));
  assert.ok(mayPress("no-show", { ...calm, settling: true }));
});

test("the same number is not called twice in one breath", () => {
  assert.ok(!mayPress("recall", { ...calm, recallResting: true }));
  assert.ok(mayPress("start", { ...calm, recallResting: true }));
});

test("an old picture takes no press", () => {
  assert.ok(!mayPress("call-next", { ...calm, fresh: false }));
});
