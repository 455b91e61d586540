// What the guide's pages ask the server for.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { call, Offline, Refusal } from "../shared/http.ts";
import type { FoundProcedure, PrintJob } from "../shared/wire.ts";
import { isOver } from "./printing.ts";

export type Trouble = Refusal | Offline;

/** Hands a Refusal or Offline to `hear`; anything else is a mistake of ours and stays one. */
export function troubleTo(hear: (trouble: Trouble) => void): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Refusal || error instanceof Offline)) throw error;
    hear(error);
  };
}

export interface Asked<Answer> {
  answer: Answer | null;
  /** Why there is no newer answer; an earlier one stays. */
  trouble: Trouble | null;
  again: () => void;
}

/** The answer of a GET, asked for anew every `every` milliseconds while the page is in front. */
export function useAsked<Answer>(path: string | null, every?: number): Asked<Answer> {
  const [told, setTold] = useState<{ path: string | null; answer: Answer | null; trouble: Trouble | null }>({
    path,
    answer: null,
    trouble: null,
  });
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((count) => count + 1), []);

  useEffect(() => {
    if (path === null) return undefined;
    const stop = new AbortController();
    call<Answer>("GET", path, undefined, { signal: stop.signal }).then(
      (answer) => setTold({ path, answer, trouble: null }),
      troubleTo((trouble) => {
        if (stop.signal.aborted) return;
        setTold((before) => ({ path, answer: before.path === path ? before.answer : null, trouble }));
      }),
    );
    return () => stop.abort();
  }, [path, turn]);

  useEffect(() => {
    if (every === undefined) return undefined;
    const ask = () => {
      if (document.visibilityState === "visible") again();
    };
    const timer = setInterval(ask, every);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [every]);

  const current = told.path === path;
  return { answer: current ? told.answer : null, trouble: current ? told.trouble : null, again };
}

const PAUSE_IN_TYPING = 140;
const SHOWN = 20;

/** The server's answer to a question, asked when the typing pauses; null until it has come. */
export function useFound(site: string, question: string): { found: FoundProcedure[] | null; trouble: Trouble | null } {
  const [settled, setSettled] = useState(question);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(question), PAUSE_IN_TYPING);
    return () => clearTimeout(timer);
  }, [question]);
  const path = settled === "" ? null : `/sites/${site}/procedures?q=${encodeURIComponent(settled)}&limit=${SHOWN}`;
  const { answer, trouble } = useAsked<{ procedures: FoundProcedure[] }>(path);
  return { found: settled === question && answer !== null ? answer.procedures : null, trouble };
}

const LOOK_AGAIN = 800;
const LATE = 12_000;

/** Follows a print job to its end; `late` when it takes longer than paper should. */
export function usePrintJob(first: PrintJob | null): { job: PrintJob | null; late: boolean } {
  const [job, setJob] = useState(first);
  const [late, setLate] = useState(false);
  const id = first?.id ?? null;
  const latest = useRef(first);
  useEffect(() => {
    latest.current = first;
    setJob(first);
    setLate(false);
    if (id === null) return undefined;
    const started = Date.now();
    const timer = setInterval(() => {
      if (latest.current !== null && isOver(latest.current)) {
        clearInterval(timer);
        return;
      }
      if (Date.now() - started > LATE) setLate(true);
      call<PrintJob>("GET", `/print-jobs/${id}`).then(
        (news) => {
          latest.current = news;
          setJob(news);
        },
        () => undefined, // No answer now: the next look is soon.
      );
    }, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [id]);
  return { job, late };
}
