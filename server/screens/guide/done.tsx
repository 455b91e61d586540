// The number that was just taken: told, shown as a QR code, printed.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, QrCode, Turn } from "../shared/components.tsx";
import { Sheet } from "../shared/sheet.tsx";
import { countersIn } from "../shared/texts.ts";
import { type Taken, useDesk } from "./desk.ts";
import { Bar, Facts, useServiceName, useStanding } from "./parts.tsx";
import { PrintSheet, PrintState } from "./printer_choice.tsx";

export function DonePage(): JSX.Element {
  const { taken, go } = useDesk();
  useEffect(() => {
    // The page was reloaded: nothing is known here any more.
    if (taken === null) go({ page: "find" });
  }, [taken]);
  return taken === null ? <p /> : <TakenTicket taken={taken} />;
}

function TakenTicket({ taken }: { taken: Taken }): JSX.Element {
  const { lang, say, menu, nextPerson } = useDesk();
  const { ticket } = taken;
  const [printed, setPrinted] = useState<{ job: Taken["job"]; printer: string | null }>(taken);
  const [sheet, setSheet] = useState<"qr" | "print" | null>(null);
  const counters = menu.services.find(({ code }) => code === ticket.service)?.counters ?? [];
  const service = useServiceName()(ticket.service);
  const standing = useStanding(ticket);
  const onPaper = printed.job !== null;
  const code = (
    <button type="button" class="taken__qr" onClick={() => setSheet("qr")}>
      <QrCode
        value={ticket.status_url}
        label={say("done.qr", { number: ticket.number })}
        size={onPaper ? 120 : 208}
      />
      <span>{say("done.qr.large")}</span>
    </button>
  );
  return (
    <>
      <section class="taken" aria-label={say("done")}>
        <h1 class="taken__title">{say("done")}</h1>
        <p data-testid="number">
          <Turn number={ticket.number} counter={null} lang={lang} class="taken__number" />
        </p>
        <p class="taken__service">
          {service}
          {counters.length > 0 && ` · ${countersIn(lang, counters)}`}
        </p>
        {!onPaper && code}
      </section>
      {printed.job !== null && printed.printer !== null && (
        <PrintState key={printed.job.id} job={printed.job} printer={printed.printer} number={ticket.number} />
      )}
      <Facts facts={standing} />
      {onPaper && <div class="taken__codes">{code}</div>}
      <Bar>
        <Button icon="printer" onClick={() => setSheet("print")}>
          {say(printed.job === null ? "done.print" : "done.reprint")}
        </Button>
        <Button look="primary" onClick={nextPerson}>
          {say("done.again")}
        </Button>
      </Bar>
      {sheet === "qr" && <QrSheet url={ticket.status_url} number={ticket.number} onClose={() => setSheet(null)} />}
      {sheet === "print" && (
        <PrintSheet
          ticket={ticket}
          onClose={() => setSheet(null)}
          onSent={(job, printer) => {
            setPrinted({ job, printer });
            setSheet(null);
          }}
        />
      )}
    </>
  );
}

/** The whole screen is a code for the citizen's camera. */
export function QrSheet({ url, number, onClose }: { url: string; number: string; onClose: () => void }): JSX.Element {
  const { say } = useDesk();
  const size = Math.min(440, window.innerWidth - 40);
  return (
    <Sheet
      full
      title={number}
      onClose={onClose}
      actions={
        <Button look="primary" wide onClick={onClose}>
          {say("close")}
        </Button>
      }
    >
      <QrCode value={url} label={say("done.qr", { number })} size={size} />
      <p>{say("done.qr.how")}</p>
    </Sheet>
  );
}
