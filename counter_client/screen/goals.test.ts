import assert from "node:assert/strict";
import { test } from "node:test";
import { picture, ticket } from "./desk.fixture.ts";
import { bodyFor, type Goal, goalsFor } from "./goals.ts";

const here = picture({ ticket: ticket() });
const name = (goal: Goal) => (goal.kind === "counter" ? `Quầy ${goal.number}` : goal.name);

test("a ticket goes to another service or another counter, never to its own", () => {
  assert.deepEqual(goalsFor(here, "").map(name), [
    "Sang tên, thay đổi về đất",
    "Thuế",
    "Quầy 13",
    "Quầy 1",
    "Quầy 12",
  ]);
});

test("letters without diacritics find both", () => {
  assert.deepEqual(goalsFor(here, "dat").map(name), ["Sang tên, thay đổi về đất", "Quầy 13"]);
});

test("a typed number is a counter's: the very one first", () => {
  assert.deepEqual(goalsFor(here, "1").map(name), ["Quầy 1", "Quầy 13", "Quầy 12"]);
  assert.deepEqual(goalsFor(here, "12").map(name), ["Quầy 12"]);
});

test("a service says which counters serve it, and the body names one goal", () => {
  const [land] = goalsFor(here, "sang ten");
  assert.deepEqual(land, { kind: "service", code: "nha-dat", name: "Sang tên, thay đổi về đất", counters: ["13"] });
  assert.deepEqual(bodyFor(land!), { service: "nha-dat" });
  assert.deepEqual(bodyFor(goalsFor(here, "12")[0]!), { counter: "12" });
});
