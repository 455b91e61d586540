// A few facts side by side: what it is, and how much.
import type { JSX } from "preact";

/** A fact nobody knows is left out. */
export function Facts({ facts }: { facts: { name: string; value: string | null }[] }): JSX.Element {
  const known = facts.filter((each) => each.value !== null);
  return (
    <dl class="facts" data-count={known.length}>
      {known.map(({ name, value }) => (
        <div key={name} class="facts__fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
