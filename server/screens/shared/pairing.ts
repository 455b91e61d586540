// How a kiosk or display gets its device token: from a pre-paired link, from memory, or by a code a manager confirms.
import { call, Offline, Refusal } from "./http.ts";
import type { Pairing, PairingClaim } from "./wire.ts";

/** What is remembered between starts; `site` is unknown until the server has told it. */
export interface StoredDevice {
  token: string;
  site: string | null;
}

export type DeviceKind = "kiosk" | "display";

// Apart by kind: on a demonstration PC the kiosk and the display are two tabs of one browser.
const place = (kind: DeviceKind) => `denluot.device.${kind}`;
const CLAIM_EVERY = 2_000;

/** The remembered device, after taking over a `#token=…` link and stripping it from the address. */
export function rememberedDevice(kind: DeviceKind): StoredDevice | null {
  const linked = /(?:^#|&)token=([^&]+)/.exec(location.hash)?.[1];
  if (linked !== undefined) {
    history.replaceState(null, "", location.pathname + location.search);
    const device = { token: decodeURIComponent(linked), site: null };
    rememberDevice(kind, device);
    return device;
  }
  try {
    return parseDevice(localStorage.getItem(place(kind)));
  } catch {
    return null; // storage is switched off: the device pairs at each start
  }
}

export function parseDevice(text: string | null): StoredDevice | null {
  if (text === null) return null;
  try {
    const { token, site } = JSON.parse(text) as Partial<StoredDevice>;
    return typeof token === "string" ? { token, site: typeof site === "string" ? site : null } : null;
  } catch {
    return null;
  }
}

export function rememberDevice(kind: DeviceKind, device: StoredDevice): void {
  try {
    localStorage.setItem(place(kind), JSON.stringify(device));
  } catch {
    // Storage is switched off: the token lives until the page is closed.
  }
}

export function forgetDevice(kind: DeviceKind): void {
  try {
    localStorage.removeItem(place(kind));
  } catch {
    // There was nothing to remember it in.
  }
}

export interface PairingSteps {
  /** A code to show, or null while there is none. */
  code(code: string | null): void;
  /** The server is out of reach, or is there again. */
  trouble(error: Offline | Refusal | null): void;
}

/** Asks for codes and claims until a manager has confirmed one; rejects only when `signal` stops it. */
export async function pairDevice(kind: DeviceKind, steps: PairingSteps, signal: AbortSignal): Promise<StoredDevice> {
  for (;;) {
    const device = await oneCode(kind, steps, signal);
    if (device !== null) return device;
    steps.code(null);
  }
}

async function oneCode(kind: DeviceKind, steps: PairingSteps, signal: AbortSignal): Promise<StoredDevice | null> {
  const pairing = await attempt(() => call<Pairing>("POST", "/pairings", { kind }, { signal }), steps, signal);
  if (pairing === "over") return null;
  steps.code(pairing.code);
  for (;;) {
    await pause(CLAIM_EVERY, signal);
    const body = { secret: pairing.secret };
    const claim = await attempt(() => call<PairingClaim>("POST", "/pairings/claim", body, { signal }), steps, signal);
    if (claim === "over") return null;
    if (claim.state === "paired") return { token: claim.token, site: claim.site };
  }
}

// Waits out every trouble that passes; "over" when the code has expired and a new one is needed.
async function attempt<Answer>(
  ask: () => Promise<Answer>,
  steps: PairingSteps,
  signal: AbortSignal,
): Promise<Answer | "over"> {
  for (;;) {
    try {
      const answer = await ask();
      steps.trouble(null);
      return answer;
    } catch (error) {
      if (signal.aborted || !(error instanceof Offline || error instanceof Refusal)) throw error;
      if (error instanceof Refusal && (error.status === 404 || error.status === 409)) {
        await pause(CLAIM_EVERY, signal);
        return "over";
      }
      steps.trouble(error);
      await pause(CLAIM_EVERY, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resume, stop) => {
    const end = () => {
      clearTimeout(timer);
      stop(new Offline("aborted"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      resume();
    }, ms);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
