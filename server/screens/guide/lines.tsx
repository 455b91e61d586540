// The lines now: how many wait where, for how long, and which counters are open.
import type { JSX } from "preact";
import { formatCount, formatWait } from "../shared/format.ts";
import { shutWords } from "../shared/openings.ts";
import { nameIn } from "../shared/texts.ts";
import type { CounterRow } from "../shared/wire.ts";
import { useAsked } from "./data.ts";
import { useDesk } from "./desk.ts";
import { type Line, linesByField, waitingInAll } from "./lines.ts";
import { RowLink } from "./parts.tsx";
import { addressOf } from "./route.ts";
import { CountersOf } from "./subject.tsx";

const COUNTERS_EVERY = 15_000;

export function LinesPage(): JSX.Element {
  const { lang, say, session, menu, board } = useDesk();
  const { answer } = useAsked<{ counters: CounterRow[] }>(`/sites/${session.site.code}/counters`, COUNTERS_EVERY);
  const counters = answer?.counters ?? null;
  const groups = linesByField(menu, board, counters);
  const waiting = formatCount(waitingInAll(groups), lang);
  return (
    <>
      <div class="page-head">
        <h1 class="page-head__title">{say("lines.title")}</h1>
        <p class="page-head__more" data-testid="total">
          {counters === null
            ? say("lines.total.waiting", { waiting })
            : say("lines.total", {
                waiting,
                open: counters.filter(({ state }) => state === "open").length,
                counters: counters.length,
              })}
        </p>
      </div>
      {groups.map(({ code, names, lines }) => (
        <section class="section" key={code}>
          <h2 class="section__title">{nameIn(lang, names)}</h2>
          <ul class="rows">
            {lines.map((line) => (
              <LineRow key={line.code} line={line} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function LineRow({ line }: { line: Line }): JSX.Element {
  const { lang, say } = useDesk();
  const wait = formatWait(line.wait, lang);
  return (
    <RowLink
      href={addressOf({ page: "subject", subject: { kind: "service", code: line.code } })}
      aside={
        <span class={line.waiting === 0 ? "count count--none" : "count"} data-testid={`waiting-${line.code}`}>
          {line.waiting}
          <span class="visually-hidden"> {say("waiting.n", { count: "" })}</span>
        </span>
      }
    >
      <span class="row__name">
        <span class="prefix">{line.prefix}</span> {nameIn(lang, line.names)}
      </span>
      <span class="row__more">
        {line.open ? <CountersOf line={line} /> : <span class="shut">{shutWords(line, lang)}</span>}
        {wait !== null && line.waiting > 0 && ` · ${wait}`}
      </span>
    </RowLink>
  );
}
