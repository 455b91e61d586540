import assert from "node:assert/strict";
import { test } from "node:test";
import type { Issued } from "../../server/screens/shared/wire.ts";
import { ASK_FOR, patience, secondsLeft } from "./idle.ts";
import { after, FIRST_VISIT } from "./visit.ts";

const choosing = after(FIRST_VISIT, { do: "open", place: { at: "fields", page: 0 } });
const taking = after(
  after(FIRST_VISIT, { do: "open", place: { at: "confirm", choice: { service: "thue" }, priority: null } }),
  { do: "take", key: "k" },
);
const holding = after(taking, { do: "issued", key: "k", issued: { print_job: null } as unknown as Issued });

test("the start screen waits for ever, unless somebody left it in English or lowered", () => {
  assert.equal(patience(FIRST_VISIT, "none"), null);
  assert.equal(patience(after(FIRST_VISIT, { do: "speak", lang: "en" }), "none"), 40_000);
  assert.equal(patience(after(FIRST_VISIT, { do: "reach", low: true }), "none"), 40_000);
  assert.equal(patience(choosing, "none"), 40_000);
});

test("the number stays while the printer works, and longer when no paper comes", () => {
  assert.equal(patience(holding, "printing"), null);
  assert.equal(patience(holding, "take"), 20_000);
  assert.equal(patience(holding, "paper_out"), 45_000);
});

test("seconds are counted only at the end", () => {
  assert.equal(secondsLeft(40_000, 40_000 - ASK_FOR - 1), null);
  assert.equal(secondsLeft(40_000, 30_000), 10);
  assert.equal(secondsLeft(40_000, 39_200), 1);
  assert.equal(secondsLeft(40_000, 41_000), 0);
  assert.equal(secondsLeft(null, 9e9), null);
});
