// Who is there? The session, the login when there is none, and then the guide's frame.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, LanguageSwitch, Notice, ProblemNotice } from "../shared/components.tsx";
import { call, newKey, onUnauthorized, Refusal, speakAs } from "../shared/http.ts";
import { chooseLang, rememberedLang } from "../shared/texts.ts";
import type { Lang, Role, Session } from "../shared/wire.ts";
import { type Trouble, troubleTo } from "./data.ts";
import { Frame } from "./frame.tsx";
import { words } from "./words.ts";

const GUIDES: readonly Role[] = ["volunteer", "officer", "manager", "admin"];
const AGAIN = 2_000;

/** undefined: not known yet. null: nobody has signed in. */
type Known = Session | null | undefined;

export function GuideScreen(): JSX.Element {
  const [lang, setLang] = useState<Lang>(rememberedLang);
  const [session, setSession] = useState<Known>(undefined);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => chooseLang(lang), [lang]);

  const enter = (known: Session | null) => {
    speakAs(known === null ? null : { csrf: known.csrf });
    setTrouble(null);
    setSession(known);
  };

  useEffect(() => onUnauthorized(() => enter(null)), []);
  useEffect(() => {
    let over = false;
    const introduce = () => {
      call<Session>("GET", "/session").then(
        enter,
        troubleTo((error) => {
          if (over || (error instanceof Refusal && error.status === 401)) return;
          setTrouble(error);
          setTimeout(introduce, AGAIN);
        }),
      );
    };
    introduce();
    return () => {
      over = true;
    };
  }, []);

  const signOut = () => {
    const leave = () => enter(null);
    call("POST", "/session/end", {}, { idempotencyKey: newKey() }).then(leave, troubleTo(leave));
  };

  if (session === undefined) {
    return (
      <main class="guide__door">
        {trouble === null ? <p>{words(lang)("loading")}</p> : <ProblemNotice error={trouble} lang={lang} />}
      </main>
    );
  }
  if (session === null) return <Login lang={lang} setLang={setLang} onEntered={enter} />;
  if (!GUIDES.includes(session.role) || (session.site as Session["site"] | null) === null) {
    return (
      <main class="guide__door">
        <Notice tone="care" actions={<Button onClick={signOut}>{words(lang)("me.out")}</Button>}>
          {words(lang)("login.role")}
        </Notice>
      </main>
    );
  }
  return <Frame key={session.csrf} session={session} lang={lang} setLang={setLang} signOut={signOut} />;
}

interface LoginProps {
  lang: Lang;
  setLang: (lang: Lang) => void;
  onEntered: (session: Session) => void;
}

function Login({ lang, setLang, onEntered }: LoginProps): JSX.Element {
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const say = words(lang);

  const enter = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    call<Session>("POST", "/session", { login: login.trim(), password }, { idempotencyKey: newKey() })
      .then(onEntered, troubleTo(setTrouble))
      .finally(() => setBusy(false));
  };

  return (
    <main class="guide__door">
      <h1>{say("title")}</h1>
      <form class="login" onSubmit={enter}>
        <label class="field">
          <span>{say("login.name")}</span>
          <input
            name="login"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            value={login}
            onInput={(event) => setLogin(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>{say("login.password")}</span>
          <input
            name="password"
            {...({ type: shown ? "text" : "password" } as { type: "password" })}
            autocomplete="current-password"
            spellcheck={false}
            required
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        <label class="tick">
          <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
          <span>{say("login.show")}</span>
        </label>
        {trouble !== null && <ProblemNotice error={trouble} lang={lang} />}
        <Button type="submit" look="primary" wide busy={busy}>
          {say("login.do")}
        </Button>
      </form>
      <LanguageSwitch lang={lang} onChange={setLang} />
    </main>
  );
}
