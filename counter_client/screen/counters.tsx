// Choosing a counter: by hall, with who sits where; the one chosen last is one press away.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, ProblemNotice } from "../../server/screens/shared/components.tsx";
import { call, newKey, Offline, Refusal } from "../../server/screens/shared/http.ts";
import type { CounterRow, Lang, Session } from "../../server/screens/shared/wire.ts";
import { byHall, counterTyped, seatOf } from "./choice.ts";
import { useKeydown } from "./keyboard.ts";
import { digitOf, isHeldDown } from "./keys.ts";
import { counterLast } from "./memory.ts";
import { wordsIn } from "./words.ts";

const LOOK_AGAIN = 10_000;
const TYPING_PAUSE = 1_200;

export interface ChooseCounterProps {
  session: Session;
  lang: Lang;
  serviceName: (code: string) => string;
  onOpened: (counter: string) => void;
  /** Ends the session; throws Refusal or Offline. */
  onLeave: () => Promise<void>;
}

export function ChooseCounter(props: ChooseCounterProps): JSX.Element {
  const { session, lang, serviceName, onOpened, onLeave } = props;
  const say = wordsIn(lang);
  const { counters, trouble: listTrouble, look } = useCounters(session.site.code);
  const [opening, setOpening] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | Offline | null>(null);
  const page = useRef<HTMLElement>(null);
  const me = session.person?.name ?? "";
  const last = counters?.find(({ id }) => id === counterLast());
  const ready = counters !== null;

  // The counter of last time has the focus, so that Enter opens it; without one, no Enter too many opens any.
  useEffect(() => {
    if (ready) page.current?.querySelector<HTMLElement>(".last .button")?.focus();
  }, [ready]);
  useTypedNumber(counters ?? [], (id) => page.current?.querySelector<HTMLElement>(`[data-counter="${id}"]`)?.focus());

  const open = async (counter: CounterRow) => {
    if (opening !== null) return;
    setOpening(counter.id);
    setRefusal(null);
    try {
      await call("POST", `/counters/${counter.id}/open`, {}, { idempotencyKey: newKey(), retryFor: 3_000 });
      onOpened(counter.id);
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Offline)) throw error;
      setRefusal(error);
      look();
    } finally {
      setOpening(null);
    }
  };

  const leave = () =>
    onLeave().catch((error: unknown) => {
      if (!(error instanceof Refusal || error instanceof Offline)) throw error;
      setRefusal(error);
    });

  const trouble = refusal ?? listTrouble;
  return (
    <main class="choice" ref={page}>
      <header class="choice__head">
        <div>
          <h1>{say("choice.title")}</h1>
          <p class="soft">{say("choice.lead")}</p>
        </div>
        <div class="choice__me">
          <span>{me}</span>
          <Button look="quiet" onClick={() => void leave()}>
            {say("act.leave")}
          </Button>
        </div>
      </header>
      {trouble !== null && <ProblemNotice error={trouble} lang={lang} />}
      {counters === null && trouble === null && <p class="soft">{say("loading")}</p>}
      {counters !== null && counters.length === 0 && <p class="soft">{say("choice.none")}</p>}
      {last !== undefined && seatOf(last, me) !== "taken" && (
        <section class="last" aria-label={say("choice.last")}>
          <p class="last__words">
            <span class="soft">{say("choice.last")}</span>
            <strong>{`${say("counter.n", { counter: last.number })} · ${last.name}`}</strong>
          </p>
          <Button look="primary" busy={opening !== null} onClick={() => void open(last)} data-testid="open-last">
            {say(seatOf(last, me) === "mine" ? "choice.go_on" : "choice.open", { counter: last.number })}
          </Button>
        </section>
      )}
      {byHall(counters ?? []).map((hall) => (
        <section key={hall.code} class="hall" aria-label={hall.name ?? undefined}>
          {hall.name !== null && <h2 class="hall__name">{hall.name}</h2>}
          <div class="hall__seats">
            {hall.counters.map((counter) => (
              <Seat
                key={counter.id}
                counter={counter}
                me={me}
                lang={lang}
                services={counter.services.map(serviceName).join(", ")}
                onOpen={() => void open(counter)}
              />
            ))}
          </div>
        </section>
      ))}
    </main>
  );
}

interface SeatProps {
  counter: CounterRow;
  me: string;
  lang: Lang;
  services: string;
  onOpen: () => void;
}

function Seat({ counter, me, lang, services, onOpen }: SeatProps): JSX.Element {
  const say = wordsIn(lang);
  const seat = seatOf(counter, me);
  return (
    <button
      type="button"
      class={`seat seat--${seat}`}
      data-counter={counter.id}
      data-testid={`counter-${counter.number}`}
      disabled={seat === "taken"}
      title={services}
      onClick={onOpen}
    >
      <span class="seat__number">
        <span class="visually-hidden">{say("counter")} </span>
        {counter.number}
      </span>
      <span class="seat__name">{counter.name}</span>
      <span class="seat__state">
        {seat === "taken" ? say("choice.taken", { officer: counter.officer ?? "" }) : say(`choice.${seat}`)}
      </span>
    </button>
  );
}

/** The list, looked at again while somebody chooses. */
function useCounters(site: string): {
  counters: CounterRow[] | null;
  trouble: Refusal | Offline | null;
  look: () => void;
} {
  const [counters, setCounters] = useState<CounterRow[] | null>(null);
  const [trouble, setTrouble] = useState<Refusal | Offline | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    call<{ counters: CounterRow[] }>("GET", `/sites/${site}/counters`, undefined, { signal: stop.signal }).then(
      (answer) => {
        setTrouble(null);
        setCounters(answer.counters);
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        if (!(error instanceof Refusal || error instanceof Offline)) throw error;
        setTrouble(error);
      },
    );
    const timer = setTimeout(() => setTurn((n) => n + 1), LOOK_AGAIN);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [site, turn]);
  return { counters, trouble, look: () => setTurn((n) => n + 1) };
}

/** Digits typed one after the other find the counter with this number. */
function useTypedNumber(counters: readonly CounterRow[], find: (id: string) => void): void {
  const typed = useRef({ digits: "", at: 0 });
  useKeydown((event) => {
    if (isHeldDown(event)) event.preventDefault();
    const digit = digitOf(event.code);
    if (digit === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const late = event.timeStamp - typed.current.at > TYPING_PAUSE;
    typed.current = { digits: (late ? "" : typed.current.digits) + digit, at: event.timeStamp };
    const counter = counterTyped(counters, typed.current.digits);
    if (counter !== null) find(counter.id);
  });
}
