// The counter's name plate: where somebody sits, whether it is open, and the way to the menu.
import type { JSX } from "preact";
import { LiveBadge } from "../../server/screens/shared/components.tsx";
import type { LiveStatus } from "../../server/screens/shared/live.ts";
import type { CounterPicture, Lang } from "../../server/screens/shared/wire.ts";
import { pauseOf, type Stand } from "./desk.ts";
import { KEYCAPS } from "./keys.ts";
import { wordsIn } from "./words.ts";

export interface DeskHeaderProps {
  picture: CounterPicture | null;
  stand: Stand;
  status: LiveStatus;
  person: string;
  lang: Lang;
  fresh: boolean;
  onPause: () => void;
  onOpen: (dialog: "menu" | "help") => void;
}

export function DeskHeader(props: DeskHeaderProps): JSX.Element {
  const { picture, stand, status, person, lang, fresh, onPause, onOpen } = props;
  const say = wordsIn(lang);
  const counter = picture?.counter;
  const pause = picture === null ? null : pauseOf(picture, stand);
  const state = stand === "closed" ? "closed" : (counter?.state ?? "closed");
  return (
    <header class="plate">
      <h1 class="plate__counter">{counter === undefined ? say("title") : say("counter.n", { counter: counter.number })}</h1>
      {counter !== undefined && (
        <>
          <span class={`plate__state plate__state--${state}`} data-testid="counter-state">
            {say(`stand.${state}`)}
          </span>
          <p class="plate__where">
            <strong>{counter.name}</strong>
            <span>{[counter.hall.name, counter.agency].filter(Boolean).join(" · ")}</span>
          </p>
        </>
      )}
      <div class="plate__right">
        <LiveBadge status={status} lang={lang} quiet />
        <span class="plate__person">{person}</span>
        {pause !== null && (
          <button
            type="button"
            class="plate__button plate__button--pause"
            data-testid="pause"
            aria-disabled={fresh ? undefined : "true"}
            aria-keyshortcuts={KEYCAPS.break}
            onClick={() => fresh && onPause()}
          >
            <kbd>{KEYCAPS.break}</kbd>
            <span>{say(pause === "open" ? "act.resume" : "act.pause")}</span>
          </button>
        )}
        <button
          type="button"
          class="plate__button plate__button--help"
          aria-keyshortcuts={KEYCAPS.help}
          onClick={() => onOpen("help")}
        >
          <kbd>{KEYCAPS.help}</kbd>
          <span>{say("act.help")}</span>
        </button>
        <button
          type="button"
          class="plate__button"
          data-testid="menu"
          aria-haspopup="dialog"
          aria-keyshortcuts={KEYCAPS.menu}
          onClick={() => onOpen("menu")}
        >
          <kbd>{KEYCAPS.menu}</kbd>
          <span>{say("act.menu")}</span>
        </button>
      </div>
    </header>
  );
}
