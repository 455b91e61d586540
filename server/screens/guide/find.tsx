// The search: procedures and lines while typing, the frequent ones and the fields before.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Notice } from "../shared/components.tsx";
import { Icon } from "../shared/icons.tsx";
import { countersIn, nameIn } from "../shared/texts.ts";
import type { FoundProcedure, Frequent, MenuService } from "../shared/wire.ts";
import { useFound } from "./data.ts";
import { useDesk } from "./desk.ts";
import { Marked, RowLink, useServiceName } from "./parts.tsx";
import { addressOf } from "./route.ts";
import { best, fold } from "./search.ts";

export function FindPage(): JSX.Element {
  const { say, question, setQuestion } = useDesk();
  const field = useRef<HTMLInputElement>(null);
  const asked = fold(question);
  return (
    <>
      <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
        <h1 class="search__title">
          <label for="search">{say("find.title")}</label>
        </h1>
        <div class="search__box">
          <Icon name="search" class="search__icon" />
          <input
            id="search"
            ref={field}
            class="search__field"
            type="search"
            data-testid="search"
            placeholder={say("find.hint")}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            enterkeyhint="search"
            value={question}
            onInput={(event) => setQuestion(event.currentTarget.value)}
          />
          {question !== "" && (
            <button
              type="button"
              class="search__clear"
              aria-label={say("find.clear")}
              onClick={() => {
                setQuestion("");
                field.current?.focus();
              }}
            >
              <Icon name="cross" />
            </button>
          )}
        </div>
      </form>
      {asked === "" ? <Start /> : <Results question={question} asked={asked} />}
    </>
  );
}

/** Procedures that this page has seen: they answer at once, and when the server is out of reach. */
const known = new Map<string, FoundProcedure>();

function Results({ question, asked }: { question: string; asked: string }): JSX.Element {
  const { say, menu, session } = useDesk();
  const { found, trouble } = useFound(session.site.code, asked);
  useKnown(found);
  const isFrequent = (kind: Frequent["kind"]) => (thing: { code: string }) =>
    menu.frequent.some((each) => each.kind === kind && each.code === thing.code);
  const lines = best(question, menu.services, ({ names }) => Object.values(names), isFrequent("service"));
  const textsOf = ({ name, official_name }: FoundProcedure) => [name, official_name ?? ""];
  const procedures = found ?? best(question, Array.from(known.values()), textsOf, isFrequent("procedure"));
  const count = lines.length + procedures.length;
  const settled = found !== null || trouble !== null;
  return (
    <>
      <p class="visually-hidden" role="status">
        {settled ? say("find.count", { count }) : ""}
      </p>
      {trouble !== null && <Notice tone="care">{say("find.offline")}</Notice>}
      {procedures.length > 0 && (
        <ul class="rows" data-testid="procedures">
          {procedures.map((each) => (
            <ProcedureRow key={each.code} procedure={each} question={question} />
          ))}
        </ul>
      )}
      {lines.length > 0 && (
        <section class="section">
          <h2 class="section__title">{say("find.lines")}</h2>
          <ul class="rows" data-testid="services">
            {lines.map((each) => (
              <ServiceRow key={each.code} service={each} question={question} />
            ))}
          </ul>
        </section>
      )}
      {settled && count === 0 && (
        <>
          <Notice title={say("find.none", { query: question.trim() })}>{say("find.none.what")}</Notice>
          <Fields />
        </>
      )}
    </>
  );
}

function useKnown(found: readonly FoundProcedure[] | null): void {
  const { lang, menu } = useDesk();
  useEffect(() => {
    for (const { kind, names, ...rest } of menu.frequent) {
      if (kind === "procedure" && !known.has(rest.code)) known.set(rest.code, { ...rest, name: nameIn(lang, names) });
    }
    found?.forEach((each) => known.set(each.code, each));
  }, [menu, found, lang]);
}

function Start(): JSX.Element {
  const { say, menu } = useDesk();
  return (
    <>
      {menu.frequent.length > 0 && (
        <section class="section">
          <h2 class="section__title">{say("find.frequent")}</h2>
          <ul class="rows" data-testid="frequent">
            {menu.frequent.map((frequent) => (
              <FrequentRow key={`${frequent.kind}/${frequent.code}`} frequent={frequent} />
            ))}
          </ul>
        </section>
      )}
      <Fields />
    </>
  );
}

function FrequentRow({ frequent }: { frequent: Frequent }): JSX.Element | null {
  const { lang, menu } = useDesk();
  const { kind, names, ...rest } = frequent;
  if (kind === "procedure") return <ProcedureRow procedure={{ ...rest, name: nameIn(lang, names) }} question="" />;
  const service = menu.services.find((each) => each.code === rest.code);
  return service === undefined ? null : <ServiceRow service={service} question="" />;
}

function Fields(): JSX.Element {
  const { lang, say, menu } = useDesk();
  return (
    <section class="section">
      <h2 class="section__title">{say("find.fields")}</h2>
      <div class="rows" data-testid="fields">
        {menu.fields.map((field) => (
          <details class="fold" key={field.code}>
            <summary class="fold__head">
              <span>{nameIn(lang, field.names)}</span>
              <Icon name="more" class="fold__sign" />
            </summary>
            <ul>
              {menu.services
                .filter(({ code }) => field.services.includes(code))
                .map((service) => (
                  <ServiceRow key={service.code} service={service} question="" />
                ))}
            </ul>
          </details>
        ))}
      </div>
    </section>
  );
}

function ProcedureRow({ procedure, question }: { procedure: FoundProcedure; question: string }): JSX.Element {
  const { code, name, official_name: official, service } = procedure;
  const { lang, menu } = useDesk();
  const serviceName = useServiceName();
  const counters = menu.services.find((each) => each.code === service)?.counters ?? [];
  return (
    <RowLink href={addressOf({ page: "subject", subject: { kind: "procedure", code } })}>
      <span class="row__name">
        <Marked name={name} question={question} />
      </span>
      {question !== "" && official !== undefined && fold(official) !== fold(name) && (
        <span class="row__more row__official">{official}</span>
      )}
      <span class="row__more">
        {serviceName(service)}
        {counters.length > 0 && ` · ${countersIn(lang, counters)}`}
      </span>
    </RowLink>
  );
}

function ServiceRow({ service, question }: { service: MenuService; question: string }): JSX.Element {
  const { lang, say, board } = useDesk();
  const waiting = board?.waiting[service.code] ?? service.waiting;
  return (
    <RowLink href={addressOf({ page: "subject", subject: { kind: "service", code: service.code } })}>
      <span class="row__name">
        <Marked name={nameIn(lang, service.names)} question={question} />
      </span>
      <span class="row__more">
        {waiting === 0 ? say("waiting.none") : say("waiting.n", { count: waiting })}
        {" · "}
        {service.counters.length === 0 ? say("counters.none") : countersIn(lang, service.counters)}
      </span>
    </RowLink>
  );
}
