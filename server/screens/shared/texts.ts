// Words from the text files, Vietnamese first: what a language lacks is said in Vietnamese.
import { formatDate, formatDay, formatTime } from "./format.ts";
import type { Offline, Refusal } from "./http.ts";
import en from "./texts/en.json";
import vi from "./texts/vi.json";
import type { Lang, Names, Time } from "./wire.ts";

export type Values = Record<string, string | number>;
export type SharedKey = keyof typeof vi;

/** Looks a text up and fills its `{places}`; a key that no language has is shown as it is. */
export type Say<Key extends string = SharedKey> = (key: Key, values?: Values) => string;

/** The texts of one screen by language; `vi` is the complete one. */
export type Catalogue<Key extends string> = { vi: Record<Key, string> } & Partial<
  Record<Exclude<Lang, "vi">, Partial<Record<Key, string>>>
>;

/** Says the shared words only. */
export function texts(lang: Lang): Say;
/** Says a screen's own words, and the shared ones where it has none of its own. */
export function texts<Key extends string>(lang: Lang, own: Catalogue<Key>): Say<Key | SharedKey>;
export function texts(lang: Lang, own?: Catalogue<string>): Say<string> {
  const shelves: (Partial<Record<string, string>> | undefined)[] = [
    own?.[lang],
    lang === "en" ? en : undefined,
    own?.vi,
    vi,
  ];
  return (key, values = {}) => {
    const shelf = shelves.find((each) => each?.[key] !== undefined);
    return fill(shelf?.[key] ?? key, values);
  };
}

/** Puts values into `{places}`; a place without a value stays visible. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** A name in this language, else in Vietnamese. */
export function nameIn(lang: Lang, names: Names): string {
  return names[lang] ?? names.vi;
}

/** "Counter 3" or "Counters 3, 4"; `list` is how several are written when not one by one. */
export function countersIn(lang: Lang, numbers: readonly string[], list = numbers.join(", ")): string {
  const say = texts(lang);
  return numbers.length === 1 ? say("counter.n", { counter: list }) : say("counters.n", { counters: list });
}

/** The paper to look at for a priority; null where the centre's file says that none is needed. */
export function proofIn(lang: Lang, proof: Names): string | null {
  return /^không cần/iu.test(proof.vi.normalize("NFC")) ? null : nameIn(lang, proof);
}

const DAY = 86_400_000;

/** "Mở lại lúc 13:30 hôm nay"; null when nobody knows. */
export function opensWords(opensAt: Time | null | undefined, lang: Lang, now = Date.now()): string | null {
  if (opensAt == null || Number.isNaN(Date.parse(opensAt))) return null;
  const say = texts(lang);
  const time = formatTime(opensAt);
  const day = formatDate(opensAt);
  if (day === formatDate(now)) return say("opens.today", { time });
  if (day === formatDate(now + DAY)) return say("opens.tomorrow", { time });
  return say("opens.later", { time, day: formatDay(opensAt, lang) });
}

/** What to tell the person in front of the screen about a Refusal or Offline; always says what to do next. */
export function problemText(error: Refusal | Offline, lang: Lang, now = Date.now()): string {
  const say = texts(lang) as Say<string>;
  if (!("code" in error)) return say("error.offline");
  const key = `error.${error.code}`;
  const values = plainFacts(error.facts);
  const opens = opensWords(typeof values["opens_at"] === "string" ? values["opens_at"] : null, lang, now);
  if (opens !== null && `${key}.until` in vi) return say(`${key}.until`, { ...values, opens });
  if (key in vi) return say(key, values);
  if (error.code.startsWith("unknown_") || error.status === 404) return say("error.not_found");
  return error.status >= 500 ? say("error.storage_unavailable") : say("error.other");
}

function plainFacts(facts: Readonly<Record<string, unknown>>): Values {
  return Object.fromEntries(
    Object.entries(facts).filter((fact): fact is [string, string | number] => /string|number/.test(typeof fact[1])),
  );
}

const MEMORY = "denluot.lang";

/** The language chosen on this device before, else Vietnamese. For people's own devices, not for the kiosk. */
export function rememberedLang(): Lang {
  try {
    return localStorage.getItem(MEMORY) === "en" ? "en" : "vi";
  } catch {
    return "vi";
  }
}

/** Remembers the language (unless told not to) and tells the browser and screen readers. */
export function chooseLang(lang: Lang, remember = true): void {
  document.documentElement.lang = lang;
  if (!remember) return;
  try {
    localStorage.setItem(MEMORY, lang);
  } catch {
    // Storage is switched off: the choice lasts for this page.
  }
}
