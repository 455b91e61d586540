import assert from "node:assert/strict";
import { test } from "node:test";
import { commandFor, digitOf, isHeldDown, type Key, KEYCAPS } from "./keys.ts";

const key = (code: string, over: Partial<Key> = {}): Key => ({
  code,
  key: "",
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  ...over,
});

test("with nothing focused the space bar and both Enter keys press the primary button", () => {
  for (const code of ["Space", "Enter", "NumpadEnter"]) assert.equal(commandFor(key(code), "nowhere"), "primary");
});

test("a focused control keeps the space bar and Enter to itself", () => {
  for (const code of ["Space", "Enter"]) {
    assert.equal(commandFor(key(code), "control"), null);
    assert.equal(commandFor(key(code), "primary"), null);
  }
});

test("F9 presses the primary button from everywhere, also while typing", () => {
  for (const place of ["nowhere", "primary", "control", "text"] as const) {
    assert.equal(commandFor(key("F9"), place), "primary");
  }
});

test("digits work on both blocks, with the number lock off, and whatever a typing aid makes of the letter", () => {
  assert.equal(commandFor(key("Digit1", { key: "1" }), "nowhere"), "recall");
  assert.equal(commandFor(key("Numpad1", { key: "End" }), "primary"), "recall");
  assert.equal(commandFor(key("Numpad0", { key: "0" }), "control"), "break");
  assert.equal(commandFor(key("KeyM", { key: "Process" }), "nowhere"), "menu");
});

test("a field that somebody types into keeps its keys", () => {
  for (const code of ["Space", "Enter", "Digit1", "KeyM"]) assert.equal(commandFor(key(code), "text"), null);
  assert.equal(commandFor(key("Slash", { key: "?" }), "text"), null);
});

test("the browser's own shortcuts and held-down keys are left alone", () => {
  assert.equal(commandFor(key("Digit1", { ctrlKey: true }), "nowhere"), null);
  assert.equal(commandFor(key("Space", { repeat: true }), "nowhere"), null);
  assert.ok(isHeldDown(key("Enter", { repeat: true })));
  assert.ok(!isHeldDown(key("ArrowDown", { repeat: true })));
});

test("the question mark opens the list of keys on any layout", () => {
  assert.equal(commandFor(key("Slash", { key: "?" }), "primary"), "help");
  assert.equal(commandFor(key("F1"), "nowhere"), "help");
});

test("no two commands wear the same key", () => {
  const caps = Object.values(KEYCAPS);
  assert.equal(new Set(caps).size, caps.length);
  assert.equal(digitOf("KeyA"), null);
});
