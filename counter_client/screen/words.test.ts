import assert from "node:assert/strict";
import { test } from "node:test";
import { Offline, Refusal } from "../../server/screens/shared/http.ts";
import { picture } from "./desk.fixture.ts";
import en from "./texts/en.json";
import vi from "./texts/vi.json";
import { folded, minutesBetween, numberTyped, refusalWords, rowWords, titleFor, waitWords } from "./words.ts";

const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test("every text is there in both languages, with the same places", () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(vi).sort());
  for (const key of Object.keys(vi) as (keyof typeof vi)[]) assert.deepEqual(places(en[key]), places(vi[key]), key);
});

test("a wait is whole minutes, in words from the hour on", () => {
  const since = "2026-11-22T07:50:00+07:00";
  const after = (minutes: number) => Date.parse(since) + minutes * 60_000;
  assert.equal(waitWords(since, after(0.9), "vi"), "dưới 1 phút");
  assert.equal(waitWords(since, after(12.9), "vi"), "12 phút");
  assert.equal(waitWords(since, after(65), "vi"), "1 giờ 05 phút");
  assert.equal(waitWords(since, after(12), "en"), "12 min");
});

test("a clock that is behind makes nobody wait less than nothing", () => {
  assert.equal(minutesBetween("2026-11-22T07:50:00+07:00", "2026-11-22T07:40:00+07:00"), 0);
});

test("the tab says how many wait, and says so when it cannot know", () => {
  assert.equal(titleFor(picture({ waiting_total: 3 }), true, "vi"), "(3) Quầy 5");
  assert.equal(titleFor(picture(), true, "vi"), "Quầy 5");
  assert.equal(titleFor(picture({ waiting_total: 3 }), false, "vi"), "Mất kết nối · Quầy 5");
  assert.equal(titleFor(null, true, "vi"), "Quầy phục vụ · Đến Lượt");
});

test("a counter with one service says what people came for instead of its name", () => {
  const row = { service_name: "Hộ tịch", procedure: "Đăng ký khai sinh" };
  assert.deepEqual(rowWords(row, true), { main: "Đăng ký khai sinh", more: null });
  assert.deepEqual(rowWords(row, false), { main: "Hộ tịch", more: "Đăng ký khai sinh" });
  assert.deepEqual(rowWords({ ...row, procedure: null }, true), { main: "Hộ tịch", more: null });
});

test("whoever logs out with a ticket at the counter is told which", () => {
  const busy = new Refusal(409, "counter_busy", { ticket: { id: "1", number: "A014" } });
  assert.match(refusalWords(busy, "leave", "vi"), /A014.*đăng xuất/);
  assert.match(refusalWords(busy, "close", "vi"), /A014.*đóng quầy/);
});

test("other refusals have the words that all screens share", () => {
  assert.match(refusalWords(new Refusal(409, "wrong_ticket"), "start", "vi"), /đã thay đổi/);
  assert.match(refusalWords(new Offline("network"), "start", "vi"), /Chưa kết nối/);
});

test("a number may be typed as people say it", () => {
  assert.equal(numberTyped("a14"), "A014");
  assert.equal(numberTyped(" A 014 "), "A014");
  assert.equal(numberTyped("b1203"), "B1203");
  assert.equal(numberTyped("14"), null);
  assert.equal(numberTyped("xin chào"), null);
});

test("words are found without their diacritics", () => {
  assert.equal(folded(" Đất đai, Hộ tịch "), "dat dai, ho tich");
});
