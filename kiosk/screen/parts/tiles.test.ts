import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frequent, Lang, Opening } from "../../../server/screens/shared/wire.ts";
import { demoMenu, frequentLine } from "../menu_for_tests.ts";
import { after, FIRST_VISIT, type Place, placeOf, shut, type Step, type Visit } from "../visit.ts";
import { FieldTile, FrequentTile } from "./tiles.tsx";

interface Drawn {
  tile: { name: string; second: string; shut: boolean };
  touched: Place;
}

/** What the tile is given to show, and where a touch on it leads. */
function draw(frequent: Frequent, { open = true, why = {} as Partial<Opening>, lang = "vi" as Lang, known = true } = {}): Drawn | null {
  const menu = demoMenu({ fields: 3, frequent: 0 });
  if (!known) menu.services = [];
  menu.services.forEach((each) => void Object.assign(each, { open, ...why }));
  let visit: Visit = { ...FIRST_VISIT, lang };
  const drawn = FrequentTile({ stage: { menu, visit, step: (step) => void (visit = after(visit, step)) }, frequent });
  if (drawn === null) return null;
  const { name, second, shut, onChoose } = drawn.props;
  onChoose();
  return { tile: { name, second, shut }, touched: placeOf(visit) };
}

const procedure: Frequent = { ...frequentLine("s2"), kind: "procedure", code: "p2", names: { vi: "Khai sinh", en: "Birth" } };

test("a frequent line says how many wait and at which counters, and leads straight to its number", () => {
  const drawn = draw(frequentLine("s2"));
  assert.deepEqual(drawn?.tile, { name: "Dịch vụ s2", second: "2 người đang chờ · Quầy 3", shut: false });
  assert.deepEqual(drawn?.touched, { at: "confirm", choice: { service: "s2" }, priority: null });
});

test("a frequent procedure names its line beside how many wait there", () => {
  const drawn = draw(procedure);
  assert.deepEqual(drawn?.tile, { name: "Khai sinh", second: "2 người đang chờ · Dịch vụ s2", shut: false });
  assert.deepEqual(drawn?.touched, { at: "confirm", choice: { procedure: "p2", service: "s2" }, priority: null });
});

test("what is shut says so, and a touch tells why", () => {
  for (const frequent of [frequentLine("s2"), procedure]) {
    const drawn = draw(frequent, { open: false });
    assert.deepEqual([drawn?.tile.second, drawn?.tile.shut], ["Hiện chưa nhận số", true]);
    assert.deepEqual(drawn?.touched, shut(undefined));
  }
});

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

test("outside the hours a tile says when it opens, and a touch tells it in full", () => {
  const drawn = draw(frequentLine("s2"), { open: false, why: { closed_because: "outside_hours", opens_at: TOMORROW } });
  assert.match(drawn?.tile.second ?? "", /^Mở lại lúc \d\d:\d\d ngày mai$/);
  assert.deepEqual(drawn?.touched, { at: "refused", code: "outside_hours", status: 409, facts: { opens_at: TOMORROW } });
});

test("a tile whose numbers are used up says so", () => {
  const drawn = draw(procedure, { open: false, why: { closed_because: "quota_reached", opens_at: TOMORROW } });
  assert.equal(drawn?.tile.second, "Đã hết số hôm nay");
  assert.equal(drawn?.touched.at === "refused" && drawn.touched.code, "quota_reached");
});

test("a field that is shut speaks with the line that opens first", () => {
  const menu = demoMenu({ fields: 1, frequent: 0 });
  menu.services.forEach((each) => void (each.open = false));
  Object.assign(menu.services[0]!, { closed_because: "quota_reached" });
  Object.assign(menu.services[1]!, { closed_because: "outside_hours", opens_at: TOMORROW });
  let visit: Visit = FIRST_VISIT;
  const stage = { menu, visit, step: (step: Step) => void (visit = after(visit, step)) };
  const { second, shut: isShut, onChoose } = FieldTile({ stage, field: menu.fields[0]! }).props;
  onChoose();
  const touched = placeOf(visit);
  assert.deepEqual([/ngày mai$/.test(second), isShut], [true, true]);
  assert.equal(touched.at === "refused" && touched.code, "outside_hours");
});

test("English is spoken where English was chosen", () => {
  assert.deepEqual(draw(procedure, { lang: "en" })?.tile.name, "Birth");
  assert.equal(draw(frequentLine("s2"), { lang: "en" })?.tile.second, "2 waiting · Counter 3");
});

test("what leads to a line that is gone is not drawn", () => {
  assert.equal(draw(frequentLine("s2"), { known: false }), null);
});
