// One key for every act: all of them lie on the number block, so one hand is enough.
import type { Act } from "./desk.ts";

export type Command = Act | "primary" | "break" | "list" | "menu" | "help";

export interface Key {
  code: string;
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  repeat: boolean;
}

/** Where the focus is: on nothing, on the primary button, on another control, in a text field. */
export type Place = "nowhere" | "primary" | "control" | "text";

/** The key that each command wears. */
export const KEYCAPS: Partial<Record<Command, string>> = {
  recall: "1",
  "no-show": "2",
  hold: "3",
  transfer: "4",
  return: "5",
  call: "6",
  "finish-call": "7",
  list: "8",
  break: "0",
  menu: "M",
  help: "?",
};

const BY_CAP = new Map(Object.entries(KEYCAPS).map(([command, cap]) => [cap, command as Command]));

/** What a key asks for, null for nothing of ours. Positions count, not letters: typing aids change letters. */
export function commandFor(key: Key, place: Place): Command | null {
  if (key.ctrlKey || key.altKey || key.metaKey || key.repeat) return null;
  if (key.code === "F9") return "primary";
  if (key.code === "F1") return "help";
  if (place === "text") return null;
  if (/^(Space|Enter|NumpadEnter)$/.test(key.code)) {
    // A focused control answers to these keys by itself.
    return place === "nowhere" ? "primary" : null;
  }
  if (key.key === "?") return "help";
  return BY_CAP.get(digitOf(key.code) ?? key.code.replace(/^Key/, "")) ?? null;
}

/** "3" for either key with a 3 on it, also with the number lock off; null for other keys. */
export function digitOf(code: string): string | null {
  return /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? null;
}

/** A held-down key must not press a button again and again. */
export function isHeldDown(key: Key): boolean {
  return key.repeat && /^(Space|Enter|NumpadEnter|F9)$/.test(key.code);
}
