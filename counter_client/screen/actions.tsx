// Under the right hand: the one button that is next, and the others on their digits.
import type { ComponentChildren, JSX, Ref } from "preact";
import type { CounterPicture, Lang } from "../../server/screens/shared/wire.ts";
import { type Act, othersOf, primaryOf, type Stand } from "./desk.ts";
import { KEYCAPS } from "./keys.ts";
import type { Pressing } from "./pressing.ts";
import { type Key, wordsIn } from "./words.ts";

/** The buttons' places; a place stays empty where its act is not possible. */
const PLACES: readonly (readonly Act[])[] = [
  ["recall"],
  ["no-show"],
  ["hold"],
  ["transfer"],
  ["return"],
  ["call", "finish-call"],
];

export interface ActionsProps {
  picture: CounterPicture;
  stand: Stand;
  lang: Lang;
  /** Whether the picture can be trusted; without it no button takes a press. */
  fresh: boolean;
  pressing: Pressing;
  primary: Ref<HTMLButtonElement>;
  onAct: (act: Act) => void;
  onChoose: () => void;
}

export function Actions(props: ActionsProps): JSX.Element {
  const { picture, stand, lang, fresh, pressing, primary, onAct, onChoose } = props;
  const say = wordsIn(lang);
  const main = primaryOf(stand);
  const possible = othersOf(picture, stand);
  const resting = (act: Act) => act === "recall" && pressing.recallResting;
  return (
    <section class={`acts acts--${stand}`} aria-label={say("acts")}>
      {main === null ? (
        <button type="button" class="primary" data-primary="" ref={primary} onClick={onChoose}>
          <span class="primary__words">{say("act.choose")}</span>
        </button>
      ) : (
        <button
          type="button"
          class={`primary primary--${main}${pressing.settling ? " primary--settling" : ""}`}
          data-primary=""
          data-testid="primary"
          data-act={main}
          ref={primary}
          aria-disabled={!fresh || pressing.busy !== null ? "true" : undefined}
          aria-busy={pressing.busy === main ? "true" : undefined}
          aria-keyshortcuts="Space F9"
          onClick={() => onAct(main)}
        >
          <span class="primary__words">{say(stand === "paused" ? "act.resume" : (`act.${main}` as Key))}</span>
          <span class="primary__keys">
            <kbd>{say("key.primary")}</kbd>
            <kbd>F9</kbd>
          </span>
        </button>
      )}
      <div class="acts__others">
        {PLACES.map((acts, i) => {
          const act = acts.find((each) => possible.includes(each));
          if (act === undefined) return <span key={i} class="acts__empty" />;
          return (
            <Other
              key={act}
              act={act}
              off={!fresh || pressing.busy !== null || resting(act)}
              busy={pressing.busy === act}
              onAct={onAct}
            >
              {say(`act.${act}` as Key)}
            </Other>
          );
        })}
      </div>
    </section>
  );
}

interface OtherProps {
  act: Act;
  off: boolean;
  busy: boolean;
  onAct: (act: Act) => void;
  children: ComponentChildren;
}

function Other({ act, off, busy, onAct, children }: OtherProps): JSX.Element {
  return (
    <button
      type="button"
      class={`other other--${act}`}
      data-testid={`act-${act}`}
      aria-disabled={off ? "true" : undefined}
      aria-busy={busy ? "true" : undefined}
      aria-keyshortcuts={KEYCAPS[act]}
      onClick={() => !off && onAct(act)}
    >
      <kbd>{KEYCAPS[act]}</kbd>
      <span>{children}</span>
    </button>
  );
}
