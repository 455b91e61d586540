// The last seconds before the screen goes back to the start, and the way to stay.
import type { JSX } from "preact";
import { Button } from "../../../server/screens/shared/components.tsx";
import type { Lang } from "../../../server/screens/shared/wire.ts";
import { ASK_FOR } from "../idle.ts";
import { kioskTexts } from "../words.ts";

export function MoreTime(props: {
  seconds: number;
  lang: Lang;
  onLeave: () => void;
  onStay: () => void;
}): JSX.Element {
  const { seconds, lang, onLeave, onStay } = props;
  const say = kioskTexts(lang);
  return (
    <aside class="more-time" aria-label={say("idle.more")} data-asks-for-time>
      <p class="more-time__words">{say("idle.left", { n: seconds })}</p>
      <div class="more-time__track" aria-hidden="true">
        <div class="more-time__left" style={{ transform: `scaleX(${(seconds * 1000) / ASK_FOR})` }} />
      </div>
      <div class="more-time__ways">
        <Button onClick={onLeave}>{say("home")}</Button>
        <Button look="primary" onClick={onStay}>
          {say("idle.more")}
        </Button>
      </div>
    </aside>
  );
}
