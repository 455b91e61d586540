// The parts of a ticket's page, from top to bottom.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, ProblemNotice, Turn } from "../shared/components.tsx";
import { formatWait } from "../shared/format.ts";
import { call, newKey, Offline, Refusal } from "../shared/http.ts";
import { Icon } from "../shared/icons.tsx";
import { Sheet } from "../shared/sheet.tsx";
import type { Lang, TicketPicture } from "../shared/wire.ts";
import { allowRinging } from "./alert.ts";
import { fitting, type View } from "./view.ts";
import { nameOf, words } from "./words.ts";

interface PartProps {
  picture: TicketPicture;
  lang: Lang;
}

/** The number, very large; the counter and the hall when there is a way to go; the state and what to do next. */
export function Place({ picture, view, lang }: PartProps & { view: View }): JSX.Element {
  const say = words(lang);
  const { number, counter, hall, procedure } = picture;
  const to = view.mood === "now" ? counter : null;
  const service = nameOf(lang, picture.service);
  return (
    <>
      {view.mood === "now" ? (
        <h1 class="ticket__headline">{say(view.headline)}</h1>
      ) : (
        <p class="ticket__label">{say("number.yours")}</p>
      )}
      <p
        class="ticket__number"
        style={{
          "--of-number": String(fitting(number)),
          "--of-counter": String(fitting(say("counter.n", { counter: to ?? "" }))),
        }}
        data-testid="number"
      >
        <Turn number={number} counter={to} lang={lang} stacked class="ticket__turn" />
      </p>
      {view.mood === "now" && hall !== null && (
        <p class="ticket__hall" data-testid="hall">
          {hall}
        </p>
      )}
      {view.mood !== "now" && <h1 class="ticket__headline">{say(view.headline)}</h1>}
      {view.mood === "served" && counter !== null && (
        <p class="ticket__counter">
          {say("counter.n", { counter })}
          {hall !== null && ` · ${hall}`}
        </p>
      )}
      <p class="ticket__next">{say(view.next)}</p>
      <p class="ticket__service" data-testid="service">
        {service}
        {procedure !== null && procedure !== service && <span> · {procedure}</span>}
      </p>
    </>
  );
}

/** How many are ahead, about how long it takes, and the numbers at the counters now: the line is seen to move. */
export function Standing({ picture, lang }: PartProps): JSX.Element {
  const say = words(lang);
  const others = picture.serving_now.filter((number) => number !== picture.number);
  return (
    <dl class="ticket__standing">
      <div class="ticket__fact">
        <dt>{say("ahead")}</dt>
        <dd class="ticket__ahead" data-testid="ahead">
          {picture.people_ahead}
        </dd>
      </div>
      <div class="ticket__fact">
        <dt>{say("wait")}</dt>
        <dd data-testid="wait">{formatWait(picture.estimated_wait, lang) ?? say("wait.unknown")}</dd>
      </div>
      <div class="ticket__fact">
        <dt>{say("now")}</dt>
        <dd data-testid="now-serving">
          {others.length === 0 && say("now.none")}
          {others.map((number) => (
            <span class="ticket__other" key={number}>
              {number}{" "}
            </span>
          ))}
        </dd>
      </div>
    </dl>
  );
}

/** One touch lets the phone ring and vibrate at the call: browsers allow neither without it. */
export function AlertChoice({ lang }: { lang: Lang }): JSX.Element {
  const [on, setOn] = useState(false);
  const say = words(lang);
  if (on) {
    return (
      <p class="ticket__alert" role="status">
        <Icon name="check" />
        <span>{say("alert.on")}</span>
      </p>
    );
  }
  return (
    <Button
      wide
      icon="speaker"
      onClick={() => {
        allowRinging();
        setOn(true);
      }}
    >
      {say("alert")}
    </Button>
  );
}

interface GiveUpProps {
  token: string;
  number: string;
  lang: Lang;
  /** The ticket is, or may be, no longer what the page shows. */
  onChanged: () => void;
}

/** Giving the turn up: a quiet way, with a question before. */
export function GiveUp({ token, number, lang, onChanged }: GiveUpProps): JSX.Element {
  const [key, setKey] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Refusal | Offline | null>(null);
  const say = words(lang);

  const giveUp = async (idempotencyKey: string) => {
    setBusy(true);
    setError(null);
    try {
      const path = `/tickets/${encodeURIComponent(token)}/cancel`;
      await call("POST", path, {}, { idempotencyKey, retryFor: 8_000, asNobody: true });
      setKey(null);
      onChanged();
    } catch (problem) {
      if (!(problem instanceof Refusal || problem instanceof Offline)) throw problem;
      setError(problem);
      if (problem instanceof Refusal) onChanged();
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <Button look="quiet" wide onClick={() => setKey(newKey())}>
        {say("give_up")}
      </Button>
      {key !== null && (
        <Sheet
          title={say("give_up.title", { number })}
          onClose={() => setKey(null)}
          actions={
            <>
              <Button look="danger" wide busy={busy} onClick={() => void giveUp(key)}>
                {say("give_up.do")}
              </Button>
              <Button look="primary" wide onClick={() => setKey(null)}>
                {say("give_up.keep")}
              </Button>
            </>
          }
        >
          <p>{say("give_up.what")}</p>
          {error !== null && <ProblemNotice error={error} lang={lang} />}
        </Sheet>
      )}
    </>
  );
}
