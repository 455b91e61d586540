// Renews a part of a page from the same page, asked for again every few seconds.

const EVERY = 5000;
const PATIENCE = 10_000;

/** Renews `area` from the address in its `data-live`; `late` is shown while that does not succeed. */
export function keepLive(area: HTMLElement, late: HTMLElement | null): void {
  const say = (trouble: boolean): void => {
    if (late !== null) late.hidden = !trouble;
  };
  const again = (): void => {
    setTimeout(() => {
      if (document.hidden || isInUse(area)) again();
      else void renew(area).then(() => say(false), () => say(true)).then(again);
    }, EVERY);
  };
  again();
}

/** Somebody is answering a question or choosing something there: nothing moves under their hand. */
function isInUse(area: HTMLElement): boolean {
  const chosen = document.activeElement;
  return (
    area.querySelector("details[open]") !== null ||
    (chosen !== null && area.contains(chosen) && chosen.matches("select, input"))
  );
}

async function renew(area: HTMLElement): Promise<void> {
  const address = area.dataset.live ?? location.href;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(address, { signal: stop.signal, credentials: "same-origin" });
    text = await answer.text();
  } finally {
    clearTimeout(timer);
  }
  if (answer.redirected) {
    location.assign(answer.url); // the session has ended
    return;
  }
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-live]");
  if (!answer.ok || fresh === null) throw new Error(`${address}: ${answer.status}`);
  if (isInUse(area) || fresh.innerHTML === area.innerHTML) return;
  const focused = area.contains(document.activeElement) ? place(document.activeElement) : null;
  area.innerHTML = fresh.innerHTML;
  if (focused !== null) area.querySelector<HTMLElement>(focused)?.focus();
}

/** How to find the control again after its part of the page was renewed. */
function place(control: Element | null): string | null {
  const named = control?.closest("[id]");
  if (control === null || named === null || named === undefined) return null;
  const id = `#${CSS.escape(named.id)}`;
  return named === control ? id : `${id} ${control.tagName.toLowerCase()}`;
}
