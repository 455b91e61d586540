// The small dialogs: why a ticket is put aside, the menu, the keys.
import type { ComponentChildren, JSX } from "preact";
import { Button, LanguageSwitch } from "../../server/screens/shared/components.tsx";
import type { CounterPicture, Lang } from "../../server/screens/shared/wire.ts";
import { pauseOf, type Stand } from "./desk.ts";
import { Dialog } from "./dialog.tsx";
import { type Command, KEYCAPS } from "./keys.ts";
import { Reasons } from "./reasons.tsx";
import { type Key, wordsIn } from "./words.ts";

const USUAL = {
  hold: ["hold.1", "hold.2", "hold.3", "hold.4"],
  return: ["return.1", "return.2", "return.3"],
} as const;

export interface WhyProps {
  act: "hold" | "return";
  number: string;
  lang: Lang;
  busy: boolean;
  onReason: (reason: string) => void;
  onClose: () => void;
}

export function WhyDialog({ act, number, lang, busy, onReason, onClose }: WhyProps): JSX.Element {
  const say = wordsIn(lang);
  return (
    <Dialog name={act} title={say(`${act}.title`, { number })} lang={lang} onClose={onClose}>
      <p class="soft">{say(`${act}.lead`)}</p>
      <Reasons lang={lang} usual={USUAL[act]} busy={busy} onReason={onReason} />
    </Dialog>
  );
}

export interface MenuProps {
  picture: CounterPicture | null;
  stand: Stand;
  person: string;
  lang: Lang;
  fresh: boolean;
  onLang: (lang: Lang) => void;
  onBreak: () => void;
  onCloseCounter: () => void;
  onChoose: () => void;
  onLeave: () => void;
  onHelp: () => void;
  onClose: () => void;
}

export function MenuDialog(props: MenuProps): JSX.Element {
  const { picture, stand, person, lang, fresh, onClose } = props;
  const say = wordsIn(lang);
  const pause = picture === null ? null : pauseOf(picture, stand);
  const seated = stand !== "taken" && stand !== "closed";
  const first: Key = pause === null ? "act.choose" : pause === "open" ? "act.resume" : "act.pause";
  const item = (name: Key, act: () => void, off = false, cap?: Command) => (
    <Button
      wide
      busy={off}
      data-first={name === first ? "" : undefined}
      data-testid={`menu-${name.replace("act.", "")}`}
      onClick={() => {
        onClose();
        act();
      }}
    >
      {say(name)}
      {cap !== undefined && <kbd>{KEYCAPS[cap]}</kbd>}
    </Button>
  );
  return (
    <Dialog name="menu" title={say("menu.title")} lang={lang} onClose={onClose}>
      <p class="soft">{person}</p>
      <div class="menu">
        {pause !== null && item(pause === "open" ? "act.resume" : "act.pause", props.onBreak, !fresh, "break")}
        {seated && item("act.close", props.onCloseCounter, !fresh)}
        {!seated && item("act.choose", props.onChoose)}
        {item("act.help", props.onHelp, false, "help")}
        {item("act.leave", props.onLeave)}
      </div>
      <LanguageSwitch lang={lang} onChange={props.onLang} />
    </Dialog>
  );
}

const LISTED: readonly (readonly [Command, Key])[] = [
  ["recall", "act.recall"],
  ["no-show", "act.no-show"],
  ["hold", "act.hold"],
  ["transfer", "act.transfer"],
  ["return", "act.return"],
  ["call", "act.call"],
  ["finish-call", "act.finish-call"],
  ["list", "help.list"],
  ["break", "help.break"],
  ["menu", "help.menu"],
  ["help", "help.help"],
];

export function HelpDialog({ lang, onClose }: { lang: Lang; onClose: () => void }): JSX.Element {
  const say = wordsIn(lang);
  const line = (caps: ComponentChildren, words: string) => (
    <div class="keys__line">
      <dt>{caps}</dt>
      <dd>{words}</dd>
    </div>
  );
  return (
    <Dialog name="help" title={say("help.title")} lang={lang} onClose={onClose}>
      <p class="soft">{say("help.lead")}</p>
      <dl class="keys">
        {line(
          <>
            <kbd>{say("key.primary")}</kbd> <kbd>Enter</kbd>
          </>,
          say("help.primary"),
        )}
        {line(<kbd>F9</kbd>, say("help.f9"))}
        {LISTED.map(([command, words]) => line(<kbd>{KEYCAPS[command]}</kbd>, say(words)))}
        {line(<kbd>Esc</kbd>, say("help.escape"))}
      </dl>
    </Dialog>
  );
}
