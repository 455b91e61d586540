// What is said beside the buttons after a press, and when something changed by itself.
import type { CounterPicture, Lang } from "../../server/screens/shared/wire.ts";
import { type Surprise, surpriseIn } from "./desk.ts";
import type { Done, Refused } from "./pressing.ts";
import { refusalWords, wordsIn } from "./words.ts";

export interface Note {
  tone: "plain" | "good" | "care";
  words: string;
  /** Milliseconds it stays; a refusal stays longer than a word of confirmation. */
  stays: number;
}

const SHORT = 5_000;
const LONG = 12_000;

export function noteOfDone({ act, nobody, number, about }: Done, lang: Lang): Note | null {
  const say = wordsIn(lang);
  const good = (words: string): Note => ({ tone: "good", words, stays: SHORT });
  if (nobody) return { tone: "plain", words: say("note.nobody"), stays: SHORT };
  switch (act) {
    case "finish":
      return good(say("note.finished", { number }));
    case "no-show":
      return good(say("note.absent", { number }));
    case "hold":
      return good(say("note.held", { number }));
    case "return":
      return good(say("note.returned", { number }));
    case "transfer":
      return good(say("note.transferred", { number, goal: about }));
    case "recall":
      return good(say("note.recalled", { number }));
    default:
      return null;
  }
}

export function noteOfRefusal({ act, error }: Refused, lang: Lang): Note {
  return { tone: "care", words: refusalWords(error, act, lang), stays: LONG };
}

/** What happened without a press here. */
export function noteOfChange(before: CounterPicture, after: CounterPicture, lang: Lang): Note | null {
  const surprise: Surprise | null = surpriseIn(before, after);
  if (surprise === null) return null;
  const number = "number" in surprise ? surprise.number : "";
  return { tone: "plain", words: wordsIn(lang)(`surprise.${surprise.kind}`, { number }), stays: LONG };
}
