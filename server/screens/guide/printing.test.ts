import assert from "node:assert/strict";
import { test } from "node:test";
import type { PrinterRow, PrinterState } from "../shared/wire.ts";
import { inOrder, printNews } from "./printing.ts";
import en from "./texts/en.json";
import vi from "./texts/vi.json";

const printer = (name: string, state: PrinterState): PrinterRow => ({
  name,
  paper: 80,
  state,
  reason: null,
  hall: null,
});

test("printers that can print come first, among them the one used last", () => {
  const printers = [
    printer("A", "offline"),
    printer("B", "ready"),
    printer("C", "paper_near_end"),
    printer("D", "paper_out"),
  ];
  const order = (last: string | null) => inOrder(printers, last).map(({ name }) => name).join("");
  assert.equal(order(null), "BCAD");
  assert.equal(order("C"), "CBAD");
  assert.equal(order("D"), "BCDA");
});

test("a print job is told to its end, and doubted aloud when it takes too long", () => {
  assert.equal(printNews({ id: "1", state: "queued" }, false).key, "print.going");
  assert.equal(printNews({ id: "1", state: "sent" }, true).key, "print.unconfirmed");
  assert.deepEqual(printNews({ id: "1", state: "confirmed" }, true), { key: "print.done", tone: "good" });
  assert.equal(printNews({ id: "1", state: "failed", reason: "cover_open" }, false).key, "print.cover_open");
  assert.equal(printNews({ id: "1", state: "failed", reason: null }, false).key, "print.error");
});

test("every word of the guide exists in both languages", () => {
  assert.deepEqual(Object.keys(en), Object.keys(vi));
});
