// Cancelling a ticket or putting it back in line: history keeps the reason, so it is asked for.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, ProblemNotice } from "../shared/components.tsx";
import { call, newKey } from "../shared/http.ts";
import { Sheet } from "../shared/sheet.tsx";
import type { StaffTicket } from "../shared/wire.ts";
import { type Trouble, troubleTo } from "./data.ts";
import { useDesk } from "./desk.ts";
import { type Key, words } from "./words.ts";

const REASONS: Record<"cancel" | "return", readonly Key[]> = {
  cancel: ["cancel.asked", "cancel.mistake", "cancel.double"],
  return: ["return.back", "return.papers", "return.not_heard"],
};
const OTHER = "other";

export interface ReasonSheetProps {
  deed: "cancel" | "return";
  ticket: StaffTicket;
  onClose: () => void;
  onDone: () => void;
}

export function ReasonSheet({ deed, ticket, onClose, onDone }: ReasonSheetProps): JSX.Element {
  const { lang, say } = useDesk();
  const [chosen, setChosen] = useState<string | null>(null);
  const [written, setWritten] = useState("");
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  // History is read by the whole centre: it is written in the centre's language.
  const reason = chosen === OTHER ? written.trim() : chosen === null ? "" : words("vi")(chosen as Key);
  const act = () => {
    setMissing(reason === "");
    if (reason === "") return;
    setBusy(true);
    setTrouble(null);
    call("POST", `/tickets/${ticket.id}/${deed}`, { reason }, { idempotencyKey: newKey(), retryFor: 8_000 })
      .then(onDone, troubleTo(setTrouble))
      .finally(() => setBusy(false));
  };

  return (
    <Sheet
      title={say(`${deed}.title`, { number: ticket.number })}
      onClose={onClose}
      actions={
        <>
          <Button look={deed === "cancel" ? "danger" : "primary"} wide busy={busy} onClick={act}>
            {say(`look.${deed}`)}
          </Button>
          <Button look="quiet" wide onClick={onClose}>
            {say(deed === "cancel" ? "cancel.keep" : "close")}
          </Button>
        </>
      }
    >
      <p>{say(`${deed}.what`)}</p>
      <fieldset class="options">
        <legend class="options__title">{say("reason")}</legend>
        {[...REASONS[deed], OTHER].map((each) => (
          <label class="tick" key={each}>
            <input type="radio" name="reason" checked={chosen === each} onChange={() => setChosen(each)} />
            <span>{say(each === OTHER ? "reason.other" : (each as Key))}</span>
          </label>
        ))}
      </fieldset>
      {chosen === OTHER && (
        <label class="field">
          <span>{say("reason.write")}</span>
          <input maxLength={120} value={written} onInput={(event) => setWritten(event.currentTarget.value)} />
        </label>
      )}
      {missing && reason === "" && (
        <p class="look__shape" role="alert">
          {say("reason.needed")}
        </p>
      )}
      {trouble !== null && <ProblemNotice error={trouble} lang={lang} />}
    </Sheet>
  );
}
