// One live connection to the server: whole pictures come in, and it is always known how fresh they are.
import { io, type Socket } from "socket.io-client";
import { reportUnauthorized } from "./http.ts";
import type { Picture, PictureKind, Pictures, Subjects } from "./wire.ts";

/** live: pictures arrive. connecting: not now, but a moment ago. offline: for longer than a moment. */
export type LiveState = "live" | "connecting" | "offline";

export interface LiveStatus {
  state: LiveState;
  /** Milliseconds since 1970, this PC's clock: since when the connection is there, or is gone. */
  since: number;
}

/** The picture to show: a new epoch always wins, within one epoch never an older one. */
export function newest<P extends Pick<Picture, "epoch" | "revision">>(shown: P | null, incoming: P): P {
  if (shown === null || shown.epoch !== incoming.epoch) return incoming;
  return incoming.revision >= shown.revision ? incoming : shown;
}

/** The part of a Socket.IO client that is used; tests bring their own. */
export type LiveSocket = Pick<Socket, "on" | "connect" | "disconnect" | "active" | "connected"> & {
  timeout(ms: number): { emit(event: string, subject: unknown, answer: (late: Error | null, reply: Ack) => void): void };
  emit(event: string, subject: unknown): void;
};

export type Ack = { ok: boolean; code?: string } & Partial<Pictures>;

interface Watch {
  kind: PictureKind;
  subject: object;
  shown: Picture | null;
  show(picture: Picture): void;
  refused(code: string): void;
}

const MOMENT = 4_000;
const AGAIN = 1_500;
const ACK_WITHIN = 5_000;
const CLOCK_SAMPLES = 8;

// These do not pass by waiting; everything else is tried again.
const FINAL = /^(unauthorized|forbidden|invalid|malformed|unknown_.*)$/;

export class Live {
  private readonly socket: LiveSocket;
  private readonly watches = new Map<PictureKind, Watch>();
  private readonly listeners = new Set<(status: LiveStatus) => void>();
  private readonly offsets: number[] = [];
  private current: LiveStatus = { state: "connecting", since: Date.now() };
  private moment: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(socket: LiveSocket) {
    this.socket = socket;
    socket.on("connect", () => this.arrived());
    socket.on("disconnect", () => this.lost());
    socket.on("connect_error", (error: Error & { data?: { code?: string } }) =>
      this.turnedAway(error.data?.code ?? error.message),
    );
    for (const kind of ["board", "counter", "ticket"] as const) {
      socket.on(kind, (picture: Picture) => this.receive(kind, picture));
    }
    this.waitAMoment();
    socket.connect();
  }

  get status(): LiveStatus {
    return this.current;
  }

  /** Calls `hear` with the status now and at each change. Returns its own undoing. */
  onStatus(hear: (status: LiveStatus) => void): () => void {
    this.listeners.add(hear);
    hear(this.current);
    return () => void this.listeners.delete(hear);
  }

  /**
   * Shows every picture of the subject, the first at once; after a reconnect it is asked for anew.
   * One watch per kind: a second one of the same kind takes the first one's place.
   * `refused` hears a code that waiting will not change. Returns its own undoing.
   */
  watch<K extends PictureKind>(
    kind: K,
    subject: Subjects[K],
    show: (picture: Pictures[K]) => void,
    refused: (code: string) => void = () => undefined,
  ): () => void {
    const watch: Watch = { kind, subject, shown: null, show: show as Watch["show"], refused };
    this.unwatch(this.watches.get(kind));
    this.watches.set(kind, watch);
    if (this.socket.connected) this.ask(watch);
    return () => this.unwatch(watch);
  }

  /** The server's clock in milliseconds since 1970, as well as the pictures tell it. */
  serverNow(): number {
    return Date.now() + this.serverOffset();
  }

  /** Milliseconds to add to this PC's clock to get the server's; 0 before the first picture. */
  serverOffset(): number {
    // Each sample is the true offset less the picture's journey: the largest is the truest.
    return this.offsets.length === 0 ? 0 : Math.max(...this.offsets);
  }

