// The whole picture of the hall: who is invited, who was, and how many wait where.
import type { JSX } from "preact";
import { formatDate, formatDay, formatTime } from "../../server/screens/shared/format.ts";
import { Icon } from "../../server/screens/shared/icons.tsx";
import { nameIn } from "../../server/screens/shared/texts.ts";
import type { Board, Lang } from "../../server/screens/shared/wire.ts";
import type { ShownCall } from "./callqueue.ts";
import { rem, textSize } from "./fit.ts";
import { LargeCall, OldBand, Welcome } from "./large.tsx";
import { CallRows, WaitingLines } from "./lists.tsx";
import type { HallNames } from "./memory.ts";
import { callsView, drift, linesOfHall } from "./view.ts";
import type { SoundState } from "./voice.ts";
import type { Wishes } from "./wishes.ts";
import { Words } from "./words.tsx";

// In pixels of a screen of 1920 × 1080.
const CENTRE_ROOM = 1230;
const CENTRE_MOST = 34;

export interface HallPictureProps {
  wishes: Wishes;
  /** The server's time, milliseconds since 1970. */
  now: number;
  names: HallNames | null;
  shown: readonly ShownCall[];
  waiting: Board["waiting"];
  /** Nobody vouches for it yet: it comes from memory. */
  stale: boolean;
  /** Out of touch for so long that the hall is told; `seen`: when the picture was last true. */
  old: { seen: number | null } | null;
  refused: boolean;
  sound: SoundState;
  onAllowSound(): void;
}

export function HallPicture(props: HallPictureProps): JSX.Element {
  const { wishes, now, names, old, sound } = props;
  const { lang } = wishes;
  const { large, rows } = callsView(props.shown, now);
  // Yesterday's counts say nothing.
  const ofToday = old === null || old.seen === null || formatDate(old.seen) === formatDate(now);
  const lines = ofToday ? linesOfHall(names?.services ?? [], props.waiting, lang) : [];
  const [x, y] = drift(now);
  const words = new Words(lang, names?.languages ?? ["vi"]);
  const notLive = props.stale || old !== null;
  return (
    <main
      class={classes("hall", {
        "hall--old": notLive,
        "hall--welcome": large === null && rows.length === 0,
        "hall--touch": sound === "refused",
      })}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      data-testid="hall"
    >
      <Header names={names} lang={lang} now={now} welcomes={large === null} />
      <section
        class={classes("large", { "large--now": large?.now === true && !notLive })}
        data-testid="large"
        data-state={large === null ? "welcome" : large.now ? "now" : "past"}
        aria-live="polite"
      >
        <OldBand old={old} refused={props.refused} now={now} words={words} />
        {sound === "refused" && <SoundButton words={words} onAllow={props.onAllowSound} />}
        {large === null ? (
          <Welcome site={names === null ? null : nameIn(lang, names.site.names)} spoken={wishes.sound} words={words} />
        ) : (
          <LargeCall key={large.call.call_id} call={large.call} now={large.now} quiet={old !== null} words={words} />
        )}
      </section>
      <div class={classes("below", { "below--lines": rows.length === 0 })}>
        {rows.length > 0 && <CallRows rows={rows} words={words} />}
        {lines.length > 0 && <WaitingLines lines={lines} wide={rows.length === 0} now={now} words={words} />}
      </div>
    </main>
  );
}

function Header(props: { names: HallNames | null; lang: Lang; now: number; welcomes: boolean }): JSX.Element {
  const { names, lang, now, welcomes } = props;
  const hall = names?.hall?.name ?? null;
  const centre = names === null ? "" : nameIn(lang, names.site.names);
  const size = textSize(centre, { room: CENTRE_ROOM, most: CENTRE_MOST });
  return (
    <header class="head">
      <div class="head__place">
        {!welcomes && (
          <span class="head__centre" style={{ fontSize: rem(size) }} data-testid="centre-name">
            {centre}
          </span>
        )}
        {hall !== null && (
          <span class="head__hall" data-testid="hall-name">
            {hall}
          </span>
        )}
      </div>
      <span class="head__day">{formatDay(now, lang)}</span>
      <span class="head__time" data-testid="clock">
        {formatTime(now)}
      </span>
    </header>
  );
}

function SoundButton({ words, onAllow }: { words: Words; onAllow(): void }): JSX.Element {
  return (
    <button type="button" class="sound" onClick={onAllow} data-testid="sound-button">
      <Icon name="speaker" />
      <span>{words.say("sound.allow")}</span>
    </button>
  );
}

function classes(first: string, others: Record<string, boolean>): string {
  return [first, ...Object.keys(others).filter((name) => others[name])].join(" ");
}
