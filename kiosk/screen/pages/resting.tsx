// The screen when there is nothing to choose: no service is open now, or the server is away.
import type { JSX } from "preact";
import { formatTime } from "../../../server/screens/shared/format.ts";
import { Offline, type Refusal } from "../../../server/screens/shared/http.ts";
import { Icon } from "../../../server/screens/shared/icons.tsx";
import { problemText } from "../../../server/screens/shared/texts.ts";
import type { Lang, Opening } from "../../../server/screens/shared/wire.ts";
import { Page } from "../parts/page.tsx";
import { kioskTexts, shutPageWords } from "../words.ts";

export function ShutPage({ menu, lang }: { menu: Opening; lang: Lang }): JSX.Element {
  const say = kioskTexts(lang);
  const { main, more } = shutPageWords(menu, lang);
  return (
    <Page name="shut" class="calm" title={say("shut.title")}>
      <Icon name="clock" class="calm__icon" />
      <p class="calm__words calm__words--main">{main}</p>
      {more !== "" && <p class="calm__words">{more}</p>}
      <p class="calm__note">{say("shut.again")}</p>
    </Page>
  );
}

export function OutagePage(props: { error: Offline | Refusal; since: number; lang: Lang }): JSX.Element {
  const { error, since, lang } = props;
  const say = kioskTexts(lang);
  const away = error instanceof Offline;
  return (
    <Page name="offline" class="calm" title={say(away ? "offline.title" : "trouble.title")}>
      <Icon name="info" class="calm__icon" />
      <p class="calm__words">{away ? say("offline.body") : problemText(error, lang)}</p>
      <p class="calm__note">{say("offline.again", { time: formatTime(since) })}</p>
    </Page>
  );
}

export function StartingPage({ lang }: { lang: Lang }): JSX.Element {
  return <Page name="starting" class="calm" title={kioskTexts(lang)("starting")} />;
}
