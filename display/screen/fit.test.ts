// The longest names and numbers still stand whole, at the largest size that lets them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { callSize, linesOf, SMALL_WORD, widthOf } from "./fit.ts";

test("a diacritic makes no letter wider", () => {
  assert.equal(widthOf("Quầy"), widthOf("Quay"));
  assert.equal(widthOf("Ễ"), widthOf("E"));
});

test("words go to the next line as a whole, and a word wider than the column breaks", () => {
  assert.equal(linesOf("Thuế", 10), 1);
  assert.equal(linesOf("Hướng dẫn, hỗ trợ nộp trực tuyến", 10.5), 2);
  assert.equal(linesOf("Hướng dẫn, hỗ trợ nộp trực tuyến", 40), 1);
  assert.equal(linesOf("aaaaaaaaaaaaaaaaaaaa", 6), 2);
});

test("an ordinary call has capitals of ten centimetres on a 43-inch set, and the longest call fits", () => {
  const large = { room: 1744, most: 296, word: SMALL_WORD };
  const capHeight = 0.698;
  assert.ok(callSize("A014", "Quầy ", "3", large) * capHeight >= 200);
  assert.ok(callSize("A014", "Quầy ", "21", large) * capHeight >= 180);
  const longest = callSize("TTHC1000", "Counter ", "105B", large);
  assert.ok(longest * capHeight >= 100);
  const width = widthOf("TTHC1000") + 1.1 + widthOf("Counter ") * SMALL_WORD + widthOf("105B");
  assert.ok(longest * width <= 1744.001);
});

test("a short call does not grow past its size", () => {
  assert.equal(callSize("A1", "Quầy ", "3", { room: 10_000, most: 72, word: 1 }), 72);
});
