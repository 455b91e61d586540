import assert from "node:assert/strict";
import { test } from "node:test";
import en from "./texts/en.json";
import vi from "./texts/vi.json";
import { paperNotice, peopleWords, quantityWords, waitingWords } from "./words.ts";

const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test("every text of the kiosk is there in both languages, with the same places", () => {
  assert.deepEqual(Object.keys(en), Object.keys(vi));
  for (const key of Object.keys(vi) as (keyof typeof vi)[]) assert.deepEqual(places(en[key]), places(vi[key]), key);
});

test("people are counted in words", () => {
  assert.equal(waitingWords(0, "vi"), "Chưa có ai chờ");
  assert.equal(waitingWords(200, "vi"), "200 người đang chờ");
  assert.equal(peopleWords(1, "en"), "1 person");
  assert.equal(peopleWords(1250, "vi"), "1.250 người");
});

test("a printer without paper is named beforehand, one that will print is not", () => {
  assert.match(paperNotice("paper_out", "vi") ?? "", /hết giấy: số sẽ hiện trên màn hình/);
  for (const fine of ["ready", "unknown", "paper_near_end", undefined] as const) assert.equal(paperNotice(fine, "vi"), null);
});

test("only quantities other than one original are written out", () => {
  const paper = { name: "Đơn", condition: null };
  assert.equal(quantityWords({ ...paper, originals: 1, copies: 0 }, "vi"), null);
  assert.equal(quantityWords({ ...paper, originals: 0, copies: 1 }, "vi"), "1 bản sao");
  assert.equal(quantityWords({ ...paper, originals: 2, copies: 1 }, "vi"), "2 bản chính, 1 bản sao");
  assert.equal(quantityWords({ ...paper, originals: 0, copies: 0 }, "vi"), null);
});
