// Why no numbers are given out, in a few words; and of several that are shut, which opens first.
import { opensWords, texts } from "./texts.ts";
import type { Lang, Opening } from "./wire.ts";

/** What is told of something shut: a service, or the whole centre. */
export type Shut = Pick<Opening, "closed_because" | "opens_at">;

/** Why it is shut, short enough for a tile or a row: when it opens, or that its numbers are used up. */
export function shutWords(shut: Shut, lang: Lang, now = Date.now()): string {
  const say = texts(lang);
  switch (shut.closed_because) {
    case "quota_reached":
      return say("shut.quota_reached");
    case "outside_hours":
      return opensWords(shut.opens_at, lang, now) ?? say("shut.outside_hours");
    default:
      return say("shut.service_closed");
  }
}

/** Of several that are shut the one that opens first, else the first of them. */
export function firstToOpen<Each extends Shut>(all: readonly Each[]): Each | undefined {
  return all.reduce<Each | undefined>((first, each) => (first === undefined || opens(each) < opens(first) ? each : first), undefined);
}

function opens({ opens_at: at }: Shut): number {
  return at == null ? Infinity : Date.parse(at);
}
