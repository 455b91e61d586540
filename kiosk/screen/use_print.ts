// Follows one slip from the queue to the paper.
import { useEffect, useState } from "preact/hooks";
import { call, Offline, Refusal } from "../../server/screens/shared/http.ts";
import type { PrintJob } from "../../server/screens/shared/wire.ts";
import { ASK_EVERY, isOver, printOutcome, type PrintOutcome } from "./print.ts";

/** How the slip of this job stands; without a job it is "none". */
export function usePrintOutcome(job: PrintJob | null): PrintOutcome {
  const [known, setKnown] = useState<{ job: PrintJob; outcome: PrintOutcome } | null>(null);
  useEffect(() => {
    if (job === null) return undefined;
    const stop = new AbortController();
    const began = performance.now();
    let last = job;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      try {
        last = await call<PrintJob>("GET", `/print-jobs/${encodeURIComponent(job.id)}`, undefined, {
          timeout: 3_000,
          signal: stop.signal,
        });
      } catch (error) {
        // No news: the slip may come all the same, until patience runs out.
        if (!(error instanceof Offline || error instanceof Refusal)) throw error;
      }
      if (!stop.signal.aborted) tell();
    };
    const tell = () => {
      setKnown({ job, outcome: printOutcome(last, performance.now() - began) });
      if (!isOver(last)) timer = setTimeout(() => void look(), ASK_EVERY);
    };
    tell();
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [job]);
  if (job === null) return "none";
  return known?.job === job ? known.outcome : printOutcome(job, 0);
}
