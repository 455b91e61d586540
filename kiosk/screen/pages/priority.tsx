// Which priority somebody has, and the paper the officer will look at.
import type { JSX } from "preact";
import { nameIn, proofIn } from "../../../server/screens/shared/texts.ts";
import { MOST_CHOICES, pageOf, priorityClasses } from "../menu.ts";
import { Page } from "../parts/page.tsx";
import { Pager } from "../parts/pager.tsx";
import { Tile } from "../parts/tile.tsx";
import { Ways } from "../parts/ways.tsx";
import type { Stage } from "../stage.ts";
import { kioskTexts } from "../words.ts";

export function PriorityPage({ stage, page }: { stage: Stage; page: number }): JSX.Element {
  const { menu, visit, step } = stage;
  const { lang } = visit;
  const say = kioskTexts(lang);
  const { here, elsewhere } = priorityClasses(menu);
  const classes = pageOf(here, page, MOST_CHOICES - 1);
  const names = elsewhere.map((each) => nameIn(lang, each.names)).join("; ");
  return (
    <Page name="priority" title={say("priority.title")} hint={say("priority.hint")} footer={<Ways visit={visit} step={step} />}>
      <ul class="tiles" data-count={classes.shown.length + 1}>
        {classes.shown.map(({ code, names: called, proof: paper }) => {
          const proof = proofIn(lang, paper);
          return (
            <Tile
              key={code}
              code={code}
              name={nameIn(lang, called)}
              second={proof === null ? undefined : say("priority.proof", { proof })}
              onChoose={() => step({ do: "claim", priority: code })}
            />
          );
        })}
        <Tile door code="none" name={say("priority.none")} onChoose={() => step({ do: "claim", priority: null })} />
      </ul>
      <Pager {...classes} lang={lang} onTurn={(to) => step({ do: "turn", page: to })} />
      {names !== "" && <p class="page__note">{say("priority.elsewhere", { names })}</p>}
    </Page>
  );
}
