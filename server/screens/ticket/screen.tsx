// The whole page of a citizen's ticket.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, LanguageSwitch, Notice, ProblemNotice } from "../shared/components.tsx";
import { formatDate, formatTime } from "../shared/format.ts";
import { useLiveStatus, useNow } from "../shared/hooks.ts";
import type { Live } from "../shared/live.ts";
import { chooseLang, rememberedLang } from "../shared/texts.ts";
import type { Lang, TicketPicture } from "../shared/wire.ts";
import { ring, stayLit } from "./alert.ts";
import { AlertChoice, GiveUp, Place, Standing } from "./parts.tsx";
import { useTicket } from "./follow.ts";
import type { Seen } from "./memory.ts";
import { freshness, isNewCall, spoken, titleOf, viewOf } from "./view.ts";
import { nameOf, words } from "./words.ts";

export function TicketScreen({ live, token }: { live: Live; token: string }): JSX.Element {
  const [lang, setLang] = useState<Lang>(rememberedLang);
  const { seen, unknown, trouble, ask } = useTicket(live, token);
  const said = useCalls(seen?.picture ?? null, lang);
  const say = words(lang);
  useEffect(() => chooseLang(lang), [lang]);

  return (
    <main class="ticket" data-testid="ticket" data-state={seen?.picture.state}>
      <header class="ticket__head">
        <p class="ticket__site">{seen === null ? "" : nameOf(lang, seen.picture.site)}</p>
        <LanguageSwitch lang={lang} onChange={setLang} />
      </header>
      <p class="visually-hidden" role="alert" data-testid="spoken">
        {said}
      </p>
      {unknown && (
        <Notice tone="care" title={say("unknown.title")} actions={<Button onClick={ask}>{say("retry")}</Button>}>
          {say("unknown.what")}
        </Notice>
      )}
      {!unknown && seen === null && trouble === null && <p class="ticket__loading">{say("loading")}</p>}
      {!unknown && seen === null && trouble !== null && <ProblemNotice error={trouble} lang={lang} onRetry={ask} />}
      {seen !== null && <KnownTicket live={live} token={token} seen={seen} lang={lang} ask={ask} />}
    </main>
  );
}

/** Rings, sets the title and keeps the screen lit as the picture asks; answers with the words for screen readers. */
function useCalls(picture: TicketPicture | null, lang: Lang): string {
  const before = useRef<TicketPicture | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (picture === null) return;
    document.title = titleOf(picture, lang);
    const words = spoken(before.current, picture, lang);
    if (words !== null) setSaid(words);
    if (isNewCall(before.current, picture)) {
      ring();
      window.scrollTo(0, 0);
    }
    before.current = picture;
  }, [picture, lang]);

  const waits = picture?.state === "waiting" || picture?.state === "called";
  useEffect(() => (waits ? stayLit() : undefined), [waits]);
  return said;
}

interface KnownTicketProps {
  live: Live;
  token: string;
  seen: Seen;
  lang: Lang;
  ask: () => void;
}

function KnownTicket({ live, token, seen, lang, ask }: KnownTicketProps): JSX.Element {
  const { picture } = seen;
  const view = viewOf(picture);
  return (
    <>
      <Freshness live={live} seen={seen} lang={lang} />
      <section class={`ticket__card ticket__card--${view.mood}`} aria-label={words(lang)(view.headline)}>
        <Place picture={picture} view={view} lang={lang} />
      </section>
      {view.waits && <Standing picture={picture} lang={lang} />}
      <footer class="ticket__foot">
        {view.waits && <AlertChoice lang={lang} />}
        {view.mayGiveUp && <GiveUp token={token} number={picture.number} lang={lang} onChanged={ask} />}
        <Issued picture={picture} lang={lang} />
      </footer>
    </>
  );
}

function Freshness({ live, seen, lang }: { live: Live; seen: Seen; lang: Lang }): JSX.Element {
  const status = useLiveStatus(live);
  const { words: key, look } = freshness(status, seen.at, useNow(5_000));
  return (
    <p class="ticket__fresh" role="status" data-testid="freshness" data-fresh={look}>
      <span class={`live live--${look}`}>
        <span class="live__sign" aria-hidden="true" />
        <span>{words(lang)(key, { time: formatTime(seen.at) })}</span>
      </span>
    </p>
  );
}

function Issued({ picture, lang }: { picture: TicketPicture; lang: Lang }): JSX.Element {
  const { issued_at } = picture;
  const values = { time: formatTime(issued_at), date: formatDate(issued_at) };
  return <p class="ticket__issued">{words(lang)("issued", values)}</p>;
}
