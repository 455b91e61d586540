// What to have in the hand before waiting: the papers, the fee, how long it takes.
import type { JSX } from "preact";
import type { Lang, Procedure } from "../../../server/screens/shared/wire.ts";
import { kioskTexts, quantityWords } from "../words.ts";

export function Papers({ procedure, lang, most }: { procedure: Procedure; lang: Lang; most: number }): JSX.Element | null {
  const say = kioskTexts(lang);
  const { documents, fee, time } = procedure;
  if (documents.length === 0) return null;
  const costs = [[say("confirm.fee"), fee] as const, [say("confirm.time"), time] as const].filter(([, value]) => value !== null);
  // Never "and one more": that one takes no more room than saying so.
  const shown = documents.length > most ? documents.slice(0, most - 1) : documents;
  return (
    <section class="papers" aria-label={say("confirm.papers")}>
      <h2>{say("confirm.papers")}</h2>
      <ul class="papers__list" lang="vi">
        {shown.map((paper) => {
          const notes = [quantityWords(paper, lang), inSentence(paper.condition)].filter((note) => note !== null);
          return (
            <li key={paper.name} class="papers__paper">
              {paper.name}
              {notes.length > 0 && <span class="papers__condition"> ({notes.join("; ")})</span>}
            </li>
          );
        })}
      </ul>
      {shown.length < documents.length && <p>{say("confirm.more", { n: documents.length - shown.length })}</p>}
      <dl class="papers__costs" lang="vi">
        {costs.map(([name, value]) => (
          <div key={name}>
            <dt>{name}: </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="papers__hint">{say("confirm.papers.hint")}</p>
    </section>
  );
}

// "Khi đi làm thay" stands in brackets after the paper's name.
function inSentence(condition: string | null): string | null {
  return condition === null ? null : condition.charAt(0).toLowerCase() + condition.slice(1);
}
