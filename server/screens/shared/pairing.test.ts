import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDevice } from "./pairing.ts";

test("what was remembered is read back, and rubbish is nothing", () => {
  assert.deepEqual(parseDevice('{"token":"T","site":"demo"}'), { token: "T", site: "demo" });
  assert.deepEqual(parseDevice('{"token":"T"}'), { token: "T", site: null });
  assert.equal(parseDevice('{"site":"demo"}'), null);
  assert.equal(parseDevice("rubbish"), null);
  assert.equal(parseDevice("null"), null);
  assert.equal(parseDevice(null), null);
});
