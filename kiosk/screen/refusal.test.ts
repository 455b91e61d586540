import assert from "node:assert/strict";
import { test } from "node:test";
import { mayPass } from "./refusal.ts";

test("a busy server is asked again, a refusal is told to the citizen", () => {
  for (const passing of [429, 500, 502, 503, 504]) assert.equal(mayPass(passing), true, String(passing));
  for (const final of [401, 403, 404, 409, 422]) assert.equal(mayPass(final), false, String(final));
});
