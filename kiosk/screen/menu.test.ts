import assert from "node:assert/strict";
import { test } from "node:test";
import { choiceOf, counterList, isOpen, MOST_CHOICES, pageOf, priorityClasses, servicesIn, startOf } from "./menu.ts";
import { demoMenu, frequentLine } from "./menu_for_tests.ts";

test("the start screen never offers more than seven things", () => {
  for (let fields = 0; fields <= 12; fields++) {
    for (let frequent = 0; frequent <= 8; frequent++) {
      const menu = demoMenu({ fields, frequent });
      const start = startOf(menu);
      const shown = pageOf(start.fields, 0).shown;
      assert.ok(start.frequent.length + shown.length + Number(start.door) <= MOST_CHOICES, `${fields} + ${frequent}`);
    }
  }
});

test("a small centre has everything on its first screen, a large one a door to its fields", () => {
  const small = startOf(demoMenu({ fields: 3, frequent: 4 }));
  assert.deepEqual([small.frequent.length, small.fields.length, small.door], [4, 3, false]);
  const large = startOf(demoMenu({ fields: 9, frequent: 8 }));
  assert.deepEqual([large.frequent.length, large.fields.length, large.door], [6, 0, true]);
});

test("without frequent procedures the fields come first", () => {
  const start = startOf(demoMenu({ fields: 9, frequent: 0 }));
  assert.deepEqual([start.frequent.length, start.fields.length, start.door], [0, 9, false]);
});

test("a frequent procedure whose line is gone is not offered", () => {
  const menu = demoMenu({ fields: 2, frequent: 2 });
  menu.services = menu.services.filter((each) => each.code !== menu.frequent[0]!.service);
  assert.deepEqual(startOf(menu).frequent.map((each) => each.code), [menu.frequent[1]!.code]);
});

test("a frequent line is taken as a line, a frequent procedure as a procedure", () => {
  assert.deepEqual(choiceOf(frequentLine("s3")), { service: "s3" });
  const [procedure] = demoMenu({ fields: 1, frequent: 1 }).frequent;
  assert.deepEqual(choiceOf(procedure!), { procedure: "p0", service: "s0" });
});

test("a field whose only line stands on a small centre's start screen is not there a second time", () => {
  const menu = demoMenu({ fields: 3, frequent: 0 });
  menu.fields[0]!.services = ["s0"];
  menu.frequent = [frequentLine("s0")];
  assert.deepEqual(startOf(menu).fields.map((each) => each.code), ["f1", "f2"]);
});

test("what is left out makes room: seven boxes need no door", () => {
  const menu = demoMenu({ fields: 7, frequent: 0 });
  menu.fields[0]!.services = ["s0"];
  menu.frequent = [frequentLine("s0")];
  const start = startOf(menu);
  assert.deepEqual([start.frequent.length, start.fields.length, start.door], [1, 6, false]);
});

test("a field is open while one of its lines is", () => {
  const menu = demoMenu({ fields: 1, frequent: 0 });
  const field = menu.fields[0]!;
  assert.equal(isOpen(menu, field), true);
  servicesIn(menu, field).forEach((service) => void (service.open = false));
  assert.equal(isOpen(menu, field), false);
});

test("the first page is full: nine are seven and two, in their order", () => {
  const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  assert.deepEqual(pageOf(nine, 0), { shown: [1, 2, 3, 4, 5, 6, 7], page: 0, pages: 2 });
  assert.deepEqual(pageOf(nine, 1).shown, [8, 9]);
  assert.deepEqual(pageOf(nine, 7).page, 1);
  assert.deepEqual(pageOf([], 0), { shown: [], page: 0, pages: 1 });
  assert.equal(pageOf(nine.slice(2), 0).pages, 1);
});

test("counters read as a person would say them", () => {
  assert.equal(counterList([]), null);
  assert.equal(counterList(["3"]), "3");
  assert.equal(counterList(["3", "4"]), "3, 4");
  assert.equal(counterList(["4", "5", "6", "8"]), "4–6, 8");
  assert.equal(counterList(["9", "10", "11", "A2", "A3"]), "9–11, A2, A3");
});

test("only classes a citizen may claim alone are offered at the kiosk", () => {
  const { here, elsewhere } = priorityClasses(demoMenu({ fields: 1, frequent: 0 }));
  assert.deepEqual(here.map((each) => each.code), ["cao-tuoi", "mang-thai"]);
  assert.deepEqual(elsewhere.map((each) => each.code), ["nguoi-co-cong"]);
});
