// Logging in: two fields, and words that help when it does not work.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, LanguageSwitch, Notice, ProblemNotice } from "../../server/screens/shared/components.tsx";
import { call, newKey, Offline, Refusal } from "../../server/screens/shared/http.ts";
import type { Lang, Session } from "../../server/screens/shared/wire.ts";
import { type Key, wordsIn } from "./words.ts";

export interface LoginProps {
  lang: Lang;
  onLang: (lang: Lang) => void;
  /** Why somebody stands here again. */
  why: "expired" | "goodbye" | null;
  /** Who was here until the session ended. */
  login: string;
  onSession: (session: Session) => void;
}

export function Login({ lang, onLang, why, login: before, onSession }: LoginProps): JSX.Element {
  const say = wordsIn(lang);
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState<Key | null>(null);
  const [trouble, setTrouble] = useState<Refusal | Offline | null>(null);

  useEffect(() => (before === "" ? name : password).current?.focus(), []);

  const lookAtCaps = (event: KeyboardEvent | MouseEvent) => setCaps(event.getModifierState("CapsLock"));

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const login = name.current!.value.trim();
    const secret = password.current!.value;
    setTrouble(null);
    setMissing(login === "" ? "login.name.missing" : secret === "" ? "login.password.missing" : null);
    if (login === "") return name.current!.focus();
    if (secret === "") return password.current!.focus();
    setBusy(true);
    try {
      onSession(await call<Session>("POST", "/session", { login, password: secret }, { idempotencyKey: newKey() }));
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Offline)) throw error;
      setTrouble(error);
      password.current!.select();
      password.current!.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <main class="login">
      <form class="login__card" onSubmit={submit} noValidate onKeyDown={lookAtCaps} onKeyUp={lookAtCaps}>
        <header>
          <h1>{say("title")}</h1>
          <p class="soft">{say("login.lead")}</p>
        </header>
        {why !== null && trouble === null && (
          <Notice tone={why === "expired" ? "care" : "good"}>{say(`login.${why}`)}</Notice>
        )}
        <label class="field">
          <span class="field__label">{say("login.name")}</span>
          <input
            ref={name}
            class="input"
            name="login"
            defaultValue={before}
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            maxLength={60}
            aria-invalid={missing === "login.name.missing" ? "true" : undefined}
          />
        </label>
        <label class="field">
          <span class="field__label">{say("login.password")}</span>
          <input
            ref={password}
            class="input"
            name="password"
            {...(shown ? { type: "text" as const } : { type: "password" as const })}
            autocomplete="current-password"
            maxLength={200}
            aria-invalid={missing === "login.password.missing" ? "true" : undefined}
          />
        </label>
        <p class="login__caps" role="status">
          {caps && say("login.caps")}
        </p>
        <label class="login__show">
          <input type="checkbox" checked={shown} onChange={(event) => setShown(event.currentTarget.checked)} />
          <span>{say("login.show")}</span>
        </label>
        {missing !== null && <Notice tone="care">{say(missing)}</Notice>}
        {trouble !== null && <ProblemNotice error={trouble} lang={lang} />}
        <Button type="submit" look="primary" wide busy={busy}>
          {say("login.submit")}
        </Button>
      </form>
      <LanguageSwitch lang={lang} onChange={onLang} />
    </main>
  );
}
