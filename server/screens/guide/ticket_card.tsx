// A ticket that was looked up, live, with what may be done about it.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Turn } from "../shared/components.tsx";
import { formatTime } from "../shared/format.ts";
import { usePicture } from "../shared/hooks.ts";
import type { IconName } from "../shared/icons.tsx";
import type { PrintJob, StaffTicket } from "../shared/wire.ts";
import { useDesk } from "./desk.ts";
import { QrSheet } from "./done.tsx";
import { type Deed, deedsFor, withPicture } from "./look.ts";
import { Facts, usePriorityName, useServiceName, useStanding } from "./parts.tsx";
import { PrintSheet, PrintState } from "./printer_choice.tsx";
import { ReasonSheet } from "./reason_sheet.tsx";

const ICONS: Record<Deed, IconName> = { reprint: "printer", qr: "qr", return: "back", cancel: "cross" };

export function TicketCard(props: { ticket: StaffTicket; onChanged: () => void }): JSX.Element {
  const { onChanged } = props;
  const { lang, say, live } = useDesk();
  const { picture } = usePicture(live, "ticket", { ticket: props.ticket.token });
  const ticket = withPicture(props.ticket, picture);
  const [deed, setDeed] = useState<Deed | null>(null);
  const [printed, setPrinted] = useState<{ job: PrintJob; printer: string } | null>(null);
  const standing = useStanding(ticket);
  const priority = usePriorityName()(ticket);
  const service = useServiceName()(ticket.service);
  const close = () => setDeed(null);
  const called = ticket.state === "called" && ticket.counter !== null;

  return (
    <article class="found" aria-label={ticket.number} data-testid="found" data-state={ticket.state}>
      <div class={called ? "found__head found__head--now" : "found__head"}>
        <Turn
          number={ticket.number}
          counter={ticket.counter}
          lang={lang}
          class={ticket.counter === null ? "found__number" : "found__number found__number--both"}
        />
        <p class="found__state" role="status">
          <strong>{say(`state.${ticket.state}`)}</strong> {say("look.at", { time: formatTime(ticket.state_since) })}
        </p>
      </div>
      <Facts
        facts={[
          ...standing,
          [say("fact.service"), service],
          ...(ticket.procedure === null ? [] : [[say("fact.procedure"), ticket.procedure] as const]),
          ...(priority === null ? [] : [[say("look.priority"), priority] as const]),
          [say("look.issued"), formatTime(ticket.issued_at)],
        ]}
      />
      {printed !== null && <PrintState key={printed.job.id} {...printed} number={ticket.number} />}
      <div class="found__deeds">
        {deedsFor(ticket.state).map((each) => (
          <Button
            key={each}
            wide
            look={each === "cancel" ? "danger" : each === "return" ? "primary" : "secondary"}
            icon={ICONS[each]}
            data-testid={`deed-${each}`}
            onClick={() => setDeed(each)}
          >
            {say(`look.${each}`)}
          </Button>
        ))}
      </div>
      {deed === "qr" && <QrSheet url={ticket.status_url} number={ticket.number} onClose={close} />}
      {deed === "reprint" && (
        <PrintSheet
          ticket={ticket}
          onClose={close}
          onSent={(job, printer) => {
            setPrinted({ job, printer });
            close();
          }}
        />
      )}
      {(deed === "cancel" || deed === "return") && (
        <ReasonSheet
          deed={deed}
          ticket={ticket}
          onClose={close}
          onDone={() => {
            close();
            onChanged();
          }}
        />
      )}
    </article>
  );
}
