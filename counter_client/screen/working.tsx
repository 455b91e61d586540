// At the counter: the pushed picture is the only truth; presses ask, the picture answers.
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button, Notice } from "../../server/screens/shared/components.tsx";
import { Offline, Refusal } from "../../server/screens/shared/http.ts";
import { useLiveStatus, usePicture } from "../../server/screens/shared/hooks.ts";
import { connectLive, type LiveStatus } from "../../server/screens/shared/live.ts";
import { problemText } from "../../server/screens/shared/texts.ts";
import type { CounterPicture, Lang, Menu, Session } from "../../server/screens/shared/wire.ts";
import { Actions } from "./actions.tsx";
import { CallChosenDialog } from "./call_chosen.tsx";
import { type Act, othersOf, pauseOf, primaryOf, standOf } from "./desk.ts";
import { bodyFor } from "./goals.ts";
import { DeskHeader } from "./header.tsx";
import { type Command, useCommands } from "./keyboard.ts";
import { Line, type Numbered } from "./line.tsx";
import { type Note, noteOfChange, noteOfDone, noteOfRefusal } from "./notes.ts";
import { usePressing } from "./pressing.ts";
import { HelpDialog, MenuDialog, WhyDialog } from "./sheets.tsx";
import { Stage } from "./stage.tsx";
import { TransferDialog } from "./transfer.tsx";
import { refusalWords, titleFor, wordsIn } from "./words.ts";

