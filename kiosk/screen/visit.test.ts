import assert from "node:assert/strict";
import { test } from "node:test";
import type { Issued } from "../../server/screens/shared/wire.ts";
import { choiceOf, serviceOf } from "./menu.ts";
import { demoMenu, frequentLine } from "./menu_for_tests.ts";
import { after, FIRST_VISIT, leadsTo, placeOf, type Place, type Step, type Visit } from "./visit.ts";

const birth: Place = { at: "confirm", choice: { procedure: "1.001193", service: "ho-tich" }, priority: null };
const land: Place = { at: "confirm", choice: { service: "so-dat" }, priority: null };
const issued = { ticket: { number: "A014" }, print_job: null } as unknown as Issued;

const walk = (steps: Step[], from: Visit = FIRST_VISIT) => steps.reduce(after, from);
const order = (visit: Visit) => {
  const place = placeOf(visit);
  return place.at === "taking" || place.at === "number" ? place.order : assert.fail(place.at);
};

test("a frequent procedure needs two touches", () => {
  const visit = walk([{ do: "open", place: birth }, { do: "take", key: "k1" }]);
  assert.deepEqual(order(visit).wish, { procedure: "1.001193", language: "vi" });
  assert.equal(order(visit).key, "k1");
});

test("a frequent line needs two touches as well", () => {
  const frequent = frequentLine("s0");
  const line = serviceOf(demoMenu({ fields: 1, frequent: 0 }), frequent.service)!;
  const visit = walk([{ do: "open", place: leadsTo(choiceOf(frequent), line) }, { do: "take", key: "k1" }]);
  assert.deepEqual(order(visit).wish, { service: "s0", language: "vi" });
});

test("a second tap on the button asks for nothing more", () => {
  const once = walk([{ do: "open", place: birth }, { do: "take", key: "k1" }]);
  assert.equal(after(once, { do: "take", key: "k2" }), once);
});

test("after a lost answer the same wish goes out under the same key, also in the other language", () => {
  const visit = walk([
    { do: "open", place: birth },
    { do: "take", key: "k1" },
    { do: "back" },
    { do: "speak", lang: "en" },
    { do: "take", key: "k2" },
  ]);
  assert.equal(order(visit).key, "k1");
  assert.equal(order(visit).wish.language, "vi");
});

test("another wish gets a key of its own, and going back to the first finds the first key", () => {
  const lost = walk([{ do: "open", place: birth }, { do: "take", key: "k1" }, { do: "back" }, { do: "back" }]);
  const other = walk([{ do: "open", place: land }, { do: "take", key: "k2" }], lost);
  assert.equal(order(other).key, "k2");
  const again = walk([{ do: "back" }, { do: "back" }, { do: "open", place: birth }, { do: "take", key: "k3" }], other);
  assert.equal(order(again).key, "k1");
});

test("the next citizen's wish never meets the last one's key", () => {
  const next = walk([
    { do: "open", place: birth },
    { do: "take", key: "k1" },
    { do: "home" },
    { do: "open", place: birth },
    { do: "take", key: "k2" },
  ]);
  assert.equal(order(next).key, "k2");
});

test("an answer that comes after the citizen has left changes nothing", () => {
  const left = walk([{ do: "open", place: birth }, { do: "take", key: "k1" }, { do: "home" }]);
  assert.equal(after(left, { do: "issued", key: "k1", issued }), left);
});

test("a number stands where it was taken, and its key is answered", () => {
  const visit = walk([
    { do: "open", place: birth },
    { do: "take", key: "k1" },
    { do: "issued", key: "k1", issued },
  ]);
  assert.equal(placeOf(visit).at, "number");
  assert.deepEqual(visit.unanswered, []);
});

test("a refusal leads back to the choice, and a new try is a new order", () => {
  const refused = walk([
    { do: "open", place: land },
    { do: "take", key: "k1" },
    { do: "refused", key: "k1", code: "quota_reached", status: 409, facts: {} },
  ]);
  assert.equal(placeOf(refused).at, "refused");
  const again = walk([{ do: "back" }, { do: "take", key: "k2" }], refused);
  assert.equal(order(again).key, "k2");
});

test("a priority is part of the wish and may be given up again", () => {
  const choosing = walk([
    { do: "open", place: land },
    { do: "open", place: { at: "priority", choice: { service: "so-dat" }, page: 0 } },
  ]);
  const claimed = walk([{ do: "claim", priority: "cao-tuoi" }, { do: "take", key: "k1" }], choosing);
  assert.deepEqual(order(claimed).wish, { service: "so-dat", language: "vi", priority: "cao-tuoi" });
  const none = walk([{ do: "claim", priority: null }, { do: "take", key: "k1" }], choosing);
  assert.deepEqual(order(none).wish, { service: "so-dat", language: "vi" });
});

test("back goes one page back and stops at the start; pages turn in place", () => {
  const visit = walk([{ do: "open", place: { at: "fields", page: 0 } }, { do: "turn", page: 1 }]);
  assert.deepEqual(placeOf(visit), { at: "fields", page: 1 });
  assert.equal(placeOf(after(visit, { do: "back" })).at, "start");
  assert.equal(after(FIRST_VISIT, { do: "back" }), FIRST_VISIT);
});

test("the start screen begins in Vietnamese, at its usual height, for everybody", () => {
  const visit = walk([{ do: "speak", lang: "en" }, { do: "reach", low: true }, { do: "home" }]);
  assert.deepEqual({ ...visit, serial: 0 }, FIRST_VISIT);
});
