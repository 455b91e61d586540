import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMenu } from "./memory.ts";
import { demoMenu } from "./menu_for_tests.ts";

const kept = JSON.stringify(demoMenu({ fields: 2, frequent: 1 }));

test("the menu of the same site is remembered over a restart", () => {
  assert.deepEqual(parseMenu(kept, "demo"), demoMenu({ fields: 2, frequent: 1 }));
  assert.equal(parseMenu(kept, null)?.site.code, "demo");
});

test("a kiosk moved to another site forgets the old menu", () => {
  assert.equal(parseMenu(kept, "other"), null);
});

test("what is not a whole menu is not shown", () => {
  for (const text of [null, "", "{", "null", "[]", '{"site":{"code":"demo"}}']) assert.equal(parseMenu(text, "demo"), null);
});
