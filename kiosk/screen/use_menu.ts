// The site's menu, asked for again and again; and whether the server is there.
import { useEffect, useRef, useState } from "preact/hooks";
import { call, Offline, Refusal } from "../../server/screens/shared/http.ts";
import type { Menu } from "../../server/screens/shared/wire.ts";
import { rememberedMenu, rememberMenu } from "./memory.ts";

const EVERY = 15_000;
const AGAIN = 3_000;
const ANSWER_WITHIN = 8_000;
const MISSES = 2; // one lost answer is no outage

export interface MenuNews {
  menu: Menu | null;
  /** Why there is no fresh menu, and since when (milliseconds since 1970); null while all is well. */
  outage: { error: Offline | Refusal; since: number } | null;
  /** Asks now, instead of at the next turn. */
  refresh(): void;
}

export function useMenu(site: string): MenuNews {
  const [menu, setMenu] = useState<Menu | null>(() => rememberedMenu(site));
  const [outage, setOutage] = useState<MenuNews["outage"]>(null);
  const ask = useRef<() => void>(() => undefined);

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    let misses = 0;
    let since = 0;

    const arrived = (fresh: Menu) => {
      misses = 0;
      rememberMenu(fresh);
      setMenu(fresh);
      setOutage(null);
    };
    const missed = (error: unknown) => {
      if (!(error instanceof Offline || error instanceof Refusal)) throw error;
      if (misses === 0) since = Date.now();
      misses += 1;
      if (misses >= MISSES) setOutage({ error, since });
    };
    const turn = async () => {
      if (asking) return;
      asking = true;
      clearTimeout(timer);
      try {
        arrived(await call<Menu>("GET", `/sites/${encodeURIComponent(site)}/menu`, undefined, {
          timeout: ANSWER_WITHIN,
          signal: stop.signal,
        }));
      } catch (error) {
        if (!stop.signal.aborted) missed(error);
      } finally {
        asking = false;
        if (!stop.signal.aborted) timer = setTimeout(() => void turn(), misses === 0 ? EVERY : AGAIN);
      }
    };

    ask.current = () => void turn();
    ask.current();
    window.addEventListener("online", ask.current);
    return () => {
      window.removeEventListener("online", ask.current);
      clearTimeout(timer);
      stop.abort();
    };
  }, [site]);

  return { menu, outage, refresh: () => ask.current() };
}
