// Sending the ticket on: type a few letters or a counter's number, arrows to choose, Enter to send.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../server/screens/shared/components.tsx";
import { countersIn } from "../../server/screens/shared/texts.ts";
import type { CounterPicture, Lang, StaffTicket } from "../../server/screens/shared/wire.ts";
import { Dialog } from "./dialog.tsx";
import { type Goal, goalsFor, keyOf } from "./goals.ts";
import { wordsIn } from "./words.ts";

export interface TransferProps {
  picture: CounterPicture;
  ticket: StaffTicket;
  lang: Lang;
  busy: boolean;
  onTransfer: (goal: Goal, name: string) => void;
  onClose: () => void;
}

export function TransferDialog({ picture, ticket, lang, busy, onTransfer, onClose }: TransferProps): JSX.Element {
  const say = wordsIn(lang);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState<number | null>(null);
  const goals = goalsFor(picture, typed);
  // Nothing is chosen until somebody typed or moved: an Enter too many sends nobody away.
  const index = at ?? (typed.trim() === "" ? -1 : 0);
  const chosen = goals[index];
  const nameOf = (goal: Goal) =>
    goal.kind === "service" ? goal.name : say("counter.n", { counter: goal.number });

  const step = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(index + by, 0), goals.length - 1);
    setAt(next);
    const goal = goals[next];
    if (goal !== undefined) document.getElementById(keyOf(goal))?.scrollIntoView({ block: "nearest" });
  };
  const group = (kind: Goal["kind"]) => {
    const members = goals.filter((goal) => goal.kind === kind);
    if (members.length === 0) return null;
    const title = say(kind === "service" ? "transfer.services" : "transfer.counters");
    return (
      <div role="group" aria-label={title} class="goals__group">
        <p class="goals__title" aria-hidden="true">
          {title}
        </p>
        {members.map((goal) => (
          <div
            key={keyOf(goal)}
            id={keyOf(goal)}
            class="goal"
            role="option"
            data-testid={`goal-${goal.kind === "service" ? goal.code : goal.number}`}
            aria-selected={goal === chosen ? "true" : "false"}
            onClick={() => setAt(goals.indexOf(goal))}
          >
            <span class="goal__name">
              {nameOf(goal)}
              {goal.kind === "counter" && <span class="goal__of">{goal.name}</span>}
            </span>
            <span class="goal__more">
              {goal.kind === "counter"
                ? !goal.open && say("transfer.closed")
                : goal.counters.length === 0
                  ? say("transfer.no_counter")
                  : countersIn(lang, goal.counters)}
            </span>
          </div>
        ))}
      </div>
    );
  };

  return (
    <Dialog name="transfer" title={say("transfer.title", { number: ticket.number })} lang={lang} onClose={onClose}>
      <p class="soft">{say("transfer.lead", { service: ticket.service_name })}</p>
      <form
        class="transfer"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen !== undefined && !busy) onTransfer(chosen, nameOf(chosen));
        }}
      >
        <label class="field">
          <span class="field__label">{say("transfer.search")}</span>
          <input
            class="input"
            data-first=""
            data-testid="transfer-search"
            role="combobox"
            aria-expanded="true"
            aria-controls="goals"
            aria-activedescendant={chosen === undefined ? undefined : keyOf(chosen)}
            autocomplete="off"
            value={typed}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setAt(null);
            }}
            onKeyDown={step}
          />
        </label>
        <div class="goals" id="goals" role="listbox" aria-label={say("transfer.search")}>
          {group("service")}
          {group("counter")}
          {goals.length === 0 && <p class="soft goals__none">{say("transfer.none")}</p>}
        </div>
        <Button type="submit" look="primary" wide busy={busy || chosen === undefined} data-testid="transfer-do">
          {chosen === undefined ? say("act.transfer") : say("transfer.do", { goal: nameOf(chosen) })}
        </Button>
      </form>
    </Dialog>
  );
}
