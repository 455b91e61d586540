import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { call, fetchBytes, newKey, Offline, onUnauthorized, Refusal, speakAs } from "./http.ts";

interface Asked {
  url: string;
  init: RequestInit;
}
const asked: Asked[] = [];
const real = globalThis.fetch;

function serverAnswers(...answers: (Response | Error)[]): void {
  globalThis.fetch = (url, init) => {
    asked.push({ url: String(url), init: init ?? {} });
    const next = answers.length > 1 ? answers.shift() : answers[0];
    return next instanceof Response ? Promise.resolve(next) : Promise.reject(next);
  };
}

const header = (name: string) => (asked[asked.length - 1]?.init.headers as Record<string, string>)[name];
const problem = (status: number, body: object) => new Response(JSON.stringify(body), { status });

afterEach(() => {
  asked.length = 0;
  globalThis.fetch = real;
  speakAs(null);
});

test("an answer comes parsed, and an empty one is null", async () => {
  serverAnswers(new Response('{"ticket":{"number":"A014"}}', { status: 201 }), new Response(null, { status: 204 }));
  const issued = await call<{ ticket: { number: string } }>("POST", "/sites/demo/tickets", { service: "x" });
  assert.equal(issued.ticket.number, "A014");
  assert.equal(asked[0]?.url, "/api/v1/sites/demo/tickets");
  assert.equal(await call("POST", "/counters/1/call-next"), null);
});

test("a refusal carries its code and facts", async () => {
  serverAnswers(problem(409, { type: "about:blank", title: "t", status: 409, code: "counter_busy", ticket: "A001" }));
  await assert.rejects(call("POST", "/counters/1/call-next"), (error: unknown) => {
    assert.ok(error instanceof Refusal);
    assert.deepEqual([error.status, error.code, error.facts["ticket"]], [409, "counter_busy", "A001"]);
    return true;
  });
});

test("a device shows its token, a person the CSRF value, and both a key for every POST", async () => {
  serverAnswers(new Response("{}"), new Response("{}"), new Response("{}"));
  speakAs({ token: "T" });
  await call("GET", "/session");
  assert.equal(header("Authorization"), "Bearer T");
  assert.equal(header("Idempotency-Key"), undefined);
  speakAs({ csrf: "C" });
  await call("POST", "/session/end", undefined, { idempotencyKey: "touch-1" });
  assert.equal(header("X-CSRF-Token"), "C");
  assert.equal(header("Idempotency-Key"), "touch-1");
  assert.equal(header("Authorization"), undefined);
});

test("a citizen's page acts without the cookie of somebody who is signed in", async () => {
  serverAnswers(new Response("{}"), new Response("{}"));
  await call("POST", "/tickets/TOKEN/cancel", {}, { asNobody: true });
  await call("GET", "/session");
  assert.deepEqual(
    asked.map(({ init }) => init.credentials),
    ["omit", "same-origin"],
  );
});

test("a lost answer is asked for again with the same key", async () => {
  serverAnswers(new TypeError("network"), new Response('{"ok":1}'));
  assert.deepEqual(await call("POST", "/sites/demo/tickets", {}, { retryFor: 5_000 }), { ok: 1 });
  const keys = asked.map(({ init }) => (init.headers as Record<string, string>)["Idempotency-Key"]);
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
});

test("no answer is Offline, not a refusal", async () => {
  serverAnswers(new TypeError("network"));
  await assert.rejects(call("GET", "/session"), (error: unknown) => error instanceof Offline && error.why === "network");
});

test("who is no longer known hears of it; a wrong password is not that", async () => {
  let heard = 0;
  const stop = onUnauthorized(() => heard++);
  serverAnswers(problem(401, { code: "bad_login" }), problem(401, { code: "unauthorized" }));
  await assert.rejects(call("POST", "/session", {}));
  assert.equal(heard, 0);
  await assert.rejects(call("GET", "/session"));
  assert.equal(heard, 1);
  stop();
});

test("keys are new each time, also where randomUUID is hidden", () => {
  assert.notEqual(newKey(), newKey());
  const hidden = crypto.randomUUID;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  assert.match(newKey(), /^[0-9a-f]{32}$/);
  Object.defineProperty(crypto, "randomUUID", { value: hidden, configurable: true });
});

test("bytes come as they are, and a refusal of them as every refusal", async () => {
  serverAnswers(new Response(new Uint8Array([1, 2, 3])), problem(404, { type: "x", title: "t", status: 404, code: "unknown_call" }));
  speakAs({ token: "T" });
  assert.deepEqual(new Uint8Array(await fetchBytes("/sites/demo/calls/1/voice")), new Uint8Array([1, 2, 3]));
  assert.equal(header("Authorization"), "Bearer T");
  await assert.rejects(fetchBytes("/sites/demo/calls/2/voice"), (error: unknown) => {
    assert.ok(error instanceof Refusal);
    assert.equal(error.code, "unknown_call");
    return true;
  });
});
