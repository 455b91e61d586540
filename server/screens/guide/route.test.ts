import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, placeOf, type Route, routeOf } from "./route.ts";

const ROUTES: Route[] = [
  { page: "find" },
  { page: "done" },
  { page: "lines" },
  { page: "me" },
  { page: "look", number: null },
  { page: "look", number: "A014" },
  { page: "subject", subject: { kind: "procedure", code: "1.001193" } },
  { page: "take", subject: { kind: "service", code: "hộ/tịch" } },
];

test("every page's address leads back to the page", () => {
  for (const route of ROUTES) assert.deepEqual(routeOf(addressOf(route)), route);
});

test("an address that no page answers to leads to the search", () => {
  for (const hash of ["", "#", "#/", "#/nowhere", "#/procedure", "#/procedure/%E1%BB"]) {
    assert.deepEqual(routeOf(hash), { page: "find" });
  }
});

test("procedures, services and new numbers belong to the search", () => {
  assert.deepEqual(ROUTES.map(placeOf), ["find", "find", "lines", "me", "look", "look", "find", "find"]);
});
