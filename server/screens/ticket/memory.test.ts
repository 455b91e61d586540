import assert from "node:assert/strict";
import { test } from "node:test";
import type { TicketPicture } from "../shared/wire.ts";
import { forget, recall, remember, type Shelf } from "./memory.ts";

/** A browser's storage, in memory. */
class Drawer implements Shelf {
  private readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  key(i: number): string | null {
    return Array.from(this.items.keys())[i] ?? null;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

const HOUR = 3_600_000;
const picture = { number: "A014", state: "waiting" } as TicketPicture;

test("a ticket is remembered for the day and with its time", () => {
  const drawer = new Drawer();
  remember(drawer, "t1", { picture, at: HOUR }, HOUR);
  assert.deepEqual(recall(drawer, "t1", 3 * HOUR), { picture, at: HOUR });
  assert.equal(recall(drawer, "t2", 3 * HOUR), null);
  assert.equal(recall(drawer, "t1", 30 * HOUR), null);
});

test("yesterday's tickets leave the phone, other things stay", () => {
  const drawer = new Drawer();
  drawer.setItem("denluot.lang", "en");
  remember(drawer, "old", { picture, at: 0 }, 0);
  remember(drawer, "new", { picture, at: 30 * HOUR }, 30 * HOUR);
  assert.equal(drawer.length, 2);
  assert.equal(drawer.getItem("denluot.lang"), "en");
});

test("what another version wrote, and what was forgotten, is as if it had never been", () => {
  const drawer = new Drawer();
  drawer.setItem("denluot.ticket.t1", "{half");
  assert.equal(recall(drawer, "t1", 0), null);
  remember(drawer, "t1", { picture, at: 0 }, 0);
  forget(drawer, "t1");
  assert.equal(recall(drawer, "t1", 0), null);
});
