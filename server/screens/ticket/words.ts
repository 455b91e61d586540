// The citizen's page in its languages.
import { type Say, type SharedKey, texts } from "../shared/texts.ts";
import type { Lang, Names } from "../shared/wire.ts";
import en from "./texts/en.json";
import vi from "./texts/vi.json";

export type Key = keyof typeof vi | SharedKey;

export function words(lang: Lang): Say<Key> {
  return texts(lang, { vi, en });
}

/** The thing's name in this language where the server tells it, else as the centre calls it. */
export function nameOf(lang: Lang, thing: { name: string; names?: Names }): string {
  return thing.names?.[lang] ?? thing.name;
}
