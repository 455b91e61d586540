// Who is signed in, the language, and the way out.
import type { JSX } from "preact";
import { Button, LanguageSwitch } from "../shared/components.tsx";
import { useDesk } from "./desk.ts";
import { Facts } from "./parts.tsx";

export function AccountPage(): JSX.Element {
  const { lang, say, session, menu, setLang, signOut } = useDesk();
  const person = session.person;
  return (
    <>
      <div class="page-head">
        <h1 class="page-head__title">{say("place.me")}</h1>
      </div>
      <Facts
        facts={[
          ...(person === null
            ? []
            : ([
                [say("me.name"), person.name],
                [say("me.login"), person.login],
              ] as const)),
          [say("me.site"), session.site.name],
        ]}
      />
      <div class="choice-line">
        <span>{say("language")}</span>
        <LanguageSwitch lang={lang} languages={menu.site.languages} onChange={setLang} />
      </div>
      <Button wide onClick={signOut}>
        {say("me.out")}
      </Button>
    </>
  );
}
