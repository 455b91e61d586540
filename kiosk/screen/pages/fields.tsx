// All fields of the centre, in its order: also those that the start screen speaks of.
import type { JSX } from "preact";
import { pageOf } from "../menu.ts";
import { Page } from "../parts/page.tsx";
import { Pager } from "../parts/pager.tsx";
import { FieldTile } from "../parts/tiles.tsx";
import { Ways } from "../parts/ways.tsx";
import type { Stage } from "../stage.ts";
import { kioskTexts } from "../words.ts";

export function FieldsPage({ stage, page }: { stage: Stage; page: number }): JSX.Element {
  const { menu, visit, step } = stage;
  const fields = pageOf(menu.fields, page);
  return (
    <Page name="fields" title={kioskTexts(visit.lang)("fields.title")} footer={<Ways visit={visit} step={step} />}>
      <ul class="tiles" data-count={fields.shown.length}>
        {fields.shown.map((field) => (
          <FieldTile key={field.code} stage={stage} field={field} />
        ))}
      </ul>
      <Pager {...fields} lang={visit.lang} onTurn={(to) => step({ do: "turn", page: to })} />
    </Page>
  );
}
