// Calling somebody before their turn: which number, and why. The line's first sixty are known; others are asked for.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Button, Notice } from "../../server/screens/shared/components.tsx";
import { call, Offline, Refusal } from "../../server/screens/shared/http.ts";
import { problemText } from "../../server/screens/shared/texts.ts";
import type { Lang, StaffTicket, WaitingRow } from "../../server/screens/shared/wire.ts";
import { Dialog } from "./dialog.tsx";
import type { Numbered } from "./line.tsx";
import { Reasons } from "./reasons.tsx";
import { numberTyped, wordsIn } from "./words.ts";

export interface CallChosenProps {
  site: string;
  waiting: readonly WaitingRow[];
  /** The row that was pressed; null asks for a number first. */
  chosen: Numbered | null;
  lang: Lang;
  busy: boolean;
  onCall: (ticket: Numbered, reason: string) => void;
  onClose: () => void;
}

export function CallChosenDialog(props: CallChosenProps): JSX.Element {
  const { site, waiting, lang, busy, onCall, onClose } = props;
  const say = wordsIn(lang);
  const [chosen, setChosen] = useState(props.chosen);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const typed = useRef<HTMLInputElement>(null);

  const look = async (event: Event) => {
    event.preventDefault();
    const number = numberTyped(typed.current!.value);
    setTrouble(null);
    if (number === null) return setTrouble(say("call.unreadable"));
    const row = waiting.find((each) => each.number === number);
    if (row !== undefined) return setChosen(row);
    setAsking(true);
    try {
      const found = await call<{ tickets: StaffTicket[] }>(
        "GET",
        `/sites/${site}/tickets?number=${encodeURIComponent(number)}`,
      );
      const ticket = found.tickets[0];
      if (ticket?.state === "waiting") setChosen(ticket);
      else setTrouble(whyNot(ticket, number));
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Offline)) throw error;
      setTrouble(problemText(error, lang));
    } finally {
      setAsking(false);
    }
  };
  const whyNot = (ticket: StaffTicket | undefined, number: string): string => {
    if (ticket === undefined) return say("call.unknown", { number });
    const state = say(`state.${ticket.state}`).toLowerCase();
    return ticket.counter === null
      ? say("call.not_waiting", { number, state })
      : say("call.not_waiting.at", { number, state, counter: ticket.counter });
  };

  const title = chosen === null ? say("call.title") : say("call.title.of", { number: chosen.number });
  return (
    <Dialog name="call" title={title} lang={lang} onClose={onClose}>
      {chosen === null ? (
        <form class="find" onSubmit={look} noValidate>
          <label class="field">
            <span class="field__label">{say("call.number")}</span>
            <input
              ref={typed}
              class="input input--number"
              data-first=""
              data-testid="call-number"
              placeholder={say("call.number.example")}
              autocomplete="off"
              maxLength={12}
            />
          </label>
          <Button type="submit" look="primary" busy={asking}>
            {say("call.find")}
          </Button>
          {trouble !== null && <Notice tone="care">{trouble}</Notice>}
        </form>
      ) : (
        <>
          <p class="soft">{say("call.lead")}</p>
          <Reasons
            lang={lang}
            usual={["call.1", "call.2", "call.3"]}
            busy={busy}
            onReason={(reason) => onCall(chosen, reason)}
          />
        </>
      )}
    </Dialog>
  );
}
