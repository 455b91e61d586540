// A question or a picture over the page: takes the focus and gives it back; Escape or a touch beside it closes.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import "./sheet.css";

export interface SheetProps {
  title: string;
  onClose: () => void;
  /** Fills the screen: a QR code for another phone's camera. */
  full?: boolean;
  /** Buttons, in the order of the page; the nearest to the thumb is the last. */
  actions: ComponentChildren;
  children?: ComponentChildren;
}

const REACHABLE = "a[href], button:not(:disabled), input, select, textarea";

export function Sheet({ title, onClose, full = false, actions, children }: SheetProps): JSX.Element {
  const panel = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  const name = useId();

  useEffect(() => {
    const before = document.activeElement;
    const scrolled = document.body.style.overflow;
    document.body.style.overflow = "hidden";
    panel.current?.focus();
    const listen = (event: KeyboardEvent) => {
      if (event.key === "Escape") close.current();
      else if (event.key === "Tab" && panel.current !== null) keepInside(panel.current, event);
    };
    document.addEventListener("keydown", listen);
    return () => {
      document.removeEventListener("keydown", listen);
      document.body.style.overflow = scrolled;
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    <div
      class={full ? "sheet sheet--full" : "sheet"}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div class="sheet__panel" role="dialog" aria-modal="true" aria-labelledby={name} tabIndex={-1} ref={panel}>
        <h2 class="sheet__title" id={name}>
          {title}
        </h2>
        {children}
        <div class="sheet__actions">{actions}</div>
      </div>
    </div>
  );
}

// `inert` is younger than our oldest browsers: the Tab key turns round at both ends instead.
function keepInside(panel: HTMLElement, event: KeyboardEvent): void {
  const reachable = Array.from(panel.querySelectorAll<HTMLElement>(REACHABLE));
  const first = reachable[0];
  const last = reachable[reachable.length - 1];
  const here = document.activeElement;
  const leaving = event.shiftKey ? here === first || here === panel : here === last;
  if (!leaving || first === undefined || last === undefined) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}
