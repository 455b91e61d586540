// A dialog: the browser's own keeps the focus inside, gives it back, and closes on Escape.
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Lang } from "../../server/screens/shared/wire.ts";
import { wordsIn } from "./words.ts";

export interface DialogProps {
  name: string;
  title: string;
  lang: Lang;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ name, title, lang, onClose, children }: DialogProps): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  // At once: what is typed next belongs to the dialog.
  useLayoutEffect(() => {
    const opened = box.current!;
    opened.showModal();
    // The first thing to do in it, not the close button.
    (opened.querySelector<HTMLElement>("[data-first]") ?? opened).focus();
    return () => {
      gone.current = true;
      opened.close();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={`dialog dialog--${name}`}
      aria-labelledby={`dialog-${name}`}
      data-testid={`dialog-${name}`}
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // A browser may close it without asking first. What we closed ourselves tells of it late: not to the next dialog.
      onClose={() => gone.current || onClose()}
      onClick={(event) => {
        if (event.target === box.current) onClose();
      }}
    >
      <div class="dialog__page">
        <header class="dialog__head">
          <h2 id={`dialog-${name}`}>{title}</h2>
          <button type="button" class="dialog__close" onClick={onClose}>
            {wordsIn(lang)("close")} <kbd>Esc</kbd>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
