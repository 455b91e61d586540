// The moment between the touch and the number; longer when the server is away.
import type { JSX } from "preact";
import { Page } from "../parts/page.tsx";
import { Ways } from "../parts/ways.tsx";
import type { Stage } from "../stage.ts";
import { useTicket } from "../use_ticket.ts";
import type { Order } from "../visit.ts";
import { kioskTexts } from "../words.ts";

export function TakingPage({ stage, order }: { stage: Stage; order: Order }): JSX.Element {
  const { menu, visit, step } = stage;
  const say = kioskTexts(visit.lang);
  const away = useTicket(menu.site.code, order, step);
  // Away is a page of its own: its title is read out, and the way back appears.
  return (
    <Page
      key={String(away)}
      name={away ? "taking-offline" : "taking"}
      class="calm taking"
      title={say(away ? "taking.offline.title" : "taking.title")}
      hint={say(away ? "taking.offline.body" : "taking.body")}
      footer={away ? <Ways visit={visit} step={step} /> : undefined}
    >
      <div class="taking__track" aria-hidden="true">
        <div class="taking__moving" />
      </div>
    </Page>
  );
}
