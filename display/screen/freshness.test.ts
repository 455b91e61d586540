// The hall is told when the picture is old, and only then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connectionWent, isOld, pictureCame, switchedOn } from "./freshness.ts";

test("for three seconds nobody is told anything, then the hall is", () => {
  const gone = connectionWent(pictureCame(switchedOn(0), 500), 10_000);
  assert.equal(isOld(gone, 12_999), false);
  assert.equal(isOld(gone, 13_000), true);
});

test("failed tries to come back do not start the three seconds anew", () => {
  const gone = connectionWent(pictureCame(switchedOn(0), 500), 10_000);
  assert.equal(connectionWent(gone, 12_000), gone);
});

test("only a picture makes it fresh again, and a second one changes nothing", () => {
  const back = pictureCame(connectionWent(pictureCame(switchedOn(0), 500), 10_000), 20_000);
  assert.deepEqual(back, { fresh: true, since: 20_000 });
  assert.equal(pictureCame(back, 21_000), back);
  assert.equal(isOld(back, 90_000), false);
});

test("a screen that never reached the server says so too", () => {
  assert.equal(isOld(switchedOn(0), 3_000), true);
});
