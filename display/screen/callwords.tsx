// A014 → Quầy 3 in the largest size that its place allows.
import type { JSX } from "preact";
import { Icon } from "../../server/screens/shared/icons.tsx";
import type { Call } from "../../server/screens/shared/wire.ts";
import { callSize, rem } from "./fit.ts";
import type { Words } from "./words.tsx";

export interface CallWordsProps {
  call: Call;
  words: Words;
  /** In pixels of a screen of 1920 × 1080: the width there is, and the largest size of the figures. */
  room: number;
  most: number;
  /** The size of the word "Quầy" by that of the figures. */
  wordScale?: number;
}

export function CallWords({ call, words, room, most, wordScale = 1 }: CallWordsProps): JSX.Element {
  const { number, counter } = call;
  // With no value given, the text keeps the place where the counter's number goes.
  const [before = "", after = ""] = words.say("counter.n").split("{counter}");
  const size = callSize(number, before + after, counter, { room, most, word: wordScale });
  return (
    <p class="call" style={{ fontSize: rem(size) }}>
      <span class="visually-hidden">{words.say("call.spoken", { number, counter })}</span>
      <span class="call__number" aria-hidden="true" data-testid="call-number">
        {number}
      </span>
      <Icon name="arrow" class="call__arrow" />
      <span class="call__counter" aria-hidden="true" data-testid="call-counter">
        {before !== "" && <span style={{ fontSize: `${wordScale}em` }}>{before}</span>}
        {counter}
        {after !== "" && <span style={{ fontSize: `${wordScale}em` }}>{after}</span>}
      </span>
    </p>
  );
}