  /** Asks for the picture of this kind once more: something was refused, so what is shown may be old. */
  refresh(kind: PictureKind): void {
    const watch = this.watches.get(kind);
    if (watch !== undefined && this.socket.connected) this.ask(watch);
  }

  /** Tries now, instead of at the next turn: the network is back, or the phone was unlocked. */
  hurry(): void {
    if (!this.closed && !this.socket.connected) {
      this.socket.disconnect();
      this.socket.connect();
    }
  }

  /** The network is said to be gone: believes only a new connection, not one that may be dead. */
  doubt(): void {
    if (this.closed || !this.socket.connected) return;
    this.socket.disconnect();
    this.socket.connect();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.moment);
    clearTimeout(this.again);
    this.socket.disconnect();
  }

  private arrived(): void {
    clearTimeout(this.moment);
    clearTimeout(this.again);
    this.become("live");
    this.watches.forEach((watch) => this.ask(watch));
  }

  private lost(): void {
    if (this.closed) return;
    if (this.current.state === "live") {
      this.become("connecting");
      this.waitAMoment();
    }
    this.reconnectLater();
  }

  private turnedAway(code: string): void {
    if (this.closed) return;
    // The same token will be refused again: who listens pairs or signs in anew.
    if (code === "unauthorized") reportUnauthorized();
    else this.reconnectLater();
  }

  // The client reconnects by itself, except when the server itself said goodbye.
  private reconnectLater(): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      if (!this.closed && !this.socket.active) this.socket.connect();
    }, AGAIN);
  }

  private waitAMoment(): void {
    clearTimeout(this.moment);
    this.moment = setTimeout(() => this.become("offline", this.current.since), MOMENT);
  }

  private become(state: LiveState, since = Date.now()): void {
    this.current = { state, since };
    this.listeners.forEach((hear) => hear(this.current));
  }

  private ask(watch: Watch): void {
    this.socket.timeout(ACK_WITHIN).emit("watch", watch.subject, (late, reply) => {
      if (this.watches.get(watch.kind) !== watch) return;
      const code = late === null ? reply.code : "timeout";
      const picture = late === null && reply.ok ? reply[watch.kind] : undefined;
      if (picture !== undefined) this.receive(watch.kind, picture);
      else if (code !== undefined && FINAL.test(code)) {
        if (code === "unauthorized") reportUnauthorized();
        watch.refused(code);
      } else {
        setTimeout(() => {
          if (this.socket.connected && this.watches.get(watch.kind) === watch) this.ask(watch);
        }, AGAIN);
      }
    });
  }

  private unwatch(watch: Watch | undefined): void {
    if (watch === undefined || this.watches.get(watch.kind) !== watch) return;
    this.watches.delete(watch.kind);
    if (this.socket.connected) this.socket.emit("unwatch", watch.subject);
  }

  private receive(kind: PictureKind, picture: Picture): void {
    this.offsets.push(Date.parse(picture.server_time) - Date.now());
    if (this.offsets.length > CLOCK_SAMPLES) this.offsets.shift();
    const watch = this.watches.get(kind);
    if (watch === undefined || newest(watch.shown, picture) !== picture) return;
    watch.shown = picture;
    watch.show(picture);
  }
}

/** Connects; with a device's token, else with the session cookie or as nobody. */
export function connectLive(token: string | null = null): Live {
  const socket = io({
    transports: ["websocket"],
    autoConnect: false,
    auth: token === null ? {} : { token },
    // At most 1 950 ms between tries: back within two seconds of the server, and not all at once.
    reconnectionDelay: 300,
    reconnectionDelayMax: 1_500,
    randomizationFactor: 0.3,
    timeout: 5_000,
  });
  const live = new Live(socket as unknown as LiveSocket);
  window.addEventListener("online", () => live.hurry());
  window.addEventListener("offline", () => live.doubt());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") live.hurry();
  });
  return live;
}