type Open =
  | { is: "hold" | "return" | "transfer"; ticket: string }
  | { is: "call"; row: Numbered | null }
  | { is: "menu" | "help" }
  | null;

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
  const live = useMemo(() => connectLive(), []);
  useEffect(() => () => live.close(), [live]);
  const status = useLiveStatus(live);
  const { picture, refused } = usePicture(live, "counter", { counter });
  const fresh = useFresh(status, picture);
  const [open, setOpen] = useState<Open>(null);
  const [note, setNote] = useNote();
  const primary = useRef<HTMLButtonElement>(null);

  const stand = picture === null ? "closed" : standOf(picture, person.id);
  const main = picture === null ? null : primaryOf(stand);
  const ticket = picture?.ticket ?? null;
  const pressing = usePressing(live, picture, fresh, `${main} ${ticket?.id}`, {
    done: (done) => setNote(noteOfDone(done, lang)),
    refused: (refusal) => setNote(noteOfRefusal(refusal, lang)),
  });
  useSurprises(picture, pressing.busy !== null, (before, after) => {
    const change = noteOfChange(before, after, lang);
    if (change !== null) setNote(change);
  });
  useEffect(() => {
    document.title = titleFor(picture, fresh, lang);
  }, [picture, fresh, lang]);

  // The hand's next press is the primary one again, unless it is busy in the list.
  const ready = picture !== null;
  useEffect(() => {
    const inLine = document.activeElement?.closest(".line") ?? null;
    if (ready && open === null && pressing.busy === null && inLine === null) {
      primary.current?.focus({ preventScroll: true });
    }
  }, [ready, open === null, pressing.busy === null, main]);

  const press: typeof pressing.press = async (act, wish) => {
    setNote(null);
    return pressing.press(act, wish);
  };
  const pressAndClose = async (act: Act, wish: Parameters<typeof press>[1]) => {
    const went = await press(act, wish);
    setOpen(null);
    return went;
  };

  const act = (wanted: Act) => {
    if (picture === null || !fresh || pressing.busy !== null) return;
    if (wanted !== main && !othersOf(picture, stand).includes(wanted)) return;
    if (wanted === "call") setOpen({ is: "call", row: null });
    else if (wanted === "hold" || wanted === "return" || wanted === "transfer") {
      setNote(null);
      setOpen({ is: wanted, ticket: ticket!.id });
    } else void press(wanted);
  };
  const pause = () => {
    const wanted = picture === null ? null : pauseOf(picture, stand);
    if (wanted !== null) void press(wanted);
  };
  const callRow = (row: Numbered) => {
    if (stand === "free") return setOpen({ is: "call", row });
    const words = ticket === null ? say("note.not_open") : say("note.busy_row", { number: ticket.number });
    setNote({ tone: "plain", words, stays: 5_000 });
  };
  const callChosen = async (row: Numbered, reason: string) => {
    if (await pressAndClose("call", { facts: { ticket: row.id, reason }, number: row.number })) primary.current?.focus();
  };
  const returnRow = (row: Numbered) =>
    void press("return", {
      path: `/tickets/${row.id}/return`,
      facts: { reason: say("return.back") },
      number: row.number,
    });
  // Somebody who leaves closes the counter; a ticket there is never left standing.
  const leave = async () => {
    try {
      const seated = picture !== null && stand !== "taken" && stand !== "closed";
      if (!seated || (await press("close", { as: "leave" }))) await onLeave();
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Offline)) throw error;
      setNote({ tone: "care", words: refusalWords(error, "leave", lang), stays: 12_000 });
    }
  };

  const run = (command: Command) => {
    if (command === "primary") primary.current?.click();
    else if (command === "break") pause();
    else if (command === "menu" || command === "help") setOpen({ is: command });
    else if (command === "list") focusList();
    else act(command);
  };
  useCommands(open === null, run);
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
  const sheet = open === null ? null : (
    <>
      {open.is === "help" && <HelpDialog lang={lang} onClose={() => setOpen(null)} />}
      {open.is === "menu" && (
        <MenuDialog
          {...{ picture, stand, lang, fresh, onLang, onChoose }}
          person={person.name}
          onBreak={pause}
          onCloseCounter={() => void press("close")}
          onLeave={() => void leave()}
          onHelp={() => setOpen({ is: "help" })}
          onClose={() => setOpen(null)}
        />
      )}
      {(open.is === "hold" || open.is === "return") && ticket?.id === open.ticket && (
        <WhyDialog
          act={open.is}
          number={ticket.number}
          lang={lang}
          busy={pressing.busy !== null}
          onReason={(reason) => void pressAndClose(open.is as Act, { facts: { reason } })}
          onClose={() => setOpen(null)}
        />
      )}
      {open.is === "transfer" && picture !== null && ticket?.id === open.ticket && (
        <TransferDialog
          {...{ picture, ticket, lang }}
          busy={pressing.busy !== null}
          onTransfer={(goal, name) => void pressAndClose("transfer", { facts: bodyFor(goal), about: name })}
          onClose={() => setOpen(null)}
        />
      )}
      {open.is === "call" && (
        <CallChosenDialog
          {...{ site, lang }}
          waiting={picture?.waiting ?? []}
          chosen={open.row}
          busy={pressing.busy !== null}
          onCall={(row, reason) => void callChosen(row, reason)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
  const offset = live.serverOffset();
  return (
    <div class="desk" onClick={giveFocusBack}>
      <DeskHeader
        {...{ picture, stand, status, lang, fresh }}
        person={person.name}
        onPause={pause}
        onOpen={(is) => setOpen({ is })}
      />
      <main class="desk__main">
        {picture === null ? (
          <p class="soft desk__waiting">{say("loading")}</p>
        ) : (
          <>
            <Stage {...{ picture, stand, menu, lang, offset }} />
            <Beside note={note} status={status} fresh={fresh} lang={lang} />
            <Actions {...{ picture, stand, lang, fresh, pressing, primary, onChoose }} onAct={act} />
            <Line
              {...{ picture, menu, lang, offset }}
              off={!fresh || pressing.busy !== null}
              onCall={callRow}
              onReturn={returnRow}
            />
          </>
        )}
      </main>
      {sheet}
    </div>
  );
}

/** One line beside the buttons, its height always kept: nothing jumps under the hand. */
function Beside(props: { note: Note | null; status: LiveStatus; fresh: boolean; lang: Lang }): JSX.Element {
  const { note, status, fresh, lang } = props;
  const say = wordsIn(lang);
  const offline = status.state === "offline";
  const shown: { tone: string; words: string } | null = offline
    ? { tone: "trouble", words: say("note.offline") }
    : !fresh
      ? { tone: "plain", words: say("note.connecting") }
      : note;
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

/** Whether the picture came over the connection that stands now. */
function useFresh(status: LiveStatus, picture: CounterPicture | null): boolean {
  const old = useRef<CounterPicture | null>(null);
  if (status.state !== "live") old.current = picture;
  return status.state === "live" && picture !== null && picture !== old.current;
}

/** A note that goes by itself. */
function useNote(): [Note | null, (note: Note | null) => void] {
  const [note, setNote] = useState<Note | null>(null);
  useEffect(() => {
    if (note === null) return undefined;
    const timer = setTimeout(() => setNote(null), note.stays);
    return () => clearTimeout(timer);
  }, [note]);
  return [note, setNote];
}

/** Hears of each new picture that no press here has asked for. */
function useSurprises(
  picture: CounterPicture | null,
  busy: boolean,
  hear: (before: CounterPicture, after: CounterPicture) => void,
): void {
  const before = useRef<CounterPicture | null>(null);
  useEffect(() => {
    if (before.current !== null && picture !== null && !busy) hear(before.current, picture);
    before.current = picture;
  }, [picture]);
}

function focusList(): void {
  const list = document.querySelector<HTMLElement>("[data-rows]");
  (list?.querySelector<HTMLElement>("[data-row]") ?? list)?.focus();
}
