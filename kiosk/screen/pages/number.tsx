// The number, large, and to sit down until it is called; where that will be, how long that may take, and how to keep it.
import type { JSX } from "preact";
import { Button, QrCode, Turn } from "../../../server/screens/shared/components.tsx";
import { formatWait } from "../../../server/screens/shared/format.ts";
import { Icon } from "../../../server/screens/shared/icons.tsx";
import { nameIn, proofIn } from "../../../server/screens/shared/texts.ts";
import type { Issued, Lang } from "../../../server/screens/shared/wire.ts";
import { priorityClasses, serviceOf } from "../menu.ts";
import { Facts } from "../parts/facts.tsx";
import { Page } from "../parts/page.tsx";
import type { PrintOutcome } from "../print.ts";
import type { Stage } from "../stage.ts";
import type { Idle } from "../use_idle.ts";
import type { Order } from "../visit.ts";
import { countersWords, kioskTexts, peopleWords, printWords } from "../words.ts";

const QR_SIZE = 320;

export interface NumberPageProps {
  stage: Stage;
  order: Order;
  issued: Issued;
  print: PrintOutcome;
  idle: Idle;
}

export function NumberPage({ stage, order, issued, print, idle }: NumberPageProps): JSX.Element {
  const { menu, visit, step } = stage;
  const { lang } = visit;
  const { ticket } = issued;
  const say = kioskTexts(lang);
  const service = serviceOf(menu, ticket.service);
  const counters = countersWords(service?.counters ?? [], lang);
  const facts = [
    { name: say("number.ahead"), value: peopleWords(ticket.people_ahead, lang) },
    { name: say("number.wait"), value: formatWait(ticket.estimated_wait, lang) },
  ];
  return (
    <Page name="number" class="number" title={say("number.title")}>
      <section
        class="number__card"
        data-testid="number"
        data-number={ticket.number}
        data-length={Math.max(4, Math.min(6, ticket.number.length))}
      >
        <Turn class="number__turn" number={ticket.number} counter={null} lang={lang} />
        <p class="number__sit">{say("number.sit")}</p>
        {counters !== null && <p class="number__where">{say("number.where", { counters })}</p>}
        <p class="number__service">{service !== undefined && nameIn(lang, service.names)}</p>
        <Claimed stage={stage} order={order} />
      </section>
      <Facts facts={facts} />
      <div class="number__side">
        <PrintState print={print} number={ticket.number} lang={lang} />
        <p class="number__next">{say("number.next")}</p>
        <section class="number__phone">
          <QrCode value={ticket.status_url} label={say("number.qr", { number: ticket.number })} size={QR_SIZE} />
          <p class="number__scan">
            <Icon name="phone" />
            <span>{say("number.scan")}</span>
          </p>
        </section>
        <Leave idle={idle} lang={lang} onLeave={() => step({ do: "home" })} />
      </div>
    </Page>
  );
}

// The last seconds are counted on the button itself: nothing may cover the code somebody is about to scan.
function Leave({ idle, lang, onLeave }: { idle: Idle; lang: Lang; onLeave: () => void }): JSX.Element {
  const say = kioskTexts(lang);
  const { seconds, stay } = idle;
  if (seconds === null) {
    return (
      <div class="number__ways">
        <Button look="primary" wide class="number__done" onClick={onLeave}>
          {say("done")}
        </Button>
      </div>
    );
  }
  return (
    <div class="number__ways number__ways--asking" data-asks-for-time>
      <Button onClick={onLeave}>{say("done.in", { n: seconds })}</Button>
      <Button look="primary" onClick={stay}>
        {say("idle.more")}
      </Button>
    </div>
  );
}

function Claimed({ stage, order }: { stage: Stage; order: Order }): JSX.Element | null {
  const claimed = priorityClasses(stage.menu).here.find((each) => each.code === order.priority);
  if (claimed === undefined) return null;
  const { lang } = stage.visit;
  const say = kioskTexts(lang);
  const proof = proofIn(lang, claimed.proof);
  return (
    <p class="number__priority">
      {say("priority.chosen", { name: nameIn(lang, claimed.names) })}
      {proof !== null && `. ${say("priority.proof", { proof })}`}
    </p>
  );
}

function PrintState({ print, number, lang }: { print: PrintOutcome; number: string; lang: Lang }): JSX.Element {
  const look = print === "printing" ? "working" : print === "take" ? "good" : "care";
  return (
    <p class={`print print--${look}`} role="status" data-print={print}>
      <Icon name={print === "take" ? "check" : "printer"} />
      <span>{printWords(print, number, lang)}</span>
    </p>
  );
}
