import assert from "node:assert/strict";
import { test } from "node:test";
import type { CounterRow } from "../../server/screens/shared/wire.ts";
import { byHall, counterTyped, seatOf } from "./choice.ts";

const row = (number: string, hall: string, officer: string | null = null): CounterRow => ({
  id: `id-${number}`,
  number,
  name: "Hộ tịch",
  state: officer === null ? "closed" : "open",
  services: ["ho-tich"],
  ticket: null,
  hall,
  hall_name: `Khu ${hall}`,
  agency: null,
  officer,
});

test("counters stand by hall, in the order of the list", () => {
  const halls = byHall([row("1", "a"), row("13", "b"), row("2", "a")]);
  assert.deepEqual(
    halls.map(({ name, counters }) => [name, counters.map(({ number }) => number)]),
    [
      ["Khu a", ["1", "2"]],
      ["Khu b", ["13"]],
    ],
  );
});

test("a seat is free, mine or somebody else's", () => {
  assert.equal(seatOf(row("1", "a"), "Vũ Đức Anh"), "free");
  assert.equal(seatOf(row("1", "a", "Vũ Đức Anh"), "Vũ Đức Anh"), "mine");
  assert.equal(seatOf(row("1", "a", "Lê Thị Mai"), "Vũ Đức Anh"), "taken");
});

test("typing 1 finds counter 1, typing 13 finds counter 13", () => {
  const counters = [row("13", "b"), row("1", "a")];
  assert.equal(counterTyped(counters, "1")?.number, "1");
  assert.equal(counterTyped(counters, "13")?.number, "13");
  assert.equal(counterTyped([row("13", "b")], "1")?.number, "13");
  assert.equal(counterTyped(counters, "7"), null);
});
