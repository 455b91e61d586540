// Earlier and later choices of a list that is too long for one page.
import type { JSX } from "preact";
import { Button } from "../../../server/screens/shared/components.tsx";
import type { Lang } from "../../../server/screens/shared/wire.ts";
import { kioskTexts } from "../words.ts";

export function Pager(props: { page: number; pages: number; lang: Lang; onTurn: (page: number) => void }): JSX.Element | null {
  const { page, pages, lang, onTurn } = props;
  if (pages < 2) return null;
  const say = kioskTexts(lang);
  return (
    <nav class="pager">
      <Button class={page === 0 ? "pager__none" : ""} icon="back" disabled={page === 0} onClick={() => onTurn(page - 1)}>
        {say("page.previous")}
      </Button>
      <p class="pager__of">{say("page.of", { page: page + 1, pages })}</p>
      <Button
        class={page === pages - 1 ? "pager__none" : "pager__next"}
        icon="arrow"
        disabled={page === pages - 1}
        onClick={() => onTurn(page + 1)}
      >
        {say("page.next")}
      </Button>
    </nav>
  );
}
