// The rows, the large call and the lines that the hall sees.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Board, Call } from "../../server/screens/shared/wire.ts";
import type { Place, ShownCall } from "./callqueue.ts";
import {
  callsView,
  columnsFor,
  drift,
  type Line,
  linesOfHall,
  oldCalls,
  pageAt,
  remembering,
  ROWS,
  type ServiceName,
} from "./view.ts";

const NINE = Date.parse("2026-11-23T09:00:00+07:00");
const minutes = (count: number) => count * 60_000;

function call(id: number, before = 0): Call {
  return {
    call_id: String(id),
    number: `A${String(id).padStart(3, "0")}`,
    counter: "3",
    called_at: new Date(NINE - before).toISOString(),
    recall: false,
  };
}

function row(id: number, place: Place, before = 0): ShownCall {
  return { call: call(id, before), place, active: place !== "past" };
}

const ids = (rows: readonly ShownCall[]) => rows.map((each) => each.call.call_id);

test("the call of the moment is large, and the waiting and earlier ones stand below it", () => {
  const view = callsView([row(5, "now"), row(6, "waiting"), row(4, "past"), row(3, "past")], NINE);
  assert.deepEqual([view.large?.call.call_id, view.large?.now], ["5", true]);
  assert.deepEqual(ids(view.rows), ["6", "4", "3"]);
});

test("when nobody is on the way the last call stays large for ten minutes, then the hall is welcomed", () => {
  const rows = [row(4, "past", minutes(9)), row(3, "past", minutes(12))];
  const soon = callsView(rows, NINE);
  assert.deepEqual([soon.large?.call.call_id, soon.large?.now, ids(soon.rows)], ["4", false, ["3"]]);
  const later = callsView(rows, NINE + minutes(2));
  assert.equal(later.large, null);
  assert.deepEqual(ids(later.rows), ["4", "3"]);
});

test("a call that waits for its turn is not large before it is spoken", () => {
  const view = callsView([row(6, "waiting")], NINE);
  assert.equal(view.large, null);
  assert.deepEqual(ids(view.rows), ["6"]);
});

test("yesterday's calls are not shown in the morning", () => {
  assert.deepEqual(callsView([row(4, "past", minutes(16 * 60))], NINE), { large: null, rows: [] });
});

test("no more rows than can be read, the waiting ones first", () => {
  const rows = Array.from({ length: 60 }, (_, index) => row(index + 1, index < 3 ? "waiting" : "past"));
  assert.deepEqual(ids(callsView(rows, NINE).rows), ["1", "2", "3", "5", "6"]);
  assert.equal(callsView(rows, NINE).rows.length, ROWS);
});

test("of an old picture every call is past, newest first, each number once", () => {
  const again = { ...call(3), call_id: "9", recall: true };
  const rows = oldCalls({ calls: [call(3), call(4), again] } as unknown as Board);
  assert.deepEqual(rows.map(({ call: { call_id, number }, place, active }) => [call_id, number, place, active]), [
    ["9", "A003", "past", false],
    ["4", "A004", "past", false],
  ]);
});

const services: ServiceName[] = [
  { code: "ho-tich", prefix: "H", names: { vi: "Hộ tịch", en: "Civil status" } },
  { code: "dat-dai", prefix: "D", names: { vi: "Đất đai" } },
  { code: "thue", prefix: "T", names: { vi: "Thuế", en: "Tax" } },
];

test("lines stand in the menu's order, those of other halls are left out, zero is said", () => {
  const lines = linesOfHall(services, { "dat-dai": 4, "ho-tich": 0 }, "en");
  assert.deepEqual(lines.map(({ prefix, name, waiting }) => `${prefix} ${name} ${waiting}`), ["H Civil status 0", "D Đất đai 4"]);
});

function lines(...names: string[]): Line[] {
  return names.map((name, index) => ({ code: String(index), prefix: "A", name, waiting: index }));
}

test("one long name gives every name more room", () => {
  const choices = [{ count: 2, room: 9.8 }, { count: 1, room: 27 }];
  assert.equal(columnsFor(lines("Hộ tịch", "Hướng dẫn, hỗ trợ nộp trực tuyến"), choices), 2);
  assert.equal(columnsFor(lines("Hộ tịch", "Bảo trợ xã hội, trẻ em và phòng, chống tệ nạn xã hội"), choices), 1);
  assert.equal(columnsFor(lines("rất dài ".repeat(60)), choices), 1);
});

test("too many lines take turns in pages of equal length, and each is seen", () => {
  const eighteen = lines(...Array.from({ length: 18 }, (_, index) => `Việc ${index}`));
  const first = pageAt(eighteen, 10, 0);
  const second = pageAt(eighteen, 10, 15_000);
  assert.deepEqual([first.lines.length, first.page, first.pages], [9, 1, 2]);
  assert.deepEqual([...first.lines, ...second.lines], eighteen);
  assert.deepEqual(pageAt(eighteen, 10, 30_000), first);
  const five = pageAt(lines("a", "b", "c", "d", "e"), 4, 15_000);
  assert.deepEqual([five.lines.length, five.length], [2, 3], "the last page keeps the height of the others");
});

test("a hall without lines has one empty page", () => {
  assert.deepEqual(pageAt([], 10, 0), { lines: [], length: 0, page: 1, pages: 1 });
});

test("the picture wanders so slowly and so little that nobody sees it", () => {
  let before = drift(0);
  for (let minute = 1; minute <= 24 * 60; minute += 1) {
    const [x, y] = drift(minutes(minute));
    assert.ok(Math.abs(x) <= 3 && Math.abs(y) <= 3);
    assert.ok(Math.abs(x - before[0]) <= 1 && Math.abs(y - before[1]) <= 1);
    before = [x, y];
  }
});

test("what was announced is remembered fifty calls back and no further", () => {
  let announced: readonly string[] = [];
  for (let id = 1; id <= 60; id += 1) announced = remembering(announced, String(id));
  assert.deepEqual([announced.length, announced[0], announced[49]], [50, "11", "60"]);
});
