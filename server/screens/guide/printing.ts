// Printers in the order in which a volunteer wants them, and what to say of a print job.
import type { PrinterRow, PrintJob } from "../shared/wire.ts";
import type { Key } from "./words.ts";

/** True when a slip will most likely come out. */
export function canPrint({ state }: Pick<PrinterRow, "state">): boolean {
  return state === "ready" || state === "paper_near_end" || state === "unknown";
}

/** Printers that can print first; among them the one used last, then the centre's order. */
export function inOrder(printers: readonly PrinterRow[], last: string | null): PrinterRow[] {
  const rank = (printer: PrinterRow) => (canPrint(printer) ? 0 : 2) + (printer.name === last ? 0 : 1);
  return printers
    .map((printer, place) => ({ printer, place }))
    .sort((a, b) => rank(a.printer) - rank(b.printer) || a.place - b.place)
    .map(({ printer }) => printer);
}

export interface PrintNews {
  key: Key;
  tone: "plain" | "good" | "care" | "trouble";
}

/** Nothing more will be heard of the job. */
export function isOver({ state }: PrintJob): boolean {
  return state === "confirmed" || state === "unconfirmed" || state === "failed";
}

/** What to tell of the job; `late` after the volunteer has waited long enough to look at the printer. */
export function printNews(job: PrintJob, late: boolean): PrintNews {
  switch (job.state) {
    case "confirmed":
      return { key: "print.done", tone: "good" };
    case "failed":
      return { key: `print.${job.reason ?? "error"}`, tone: "trouble" };
    case "unconfirmed":
      return { key: "print.unconfirmed", tone: "care" };
    default:
      return late ? { key: "print.unconfirmed", tone: "care" } : { key: "print.going", tone: "plain" };
  }
}
