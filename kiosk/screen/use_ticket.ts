// Takes the number: asks under one key until the server has said yes or no.
import { useEffect, useState } from "preact/hooks";
import { call, Offline, Refusal } from "../../server/screens/shared/http.ts";
import type { Issued } from "../../server/screens/shared/wire.ts";
import { mayPass } from "./refusal.ts";
import type { Order, Step } from "./visit.ts";

const ANSWER_WITHIN = 8_000;
const AGAIN = 1_500;

/** True while the server is out of reach; the answer itself goes to `step`. */
export function useTicket(site: string, order: Order, step: (step: Step) => void): boolean {
  const [away, setAway] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      try {
        const issued = await call<Issued>("POST", `/sites/${encodeURIComponent(site)}/tickets`, order.wish, {
          idempotencyKey: order.key,
          timeout: ANSWER_WITHIN,
          signal: stop.signal,
        });
        if (!stop.signal.aborted) step({ do: "issued", key: order.key, issued });
      } catch (error) {
        if (stop.signal.aborted) return;
        if (!(error instanceof Offline || error instanceof Refusal)) throw error;
        if (error instanceof Refusal && !mayPass(error.status)) {
          const { code, status, facts } = error;
          step({ do: "refused", key: order.key, code, status, facts });
        } else {
          setAway(true);
          timer = setTimeout(() => void ask(), AGAIN);
        }
      }
    };
    void ask();
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [site, order.key]);
  return away;
}
