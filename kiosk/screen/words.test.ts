import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClosedBecause } from "../../server/screens/shared/wire.ts";
import en from "./texts/en.json";
import vi from "./texts/vi.json";
import { paperNotice, peopleWords, quantityWords, shutPageWords, waitingWords } from "./words.ts";

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

test("a closed centre says when it opens before anything else", () => {
  const now = Date.parse("2027-01-04T12:00:00+07:00");
  const shut = (closed_because: ClosedBecause, opens_at: string | null, occasion: string | null = null) =>
    shutPageWords({ open: false, closed_because, opens_at, occasion }, "vi", now);
  const body = "Mời ông/bà quay lại trong giờ làm việc, hoặc hỏi bàn hướng dẫn.";
  const help = "Cần giúp đỡ, mời ông/bà hỏi bàn hướng dẫn.";
  assert.deepEqual(shut("outside_hours", "2027-01-04T13:30:00+07:00"), { main: "Mở lại lúc 13:30 hôm nay", more: help });
  assert.deepEqual(shut("outside_hours", "2027-01-12T07:30:00+07:00", "Tết"), {
    main: "Mở lại lúc 07:30 Thứ Ba, 12/01/2027",
    more: `Hôm nay: Tết. ${help}`,
  });
  assert.deepEqual(shut("quota_reached", "2027-01-05T07:30:00+07:00"), {
    main: "Mở lại lúc 07:30 ngày mai",
    more: `Hôm nay đã phát hết số. ${help}`,
  });
  assert.deepEqual(shut("service_closed", null), { main: body, more: "" });
});

test("only quantities other than one original are written out", () => {
  const paper = { name: "Đơn", condition: null };
  assert.equal(quantityWords({ ...paper, originals: 1, copies: 0 }, "vi"), null);
  assert.equal(quantityWords({ ...paper, originals: 0, copies: 1 }, "vi"), "1 bản sao");
  assert.equal(quantityWords({ ...paper, originals: 2, copies: 1 }, "vi"), "2 bản chính, 1 bản sao");
  assert.equal(quantityWords({ ...paper, originals: 0, copies: 0 }, "vi"), null);
});
