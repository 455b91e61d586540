// What to tell the citizen about the slip: it comes, it is there, or it will not come.
import type { PrintFailure, PrintJob } from "../../server/screens/shared/wire.ts";

/** A slip that has not been confirmed by then is not spoken of any longer as if it came. */
export const PRINT_PATIENCE = 12_000;
export const ASK_EVERY = 500;

/** none: this kiosk does not print. doubtful: nobody knows whether paper came out. */
export type PrintOutcome = "printing" | "take" | "none" | "doubtful" | PrintFailure;

/** Whether the slip's story is over; until then it may still come, however late. */
export function isOver(job: PrintJob): boolean {
  return job.state === "confirmed" || job.state === "failed" || job.state === "unconfirmed";
}

export function printOutcome(job: PrintJob | null, askedFor: number): PrintOutcome {
  if (job === null) return "none";
  if (job.state === "confirmed") return "take";
  if (job.state === "failed") return job.reason ?? "error";
  if (job.state === "unconfirmed") return "doubtful";
  // Still to be printed, but the printer waits for somebody: the citizen need not.
  if (job.state !== "sent" && job.reason) return job.reason;
  if (askedFor < PRINT_PATIENCE) return "printing";
  return job.state === "sent" ? "doubtful" : "timeout";
}
