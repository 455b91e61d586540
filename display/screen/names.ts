// What the centre, the hall and its services are called: asked for when the connection comes, and now and then.
import { useEffect, useState } from "preact/hooks";
import { call, Offline, Refusal } from "../../server/screens/shared/http.ts";
import type { Menu, Session } from "../../server/screens/shared/wire.ts";
import type { HallNames } from "./memory.ts";

const AGAIN_AFTER_TROUBLE = 5_000;
const AGAIN = 15 * 60_000;

/** The names as last known; `before` until the server has told. `fresh` asks anew whenever it becomes true. */
export function useHallNames({ site, device }: Session, before: HallNames | null, fresh: boolean): HallNames {
  const hall = device?.hall ?? null;
  const [names, setNames] = useState<HallNames>(
    before ?? { site: { code: site.code, names: { vi: site.name } }, hall, languages: ["vi"], services: [] },
  );
  useEffect(() => {
    if (!fresh) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      call<Menu>("GET", `/sites/${site.code}/menu`, undefined, { signal: stop.signal }).then(
        (menu) => {
          setNames(namesIn(menu, hall));
          timer = setTimeout(ask, AGAIN);
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          if (!(error instanceof Offline || error instanceof Refusal)) throw error;
          timer = setTimeout(ask, AGAIN_AFTER_TROUBLE);
        },
      );
    };
    ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [site.code, fresh]);
  return names;
}

function namesIn({ site, services }: Menu, hall: HallNames["hall"]): HallNames {
  return {
    site: { code: site.code, names: site.names ?? { vi: site.name } },
    hall,
    languages: site.languages,
    services: services.map(({ code, names, prefix }) => ({ code, names, prefix })),
  };
}
