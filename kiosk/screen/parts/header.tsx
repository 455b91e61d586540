// The band at the top: whose house this is, the time, and the language.
import type { JSX } from "preact";
import { LanguageSwitch } from "../../../server/screens/shared/components.tsx";
import { formatDay, formatTime } from "../../../server/screens/shared/format.ts";
import { useNow } from "../../../server/screens/shared/hooks.ts";
import { nameIn } from "../../../server/screens/shared/texts.ts";
import type { Lang, Menu } from "../../../server/screens/shared/wire.ts";

export function Header(props: { site: Menu["site"]; lang: Lang; onLang: (lang: Lang) => void }): JSX.Element {
  const { site, lang, onLang } = props;
  const now = useNow(1_000);
  return (
    <header class="header">
      <p class="header__site">{site.names === undefined ? site.name : nameIn(lang, site.names)}</p>
      <p class="header__now">
        <span class="header__time">{formatTime(now)}</span>
        <span>{formatDay(now, lang)}</span>
      </p>
      <LanguageSwitch lang={lang} languages={site.languages} onChange={onLang} />
    </header>
  );
}
