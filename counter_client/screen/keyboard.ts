// The keys of the whole page.
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Command, commandFor, isHeldDown, type Place } from "./keys.ts";

export type { Command };

/** Hears every key of the page with what was drawn last. */
export function useKeydown(hear: (event: KeyboardEvent) => void): void {
  const newest = useRef(hear);
  useLayoutEffect(() => {
    newest.current = hear;
  });
  // In the layout phase: a dialog that is gone must not hear the very next key.
  useLayoutEffect(() => {
    const pass = (event: KeyboardEvent) => newest.current(event);
    window.addEventListener("keydown", pass);
    return () => window.removeEventListener("keydown", pass);
  }, []);
}

/** Runs what a key asks for; `on` is false while a dialog has the keys. */
export function useCommands(on: boolean, run: (command: Command) => void): void {
  useKeydown((event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (isHeldDown(event)) {
      if (target.closest("input, textarea") === null) event.preventDefault();
      return;
    }
    const command = on ? commandFor(event, placeOf(target)) : null;
    if (command === null) return;
    event.preventDefault();
    run(command);
  });
}

function placeOf(target: Element): Place {
  if (target.closest("input, textarea, select") !== null) return "text";
  if (target.closest("[data-primary]") !== null) return "primary";
  return target.closest("button, a, summary") === null ? "nowhere" : "control";
}
