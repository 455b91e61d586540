// The frame of every page: its title, what stands on it, and the way back below.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** The second tap of a double tap must not land on what has just appeared under the finger. */
const SETTLE = 350;

export interface PageProps {
  name: string;
  title: string;
  /** A line above the title. */
  before?: string | undefined;
  /** A line below it. */
  hint?: string | undefined;
  class?: string;
  footer?: ComponentChildren;
  children?: ComponentChildren;
}

export function Page({ name, title, before, hint, class: extra = "", footer, children }: PageProps): JSX.Element {
  const [settled, setSettled] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    const timer = setTimeout(() => setSettled(true), SETTLE);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class={settled ? "page" : "page page--settling"}>
      <main class={`page__main ${extra}`} data-page={name}>
        <div class="page__title">
          {before !== undefined && <p class="page__before">{before}</p>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {hint !== undefined && <p class="page__hint">{hint}</p>}
        </div>
        {children}
      </main>
      {footer !== undefined && <footer class="footer">{footer}</footer>}
    </div>
  );
}
