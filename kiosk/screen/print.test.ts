import assert from "node:assert/strict";
import { test } from "node:test";
import { PRINT_PATIENCE, isOver, printOutcome } from "./print.ts";
import { texts } from "../../server/screens/shared/texts.ts";
import { printWords } from "./words.ts";

test("while the printer works the citizen is told that it does", () => {
  for (const state of ["queued", "sending", "sent"] as const) {
    assert.equal(printOutcome({ id: "1", state }, PRINT_PATIENCE - 1), "printing");
  }
});

test("a confirmed slip is there to take", () => {
  assert.equal(printOutcome({ id: "1", state: "confirmed" }, 900), "take");
});

test("a failed print says why, and a printer that never answered is called mute", () => {
  assert.equal(printOutcome({ id: "1", state: "failed", reason: "paper_out" }, 900), "paper_out");
  assert.equal(printOutcome({ id: "1", state: "failed", reason: null }, 900), "error");
  assert.equal(printOutcome({ id: "1", state: "queued" }, PRINT_PATIENCE), "timeout");
});

test("a printer that waits for paper is not waited for, and may still print", () => {
  const job = { id: "1", state: "sending", reason: "paper_out" } as const;
  assert.equal(printOutcome(job, 900), "paper_out");
  assert.equal(isOver(job), false);
  assert.equal(isOver({ id: "1", state: "confirmed" }), true);
});

test("what was sent and never confirmed is in doubt, not lost", () => {
  assert.equal(printOutcome({ id: "1", state: "unconfirmed" }, 900), "doubtful");
  assert.equal(printOutcome({ id: "1", state: "sent" }, PRINT_PATIENCE), "doubtful");
});

test("a kiosk without a printer prints nothing", () => {
  assert.equal(printOutcome(null, 0), "none");
});

test("without paper the words hold the number and a way to keep it", () => {
  for (const outcome of ["none", "doubtful", "offline", "paper_out", "cover_open", "timeout", "error"] as const) {
    assert.match(printWords(outcome, "A014", "vi"), /A014: hãy nhớ số này hoặc quét mã/);
    assert.match(printWords(outcome, "A014", "en"), /A014: please remember it or scan the code/);
  }
  assert.notEqual(printWords("take", "A014", "vi"), texts("vi")("print.error"));
});
