// The hall's clock is the server's, whatever the television's says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { learned, timeAt, unknownTime } from "./servertime.ts";

const NINE = "2026-11-23T09:00:00+07:00";

test("before the first picture it is the device's own clock", () => {
  assert.equal(timeAt(unknownTime, 5_000, 77), 77);
});

test("a picture that was slow to come does not set the clock back", () => {
  const quick = learned(unknownTime, NINE, 1_000);
  const both = learned(quick, NINE, 3_000);
  assert.equal(timeAt(both, 11_000, 0), Date.parse(NINE) + 10_000);
});

test("eight pictures later the clock follows a server that was set back", () => {
  let time = learned(unknownTime, "2026-11-23T10:00:00+07:00", 0);
  for (let second = 1; second <= 8; second += 1) time = learned(time, NINE, 0);
  assert.equal(timeAt(time, 0, 0), Date.parse(NINE));
});
