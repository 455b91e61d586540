// Everything one display knows while it is connected: the picture, how fresh it is, what is shown and spoken.
import type { Live } from "../../server/screens/shared/live.ts";
import type { Board, Subjects } from "../../server/screens/shared/wire.ts";
import { Announcer } from "./announcer.ts";
import { connectionWent, type Freshness, pictureCame, switchedOn } from "./freshness.ts";
import { learned, type ServerTime, timeAt, unknownTime } from "./servertime.ts";

export interface FeedOutside {
  /** Milliseconds of a steady clock. */
  steady(): number;
  /** This device's own clock, milliseconds since 1970. */
  own(): number;
  speak: ((callId: string) => Promise<void>) | null;
  changed(): void;
}

const TICK = 250;
const ASK_AGAIN = 30_000;

export class HallFeed {
  board: Board | null = null;
  /** The server may not be asked for this hall: the hall was removed, or the device moved. */
  refused = false;
  /** The server's time when the connection went; null while the picture is true, and before the first one. */
  seen: number | null = null;
  freshness: Freshness;
  readonly announcer: Announcer;
  private readonly live: Pick<Live, "watch" | "onStatus">;
  private readonly subject: Subjects["board"];
  private readonly outside: FeedOutside;
  private time: ServerTime = unknownTime;

  constructor(live: Pick<Live, "watch" | "onStatus">, subject: Subjects["board"], outside: FeedOutside) {
    this.live = live;
    this.subject = subject;
    this.outside = outside;
    this.freshness = switchedOn(outside.steady());
    this.announcer = new Announcer({ clock: outside.steady, speak: outside.speak, changed: outside.changed });
  }

  /** The server's time now, milliseconds since 1970. */
  now(): number {
    return timeAt(this.time, this.outside.steady(), this.outside.own());
  }

  /** Begins to watch and to tick; returns its own ending. */
  start(): () => void {
    let again: ReturnType<typeof setTimeout> | undefined;
    let forgetWatch: () => void = () => undefined;
    const watch = () => {
      forgetWatch = this.live.watch("board", this.subject, (board) => this.receive(board), () => {
        this.refused = true;
        this.outside.changed();
        again = setTimeout(watch, ASK_AGAIN);
      });
    };
    watch();
    const forgetStatus = this.live.onStatus(({ state }) => {
      if (state !== "live") this.lose();
    });
    const ticking = setInterval(() => this.announcer.tick(), TICK);
    return () => {
      clearInterval(ticking);
      clearTimeout(again);
      forgetStatus();
      forgetWatch();
    };
  }

  private receive(board: Board): void {
    const steady = this.outside.steady();
    this.time = learned(this.time, board.server_time, steady);
    this.freshness = pictureCame(this.freshness, steady);
    this.board = board;
    this.refused = false;
    this.seen = null;
    this.announcer.receive(board);
    this.outside.changed();
  }

  private lose(): void {
    if (this.freshness.fresh) this.seen = this.now();
    this.freshness = connectionWent(this.freshness, this.outside.steady());
    this.outside.changed();
  }
}
