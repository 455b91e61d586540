// The papers a procedure needs: asked for when it is chosen, left out when they do not come.
import { useEffect, useState } from "preact/hooks";
import { call, Offline, Refusal } from "../../server/screens/shared/http.ts";
import type { Procedure } from "../../server/screens/shared/wire.ts";
import type { Choice } from "./menu.ts";

export function useProcedure(site: string, choice: Choice): Procedure | null {
  const [found, setFound] = useState<Procedure | null>(null);
  const code = "procedure" in choice ? choice.procedure : null;
  useEffect(() => {
    setFound(null);
    if (code === null) return undefined;
    const stop = new AbortController();
    const path = `/sites/${encodeURIComponent(site)}/procedures/${encodeURIComponent(code)}`;
    call<Procedure>("GET", path, undefined, { timeout: 5_000, signal: stop.signal }).then(setFound, (error: unknown) => {
      // A number can be taken without the list; the guidance desk has it too.
      if (!(error instanceof Offline || error instanceof Refusal)) throw error;
    });
    return () => stop.abort();
  }, [site, code]);
  return found;
}
