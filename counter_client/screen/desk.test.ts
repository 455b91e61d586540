import assert from "node:assert/strict";
import { test } from "node:test";
import type { StaffTicket } from "../../server/screens/shared/wire.ts";
import { markOf, othersOf, pauseOf, primaryOf, requestsFor, standOf, surpriseIn } from "./desk.ts";
import { counter, me, picture, ticket } from "./desk.fixture.ts";

const mine = (state: StaffTicket["state"] | null, counterState: "open" | "paused" = "open") =>
  picture({ counter: counter({ state: counterState }), ticket: state === null ? null : ticket({ state }) });

test("the primary act follows the ticket: call, start, finish, call", () => {
  const primary = (shown: ReturnType<typeof picture>) => primaryOf(standOf(shown, me.id));
  assert.equal(primary(picture({ counter: counter({ state: "closed", officer: null }) })), "open");
  assert.equal(primary(mine(null)), "call-next");
  assert.equal(primary(mine("called")), "start");
  assert.equal(primary(mine("serving")), "finish");
  assert.equal(primary(mine(null, "paused")), "open");
  assert.equal(primary(mine("serving", "paused")), "finish");
});

test("another officer's counter offers nothing to press", () => {
  const taken = picture({ counter: counter({ officer: { id: "8", name: "Lê Thị Mai" } }), ticket: ticket() });
  assert.equal(standOf(taken, me.id), "taken");
  assert.equal(primaryOf("taken"), null);
  assert.deepEqual(othersOf(taken, "taken"), []);
  assert.equal(pauseOf(taken, "taken"), null);
});

test("a counter that nobody holds is closed, whatever its state says", () => {
  assert.equal(standOf(picture({ counter: counter({ officer: null }) }), me.id), "closed");
});

test("only a called ticket is called again or marked absent; only a free counter calls another", () => {
  assert.deepEqual(othersOf(mine("called"), "called"), ["recall", "no-show", "hold", "transfer", "return"]);
  assert.deepEqual(othersOf(mine("serving"), "serving"), ["hold", "transfer", "return", "finish-call"]);
  assert.deepEqual(othersOf(mine(null), "free"), ["call"]);
  assert.deepEqual(othersOf(mine(null, "paused"), "paused"), []);
});

test("whoever goes on a break after this ticket does not call the next with it", () => {
  assert.deepEqual(othersOf(mine("serving", "paused"), "serving"), ["hold", "transfer", "return"]);
  assert.equal(pauseOf(mine("serving", "paused"), "serving"), "open");
  assert.equal(pauseOf(mine("serving"), "serving"), "pause");
});

test("every verb names the ticket that the screen shows", () => {
  const shown = mine("called");
  assert.deepEqual(requestsFor("recall", shown), [{ path: "/counters/5/recall", body: { ticket: "77" } }]);
  assert.deepEqual(requestsFor("hold", shown, { reason: "Bổ sung giấy tờ" }), [
    { path: "/counters/5/hold", body: { ticket: "77", reason: "Bổ sung giấy tờ" } },
  ]);
  assert.deepEqual(requestsFor("transfer", shown, { counter: "9" }), [
    { path: "/counters/5/transfer", body: { ticket: "77", counter: "9" } },
  ]);
  assert.deepEqual(requestsFor("return", shown, { reason: "Gọi nhầm số" }), [
    { path: "/tickets/77/return", body: { reason: "Gọi nhầm số" } },
  ]);
});

test("a chosen call names the chosen ticket; calling the next names none", () => {
  const free = mine(null);
  assert.deepEqual(requestsFor("call", free, { ticket: "80", reason: "Người cần giúp đỡ gấp" }), [
    { path: "/counters/5/call", body: { ticket: "80", reason: "Người cần giúp đỡ gấp" } },
  ]);
  assert.deepEqual(requestsFor("call-next", free), [{ path: "/counters/5/call-next" }]);
});

test("finishing and calling the next are two requests, the second only after the first", () => {
  assert.deepEqual(requestsFor("finish-call", mine("serving")), [
    { path: "/counters/5/finish", body: { ticket: "77" } },
    { path: "/counters/5/call-next" },
  ]);
});

test("a picture's mark changes with what can be done, not with the line", () => {
  const before = mine("called");
  assert.equal(markOf({ ...before, waiting_total: 9, revision: 99 }), markOf(before));
  assert.notEqual(markOf({ ...before, ticket: ticket({ calls: 2 }) }), markOf(before));
  assert.notEqual(markOf(mine("serving")), markOf(before));
  assert.notEqual(markOf(mine("called", "paused")), markOf(before));
});

test("what changed by itself is told by its weight", () => {
  assert.deepEqual(surpriseIn(mine("called"), mine(null)), { kind: "left", number: "A014" });
  assert.deepEqual(surpriseIn(mine(null), mine("called")), { kind: "came", number: "A014" });
  assert.deepEqual(surpriseIn(mine("called"), mine("serving")), { kind: "started", number: "A014" });
  assert.deepEqual(surpriseIn(mine(null), mine(null, "paused")), { kind: "paused" });
  assert.deepEqual(surpriseIn(mine(null, "paused"), mine(null)), { kind: "opened" });
  assert.equal(surpriseIn(mine("called"), mine("called")), null);
});

test("the first to join an empty line is told, the second is not", () => {
  const empty = mine(null);
  assert.deepEqual(surpriseIn(empty, { ...empty, waiting_total: 1 }), { kind: "joined" });
  assert.equal(surpriseIn({ ...empty, waiting_total: 1 }, { ...empty, waiting_total: 2 }), null);
});
