import assert from "node:assert/strict";
import { test } from "node:test";
import type { Board, CounterRow, Menu } from "../shared/wire.ts";
import { linesByField, waitingInAll } from "./lines.ts";

const service = (code: string, field: string, waiting: number) => ({
  code,
  names: { vi: code },
  field,
  prefix: "A",
  open: true,
  waiting,
  counters: ["3", "4"],
  estimated_wait: null,
});
const menu = {
  fields: [
    { code: "dat-dai", names: { vi: "Đất đai" }, services: ["so-dat"] },
    { code: "trong", names: { vi: "Trống" }, services: [] },
    { code: "ho-tich", names: { vi: "Hộ tịch" }, services: ["ho-tich", "chung-thuc"] },
  ],
  services: [service("ho-tich", "ho-tich", 2), service("chung-thuc", "ho-tich", 1), service("so-dat", "dat-dai", 5)],
} as unknown as Menu;
const board = {
  waiting: { "ho-tich": 3, "chung-thuc": 0 },
  next: [{ service: "ho-tich", numbers: ["A014", "A015"] }],
} as unknown as Board;
const counter = (number: string, state: CounterRow["state"], services: string[]) =>
  ({ id: number, number, name: "", state, services, ticket: null }) as unknown as CounterRow;

test("lines stand by field in the centre's order, empty fields are left out", () => {
  assert.deepEqual(
    linesByField(menu, null, null).map(({ code, lines }) => [code, lines.map((line) => line.code)]),
    [
      ["dat-dai", ["so-dat"]],
      ["ho-tich", ["ho-tich", "chung-thuc"]],
    ],
  );
});

test("the board's count is fresher than the menu's", () => {
  const groups = linesByField(menu, board, null);
  assert.deepEqual(
    groups.flatMap(({ lines }) => lines.map(({ waiting }) => waiting)),
    [5, 3, 0],
  );
  assert.equal(waitingInAll(groups), 8);
  assert.deepEqual(groups[1]?.lines[0]?.next, ["A014", "A015"]);
});

test("only counters that are open and serve the line count as open", () => {
  const counters = [
    counter("3", "open", ["ho-tich"]),
    counter("4", "paused", ["ho-tich"]),
    counter("5", "open", ["so-dat"]),
  ];
  const lines = linesByField(menu, board, counters)[1]?.lines;
  assert.deepEqual(lines?.map((line) => line.openCounters), [["3"], []]);
  assert.equal(linesByField(menu, board, null)[1]?.lines[0]?.openCounters, null);
});
