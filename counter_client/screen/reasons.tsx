// Why: the usual reasons on digits, and a line for another one.
import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../server/screens/shared/components.tsx";
import type { Lang } from "../../server/screens/shared/wire.ts";
import { useKeydown } from "./keyboard.ts";
import { digitOf } from "./keys.ts";
import { type Key, wordsIn } from "./words.ts";

export interface ReasonsProps {
  lang: Lang;
  /** Keys of the usual reasons. */
  usual: readonly Key[];
  busy: boolean;
  onReason: (reason: string) => void;
}

export function Reasons({ lang, usual, busy, onReason }: ReasonsProps): JSX.Element {
  const say = wordsIn(lang);
  const [other, setOther] = useState("");
  const list = useRef<HTMLDivElement>(null);

  // Also where they come into a dialog that is open already.
  useLayoutEffect(() => list.current?.querySelector("button")?.focus(), []);

  useKeydown((event) => {
    if (event.target instanceof HTMLInputElement || event.repeat || event.ctrlKey || event.altKey) return;
    const reason = usual[Number(digitOf(event.code) ?? 0) - 1];
    if (reason === undefined || busy) return;
    event.preventDefault();
    onReason(say(reason));
  });

  const step = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const buttons = Array.from(list.current?.querySelectorAll("button") ?? []);
    buttons[buttons.indexOf(event.target as HTMLButtonElement) + by]?.focus();
  };

  return (
    <div class="reasons">
      <div class="reasons__usual" ref={list} onKeyDown={step}>
        {usual.map((key, i) => (
          <button
            key={key}
            type="button"
            class="reason"
            data-testid={`reason-${i + 1}`}
            data-first={i === 0 ? "" : undefined}
            aria-disabled={busy ? "true" : undefined}
            onClick={() => !busy && onReason(say(key))}
          >
            <kbd>{i + 1}</kbd>
            <span>{say(key)}</span>
          </button>
        ))}
      </div>
      <form
        class="reasons__other"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && other.trim() !== "") onReason(other.trim());
        }}
      >
        <label class="field">
          <span class="field__label">{say("reason.other")}</span>
          <input
            class="input"
            value={other}
            maxLength={200}
            onInput={(event) => setOther(event.currentTarget.value)}
          />
        </label>
        <Button type="submit" busy={busy || other.trim() === ""}>
          {say("reason.use")}
        </Button>
      </form>
    </div>
  );
}
