// What was chosen, what to know before waiting, and the one button that takes the number.
import type { JSX } from "preact";
import { Button } from "../../../server/screens/shared/components.tsx";
import { formatWait } from "../../../server/screens/shared/format.ts";
import { newKey } from "../../../server/screens/shared/http.ts";
import { nameIn, proofIn } from "../../../server/screens/shared/texts.ts";
import type { Lang, Menu } from "../../../server/screens/shared/wire.ts";
import { type Choice, priorityClasses, serviceOf } from "../menu.ts";
import { Facts } from "../parts/facts.tsx";
import { Page } from "../parts/page.tsx";
import { Papers } from "../parts/papers.tsx";
import { Ways } from "../parts/ways.tsx";
import type { Stage } from "../stage.ts";
import { useProcedure } from "../use_procedure.ts";
import { countersWords, kioskTexts, peopleWords } from "../words.ts";
import { RefusedPage } from "./refused.tsx";

export function ConfirmPage(props: { stage: Stage; choice: Choice; priority: string | null }): JSX.Element {
  const { stage, choice, priority } = props;
  const { menu, visit, step } = stage;
  const { lang } = visit;
  const say = kioskTexts(lang);
  const procedure = useProcedure(menu.site.code, choice);
  const service = serviceOf(menu, choice.service);
  if (service === undefined) return <RefusedPage stage={stage} code="service_closed" status={409} facts={{}} />;
  const facts = [
    { name: say("confirm.waiting"), value: peopleWords(service.waiting, lang) },
    { name: say("confirm.wait"), value: formatWait(service.estimated_wait, lang) },
    { name: say("confirm.where"), value: countersWords(service.counters, lang) },
  ];
  return (
    <Page
      name="confirm"
      class={"procedure" in choice ? "confirm" : "confirm confirm--plain"}
      before={say("confirm.hint")}
      title={chosenName(menu, choice, lang)}
      hint={"procedure" in choice ? nameIn(lang, service.names) : undefined}
      footer={<Ways visit={visit} step={step} />}
    >
      <Facts facts={facts} />
      {procedure !== null && <Papers procedure={procedure} lang={lang} most={visit.low ? 3 : 6} />}
      <div class="confirm__ways">
        <Priority stage={stage} choice={choice} priority={priority} />
        <Button look="primary" icon="ticket" wide class="confirm__take" onClick={() => step({ do: "take", key: newKey() })}>
          {say("confirm.take")}
        </Button>
      </div>
    </Page>
  );
}

function Priority(props: { stage: Stage; choice: Choice; priority: string | null }): JSX.Element | null {
  const { stage, choice, priority } = props;
  const { lang } = stage.visit;
  const say = kioskTexts(lang);
  const { here } = priorityClasses(stage.menu);
  if (here.length === 0) return null;
  const chosen = here.find((each) => each.code === priority);
  const proof = chosen === undefined ? null : proofIn(lang, chosen.proof);
  return (
    <div class="priority-row">
      {chosen !== undefined && (
        <p class="priority-row__chosen">
          <strong>{say("priority.chosen", { name: nameIn(lang, chosen.names) })}</strong>
          {proof !== null && <span>{say("priority.proof", { proof })}</span>}
        </p>
      )}
      <Button icon="person" wide onClick={() => stage.step({ do: "open", place: { at: "priority", choice, page: 0 } })}>
        {say(chosen === undefined ? "priority.ask" : "priority.change")}
      </Button>
    </div>
  );
}

function chosenName(menu: Menu, choice: Choice, lang: Lang): string {
  const procedure = "procedure" in choice ? choice.procedure : null;
  const frequent = menu.frequent.find((each) => each.kind !== "service" && each.code === procedure);
  const names = frequent?.names ?? serviceOf(menu, choice.service)?.names;
  return names === undefined ? "" : nameIn(lang, names);
}
