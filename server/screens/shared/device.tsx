// What a kiosk or display stands in: it shows its screen when the device is known, else pairs it.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { LanguageSwitch, ProblemNotice } from "./components.tsx";
import { call, Offline, onUnauthorized, Refusal, speakAs } from "./http.ts";
import {
  type DeviceKind,
  forgetDevice,
  pairDevice,
  rememberDevice,
  rememberedDevice,
  type StoredDevice,
} from "./pairing.ts";
import { texts } from "./texts.ts";
import type { Lang, Session } from "./wire.ts";

const AGAIN = 2_000;

export interface WithDeviceProps {
  kind: DeviceKind;
  lang?: Lang;
  /** Drawn in place of the plain "starting" page while the server has not answered yet. */
  starting?: () => ComponentChildren;
  /** Drawn once the server has said who this device is; `token` is for connectLive. */
  children: (session: Session, token: string) => ComponentChildren;
}

/** Token from the link or from memory, else pairing; a 401 at any later time leads back to pairing. */
export function WithDevice({ kind, lang = "vi", starting, children }: WithDeviceProps): JSX.Element {
  const [device, setDevice] = useState<StoredDevice | null>(() => rememberedDevice(kind));
  const [session, setSession] = useState<Session | null>(null);
  const [trouble, setTrouble] = useState<Offline | Refusal | null>(null);
  const token = device?.token ?? null;

  useEffect(
    () =>
      onUnauthorized(() => {
        forgetDevice(kind);
        speakAs(null);
        setSession(null);
        setDevice(null);
      }),
    [kind],
  );

  useEffect(() => {
    if (token === null) return undefined;
    const stop = new AbortController();
    speakAs({ token });
    const introduce = () => {
      call<Session>("GET", "/session", undefined, { signal: stop.signal }).then(
        (answer) => {
          rememberDevice(kind, { token, site: answer.site.code });
          setTrouble(null);
          setSession(answer);
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          if (!(error instanceof Offline || error instanceof Refusal)) throw error;
          setTrouble(error);
          setTimeout(introduce, AGAIN);
        },
      );
    };
    introduce();
    return () => {
      stop.abort();
      setSession(null);
    };
  }, [kind, token]);

  // Another page load with #token=… in the same tab changes only the fragment.
  useEffect(() => {
    const relink = () => setDevice(rememberedDevice(kind));
    window.addEventListener("hashchange", relink);
    return () => window.removeEventListener("hashchange", relink);
  }, [kind]);

  if (token === null) {
    return (
      <PairingScreen
        kind={kind}
        lang={lang}
        onPaired={(found) => {
          rememberDevice(kind, found);
          setDevice(found);
        }}
      />
    );
  }
  if (session === null && starting !== undefined) return <>{starting()}</>;
  if (session === null) {
    return (
      <main class="plain-page">
        <p>{texts(lang)("device.starting")}</p>
        {trouble !== null && <ProblemNotice error={trouble} lang={lang} />}
      </main>
    );
  }
  return <>{children(session, token)}</>;
}

/** The code, large, until a manager has confirmed it. */
export function PairingScreen(props: {
  kind: DeviceKind;
  lang: Lang;
  onPaired: (device: StoredDevice) => void;
}): JSX.Element {
  const { kind, onPaired } = props;
  const [lang, setLang] = useState(props.lang);
  const [code, setCode] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Offline | Refusal | null>(null);
  const say = texts(lang);

  useEffect(() => {
    const stop = new AbortController();
    pairDevice(kind, { code: setCode, trouble: setTrouble }, stop.signal).then(onPaired, (error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    return () => stop.abort();
  }, [kind]);

  return (
    <main class="plain-page pairing" lang={lang}>
      <h1>{say(`pairing.title.${kind}`)}</h1>
      <p class="pairing__how">{say("pairing.how")}</p>
      <p class="pairing__code" aria-live="polite">
        {code ?? say("pairing.asking")}
      </p>
      <p class="pairing__wait">{say("pairing.wait")}</p>
      {trouble !== null && <ProblemNotice error={trouble} lang={lang} />}
      <LanguageSwitch lang={lang} onChange={setLang} />
    </main>
  );
}
