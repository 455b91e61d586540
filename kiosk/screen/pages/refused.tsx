// The server said no: why, and what to do instead.
import type { JSX } from "preact";
import { Button } from "../../../server/screens/shared/components.tsx";
import { Refusal } from "../../../server/screens/shared/http.ts";
import { Icon } from "../../../server/screens/shared/icons.tsx";
import { problemText } from "../../../server/screens/shared/texts.ts";
import { Page } from "../parts/page.tsx";
import { Ways } from "../parts/ways.tsx";
import type { Stage } from "../stage.ts";
import { kioskTexts } from "../words.ts";

export function RefusedPage(props: {
  stage: Stage;
  code: string;
  status: number;
  facts: Readonly<Record<string, unknown>>;
}): JSX.Element {
  const { stage, code, status, facts } = props;
  const { visit, step } = stage;
  const say = kioskTexts(visit.lang);
  return (
    <Page name="refused" class="calm" title={say("refused.title")} footer={<Ways visit={visit} step={step} />}>
      <Icon name="info" class="calm__icon" />
      <p class="calm__words" role="status" data-code={code}>
        {problemText(new Refusal(status, code, facts), visit.lang)}
      </p>
      <Button look="primary" class="calm__way" onClick={() => step({ do: "home" })}>
        {say("refused.other")}
      </Button>
    </Page>
  );
}
