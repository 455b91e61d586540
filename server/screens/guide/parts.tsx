// Pieces that several pages of the guide are made of.
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../shared/icons.tsx";
import { formatWait } from "../shared/format.ts";
import { nameIn } from "../shared/texts.ts";
import type { StaffTicket, Ticket } from "../shared/wire.ts";
import { useDesk } from "./desk.ts";
import { pieces } from "./search.ts";

/** The page's title with the way back. */
export function PageHead({ title, children }: { title: ComponentChildren; children?: ComponentChildren }): JSX.Element {
  const { say } = useDesk();
  return (
    <div class="page-head">
      <button type="button" class="page-head__back" onClick={() => history.back()}>
        <Icon name="back" />
        <span>{say("back")}</span>
      </button>
      <h1 class="page-head__title">{title}</h1>
      {children}
    </div>
  );
}

/** A name with what was asked for marked. */
export function Marked({ name, question }: { name: string; question: string }): JSX.Element {
  return (
    <>
      {pieces(name, question).map(({ text, hit }, i) => (hit ? <mark key={i}>{text}</mark> : text))}
    </>
  );
}

/** The way on, where the thumb is, and the room that the page leaves for it. */
export function Bar({ shut = false, children }: { shut?: boolean; children: ComponentChildren }): JSX.Element {
  return (
    <>
      <div class="bar__room" />
      <div class={shut ? "bar bar--shut" : "bar"}>{children}</div>
    </>
  );
}

/** A row that leads on. */
export function RowLink(props: { href: string; children: ComponentChildren; aside?: ComponentChildren }): JSX.Element {
  return (
    <li>
      <a class="row" href={props.href}>
        <span class="row__text">{props.children}</span>
        {props.aside !== undefined && <span class="row__aside">{props.aside}</span>}
      </a>
    </li>
  );
}

/** Names beside what they are: fee, time, counter. */
export function Facts({ facts }: { facts: readonly (readonly [string, ComponentChildren])[] }): JSX.Element {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div class="facts__one" key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** People ahead and the wait, as a volunteer tells them. */
export function useStanding(ticket: Ticket): (readonly [string, ComponentChildren])[] {
  const { lang, say } = useDesk();
  if (ticket.state !== "waiting") return [];
  return [
    [say("ahead"), <strong data-testid="ahead">{ticket.people_ahead}</strong>],
    [say("fact.wait"), formatWait(ticket.estimated_wait, lang) ?? say("wait.unknown")],
  ];
}

/** The service's name in the guide's language, by its code. */
export function useServiceName(): (code: string) => string {
  const { lang, menu } = useDesk();
  return (code) => {
    const service = menu.services.find((each) => each.code === code);
    return service === undefined ? code : nameIn(lang, service.names);
  };
}

/** The name of a ticket's priority class, null when it has none. */
export function usePriorityName(): (ticket: StaffTicket) => string | null {
  const { lang, menu } = useDesk();
  return ({ priority }) => {
    if (priority === null) return null;
    const found = menu.priority_classes.find((each) => each.code === priority);
    return found === undefined ? priority : nameIn(lang, found.names);
  };
}
