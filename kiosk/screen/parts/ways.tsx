// The bottom row: what to know or the way back, the start, and the buttons' height.
import type { JSX } from "preact";
import { Button, Notice } from "../../../server/screens/shared/components.tsx";
import type { Step, Visit } from "../visit.ts";
import { kioskTexts } from "../words.ts";

export function Ways(props: { visit: Visit; step: (step: Step) => void; notice?: string | null }): JSX.Element {
  const { visit, step, notice = null } = props;
  const say = kioskTexts(visit.lang);
  const first = visit.trail.length === 1;
  return (
    <div class="ways">
      {first && notice !== null && <Notice tone="care">{notice}</Notice>}
      {first && notice === null && <p class="ways__help">{say("help")}</p>}
      {!first && (
        <Button icon="back" onClick={() => step({ do: "back" })}>
          {say("back")}
        </Button>
      )}
      <Button
        look="quiet"
        icon="wheelchair"
        class="ways__reach"
        aria-pressed={visit.low ? "true" : "false"}
        onClick={() => step({ do: "reach", low: !visit.low })}
      >
        {say(visit.low ? "reach.normal" : "reach.low")}
      </Button>
      {visit.trail.length > 2 && (
        <Button look="quiet" class="ways__home" onClick={() => step({ do: "home" })}>
          {say("home")}
        </Button>
      )}
    </div>
  );
}
