// What every page of the guide is handed: who works here, the menu, the live picture, the way to other pages.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Live } from "../shared/live.ts";
import type { Board, Issued, Lang, Menu, PrintJob, Session, StaffTicket, Ticket } from "../shared/wire.ts";
import type { Route } from "./route.ts";
import type { GuideSay } from "./words.ts";

/** A ticket that was just taken, and where its slip is printed. */
export interface Taken {
  ticket: Ticket | StaffTicket;
  job: PrintJob | null;
  printer: string | null;
}

export interface Desk {
  lang: Lang;
  say: GuideSay;
  session: Session;
  menu: Menu;
  live: Live;
  board: Board | null;
  /** What was typed in the search: it is still there on the way back. */
  question: string;
  setQuestion: (question: string) => void;
  /** The papers that the citizen in front has, by procedure. */
  ticked: ReadonlyMap<string, ReadonlySet<number>>;
  tick: (procedure: string, paper: number) => void;
  taken: Taken | null;
  /** A number was taken: show it, and remember it for the look-up. */
  showTaken: (issued: Issued, printer: string | null) => void;
  /** The citizen is served: the next one begins with an empty search and no ticks. */
  nextPerson: () => void;
  recent: readonly string[];
  lastPrinter: string | null;
  setLastPrinter: (name: string) => void;
  go: (route: Route) => void;
  signOut: () => void;
  setLang: (lang: Lang) => void;
}

export const DeskContext = createContext<Desk | null>(null);

/** The desk; only pages inside the signed-in frame may ask for it. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("a page of the guide stands outside its frame");
  return desk;
}
