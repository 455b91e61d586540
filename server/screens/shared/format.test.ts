import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatCount,
  formatDate,
  formatDay,
  formatElapsed,
  formatMinutes,
  formatTime,
  formatWait,
} from "./format.ts";

const wait = (low_minutes: number, high_minutes: number) => ({ low_minutes, high_minutes });

test("the hall's clock is Vietnam's on a PC of any zone", () => {
  assert.equal(formatTime("2026-11-22T00:45:00Z"), "07:45");
  assert.equal(formatTime("2026-11-21T17:00:00Z"), "00:00");
  assert.equal(formatDate("2026-11-21T18:00:00Z"), "22/11/2026");
  assert.equal(formatDay("2026-11-22T07:45:00+07:00"), "Chủ Nhật, 22/11/2026");
  assert.equal(formatDay("2026-11-22T07:45:00+07:00", "en"), "Sunday, 22/11/2026");
});

test("a wait is a range in words people use", () => {
  assert.equal(formatWait(wait(10, 15)), "khoảng 10–15 phút");
  assert.equal(formatWait(wait(10, 15), "en"), "about 10–15 min");
  assert.equal(formatWait(wait(60, 90)), "khoảng 1 giờ – 1 giờ 30 phút");
  assert.equal(formatWait(wait(50, 65)), "khoảng 50 phút – 1 giờ 05 phút");
  assert.equal(formatWait(wait(0, 5)), "dưới 5 phút");
  assert.equal(formatWait(wait(5, 5)), "khoảng 5 phút");
  assert.equal(formatWait(wait(0, 0)), "gần như ngay");
  assert.equal(formatWait(null), null);
});

test("durations and counts are in the local form", () => {
  assert.equal(formatMinutes(65), "1 giờ 05 phút");
  assert.equal(formatMinutes(0.2), "dưới 1 phút");
  assert.equal(formatElapsed(249_000), "04:09");
  assert.equal(formatElapsed(3_849_000), "1:04:09");
  assert.equal(formatCount(1250), "1.250");
  assert.equal(formatCount(1250, "en"), "1,250");
});
