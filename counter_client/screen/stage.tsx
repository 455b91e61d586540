// The ticket at the counter, very large; or what the counter waits for.
import type { ComponentChildren, JSX } from "preact";
import { formatCount, formatElapsed, formatTime } from "../../server/screens/shared/format.ts";
import { useNow } from "../../server/screens/shared/hooks.ts";
import { nameIn, proofIn } from "../../server/screens/shared/texts.ts";
import type { CounterPicture, Lang, Menu, StaffTicket } from "../../server/screens/shared/wire.ts";
import type { Stand } from "./desk.ts";
import { waitWords, wordsIn } from "./words.ts";

export interface StageProps {
  picture: CounterPicture;
  stand: Stand;
  menu: Menu | null;
  lang: Lang;
  /** Added to this PC's clock, gives the server's. */
  offset: number;
}

export function Stage(props: StageProps): JSX.Element {
  const { picture, stand } = props;
  return (
    <section
      class={`stage stage--${stand} stage--lines-${linesOf(picture.ticket)}`}
      data-testid="stage"
      data-stand={stand}
    >
      {picture.ticket !== null && (stand === "called" || stand === "serving") ? (
        <TicketHere {...props} ticket={picture.ticket} />
      ) : (
        <NobodyHere {...props} />
      )}
    </section>
  );
}

/** How much stands under the number: the more, the smaller it is. */
function linesOf(ticket: StaffTicket | null): number {
  return 1 + (ticket?.procedure == null ? 0 : 1) + (ticket?.priority == null ? 0 : 1);
}

function TicketHere(props: StageProps & { ticket: StaffTicket }): JSX.Element {
  const { picture, ticket, stand, menu, lang, offset } = props;
  const say = wordsIn(lang);
  const now = useNow() + offset;
  const called = ticket.called_at ?? ticket.state_since;
  const since = stand === "called" ? called : ticket.state_since;
  const priority = menu?.priority_classes.find(({ code }) => code === ticket.priority);
  const proof = priority === undefined ? null : proofIn(lang, priority.proof);
  return (
    <>
      <p class="stage__state">
        <span class="stage__chip">{say(stand === "called" ? "stage.called" : "stage.serving")}</span>
        {picture.counter.state === "paused" && <span class="soft">{say("stage.paused.ticket")}</span>}
      </p>
      <p class="stage__number" data-testid="number" key={`${ticket.id} ${ticket.calls}`}>
        {ticket.number}
      </p>
      <div class="stage__what">
        <p class="stage__service">{ticket.service_name}</p>
        {ticket.procedure !== null && <p class="stage__procedure">{ticket.procedure}</p>}
        {ticket.priority !== null && (
          <p class="stage__priority">
            <strong>{say("priority")}</strong>
            {priority !== undefined && (
              <span>
                {nameIn(lang, priority.names)}
                {proof !== null && ` · ${say("priority.proof", { proof })}`}
              </span>
            )}
          </p>
        )}
      </div>
      <dl class="facts">
        <Fact name={say(stand === "called" ? "fact.since.called" : "fact.since.serving")}>
          <span data-testid="elapsed">{formatElapsed(now - Date.parse(since))}</span>
        </Fact>
        <Fact name={say("fact.waited")}>{waitWords(ticket.issued_at, called, lang)}</Fact>
        <Fact name={say("fact.calls")}>
          <span data-testid="calls">{say("fact.calls.n", { count: ticket.calls })}</span>
        </Fact>
        <Fact name={say("fact.issued")}>{formatTime(ticket.issued_at)}</Fact>
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function NobodyHere({ picture, stand, lang, offset }: StageProps): JSX.Element {
  const say = wordsIn(lang);
  const now = useNow(5_000) + offset;
  const next = picture.waiting[0];
  if (stand !== "free") {
    const officer = picture.counter.officer?.name ?? "";
    const kind = stand === "paused" || stand === "taken" ? stand : "closed";
    return (
      <div class="stage__nobody">
        <h2>{say(`stage.${kind}`, { officer })}</h2>
        <p class="soft">{say(`stage.${kind}.more`)}</p>
        {kind !== "taken" && picture.waiting_total > 0 && (
          <p class="stage__count">{say("stage.waiting", { count: formatCount(picture.waiting_total, lang) })}</p>
        )}
      </div>
    );
  }
  if (next === undefined) {
    return (
      <div class="stage__nobody">
        <h2>{say("stage.nobody")}</h2>
        <p class="soft">{say("stage.nobody.more")}</p>
      </div>
    );
  }
  return (
    <div class="stage__nobody">
      <h2>{say("stage.free")}</h2>
      <p class="stage__count">{say("stage.waiting", { count: formatCount(picture.waiting_total, lang) })}</p>
      <p class="stage__next" data-testid="next">
        <span class="soft">{say("stage.next")}</span>
        <strong>{next.number}</strong>
        <span>
          {next.service_name} · {waitWords(next.waiting_since, now, lang)}
        </span>
      </p>
    </div>
  );
}
