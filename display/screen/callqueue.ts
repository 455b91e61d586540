// Which call is the hall's now: each is announced once, in order, unless its moment has passed.

export interface QueuedCall {
  call_id: string;
  number: string;
  counter: string;
  called_at: string;
  recall: boolean;
}

/** The part of the board picture that the queue looks at. */
export interface QueueBoard {
  epoch: string;
  revision: number;
  server_time: string;
  calls: readonly QueuedCall[];
  /** Calls whose ticket is still called. */
  active_calls: readonly string[];
}

/** now: announced, and in the light. waiting: its turn comes. past: it was called before. */
export type Place = "now" | "waiting" | "past";

export interface ShownCall {
  call: QueuedCall;
  place: Place;
  /** Its ticket is still called: the citizen is on the way. */
  active: boolean;
}

export interface QueueRules {
  /** Milliseconds that a call is in the light before the next one may take its place. */
  showFor: number;
  /** Milliseconds that the next call waits at most for `voiceEnded`; 0 on a screen without sound. */
  voiceWithin: number;
}

interface Turn {
  call: QueuedCall;
  epoch: string;
  since: number;
  voiceEnded: boolean;
}

export interface CallQueue {
  readonly rules: QueueRules;
  readonly board: QueueBoard | null;
  /** Calls of the board that were announced or passed over; none of them comes up again. */
  readonly settled: ReadonlySet<string>;
  readonly turn: Turn | null;
  /** The latest samples of server time less ours, in milliseconds. */
  readonly offsets: readonly number[];
}

export interface Step {
  state: CallQueue;
  /** To be shown and spoken at this moment, once. */
  announce?: QueuedCall;
  /** The call of the moment, then those that wait in their order, then earlier ones, newest first. */
  shown: ShownCall[];
}

/** A call older than this at its turn is listed and not shouted: nobody waits a minute for a voice. */
export const STALE_AFTER = 60_000;
/** A screen that was just switched on announces what was called a moment ago, and nothing older. */
export const FRESH_AT_START = 10_000;
const CLOCK_SAMPLES = 8;

export function initial(rules: Partial<QueueRules> = {}): CallQueue {
  return {
    rules: { showFor: 6_000, voiceWithin: 0, ...rules },
    board: null,
    settled: new Set(),
    turn: null,
    offsets: [],
  };
}

/**
 * Takes a picture in. `now` is milliseconds of any steady clock (performance.now()): what time it is
 * in the hall is learned from the pictures. A picture older than the one shown changes nothing; one of
 * a new epoch is taken as the first after switching on.
 */
export function receive(state: CallQueue, board: QueueBoard, now: number): Step {
  const sameEpoch = state.board !== null && state.board.epoch === board.epoch;
  if (sameEpoch && state.board !== null && board.revision < state.board.revision) return tick(state, now);
  const sample = Date.parse(board.server_time) - now;
  const offsets = sameEpoch ? [...state.offsets, sample].slice(-CLOCK_SAMPLES) : [sample];
  const sorted: QueueBoard = { ...board, calls: [...board.calls].sort(byId) };
  const taken: CallQueue = { ...state, board: sorted, offsets };
  const settled = sorted.calls.filter((call) =>
    sameEpoch ? state.settled.has(call.call_id) : age(taken, call, now) > FRESH_AT_START,
  );
  return tick({ ...taken, settled: new Set(settled.map((call) => call.call_id)) }, now);
}

/** What is to be said and shown as time passes; to be asked a few times a second. */
export function tick(state: CallQueue, now: number): Step {
  if (!turnIsOver(state, now)) return { state, shown: shown(state, now) };
  const settled = new Set(state.settled);
  for (const call of waiting(state)) {
    settled.add(call.call_id);
    if (isActive(state, call) && age(state, call, now) <= STALE_AFTER) {
      const epoch = state.board?.epoch ?? "";
      const next = { ...state, settled, turn: { call, epoch, since: now, voiceEnded: false } };
      return { state: next, announce: call, shown: shown(next, now) };
    }
  }
  const next = settled.size === state.settled.size ? state : { ...state, settled };
  return { state: next, shown: shown(next, now) };
}

/** The loudspeaker is done with this call, or failed: the next one need not wait for it any longer. */
export function voiceEnded(state: CallQueue, callId: string): CallQueue {
  if (state.turn === null || state.turn.call.call_id !== callId) return state;
  return { ...state, turn: { ...state.turn, voiceEnded: true } };
}

function turnIsOver({ turn, rules }: CallQueue, now: number): boolean {
  if (turn === null) return true;
  const lasted = now - turn.since;
  return lasted >= rules.showFor && (turn.voiceEnded || lasted >= rules.voiceWithin);
}

function waiting(state: CallQueue): QueuedCall[] {
  return (state.board?.calls ?? []).filter((call) => !state.settled.has(call.call_id));
}

function isActive(state: CallQueue, call: QueuedCall): boolean {
  return state.board !== null && state.board.active_calls.includes(call.call_id);
}

function age(state: CallQueue, call: QueuedCall, now: number): number {
  // Each sample is the true offset less the picture's journey: the largest is the truest.
  return now + Math.max(...state.offsets) - Date.parse(call.called_at);
}

/** One row per ticket: a recall takes the place of the call before it. */
function shown(state: CallQueue, now: number): ShownCall[] {
  const rows: ShownCall[] = [];
  const numbers = new Set<string>();
  const add = (call: QueuedCall, place: Place, active: boolean): void => {
    if (numbers.has(call.number)) return;
    numbers.add(call.number);
    rows.push({ call, place, active });
  };
  const { turn } = state;
  if (turn !== null) {
    const active = turn.epoch === state.board?.epoch && isActive(state, turn.call);
    // It stays in the light as long as somebody may still be looking for the counter.
    if (active || !turnIsOver(state, now)) add(turn.call, "now", active);
  }
  for (const call of waiting(state)) add(call, "waiting", isActive(state, call));
  for (const call of [...(state.board?.calls ?? [])].reverse()) {
    if (state.settled.has(call.call_id)) add(call, "past", isActive(state, call));
  }
  return rows;
}

/** Ids are decimal numbers as text and grow: "9" comes before "10". */
function byId(a: QueuedCall, b: QueuedCall): number {
  if (a.call_id.length !== b.call_id.length) return a.call_id.length - b.call_id.length;
  return a.call_id < b.call_id ? -1 : a.call_id > b.call_id ? 1 : 0;
}
