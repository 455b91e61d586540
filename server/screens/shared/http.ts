// One HTTP request to the server: its answer, or an error that says why there is none.
import type { Problem } from "./wire.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Who asks: a paired device by its token, a person by cookie and CSRF value, or nobody in particular. */
export type Identity = { token: string } | { csrf: string | null } | null;

export interface CallOptions {
  /** The same key makes a repeated POST harmless. Made at the touch; without one, every POST gets its own. */
  idempotencyKey?: string;
  /** Milliseconds for one try; 10 000 unless told. */
  timeout?: number;
  /** Go on trying, with the same key, for this many milliseconds while the server is out of reach. */
  retryFor?: number;
  /** Sends no cookie: a citizen's own page acts by its token alone, also in the browser of somebody signed in. */
  asNobody?: boolean;
  signal?: AbortSignal;
}

/** The server answered, and the answer is no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${status} ${code}`);
    this.name = "Refusal";
  }
}

/** No answer came: nobody knows whether the request arrived. */
export class Offline extends Error {
  constructor(readonly why: "network" | "timeout" | "aborted") {
    super(`no answer: ${why}`);
    this.name = "Offline";
  }
}

const API = "/api/v1";
const BETWEEN_TRIES = 700;

let identity: Identity = null;
const strangers = new Set<() => void>();

/** From now on every call speaks for this device or person. */
export function speakAs(who: Identity): void {
  identity = who;
}

/** The device's token, for the live connection. */
export function deviceToken(): string | null {
  return identity !== null && "token" in identity ? identity.token : null;
}

/** Tells `act` whenever the server no longer knows who we are (401 `unauthorized`). Returns its own undoing. */
export function onUnauthorized(act: () => void): () => void {
  strangers.add(act);
  return () => void strangers.delete(act);
}

/** For answers that did not come by HTTP: the live connection was refused. */
export function reportUnauthorized(): void {
  strangers.forEach((act) => act());
}

/**
 * The parsed answer of `/api/v1{path}`, or null when it is empty (204).
 * Throws Refusal when the server says no and Offline when no answer comes.
 */
export async function call<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<Answer> {
  const key = method === "GET" ? null : (options.idempotencyKey ?? newKey());
  const until = Date.now() + (options.retryFor ?? 0);
  for (;;) {
    try {
      return await once<Answer>(method, path, body, key, options);
    } catch (error) {
      if (!worthAnotherTry(error) || Date.now() + BETWEEN_TRIES > until) throw error;
      await new Promise((resume) => setTimeout(resume, BETWEEN_TRIES));
    }
  }
}

/** The bytes that `/api/v1{path}` answers: a sound, a picture. Throws as `call` does. */
export async function fetchBytes(path: string, options: CallOptions = {}): Promise<ArrayBuffer> {
  return ask("GET", path, undefined, null, options, async (answer) => {
    if (!answer.ok) throw refusal(await answer.text(), answer.status);
    return answer.arrayBuffer();
  });
}

function once<Answer>(
  method: Method,
  path: string,
  body: unknown,
  key: string | null,
  options: CallOptions,
): Promise<Answer> {
  return ask(method, path, body, key, options, (answer) => read<Answer>(answer));
}

async function ask<Answer>(
  method: Method,
  path: string,
  body: unknown,
  key: string | null,
  options: CallOptions,
  understand: (answer: Response) => Promise<Answer>,
): Promise<Answer> {
  const stop = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, options.timeout ?? 10_000);
  const passOn = () => stop.abort();
  if (options.signal?.aborted === true) stop.abort();
  options.signal?.addEventListener("abort", passOn);
  try {
    const answer = await fetch(API + path, {
      method,
      headers: headersFor(method, body, key),
      credentials: options.asNobody === true ? "omit" : "same-origin",
      cache: "no-store",
      signal: stop.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return await understand(answer);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Offline(late ? "timeout" : options.signal?.aborted === true ? "aborted" : "network");
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", passOn);
  }
}

function headersFor(method: Method, body: unknown, key: string | null): Record<string, string> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key !== null) headers["Idempotency-Key"] = key;
  if (identity !== null && "token" in identity) headers["Authorization"] = `Bearer ${identity.token}`;
  if (identity !== null && "csrf" in identity && identity.csrf !== null && method !== "GET") {
    headers["X-CSRF-Token"] = identity.csrf;
  }
  return headers;
}

async function read<Answer>(answer: Response): Promise<Answer> {
  const text = await answer.text();
  if (answer.ok) return (text === "" ? null : JSON.parse(text)) as Answer;
  throw refusal(text, answer.status);
}

function refusal(text: string, status: number): Refusal {
  const { code, facts } = problemIn(text, status);
  if (status === 401 && code === "unauthorized") reportUnauthorized();
  return new Refusal(status, code, facts);
}

function problemIn(text: string, status: number): { code: string; facts: Record<string, unknown> } {
  try {
    const { type: _type, title: _title, status: _status, code, ...facts } = JSON.parse(text) as Problem;
    if (typeof code === "string") return { code, facts };
  } catch {
    // A proxy's page, not the server's: the status is all there is to know.
  }
  return { code: status >= 500 ? "storage_unavailable" : status === 401 ? "unauthorized" : "invalid", facts: {} };
}

function worthAnotherTry(error: unknown): boolean {
  if (error instanceof Offline) return error.why !== "aborted";
  return error instanceof Refusal && (error.status === 502 || error.status === 503 || error.status === 504);
}

/** A new Idempotency-Key. Browsers hide crypto.randomUUID from pages that came over plain http. */
export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
