// The display's words in its language, with the second language of the centre small beside the headings.
import type { JSX } from "preact";
import { type Say, type SharedKey, texts } from "../../server/screens/shared/texts.ts";
import type { Lang } from "../../server/screens/shared/wire.ts";
import en from "./texts/en.json";
import vi from "./texts/vi.json";

export type OwnKey = keyof typeof vi;

export class Words {
  readonly lang: Lang;
  readonly say: Say<OwnKey | SharedKey>;
  /** The centre's other language, null where it has only one. */
  readonly second: Say<OwnKey | SharedKey> | null;
  readonly secondLang: Lang | null;

  constructor(lang: Lang, languages: readonly Lang[]) {
    this.lang = lang;
    this.say = texts(lang, { vi, en });
    this.secondLang = languages.find((each) => each !== lang) ?? null;
    this.second = this.secondLang === null ? null : texts(this.secondLang, { vi, en });
  }
}

/** A heading, and the same in the second language. */
export function InBoth({ words, text }: { words: Words; text: OwnKey }): JSX.Element {
  return (
    <>
      <span>{words.say(text)}</span>
      {words.second !== null && (
        <span class="second" lang={words.secondLang ?? undefined}>
          {words.second(text)}
        </span>
      )}
    </>
  );
}
