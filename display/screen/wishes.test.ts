// The address of a display says how it is to be, and nonsense changes nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readWishes } from "./wishes.ts";

test("dark, Vietnamese and speaking unless told", () => {
  assert.deepEqual(readWishes(""), { sound: true, ground: "dark", lang: "vi" });
  assert.deepEqual(readWishes("?sound=loud&ground=pink&lang=fr"), { sound: true, ground: "dark", lang: "vi" });
});

test("a second display in the hall may be silent, light and English", () => {
  assert.deepEqual(readWishes("?sound=off&ground=light&lang=en"), { sound: false, ground: "light", lang: "en" });
});
