// Which printer? Those that can print first, each with its state in words.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Notice, ProblemNotice } from "../shared/components.tsx";
import { call, newKey } from "../shared/http.ts";
import { Icon } from "../shared/icons.tsx";
import { Sheet } from "../shared/sheet.tsx";
import type { PrinterRow, PrintJob } from "../shared/wire.ts";
import { type Trouble, troubleTo, useAsked, usePrintJob } from "./data.ts";
import { useDesk } from "./desk.ts";
import { canPrint, inOrder, printNews } from "./printing.ts";

export interface PrinterChoiceProps {
  /** The printer whose touch is under way. */
  busy: string | null;
  disabled: boolean;
  onChoose: (printer: PrinterRow) => void;
}

const PRINTERS_EVERY = 10_000;

export function PrinterChoice({ busy, disabled, onChoose }: PrinterChoiceProps): JSX.Element {
  const { lang, say, session, lastPrinter } = useDesk();
  const { answer, trouble, again } = useAsked<{ printers: PrinterRow[] }>(
    `/sites/${session.site.code}/printers`,
    PRINTERS_EVERY,
  );
  if (answer === null) {
    return trouble === null ? <p>{say("loading")}</p> : <ProblemNotice error={trouble} lang={lang} onRetry={again} />;
  }
  if (answer.printers.length === 0) return <p>{say("take.no_printers")}</p>;
  return (
    <>
      {inOrder(answer.printers, lastPrinter).map((printer) => (
        <button
          key={printer.name}
          type="button"
          class={canPrint(printer) ? "choice" : "choice choice--care"}
          data-testid="printer"
          data-printer-state={printer.state}
          aria-busy={busy === printer.name ? "true" : undefined}
          aria-disabled={disabled ? "true" : undefined}
          onClick={() => {
            if (!disabled) onChoose(printer);
          }}
        >
          <Icon name={canPrint(printer) ? "printer" : "warning"} class="choice__icon" />
          <span class="choice__name">{say("take.print", { printer: printer.name })}</span>
          <span class="choice__more">{say(`printer.${printer.state}`)}</span>
        </button>
      ))}
    </>
  );
}

/** What became of the slip, until it is known. */
export function PrintState(props: { job: PrintJob; printer: string; number: string }): JSX.Element {
  const { say } = useDesk();
  const { job, late } = usePrintJob(props.job);
  const { key, tone } = printNews(job ?? props.job, late);
  return (
    <div data-testid="print-state" data-print={(job ?? props.job).state}>
      <Notice tone={tone}>{say(key, { printer: props.printer, number: props.number })}</Notice>
    </div>
  );
}

/** Asks for a printer and prints the ticket's slip there once more. */
export function PrintSheet(props: {
  ticket: { id: string; number: string };
  onClose: () => void;
  onSent: (job: PrintJob, printer: string) => void;
}): JSX.Element {
  const { ticket, onClose, onSent } = props;
  const { lang, say, setLastPrinter } = useDesk();
  const [under, setUnder] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const print = ({ name: printer }: PrinterRow) => {
    setUnder(printer);
    setTrouble(null);
    setLastPrinter(printer);
    const idempotencyKey = newKey();
    const path = `/tickets/${ticket.id}/reprint`;
    call<{ print_job: PrintJob }>("POST", path, { printer }, { idempotencyKey, retryFor: 8_000 })
      .then(({ print_job: job }) => onSent(job, printer), troubleTo(setTrouble))
      .finally(() => setUnder(null));
  };
  return (
    <Sheet
      title={say("print.where", { number: ticket.number })}
      onClose={onClose}
      actions={
        <Button look="quiet" wide onClick={onClose}>
          {say("close")}
        </Button>
      }
    >
      {trouble !== null && <ProblemNotice error={trouble} lang={lang} />}
      <PrinterChoice busy={under} disabled={under !== null} onChoose={print} />
    </Sheet>
  );
}
