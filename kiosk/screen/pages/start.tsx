// The first page: what most people come for, and the door to everything else.
import type { JSX } from "preact";
import { nameIn } from "../../../server/screens/shared/texts.ts";
import type { Lang, MenuField } from "../../../server/screens/shared/wire.ts";
import { pageOf, startOf } from "../menu.ts";
import { Page } from "../parts/page.tsx";
import { Pager } from "../parts/pager.tsx";
import { Tile } from "../parts/tile.tsx";
import { FieldTile, FrequentTile } from "../parts/tiles.tsx";
import { Ways } from "../parts/ways.tsx";
import type { Stage } from "../stage.ts";
import { kioskTexts, paperNotice } from "../words.ts";

const NAMED_ON_DOOR = 4;

export function StartPage({ stage, page }: { stage: Stage; page: number }): JSX.Element {
  const { menu, visit, step } = stage;
  const { lang } = visit;
  const say = kioskTexts(lang);
  const start = startOf(menu);
  const fields = pageOf(start.fields, page);
  const notice = paperNotice(menu.printer?.state, lang);
  return (
    <Page
      name="start"
      title={say("start.title")}
      hint={say("start.hint")}
      footer={<Ways visit={visit} step={step} notice={notice} />}
    >
      <ul class="tiles" data-count={start.frequent.length + fields.shown.length + Number(start.door)}>
        {start.frequent.map((frequent) => (
          <FrequentTile key={`${frequent.kind}/${frequent.code}`} stage={stage} frequent={frequent} />
        ))}
        {fields.shown.map((field) => (
          <FieldTile key={field.code} stage={stage} field={field} />
        ))}
        {start.door && (
          <Tile
            door
            wide
            code="fields"
            name={say("start.other")}
            second={firstNames(menu.fields, lang)}
            onChoose={() => step({ do: "open", place: { at: "fields", page: 0 } })}
          />
        )}
      </ul>
      <Pager {...fields} lang={lang} onTurn={(to) => step({ do: "turn", page: to })} />
    </Page>
  );
}

/** The fields that the door opens on: "Hộ tịch · Đất đai · Cư trú · …". */
function firstNames(fields: readonly MenuField[], lang: Lang): string {
  const named = fields.slice(0, NAMED_ON_DOOR).map((field) => nameIn(lang, field.names));
  return [...named, ...(fields.length > named.length ? ["…"] : [])].join(" · ");
}
