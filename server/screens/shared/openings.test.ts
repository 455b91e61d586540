import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "./http.ts";
import { firstToOpen, shutWords } from "./openings.ts";
import { opensWords, problemText } from "./texts.ts";

const NOON = Date.parse("2027-01-04T12:00:00+07:00");
const SATURDAY = "2027-01-09T07:30:00+07:00";

test("the next opening is told as people say it", () => {
  assert.equal(opensWords("2027-01-04T13:30:00+07:00", "vi", NOON), "Mở lại lúc 13:30 hôm nay");
  assert.equal(opensWords("2027-01-05T07:30:00+07:00", "vi", NOON), "Mở lại lúc 07:30 ngày mai");
  assert.equal(opensWords(SATURDAY, "vi", NOON), "Mở lại lúc 07:30 Thứ Bảy, 09/01/2027");
  assert.equal(opensWords(SATURDAY, "en", NOON), "Opens at 07:30 on Saturday, 09/01/2027");
});

test("an opening that nobody knows is not made up", () => {
  for (const unknown of [null, undefined, "soon"]) assert.equal(opensWords(unknown, "vi", NOON), null);
});

test("what is shut says why in a few words", () => {
  const shut = (closed_because: Parameters<typeof shutWords>[0]["closed_because"], opens_at: string | null = null) =>
    shutWords({ closed_because, opens_at }, "vi", NOON);
  assert.equal(shut("outside_hours", "2027-01-04T13:30:00+07:00"), "Mở lại lúc 13:30 hôm nay");
  assert.equal(shut("outside_hours"), "Ngoài giờ nhận số");
  assert.equal(shut("quota_reached", SATURDAY), "Đã hết số hôm nay");
  assert.equal(shut("service_closed"), "Hiện chưa nhận số");
});

test("of several the one that opens first speaks for all", () => {
  const shut = (opens_at: string | null) => ({ closed_because: "outside_hours" as const, opens_at });
  const [never, late, soon] = [shut(null), shut(SATURDAY), shut("2027-01-04T13:30:00+07:00")];
  assert.equal(firstToOpen([never, late, soon]), soon);
  assert.equal(firstToOpen([never]), never);
  assert.equal(firstToOpen([]), undefined);
});

test("a refusal outside the hours says when to come back", () => {
  const facts = { opens_at: SATURDAY, reason: "day_over" };
  const told = problemText(new Refusal(409, "outside_hours", facts), "vi", NOON);
  assert.equal(told, "Hiện ngoài giờ nhận số. Mở lại lúc 07:30 Thứ Bảy, 09/01/2027.");
  assert.match(problemText(new Refusal(409, "outside_hours", { opens_at: null }), "vi", NOON), /quay lại trong giờ làm việc/);
  assert.match(problemText(new Refusal(409, "quota_reached", { opens_at: SATURDAY }), "vi", NOON), /đủ số.*Mở lại lúc 07:30/);
});
