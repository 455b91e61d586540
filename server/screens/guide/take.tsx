// Taking a number for somebody: priority, language, and paper or phone; one touch issues it.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { LanguageSwitch, Notice, ProblemNotice } from "../shared/components.tsx";
import { call, newKey } from "../shared/http.ts";
import { Icon } from "../shared/icons.tsx";
import { nameIn, proofIn } from "../shared/texts.ts";
import type { Issued, Lang, PrinterRow, Procedure, TicketWish } from "../shared/wire.ts";
import { type Trouble, troubleTo, useAsked } from "./data.ts";
import { useDesk } from "./desk.ts";
import { PageHead } from "./parts.tsx";
import { PrinterChoice } from "./printer_choice.tsx";
import type { Subject } from "./route.ts";

/** A wish that was sent, with its key: trying again sends the very same. */
interface Attempt {
  key: string;
  wish: TicketWish;
}

const TRY_FOR = 8_000;

export function TakePage({ subject }: { subject: Subject }): JSX.Element {
  const { lang, say, session, showTaken, setLastPrinter } = useDesk();
  const [priority, setPriority] = useState<string | null>(null);
  const [language, setLanguage] = useState<Lang>("vi");
  const [under, setUnder] = useState<Attempt | null>(null);
  const [trouble, setTrouble] = useState<{ error: Trouble; attempt: Attempt } | null>(null);
  const site = session.site.code;
  const title = useTitle(subject);

  const send = (attempt: Attempt) => {
    if (under !== null) return;
    setUnder(attempt);
    setTrouble(null);
    const { key: idempotencyKey, wish } = attempt;
    call<Issued>("POST", `/sites/${site}/tickets`, wish, { idempotencyKey, retryFor: TRY_FOR })
      .then(
        (issued) => showTaken(issued, wish.printer ?? null),
        troubleTo((error) => setTrouble({ error, attempt })),
      )
      .finally(() => setUnder(null));
  };
  const take = (printer: PrinterRow | null) => {
    if (printer !== null) setLastPrinter(printer.name);
    const what = subject.kind === "procedure" ? { procedure: subject.code } : { service: subject.code };
    send({
      key: newKey(),
      wish: {
        ...what,
        language,
        ...(priority === null ? {} : { priority }),
        ...(printer === null ? {} : { printer: printer.name }),
      },
    });
  };

  return (
    <>
      <PageHead title={title}>
        <p class="page-head__more">{say("take.title")}</p>
      </PageHead>
      <Priority chosen={priority} choose={setPriority} />
      <div class="choice-line">
        <span>{say("take.language")}</span>
        <LanguageSwitch lang={language} onChange={setLanguage} />
      </div>
      <section class="section">
        <h2 class="section__title">{say("take.how")}</h2>
        {trouble !== null && (
          <ProblemNotice error={trouble.error} lang={lang} onRetry={() => send(trouble.attempt)} />
        )}
        <PrinterChoice busy={under?.wish.printer ?? null} disabled={under !== null} onChoose={take} />
        <button
          type="button"
          class="choice"
          data-testid="take-qr"
          aria-busy={under !== null && under.wish.printer === undefined ? "true" : undefined}
          aria-disabled={under !== null ? "true" : undefined}
          onClick={() => take(null)}
        >
          <Icon name="qr" class="choice__icon" />
          <span class="choice__name">{say("take.qr")}</span>
          <span class="choice__more">{say("take.qr.short")}</span>
        </button>
      </section>
    </>
  );
}

function useTitle(subject: Subject): string {
  const { lang, menu, session } = useDesk();
  const isProcedure = subject.kind === "procedure";
  const path = `/sites/${session.site.code}/procedures/${encodeURIComponent(subject.code)}`;
  const { answer } = useAsked<Procedure>(isProcedure ? path : null);
  if (isProcedure) return answer?.name ?? "…";
  const service = menu.services.find(({ code }) => code === subject.code);
  return service === undefined ? subject.code : nameIn(lang, service.names);
}

/** Ordinary unless the volunteer has seen the proof, which is named as soon as a class is chosen. */
function Priority(props: { chosen: string | null; choose: (code: string | null) => void }): JSX.Element | null {
  const { chosen, choose } = props;
  const { lang, say, menu } = useDesk();
  const classes = menu.priority_classes;
  if (classes.length === 0) return null;
  const found = classes.find(({ code }) => code === chosen);
  const proof = found === undefined ? null : proofIn(lang, found.proof);
  return (
    <>
      <label class="field field--picked">
        <span>{say("take.priority")}</span>
        <select
          data-testid="priority"
          value={chosen ?? ""}
          onChange={(event) => choose(event.currentTarget.value === "" ? null : event.currentTarget.value)}
        >
          <option value="">{say("take.priority.none")}</option>
          {classes.map(({ code, names }) => (
            <option key={code} value={code}>
              {nameIn(lang, names)}
            </option>
          ))}
        </select>
        <Icon name="more" class="field__sign" />
      </label>
      {proof !== null && <Notice tone="care">{say("take.proof", { proof })}</Notice>}
    </>
  );
}
