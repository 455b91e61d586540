import assert from "node:assert/strict";
import { test } from "node:test";
import type { StaffTicket, TicketPicture } from "../shared/wire.ts";
import { deedsFor, numberTyped, recentWith, withPicture } from "./look.ts";

test("a number may be typed in small letters, with spaces and without its noughts", () => {
  assert.deepEqual(["A014", "a14", " a 014", "A-014", "b1", "A1024", "đ7"].map(numberTyped), [
    "A014",
    "A014",
    "A014",
    "A014",
    "B001",
    "A1024",
    "Đ007",
  ]);
});

test("what cannot be a number is none", () => {
  for (const typed of ["", "14", "A", "A014B", "abcd1", "A123456"]) assert.equal(numberTyped(typed), null);
});

test("held and missed tickets may go back in line, ended ones may do nothing", () => {
  assert.equal(deedsFor("held")[0], "return");
  assert.equal(deedsFor("no_show")[0], "return");
  assert.ok(!deedsFor("waiting").includes("return"));
  assert.ok(!deedsFor("serving").includes("cancel"));
  assert.deepEqual([deedsFor("finished"), deedsFor("cancelled")], [[], []]);
});

test("the live picture wins over the answer, another ticket's picture never does", () => {
  const known = { number: "A014", state: "waiting", people_ahead: 4, counter: null, priority: "cao-tuoi" };
  const ticket = known as StaffTicket;
  const picture = { number: "A014", state: "called", people_ahead: 0, counter: "3" } as TicketPicture;
  const shown = withPicture(ticket, picture);
  assert.deepEqual([shown.state, shown.counter, shown.priority], ["called", "3", "cao-tuoi"]);
  assert.equal(withPicture(ticket, { ...picture, number: "A015" }), ticket);
  assert.equal(withPicture(ticket, null), ticket);
});

test("the numbers just issued are kept newest first, each once", () => {
  assert.deepEqual(recentWith(["A013", "A014"], "A014"), ["A014", "A013"]);
  assert.equal(recentWith(["1", "2", "3", "4", "5", "6"], "7").length, 6);
});
