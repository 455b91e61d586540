// The kiosk: one visit after another, each page drawn from the menu and from where the visit stands.
import type { JSX } from "preact";
import { useEffect, useMemo, useReducer } from "preact/hooks";
import { chooseLang } from "../../server/screens/shared/texts.ts";
import type { Lang, Session } from "../../server/screens/shared/wire.ts";
import { patience } from "./idle.ts";
import { ConfirmPage } from "./pages/confirm.tsx";
import { FieldsPage } from "./pages/fields.tsx";
import { NumberPage } from "./pages/number.tsx";
import { PriorityPage } from "./pages/priority.tsx";
import { RefusedPage } from "./pages/refused.tsx";
import { OutagePage, ShutPage, StartingPage } from "./pages/resting.tsx";
import { ServicesPage } from "./pages/services.tsx";
import { StartPage } from "./pages/start.tsx";
import { TakingPage } from "./pages/taking.tsx";
import { Header } from "./parts/header.tsx";
import { MoreTime } from "./parts/more_time.tsx";
import type { PrintOutcome } from "./print.ts";
import type { Stage } from "./stage.ts";
import { type Idle, useIdle } from "./use_idle.ts";
import { type MenuNews, useMenu } from "./use_menu.ts";
import { usePrintOutcome } from "./use_print.ts";
import { after, FIRST_VISIT, placeOf, type Visit } from "./visit.ts";

export function Kiosk({ session }: { session: Session }): JSX.Element {
  const [visit, step] = useReducer(after, FIRST_VISIT);
  const news = useMenu(session.site.code);
  const place = placeOf(visit);
  const print = usePrintOutcome(place.at === "number" ? place.issued.print_job : null);
  const stage = pageName(visit);
  const idle = useIdle(patience(visit, print), stage, () => step({ do: "home" }));
  const languages = useMemo<Lang[]>(() => news.menu?.site.languages ?? ["vi"], [news.menu]);

  useEffect(() => chooseLang(visit.lang, false), [visit.lang]);
  // How many wait is only worth reading when it is fresh.
  useEffect(() => {
    if (place.at === "start" || place.at === "services") news.refresh();
  }, [stage]);
  useEffect(() => {
    const back = (event: KeyboardEvent) => {
      if (event.key === "Escape" && place.at !== "taking") step({ do: place.at === "number" ? "home" : "back" });
    };
    window.addEventListener("keydown", back);
    return () => window.removeEventListener("keydown", back);
  }, [place.at]);

  return (
    <div class="kiosk" lang={visit.lang} data-reach={visit.low ? "low" : "usual"} data-at={place.at}>
      <Header
        site={news.menu?.site ?? { ...session.site, languages }}
        lang={visit.lang}
        onLang={(lang) => step({ do: "speak", lang })}
      />
      <CurrentPage key={stage} visit={visit} step={step} news={news} print={print} idle={idle} />
      {idle.seconds !== null && place.at !== "start" && place.at !== "number" && (
        <MoreTime
          seconds={idle.seconds}
          lang={visit.lang}
          onLeave={() => step({ do: "home" })}
          onStay={idle.stay}
        />
      )}
    </div>
  );
}

// A page that is left and entered again is a new page: its touches settle, its title is read out.
function pageName(visit: Visit): string {
  const place = placeOf(visit);
  return [visit.serial, visit.trail.length, place.at, "page" in place ? place.page : 0].join("/");
}

interface CurrentPageProps {
  visit: Visit;
  step: Stage["step"];
  news: MenuNews;
  print: PrintOutcome;
  idle: Idle;
}

function CurrentPage({ visit, step, news, print, idle }: CurrentPageProps): JSX.Element {
  const { menu, outage } = news;
  const { lang } = visit;
  const place = placeOf(visit);
  const choosing = place.at === "start" || place.at === "fields" || place.at === "services";
  if (outage !== null && (choosing || menu === null)) return <OutagePage {...outage} lang={lang} />;
  if (menu === null) return <StartingPage lang={lang} />;
  if (!menu.open && choosing) return <ShutPage menu={menu} lang={lang} />;

  const stage: Stage = { menu, visit, step };
  switch (place.at) {
    case "start":
      return <StartPage stage={stage} page={place.page} />;
    case "fields":
      return <FieldsPage stage={stage} page={place.page} />;
    case "services":
      return <ServicesPage stage={stage} field={place.field} page={place.page} />;
    case "confirm":
      return <ConfirmPage stage={stage} choice={place.choice} priority={place.priority} />;
    case "priority":
      return <PriorityPage stage={stage} page={place.page} />;
    case "taking":
      return <TakingPage stage={stage} order={place.order} />;
    case "refused":
      return <RefusedPage stage={stage} code={place.code} status={place.status} facts={place.facts} />;
    case "number":
      return <NumberPage stage={stage} order={place.order} issued={place.issued} print={print} idle={idle} />;
  }
}
