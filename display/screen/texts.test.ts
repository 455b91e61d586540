// The display's words are there in every language, with the same places.
import assert from "node:assert/strict";
import { test } from "node:test";
import en from "./texts/en.json";
import vi from "./texts/vi.json";

const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test("English says what Vietnamese says", () => {
  assert.deepEqual(Object.keys(en), Object.keys(vi));
  for (const [key, text] of Object.entries(vi)) assert.deepEqual(places(en[key as keyof typeof vi]), places(text), key);
});
