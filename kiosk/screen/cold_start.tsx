// Before the server has said who this kiosk is: the house's name from memory, and how long it has been trying.
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { useNow } from "../../server/screens/shared/hooks.ts";
import { Offline } from "../../server/screens/shared/http.ts";
import type { Lang } from "../../server/screens/shared/wire.ts";
import { rememberedMenu } from "./memory.ts";
import { OutagePage, StartingPage } from "./pages/resting.tsx";
import { Header } from "./parts/header.tsx";

const USUAL_START = 5_000;
const nobodyAnswers = new Offline("network");

export function ColdStart(): JSX.Element {
  const [lang, setLang] = useState<Lang>("vi");
  const began = useMemo(() => Date.now(), []);
  const late = useNow(1_000) - began > USUAL_START;
  const site = useMemo(() => rememberedMenu(null)?.site ?? null, []);
  return (
    <div class="kiosk" lang={lang} data-reach="usual">
      {site !== null && <Header site={site} lang={lang} onLang={setLang} />}
      {late ? <OutagePage error={nobodyAnswers} since={began} lang={lang} /> : <StartingPage lang={lang} />}
    </div>
  );
}
