// Who is here, and at which counter: log in, choose, work. Both outlive a reload; the counter also a log-out by time.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, ProblemNotice } from "../../server/screens/shared/components.tsx";
import { call, newKey, Offline, onUnauthorized, Refusal, speakAs } from "../../server/screens/shared/http.ts";
import { chooseLang, nameIn, rememberedLang } from "../../server/screens/shared/texts.ts";
import type { Lang, Menu, Session } from "../../server/screens/shared/wire.ts";
import { ChooseCounter } from "./counters.tsx";
import { Login } from "./login.tsx";
import { counterAt, sitDown, standUp } from "./memory.ts";
import { titleFor, wordsIn } from "./words.ts";
import { Desk } from "./working.tsx";

const AGAIN = 2_000;

type Phase = { is: "starting" } | { is: "out"; why: "expired" | "goodbye" | null; login: string } | { is: "in"; session: Session };

export function CounterScreen(): JSX.Element {
  const [lang, setLang] = useState<Lang>(rememberedLang);
  const [phase, setPhase] = useState<Phase>({ is: "starting" });
  const [trouble, setTrouble] = useState<Offline | Refusal | null>(null);
  const [counter, setCounter] = useState<string | null>(counterAt);
  const say = wordsIn(lang);
  const session = phase.is === "in" ? phase.session : null;
  const menu = useMenu(session);

  useEffect(() => chooseLang(lang), [lang]);
  useEffect(() => {
    if (session === null || counter === null) document.title = titleFor(null, true, lang);
  }, [session, counter, lang]);

  const enter = (next: Session) => {
    speakAs({ csrf: next.csrf });
    setPhase({ is: "in", session: next });
  };

  useEffect(
    () =>
      onUnauthorized(() => {
        speakAs(null);
        setPhase((now) =>
          now.is === "in"
            ? { is: "out", why: "expired", login: now.session.person?.login ?? "" }
            : { is: "out", why: null, login: "" },
        );
      }),
    [],
  );
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const introduce = () => {
      call<Session>("GET", "/session").then(enter, (error: unknown) => {
        if (!(error instanceof Refusal || error instanceof Offline)) throw error;
        if (error instanceof Refusal && error.status === 401) return;
        setTrouble(error);
        timer = setTimeout(introduce, AGAIN);
      });
    };
    introduce();
    return () => clearTimeout(timer);
  }, []);

  const leave = async () => {
    try {
      await call("POST", "/session/end", {}, { idempotencyKey: newKey() });
    } catch (error) {
      // Already ended: the 401 has led to the log-in screen.
      if (!(error instanceof Refusal && error.status === 401)) throw error;
    }
    speakAs(null);
    standUp();
    setCounter(null);
    setPhase({ is: "out", why: "goodbye", login: "" });
  };

  if (phase.is === "starting") {
    return (
      <main class="plain-page">
        <p>{say("starting")}</p>
        {trouble !== null && <ProblemNotice error={trouble} lang={lang} />}
      </main>
    );
  }
  if (phase.is === "out") {
    return <Login lang={lang} onLang={setLang} why={phase.why} login={phase.login} onSession={enter} />;
  }
  if (phase.session.role !== "officer" || phase.session.person === null) {
    return (
      <main class="plain-page">
        <p>{say("login.only_officers", { name: phase.session.person?.login ?? phase.session.role })}</p>
        <Button look="primary" onClick={() => void leave()}>
          {say("login.other")}
        </Button>
      </main>
    );
  }
  if (counter === null) {
    return (
      <ChooseCounter
        session={phase.session}
        lang={lang}
        serviceName={(code) => serviceName(menu, code, lang)}
        onOpened={(id) => {
          sitDown(id);
          setCounter(id);
        }}
        onLeave={leave}
      />
    );
  }
  return (
    <Desk
      key={counter}
      person={phase.session.person}
      site={phase.session.site.code}
      counter={counter}
      menu={menu}
      lang={lang}
      onLang={setLang}
      onChoose={() => {
        standUp();
        setCounter(null);
      }}
      onLeave={leave}
    />
  );
}

/** Names that pictures leave out; the screen works without them until they come. */
function useMenu(session: Session | null): Menu | null {
  const [menu, setMenu] = useState<Menu | null>(null);
  const site = session?.site.code ?? null;
  useEffect(() => {
    if (site === null) return undefined;
    const stop = new AbortController();
    call<Menu>("GET", `/sites/${site}/menu`, undefined, { signal: stop.signal, retryFor: 60_000 }).then(
      setMenu,
      (error: unknown) => {
        if (!(error instanceof Refusal || error instanceof Offline)) throw error;
      },
    );
    return () => stop.abort();
  }, [site]);
  return menu;
}

function serviceName(menu: Menu | null, code: string, lang: Lang): string {
  const service = menu?.services.find((each) => each.code === code);
  return service === undefined ? code : nameIn(lang, service.names);
}
