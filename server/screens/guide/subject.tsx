// One procedure with its papers, or one service with its line; from here a number is taken.
import type { ComponentChildren, JSX } from "preact";
import { ProblemNotice } from "../shared/components.tsx";
import { formatWait } from "../shared/format.ts";
import { Refusal } from "../shared/http.ts";
import { Icon } from "../shared/icons.tsx";
import { countersIn, nameIn, problemText } from "../shared/texts.ts";
import type { CounterRow, Procedure } from "../shared/wire.ts";
import { useAsked } from "./data.ts";
import { useDesk } from "./desk.ts";
import { type Line, lineOf } from "./lines.ts";
import { Bar, Facts, PageHead } from "./parts.tsx";
import { addressOf, type Subject } from "./route.ts";
import { fold } from "./search.ts";

export function SubjectPage({ subject }: { subject: Subject }): JSX.Element {
  return subject.kind === "procedure" ? <ProcedurePage code={subject.code} /> : <ServicePage code={subject.code} />;
}

/** A service's line by its code; null when the centre has none such. */
export function useLine(code: string | null, counters: CounterRow[] | null = null): Line | null {
  const { menu, board } = useDesk();
  const service = menu.services.find((each) => each.code === code);
  return service === undefined ? null : lineOf(service, board, counters);
}

function ProcedurePage({ code }: { code: string }): JSX.Element {
  const { lang, say, session } = useDesk();
  const path = `/sites/${session.site.code}/procedures/${encodeURIComponent(code)}`;
  const { answer: procedure, trouble, again } = useAsked<Procedure>(path);
  const line = useLine(procedure?.service ?? null);
  if (procedure === null) {
    return (
      <>
        <PageHead title={trouble === null ? say("loading") : ""} />
        {trouble !== null && <ProblemNotice error={trouble} lang={lang} onRetry={again} />}
      </>
    );
  }
  const { name, official_name: official, fee, time, counters, portal_url: portal } = procedure;
  return (
    <>
      <PageHead title={name} />
      <Papers procedure={procedure} />
      <Facts
        facts={[
          [say("fact.fee"), fee ?? say("fact.unknown")],
          [say("fact.time"), time ?? say("fact.unknown")],
          [say("fact.service"), line === null ? procedure.service_name : nameIn(lang, line.names)],
          [say("fact.counters"), counters.length === 0 ? say("counters.none") : counters.join(", ")],
        ]}
      />
      {portal !== null && (
        <a class="portal" href={portal} target="_blank" rel="noopener noreferrer">
          <Icon name="link" />
          <span>{say("portal")}</span>
        </a>
      )}
      {official !== undefined && fold(official) !== fold(name) && (
        <section class="official">
          <h2 class="section__title">{say("official")}</h2>
          <p>{official}</p>
        </section>
      )}
      <TakeBar subject={{ kind: "procedure", code }} line={line} />
    </>
  );
}

function Papers({ procedure }: { procedure: Procedure }): JSX.Element {
  const { say, ticked, tick } = useDesk();
  const { code, documents } = procedure;
  const have = ticked.get(code);
  const count = have?.size ?? 0;
  const complete = documents.length > 0 && count === documents.length;
  return (
    <section class="section" aria-label={say("papers")}>
      <h2 class="section__title">
        {say("papers")}
        {documents.length > 0 && (
          <span class={complete ? "papers__count papers__count--all" : "papers__count"} role="status">
            {complete ? say("papers.complete") : say("papers.count", { ticked: count, all: documents.length })}
          </span>
        )}
      </h2>
      {documents.length === 0 && <p>{say("papers.none")}</p>}
      <ul class="rows" data-testid="papers">
        {documents.map(({ name, originals, copies, condition }, place) => (
          <li key={place}>
            <label class="tick paper">
              <input type="checkbox" checked={have?.has(place) === true} onChange={() => tick(code, place)} />
              <span>
                <span class="paper__name">{name}</span>
                {condition !== null && <span class="paper__when">{condition}</span>}
                <span class="paper__pieces">{piecesOf(originals, copies, say)}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

function piecesOf(originals: number, copies: number, say: ReturnType<typeof useDesk>["say"]): string {
  return [
    originals > 0 ? say("papers.originals", { count: originals }) : "",
    copies > 0 ? say("papers.copies", { count: copies }) : "",
  ]
    .filter(Boolean)
    .join(", ");
}

const COUNTERS_EVERY = 15_000;

function ServicePage({ code }: { code: string }): JSX.Element {
  const { lang, say, session, menu } = useDesk();
  const { answer } = useAsked<{ counters: CounterRow[] }>(`/sites/${session.site.code}/counters`, COUNTERS_EVERY);
  const line = useLine(code, answer?.counters ?? null);
  if (line === null) return <PageHead title={say("error.unknown_service")} />;
  const field = menu.fields.find(({ services }) => services.includes(code));
  return (
    <>
      <PageHead title={nameIn(lang, line.names)}>
        {field !== undefined && <p class="page-head__more">{nameIn(lang, field.names)}</p>}
      </PageHead>
      <Facts
        facts={[
          [say("fact.waiting"), <strong data-testid="waiting">{line.waiting}</strong>],
          [say("fact.wait"), formatWait(line.wait, lang) ?? say("wait.unknown")],
          [say("fact.counters"), <CountersOf line={line} />],
          [say("fact.next"), line.next.length === 0 ? say("fact.none") : line.next.slice(0, 6).join("  ")],
        ]}
      />
      <TakeBar subject={{ kind: "service", code }} line={line} />
    </>
  );
}

/** Which counters serve the line, and which of them are open. */
export function CountersOf({ line }: { line: Line }): JSX.Element {
  const { say, lang } = useDesk();
  if (line.counters.length === 0) return <>{say("counters.none")}</>;
  if (line.openCounters === null) return <>{countersIn(lang, line.counters)}</>;
  if (line.openCounters.length === 0) return <span class="shut">{say("counters.shut")}</span>;
  return <>{say("counters.open", { counters: countersIn(lang, line.openCounters) })}</>;
}

/** The way on, where the thumb is. */
function TakeBar({ subject, line }: { subject: Subject; line: Line | null }): JSX.Element {
  const { lang, say } = useDesk();
  const wait = line === null ? null : formatWait(line.wait, lang);
  const standing: ComponentChildren =
    line === null ? "" : line.waiting === 0 ? say("waiting.none") : say("waiting.n", { count: line.waiting });
  if (line !== null && !line.open) {
    return (
      <Bar shut>
        <p>{problemText(new Refusal(409, line.closed_because ?? "service_closed", { opens_at: line.opens_at }), lang)}</p>
      </Bar>
    );
  }
  return (
    <Bar>
      <p class="bar__words">
        <span>{standing}</span>
        {wait !== null && <span>{wait}</span>}
      </p>
      <a class="button button--primary" href={addressOf({ page: "take", subject })}>
        <span>{say("take")}</span>
      </a>
    </Bar>
  );
}
