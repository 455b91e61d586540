// At the counter: the pushed picture is the only truth; presses ask, the picture answers.
import type { JSX } from "preact";
import { Button, Notice } from "../../server/screens/shared/components.tsx";
import { Refusal } from "../../server/screens/shared/http.ts";
import { problemText } from "../../server/screens/shared/texts.ts";
import type { Lang, Menu, Session } from "../../server/screens/shared/wire.ts";
import { Actions } from "./actions.tsx";
import { DeskHeader } from "./header.tsx";
import { type Command, useCommands } from "./keyboard.ts";
import { Line } from "./line.tsx";
import { Sheet } from "./sheet.tsx";
import { Stage } from "./stage.tsx";
import { type DeskState, useDesk } from "./use_desk.ts";
import { wordsIn } from "./words.ts";

export interface DeskProps {
  person: NonNullable<Session["person"]>;
  site: string;
  counter: string;
  menu: Menu | null;
  lang: Lang;
  onLang: (lang: Lang) => void;
  onChoose: () => void;
  /** Ends the session; throws Refusal or Offline. */
  onLeave: () => Promise<void>;
}

export function Desk(props: DeskProps): JSX.Element {
  const { person, site, counter, menu, lang, onLang, onChoose, onLeave } = props;
  const say = wordsIn(lang);
  const desk = useDesk(counter, person.id, lang, onLeave);
  const { picture, refused, stand, status, fresh, offset, pressing, open, primary } = desk;
  useCommands(open === null, (command) => run(desk, command));

  // What the mouse has clicked keeps no claim on the next key.
  const giveFocusBack = (event: MouseEvent) => {
    const clicked = event.detail > 0 && event.target instanceof Element && event.target.closest(".desk button");
    if (clicked && open === null) primary.current?.focus({ preventScroll: true });
  };

  if (refused !== null) {
    return (
      <main class="plain-page">
        <Notice tone="care" actions={<Button onClick={onChoose}>{say("act.choose")}</Button>}>
          {problemText(new Refusal(404, refused), lang)}
        </Notice>
      </main>
    );
  }
  return (
    <div class="desk" onClick={giveFocusBack}>
      <DeskHeader
        {...{ picture, stand, status, lang, fresh }}
        person={person.name}
        onPause={desk.pause}
        onOpen={(is) => desk.show({ is })}
      />
      <main class="desk__main">
        {picture === null ? (
          <p class="soft desk__waiting">{say(status.state === "offline" ? "note.offline" : "loading")}</p>
        ) : (
          <>
            <Stage {...{ picture, stand, menu, lang, offset }} />
            <Beside desk={desk} lang={lang} />
            <Actions {...{ picture, stand, lang, fresh, pressing, primary, onChoose }} onAct={desk.act} />
            <Line
              {...{ picture, menu, lang, offset }}
              off={!fresh || pressing.busy !== null}
              onCall={desk.callRow}
              onReturn={desk.returnRow}
            />
          </>
        )}
      </main>
      <Sheet {...{ desk, site, lang, onLang, onChoose }} person={person.name} />
    </div>
  );
}

/** One line beside the buttons, its height always kept: nothing jumps under the hand. */
function Beside({ desk, lang }: { desk: DeskState; lang: Lang }): JSX.Element {
  const say = wordsIn(lang);
  let shown: { tone: string; words: string } | null = desk.note;
  if (desk.status.state === "offline") shown = { tone: "trouble", words: say("note.offline") };
  else if (!desk.fresh) shown = { tone: "plain", words: say("note.connecting") };
  return (
    <div class="beside" role="status" data-testid="note">
      {shown !== null && (
        <p class={`beside__note beside__note--${shown.tone}`} key={shown.words}>
          {shown.words}
        </p>
      )}
    </div>
  );
}

function run(desk: DeskState, command: Command): void {
  if (command === "primary") desk.primary.current?.click();
  else if (command === "break") desk.pause();
  else if (command === "menu" || command === "help") desk.show({ is: command });
  else if (command === "list") focusList();
  else desk.act(command);
}

function focusList(): void {
  const list = document.querySelector<HTMLElement>("[data-rows]");
  (list?.querySelector<HTMLElement>("[data-row]") ?? list)?.focus();
}
