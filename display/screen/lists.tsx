// Below the large call: the calls around it, and how many people wait in each line.
import type { JSX } from "preact";
import type { ShownCall } from "./callqueue.ts";
import { CallWords } from "./callwords.tsx";
import { type Columns, columnsFor, type Line, pageAt, ROWS } from "./view.ts";
import { InBoth, type Words } from "./words.tsx";

const ROW_ROOM = 490;
const ROW_MOST = 72;
const ROW_WORD = 0.7;

export function CallRows({ rows, words }: { rows: readonly ShownCall[]; words: Words }): JSX.Element {
  return (
    <section class="calls" data-testid="calls">
      <h2 class="heading">
        <InBoth words={words} text="calls" />
      </h2>
      <ol class="calls__rows">
        {rows.map(({ call, place, active }) => (
          <li
            key={call.call_id}
            class={`calls__row calls__row--${place} ${active ? "calls__row--active" : ""}`}
            data-testid="call-row"
            data-call-id={call.call_id}
            data-place={place}
          >
            <CallWords call={call} words={words} room={ROW_ROOM} most={ROW_MOST} wordScale={ROW_WORD} />
            <span class="calls__word">{rowWord({ call, place, active }, words)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function rowWord({ call, place, active }: ShownCall, words: Words): string {
  if (place === "waiting") return words.say("row.waiting");
  if (!active) return "";
  return words.say(call.recall ? "row.recall" : "row.active");
}

// How many letter sizes wide a name may be: beside the calls, and over the whole width.
const BESIDE: readonly Columns[] = [{ count: 2, room: 9.8 }, { count: 1, room: 27 }];
const WIDE: readonly Columns[] = [{ count: 3, room: 11.5 }, { count: 2, room: 21 }, { count: 1, room: 48 }];

export interface WaitingLinesProps {
  lines: readonly Line[];
  /** No calls stand beside them. */
  wide: boolean;
  now: number;
  words: Words;
}

export function WaitingLines({ lines, wide, now, words }: WaitingLinesProps): JSX.Element {
  const columns = columnsFor(lines, wide ? WIDE : BESIDE);
  const seen = pageAt(lines, columns * ROWS, now);
  const length = Math.ceil(seen.length / columns);
  return (
    <section class="lines" data-testid="waiting">
      <h2 class="heading">
        <InBoth words={words} text="waiting" />
        {seen.pages > 1 && <span class="heading__page">{words.say("waiting.page", { page: seen.page, pages: seen.pages })}</span>}
      </h2>
      <ul
        key={seen.page}
        class="lines__rows"
        style={{ gridTemplateColumns: `repeat(${columns}, 1fr)`, gridTemplateRows: `repeat(${length}, 5.65rem)` }}
      >
        {seen.lines.map(({ code, prefix, name, waiting }) => (
          <li key={code} class={`lines__row ${waiting === 0 ? "lines__row--none" : ""}`} data-testid="waiting-row" data-service={code}>
            <span class="lines__prefix" aria-hidden="true">
              {prefix}
            </span>
            <span class="lines__name">{name}</span>
            <span class="lines__count" data-testid="waiting-count">
              {waiting}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
