// The numbers beside the one at the counter: who waits, what is on hold, who was absent.
import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { formatCount, formatTime } from "../../server/screens/shared/format.ts";
import { useNow } from "../../server/screens/shared/hooks.ts";
import { nameIn } from "../../server/screens/shared/texts.ts";
import type { CounterPicture, Lang, Menu, WaitingRow } from "../../server/screens/shared/wire.ts";
import { rowWords, waitWords, wordsIn } from "./words.ts";

export interface Numbered {
  id: string;
  number: string;
}

type Tab = "waiting" | "held" | "no_shows";
const TABS: readonly Tab[] = ["waiting", "held", "no_shows"];

/** A row that joined less than this many ms ago arrives with a move. */
const JUST_NOW = 4_000;

export interface LineProps {
  picture: CounterPicture;
  menu: Menu | null;
  lang: Lang;
  offset: number;
  /** Rows may be called or returned now. */
  off: boolean;
  onCall: (ticket: Numbered) => void;
  onReturn: (ticket: Numbered) => void;
}

export function Line(props: LineProps): JSX.Element {
  const { picture, menu, lang, offset, off, onCall, onReturn } = props;
  const say = wordsIn(lang);
  const [tab, setTab] = useState<Tab>("waiting");
  const counts = { waiting: picture.waiting_total, held: picture.held.length, no_shows: picture.no_shows.length };
  const oneService = picture.counter.services.length === 1;
  const now = useNow(5_000) + offset;

  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = TABS[TABS.indexOf(tab) + (by ?? 0)];
    if (by === undefined || next === undefined) return;
    event.preventDefault();
    setTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };

  return (
    <section class="line" aria-label={say("line.label")} data-testid="line">
      <div class="tabs" role="tablist" onKeyDown={step}>
        {TABS.map((each) => (
          <button
            key={each}
            id={`tab-${each}`}
            type="button"
            class="tab"
            role="tab"
            data-testid={`tab-${each}`}
            aria-selected={each === tab ? "true" : "false"}
            aria-controls="tab-panel"
            tabIndex={each === tab ? 0 : -1}
            onClick={() => setTab(each)}
          >
            <span>{say(`line.${each}`)}</span>
            <span class="tab__count">{formatCount(counts[each], lang)}</span>
          </button>
        ))}
      </div>
      <Rows tab={tab} key={tab}>
        {counts[tab] === 0 && <li class="line__empty">{say(`line.${tab}.empty`)}</li>}
        {tab === "waiting" &&
          picture.waiting.map((row, i) => (
            <Waiting
              key={row.id}
              {...{ row, menu, lang, now, oneService, off, onCall }}
              first={i === 0}
            />
          ))}
        {tab === "waiting" && picture.waiting_total > picture.waiting.length && picture.waiting.length > 0 && (
          <li class="line__empty">
            {say("line.more", { count: formatCount(picture.waiting_total - picture.waiting.length, lang) })}
          </li>
        )}
        {tab === "held" &&
          picture.held.map((row) => (
            <Aside key={row.id} {...{ row, lang, off, onReturn }} why={row.reason} />
          ))}
        {tab === "no_shows" &&
          picture.no_shows.map((row) => <Aside key={row.id} {...{ row, lang, off, onReturn }} why={null} />)}
      </Rows>
    </section>
  );
}

/** One stop for the Tab key; the arrows go from row to row. */
function Rows({ tab, children }: { tab: Tab; children: ComponentChildren }): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const step = (event: KeyboardEvent) => {
    const buttons = Array.from(list.current!.querySelectorAll<HTMLElement>("[data-row]"));
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: Math.max(at - 1, 0), Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[to]?.focus();
  };
  return (
    <div class="line__panel" id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
      <ul class="line__rows" ref={list} tabIndex={0} data-rows="" onKeyDown={step}>
        {children}
      </ul>
    </div>
  );
}

interface WaitingProps {
  row: WaitingRow;
  menu: Menu | null;
  lang: Lang;
  now: number;
  oneService: boolean;
  first: boolean;
  off: boolean;
  onCall: (ticket: Numbered) => void;
}

function Waiting({ row, menu, lang, now, oneService, first, off, onCall }: WaitingProps): JSX.Element {
  const say = wordsIn(lang);
  const [isNew] = useState(now - Date.parse(row.waiting_since) < JUST_NOW);
  const { main, more } = rowWords(row, oneService);
  const priority = menu?.priority_classes.find(({ code }) => code === row.priority);
  return (
    <li>
      <button
        type="button"
        class={`row${isNew ? " row--new" : ""}`}
        data-row=""
        data-testid={`waiting-${row.number}`}
        title={[main, more, priority && nameIn(lang, priority.names)].filter(Boolean).join(" · ")}
        tabIndex={-1}
        aria-disabled={off ? "true" : undefined}
        onClick={() => onCall(row)}
      >
        <span class="row__number">{row.number}</span>
        <span class="row__words">
          <span class="row__main">{main}</span>
          {more !== null && <span class="row__more">{more}</span>}
          {(row.priority !== null || row.returned) && (
            <span class="row__marks">
              {row.priority !== null && (
                <span class="mark mark--priority">
                  {say("priority")}
                  {priority !== undefined && `: ${nameIn(lang, priority.names)}`}
                </span>
              )}
              {row.returned && <span class="mark">{say("line.returned")}</span>}
            </span>
          )}
        </span>
        <span class="row__wait">
          {waitWords(row.waiting_since, now, lang)}
          {first && <span class="row__next">{say("line.next")}</span>}
        </span>
      </button>
    </li>
  );
}

interface AsideProps {
  row: Numbered & { service_name: string; since: string };
  why: string | null;
  lang: Lang;
  off: boolean;
  onReturn: (ticket: Numbered) => void;
}

function Aside({ row, why, lang, off, onReturn }: AsideProps): JSX.Element {
  const say = wordsIn(lang);
  return (
    <li class="row row--aside">
      <span class="row__number">{row.number}</span>
      <span class="row__words">
        <span class="row__main">{why ?? row.service_name}</span>
        <span class="row__more">
          {why !== null && `${row.service_name} · `}
          {say("line.since", { time: formatTime(row.since) })}
        </span>
      </span>
      <button
        type="button"
        class="row__act"
        data-row=""
        data-testid={`return-${row.number}`}
        tabIndex={-1}
        aria-label={say("line.return.of", { number: row.number })}
        aria-disabled={off ? "true" : undefined}
        onClick={() => !off && onReturn(row)}
      >
        {say("line.return")}
      </button>
    </li>
  );
}
