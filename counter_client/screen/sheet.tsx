// The dialog that is open over the desk.
import type { JSX } from "preact";
import type { Lang } from "../../server/screens/shared/wire.ts";
import { CallChosenDialog } from "./call_chosen.tsx";
import { bodyFor } from "./goals.ts";
import { HelpDialog, MenuDialog, WhyDialog } from "./sheets.tsx";
import { TransferDialog } from "./transfer.tsx";
import type { DeskState } from "./use_desk.ts";

export interface SheetProps {
  desk: DeskState;
  site: string;
  person: string;
  lang: Lang;
  onLang: (lang: Lang) => void;
  onChoose: () => void;
}

export function Sheet({ desk, site, person, lang, onLang, onChoose }: SheetProps): JSX.Element | null {
  const { open, picture, stand, fresh, press } = desk;
  const busy = desk.pressing.busy !== null;
  const onClose = () => desk.show(null);
  if (open === null) return null;
  if (open.is === "help") return <HelpDialog lang={lang} onClose={onClose} />;
  if (open.is === "menu") {
    return (
      <MenuDialog
        {...{ picture, stand, person, lang, fresh, onLang, onChoose, onClose }}
        onBreak={desk.pause}
        onCloseCounter={() => void press("close")}
        onLeave={() => void desk.leave()}
        onHelp={() => desk.show({ is: "help" })}
      />
    );
  }
  if (open.is === "call") {
    return (
      <CallChosenDialog
        {...{ site, lang, busy, onClose }}
        waiting={picture?.waiting ?? []}
        chosen={open.row}
        onCall={(row, reason) => {
          void press("call", { facts: { ticket: row.id, reason }, number: row.number }).then((went) => {
            if (went) desk.primary.current?.focus();
          });
        }}
      />
    );
  }
  const ticket = picture?.ticket ?? null;
  if (picture === null || ticket === null) return null;
  if (open.is === "transfer") {
    return (
      <TransferDialog
        {...{ picture, ticket, lang, busy, onClose }}
        onTransfer={(goal, name) => void press("transfer", { facts: bodyFor(goal), about: name })}
      />
    );
  }
  const act = open.is;
  return (
    <WhyDialog
      {...{ act, lang, busy, onClose }}
      number={ticket.number}
      onReason={(reason) => void press(act, { facts: { reason } })}
    />
  );
}
