import assert from "node:assert/strict";
import { test } from "node:test";
import { Offline, Refusal } from "./http.ts";
import { countersIn, fill, nameIn, problemText, proofIn, texts } from "./texts.ts";
import en from "./texts/en.json";
import vi from "./texts/vi.json";

const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test("every shared text is there in both languages, with the same places", () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(vi).sort());
  for (const key of Object.keys(vi) as (keyof typeof vi)[]) {
    assert.deepEqual(places(en[key]), places(vi[key]), key);
  }
});

test("a screen's own words come first, then the shared ones, then Vietnamese", () => {
  const own = { vi: { title: "Lấy số", back: "Về đầu" }, en: { title: "Take a number" } };
  assert.equal(texts("en", own)("title"), "Take a number");
  assert.equal(texts("en", own)("back"), "Back");
  assert.equal(texts("vi", own)("back"), "Về đầu");
  assert.equal(texts("en", { vi: { only: "Chỉ có tiếng Việt" } })("only"), "Chỉ có tiếng Việt");
});

test("places are filled, and one without a value stays visible", () => {
  assert.equal(texts("vi")("counter.n", { counter: "3" }), "Quầy 3");
  assert.equal(fill("Số {number}", {}), "Số {number}");
});

test("a name without English is said in Vietnamese", () => {
  assert.equal(nameIn("en", { vi: "Hộ tịch" }), "Hộ tịch");
});

test("several counters are counters, one is a counter", () => {
  assert.equal(countersIn("en", ["3"]), "Counter 3");
  assert.equal(countersIn("en", ["3", "4"]), "Counters 3, 4");
  assert.equal(countersIn("vi", ["4", "5", "6"], "4–6"), "Quầy 4–6");
});

test("a priority that needs no paper asks for none", () => {
  assert.equal(proofIn("en", { vi: "Không cần giấy tờ", en: "No paper needed" }), null);
  assert.equal(proofIn("vi", { vi: "Căn cước" }), "Căn cước");
});

test("every trouble has words that say what to do next", () => {
  assert.match(problemText(new Refusal(409, "quota_reached"), "vi"), /Mời/);
  assert.match(problemText(new Refusal(404, "unknown_thing"), "vi"), /Không tìm thấy/);
  assert.match(problemText(new Refusal(418, "something_new"), "en"), /try again/);
  assert.match(problemText(new Refusal(500, "broken"), "vi"), /thử lại/);
  assert.match(problemText(new Offline("network"), "vi"), /Chưa kết nối/);
});
