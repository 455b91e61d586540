// A display knows whether its picture is true, since when it is not, and what the server's clock says.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import type { LiveStatus } from "../../server/screens/shared/live.ts";
import type { Board } from "../../server/screens/shared/wire.ts";
import { HallFeed } from "./feed.ts";
import { isOld } from "./freshness.ts";

const NINE = Date.parse("2026-11-23T09:00:00+07:00");

class Hall {
  now = 0;
  watches = 0;
  show: (board: Board) => void = () => undefined;
  refuse: (code: string) => void = () => undefined;
  status: (status: LiveStatus) => void = () => undefined;
  readonly feed: HallFeed;

  constructor() {
    const live = {
      watch: (_kind: string, _subject: object, show: (board: Board) => void, refuse: (code: string) => void) => {
        this.watches += 1;
        this.show = show;
        this.refuse = refuse;
        return () => undefined;
      },
      onStatus: (hear: (status: LiveStatus) => void) => {
        this.status = hear;
        hear({ state: "connecting", since: 0 });
        return () => undefined;
      },
    } as unknown as ConstructorParameters<typeof HallFeed>[0];
    this.feed = new HallFeed(live, { site: "demo" }, {
      steady: () => this.now,
      own: () => 0,
      speak: null,
      changed: () => undefined,
    });
  }

  picture(now: number, revision = 1): void {
    this.now = now;
    this.show({
      epoch: "e",
      revision,
      server_time: new Date(NINE + now).toISOString(),
      site: "demo",
      hall: null,
      calls: [],
      active_calls: [],
      serving: [],
      next: [],
      waiting: {},
    });
  }
}

test("after a cut the picture is old since the cut, and only a new picture makes it true again", () => {
  const hall = new Hall();
  const stop = hall.feed.start();
  hall.picture(1_000);
  assert.equal(hall.feed.freshness.fresh, true);
  hall.now = 60_000;
  hall.status({ state: "connecting", since: 60_000 });
  assert.equal(hall.feed.seen, NINE + 60_000);
  hall.now = 70_000;
  hall.status({ state: "live", since: 70_000 });
  assert.equal(isOld(hall.feed.freshness, 70_000), true, "connected, but nothing has been told yet");
  hall.picture(70_100, 2);
  assert.equal(isOld(hall.feed.freshness, 70_100), false);
  assert.equal(hall.feed.seen, null);
  stop();
});

test("a display whose hall may not be watched says so and asks again", () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const hall = new Hall();
  const stop = hall.feed.start();
  hall.refuse("unknown_hall");
  assert.equal(hall.feed.refused, true);
  mock.timers.tick(30_000);
  assert.equal(hall.watches, 2);
  hall.picture(31_000);
  assert.equal(hall.feed.refused, false);
  stop();
  mock.timers.reset();
});
