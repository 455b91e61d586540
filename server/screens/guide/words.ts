// The guide in its languages.
import { type Say, type SharedKey, texts } from "../shared/texts.ts";
import type { Lang } from "../shared/wire.ts";
import en from "./texts/en.json";
import vi from "./texts/vi.json";

export type OwnKey = keyof typeof vi;
export type Key = OwnKey | SharedKey;
export type GuideSay = Say<Key>;

export function words(lang: Lang): GuideSay {
  return texts(lang, { vi, en });
}
