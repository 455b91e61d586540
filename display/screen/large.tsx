// The large place: the call of the moment, the last one, or a welcome; and the word that the picture is old.
import type { JSX } from "preact";
import { Icon } from "../../server/screens/shared/icons.tsx";
import { formatDate, formatTime } from "../../server/screens/shared/format.ts";
import type { Call } from "../../server/screens/shared/wire.ts";
import { CallWords } from "./callwords.tsx";
import { SMALL_WORD } from "./fit.ts";
import { InBoth, type Words } from "./words.tsx";

/** In pixels of a screen of 1920 × 1080, as all sizes here. */
const ROOM = 1730;
const MOST = 296;

export interface LargeCallProps {
  call: Call;
  now: boolean;
  /** The band speaks in place of the heading. */
  quiet: boolean;
  words: Words;
}

/** Its key is the call's id, so that each call and each recall arrives with one slow move. */
export function LargeCall({ call, now, quiet, words }: LargeCallProps): JSX.Element {
  const heading = !now ? "call.past" : call.recall ? "call.recall" : "call.now";
  return (
    <div class="large__call" data-testid="large-call" data-call-id={call.call_id}>
      <p class="large__heading" data-testid={call.recall && now ? "recall" : "heading"}>
        {!quiet && <InBoth words={words} text={heading} />}
      </p>
      <CallWords call={call} words={words} room={ROOM} most={MOST} wordScale={SMALL_WORD} />
    </div>
  );
}

export function Welcome(props: { site: string | null; spoken: boolean; words: Words }): JSX.Element {
  const { site, spoken, words } = props;
  return (
    <div class="welcome" data-testid="welcome">
      <p class="welcome__greeting">
        <InBoth words={words} text="welcome" />
      </p>
      {site !== null && (
        <h1 class="welcome__centre" data-testid="centre-name">
          {site}
        </h1>
      )}
      <p class="welcome__how">{words.say(spoken ? "welcome.spoken" : "welcome.silent")}</p>
    </div>
  );
}

export interface OldBandProps {
  old: { seen: number | null } | null;
  refused: boolean;
  now: number;
  words: Words;
}

/** Always there for screen readers to listen to; seen when there is something to say. */
export function OldBand({ old, refused, now, words }: OldBandProps): JSX.Element {
  const told = old !== null ? `${words.say("old")} ${seenText(old.seen, now, words)}` : words.say("refused");
  return (
    <div role="status">
      {(old !== null || refused) && (
        <p class="band" data-testid={old !== null ? "not-live" : "refused"}>
          <Icon name="warning" class="band__sign" />
          <span>{told}</span>
        </p>
      )}
    </div>
  );
}

function seenText(seen: number | null, now: number, words: Words): string {
  if (seen === null) return "";
  const time = formatTime(seen);
  const date = formatDate(seen);
  return date === formatDate(now) ? words.say("old.seen", { time }) : words.say("old.day", { time, date });
}
