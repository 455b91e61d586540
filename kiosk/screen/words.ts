// The kiosk's own words, and the few sentences that are put together from several.
import { formatCount } from "../../server/screens/shared/format.ts";
import { countersIn, opensWords, texts, type Say, type SharedKey } from "../../server/screens/shared/texts.ts";
import type { Lang, Opening, PrinterState, Procedure } from "../../server/screens/shared/wire.ts";
import { counterList } from "./menu.ts";
import type { PrintOutcome } from "./print.ts";
import en from "./texts/en.json";
import vi from "./texts/vi.json";

export type KioskKey = keyof typeof vi;

export function kioskTexts(lang: Lang): Say<KioskKey | SharedKey> {
  return texts<KioskKey>(lang, { vi, en });
}

export function waitingWords(waiting: number, lang: Lang): string {
  const say = kioskTexts(lang);
  return waiting === 0 ? say("waiting.none") : say("waiting.n", { n: formatCount(waiting, lang) });
}

export function peopleWords(people: number, lang: Lang): string {
  const say = kioskTexts(lang);
  if (people === 0) return say("confirm.nobody");
  return say(people === 1 ? "confirm.person" : "confirm.people", { n: formatCount(people, lang) });
}

/** "Quầy 4–6", "Counters 4–6"; null when no counter is known. */
export function countersWords(numbers: readonly string[], lang: Lang): string | null {
  const list = counterList(numbers);
  return list === null ? null : countersIn(lang, numbers, list);
}

export function printWords(outcome: PrintOutcome, number: string, lang: Lang): string {
  const say = kioskTexts(lang);
  if (outcome === "printing" || outcome === "take" || outcome === "none") return say(`print.${outcome}`, { number });
  return say(outcome === "doubtful" ? "print.unconfirmed" : `print.${outcome}`, { number });
}

/** What to know beforehand about a printer that will not give paper; null when it will. */
export function paperNotice(state: PrinterState | undefined, lang: Lang): string | null {
  switch (state) {
    case "paper_out":
    case "offline":
    case "cover_open":
    case "error":
      return kioskTexts(lang)(`paper.${state}`);
    default:
      return null;
  }
}

/** Why the whole centre gives out no numbers, and when it does again: the main line and what stands below it. */
export function shutPageWords(menu: Opening, lang: Lang, now = Date.now()): { main: string; more: string } {
  const say = kioskTexts(lang);
  const opens = opensWords(menu.opens_at, lang, now);
  const why = [
    menu.closed_because === "quota_reached" ? say("shut.used_up") : "",
    menu.occasion == null ? "" : say("shut.occasion", { occasion: menu.occasion }),
  ];
  const more = [...why, say(opens === null ? "shut.body" : "help")].filter(Boolean);
  return { main: opens ?? more.shift()!, more: more.join(" ") };
}

/** "2 bản chính, 1 bản sao"; null for the usual single original. */
export function quantityWords(paper: Procedure["documents"][number], lang: Lang): string | null {
  const { originals, copies } = paper;
  if (originals === 1 && copies === 0) return null;
  const say = kioskTexts(lang);
  const parts = [
    originals > 0 ? say("confirm.originals", { n: originals }) : "",
    copies > 0 ? say("confirm.copies", { n: copies }) : "",
  ];
  return parts.filter(Boolean).join(", ") || null;
}
