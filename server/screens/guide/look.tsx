// Looking a number up: where it stands, and what a volunteer may do with it.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Notice, ProblemNotice } from "../shared/components.tsx";
import type { StaffTicket } from "../shared/wire.ts";
import { useAsked } from "./data.ts";
import { useDesk } from "./desk.ts";
import { numberTyped } from "./look.ts";
import { TicketCard } from "./ticket_card.tsx";

export function LookPage({ number }: { number: string | null }): JSX.Element {
  const { say, recent, go } = useDesk();
  const [typed, setTyped] = useState(number ?? "");
  const [misshapen, setMisshapen] = useState(false);
  const look = (event: Event) => {
    event.preventDefault();
    const wanted = numberTyped(typed);
    setMisshapen(wanted === null);
    if (wanted !== null) go({ page: "look", number: wanted });
  };
  return (
    <>
      <form class="look" onSubmit={look} noValidate>
        <h1 class="search__title">{say("look.title")}</h1>
        <div class="look__line">
          <label class="field">
            <span>{say("look.label")}</span>
            <input
              class="look__field"
              data-testid="number-field"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              enterkeyhint="search"
              maxLength={10}
              aria-invalid={misshapen ? "true" : undefined}
              aria-describedby={misshapen ? "look-shape" : undefined}
              value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          <Button type="submit" look="primary">
            {say("look.do")}
          </Button>
        </div>
        {misshapen && (
          <p class="look__shape" id="look-shape" role="alert">
            {say("look.shape")}
          </p>
        )}
      </form>
      {number === null && <Recent numbers={recent} />}
      {number !== null && !misshapen && <Found number={number} />}
    </>
  );
}

function Recent({ numbers }: { numbers: readonly string[] }): JSX.Element | null {
  const { say } = useDesk();
  if (numbers.length === 0) return null;
  return (
    <section class="section">
      <h2 class="section__title">{say("look.recent")}</h2>
      <ul class="recent">
        {numbers.map((each) => (
          <li key={each}>
            <a class="button button--secondary" href={`#/look/${encodeURIComponent(each)}`}>
              {each}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Found({ number }: { number: string }): JSX.Element {
  const { lang, say, session } = useDesk();
  const path = `/sites/${session.site.code}/tickets?number=${encodeURIComponent(number)}`;
  const { answer, trouble, again } = useAsked<{ tickets: StaffTicket[] }>(path);
  if (trouble !== null) return <ProblemNotice error={trouble} lang={lang} onRetry={again} />;
  if (answer === null) return <p>{say("loading")}</p>;
  if (answer.tickets.length === 0) {
    return (
      <Notice tone="care" title={say("look.none", { number })}>
        {say("look.none.what")}
      </Notice>
    );
  }
  return (
    <>
      {answer.tickets.map((ticket) => (
        <TicketCard key={ticket.id} ticket={ticket} onChanged={again} />
      ))}
    </>
  );
}
