// The lines of one field, with how many wait in each.
import type { JSX } from "preact";
import { nameIn } from "../../../server/screens/shared/texts.ts";
import { pageOf, servicesIn } from "../menu.ts";
import { Page } from "../parts/page.tsx";
import { Pager } from "../parts/pager.tsx";
import { ServiceTile } from "../parts/tiles.tsx";
import { Ways } from "../parts/ways.tsx";
import type { Stage } from "../stage.ts";
import { kioskTexts } from "../words.ts";
import { RefusedPage } from "./refused.tsx";

export function ServicesPage({ stage, field: code, page }: { stage: Stage; field: string; page: number }): JSX.Element {
  const { menu, visit, step } = stage;
  const field = menu.fields.find((each) => each.code === code);
  if (field === undefined) return <RefusedPage stage={stage} code="service_closed" status={409} facts={{}} />;
  const services = pageOf(servicesIn(menu, field), page);
  return (
    <Page
      name="services"
      title={nameIn(visit.lang, field.names)}
      hint={kioskTexts(visit.lang)("services.hint")}
      footer={<Ways visit={visit} step={step} />}
    >
      <ul class="tiles" data-count={services.shown.length}>
        {services.shown.map((service) => (
          <ServiceTile key={service.code} stage={stage} service={service} />
        ))}
      </ul>
      <Pager {...services} lang={visit.lang} onTurn={(to) => step({ do: "turn", page: to })} />
    </Page>
  );
}
