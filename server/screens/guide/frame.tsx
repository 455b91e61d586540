// The signed-in guide: one page, and below it the four places under the thumb.
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { LiveBadge, ProblemNotice } from "../shared/components.tsx";
import { useLiveStatus, usePicture } from "../shared/hooks.ts";
import { Icon, type IconName } from "../shared/icons.tsx";
import { connectLive } from "../shared/live.ts";
import type { Issued, Lang, Menu, Session } from "../shared/wire.ts";
import { AccountPage } from "./account.tsx";
import { useAsked } from "./data.ts";
import { type Desk, DeskContext, type Taken } from "./desk.ts";
import { FindPage } from "./find.tsx";
import { LinesPage } from "./lines.tsx";
import { LookPage } from "./look.tsx";
import { recentWith } from "./look.ts";
import { addressOf, type Place, placeOf, type Route, routeOf } from "./route.ts";
import { SubjectPage } from "./subject.tsx";
import { DonePage } from "./done.tsx";
import { TakePage } from "./take.tsx";
import { words } from "./words.ts";

const MENU_EVERY = 30_000;
const PRINTER = "denluot.guide.printer";

export interface FrameProps {
  session: Session;
  lang: Lang;
  setLang: (lang: Lang) => void;
  signOut: () => void;
}

export function Frame(props: FrameProps): JSX.Element {
  const { session, lang } = props;
  const site = session.site.code;
  const live = useMemo(() => connectLive(), []);
  useEffect(() => () => live.close(), [live]);
  const { answer: menu, trouble, again } = useAsked<Menu>(`/sites/${site}/menu`, MENU_EVERY);
  const { picture: board } = usePicture(live, "board", { site });
  const page = useRef<HTMLElement>(null);
  const [route, go] = useRoute(() => page.current?.focus({ preventScroll: true }));
  const visit = useVisit(go);

  const desk: Desk | null = menu && { ...props, ...visit, say: words(lang), menu, live, board, go };
  return (
    <div class="guide">
      <header class="guide__head">
        <p class="guide__site">{session.site.name}</p>
        <LiveBadge status={useLiveStatus(live)} lang={lang} quiet />
      </header>
      <main class="guide__page" tabIndex={-1} ref={page} data-testid={`page-${route.page}`}>
        {desk === null && trouble === null && <p>{words(lang)("loading")}</p>}
        {desk === null && trouble !== null && <ProblemNotice error={trouble} lang={lang} onRetry={again} />}
        {desk !== null && (
          <DeskContext.Provider value={desk}>
            <Page key={addressOf(route)} route={route} />
          </DeskContext.Provider>
        )}
      </main>
      <Places place={placeOf(route)} lang={lang} />
    </div>
  );
}

function Page({ route }: { route: Route }): JSX.Element {
  switch (route.page) {
    case "subject":
      return <SubjectPage subject={route.subject} />;
    case "take":
      return <TakePage subject={route.subject} />;
    case "done":
      return <DonePage />;
    case "lines":
      return <LinesPage />;
    case "look":
      return <LookPage number={route.number} />;
    case "me":
      return <AccountPage />;
    default:
      return <FindPage />;
  }
}

/** `arrived` is called on each new page: a screen reader begins to read it, a phone's keyboard goes away. */
function useRoute(arrived: () => void): [Route, (route: Route, replace?: boolean) => void] {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const follow = () => {
      setRoute(routeOf(location.hash));
      window.scrollTo(0, 0);
      arrived();
    };
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const go = (next: Route, replace = false) => {
    if (replace) location.replace(addressOf(next));
    else location.hash = addressOf(next);
  };
  return [route, go];
}

type Visit = Omit<Desk, keyof FrameProps | "say" | "menu" | "live" | "board" | "go">;

/** What belongs to the citizen in front, and what this phone remembers from the one before. */
function useVisit(go: (route: Route, replace?: boolean) => void): Visit {
  const [question, setQuestion] = useState("");
  const [ticked, setTicked] = useState<ReadonlyMap<string, ReadonlySet<number>>>(new Map());
  const [taken, setTaken] = useState<Taken | null>(null);
  const [recent, setRecent] = useState<readonly string[]>([]);
  const [lastPrinter, setLastPrinter] = useState(() => storedPrinter());
  return {
    question,
    setQuestion,
    ticked,
    tick: (procedure, paper) =>
      setTicked((before) => {
        const papers = new Set(before.get(procedure));
        if (!papers.delete(paper)) papers.add(paper);
        return new Map(before).set(procedure, papers);
      }),
    taken,
    showTaken: ({ ticket, print_job: job }: Issued, printer) => {
      setTaken({ ticket, job, printer });
      setRecent((before) => recentWith(before, ticket.number));
      // The way back leads to the procedure, not to the same number a second time.
      go({ page: "done" }, true);
    },
    nextPerson: () => {
      setQuestion("");
      setTicked(new Map());
      setTaken(null);
      go({ page: "find" });
    },
    recent,
    lastPrinter,
    setLastPrinter: (name) => {
      setLastPrinter(name);
      storePrinter(name);
    },
  };
}

function storedPrinter(): string | null {
  try {
    return localStorage.getItem(PRINTER);
  } catch {
    return null; // Storage is switched off: the choice is made anew each day.
  }
}

function storePrinter(name: string): void {
  try {
    localStorage.setItem(PRINTER, name);
  } catch {
    // As above.
  }
}

const PLACES: readonly { place: Place; icon: IconName }[] = [
  { place: "find", icon: "search" },
  { place: "lines", icon: "people" },
  { place: "look", icon: "ticket" },
  { place: "me", icon: "person" },
];

function Places({ place, lang }: { place: Place; lang: Lang }): JSX.Element {
  const say = words(lang);
  const onFind = () => {
    // On the search page already: the thumb need not reach up to the field.
    const field = document.querySelector<HTMLInputElement>("[data-testid=search]");
    field?.focus();
    field?.select();
  };
  return (
    <nav class="places" aria-label={say("place")}>
      {PLACES.map(({ place: each, icon }) => (
        <a
          key={each}
          class="places__one"
          href={`#/${each}`}
          aria-current={each === place ? "page" : undefined}
          onClick={each === "find" ? onFind : undefined}
        >
          <Icon name={icon} />
          <span>{say(`place.${each}`)}</span>
        </a>
      ))}
    </nav>
  );
}
