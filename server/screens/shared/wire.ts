// What travels between the server and the screens: every answer and picture, by its name in the contract.

export type Lang = "vi" | "en";

/** A name in the languages of the site; Vietnamese is always there. */
export interface Names {
  vi: string;
  en?: string;
}

/** RFC 3339 with offset. */
export type Time = string;

export type TicketState = "waiting" | "called" | "serving" | "held" | "no_show" | "finished" | "cancelled";
export type CounterState = "closed" | "open" | "paused";
export type PrintJobState = "queued" | "sending" | "sent" | "confirmed" | "unconfirmed" | "failed";
export type PrintFailure = "offline" | "paper_out" | "cover_open" | "timeout" | "error";
export type PrinterState = "ready" | "unknown" | "offline" | "paper_out" | "paper_near_end" | "cover_open" | "error";
export type Role = "kiosk" | "display" | "printer" | "officer" | "volunteer" | "manager" | "admin";

export interface Wait {
  low_minutes: number;
  high_minutes: number;
}

export interface SiteName {
  code: string;
  name: string;
}

/** RFC 9457 problem document; further facts stand beside the known fields. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  [fact: string]: unknown;
}

// --- who am I, pairing ---------------------------------------------------------------------------

export interface Device {
  id: string;
  name: string;
  kind: "kiosk" | "display";
  hall: SiteName | null;
  printer: string | null;
}

export interface Session {
  role: Role;
  site: SiteName;
  person: { id: string; name: string; login: string } | null;
  device: Device | null;
  csrf: string | null;
}

export interface Pairing {
  code: string;
  secret: string;
  expires_at: Time;
}

export type PairingClaim = { state: "waiting" } | { state: "paired"; token: string; site: string; device: Device };

// --- kiosk, guide --------------------------------------------------------------------------------

export type ClosedBecause = "service_closed" | "outside_hours" | "quota_reached";

/** Whether numbers are given out, and if not, why and from when on. */
export interface Opening {
  open: boolean;
  /** The code of the refusal that a citizen would meet; null while open. */
  closed_because: ClosedBecause | null;
  /** Null while open, and where nobody knows. */
  opens_at: Time | null;
  /** The name of today's closed or special day, such as Tết. */
  occasion: string | null;
}

export interface MenuField {
  code: string;
  names: Names;
  services: string[];
}

export interface MenuService extends Opening {
  code: string;
  names: Names;
  field: string;
  prefix: string;
  waiting: number;
  /** Numbers of the counters that serve it. */
  counters: string[];
  estimated_wait: Wait | null;
}

/** What most people come for: a procedure, or a whole line, such as collecting a result. */
export interface Frequent {
  kind: "procedure" | "service";
  code: string;
  names: Names;
  /** The line it leads to; of a service its own code. */
  service: string;
  field: string;
}

export interface PriorityClass {
  code: string;
  names: Names;
  proof: Names;
  kiosk: boolean;
}

/** Open while one service is; else its first opening. */
export interface Menu extends Opening {
  site: SiteName & { names?: Names; languages: Lang[] };
  fields: MenuField[];
  services: MenuService[];
  frequent: Frequent[];
  priority_classes: PriorityClass[];
  printer: { name: string; state: PrinterState; reason: string | null } | null;
}

export interface FoundProcedure {
  code: string;
  name: string;
  /** The title by law, where `name` is a shorter one. */
  official_name?: string;
  field: string;
  service: string;
}

export interface Procedure {
  code: string;
  name: string;
  official_name?: string;
  field: string;
  service: string;
  service_name: string;
  counters: string[];
  documents: { name: string; originals: number; copies: number; condition: string | null }[];
  fee: string | null;
  time: string | null;
  portal_url: string | null;
}

export interface PrinterRow {
  name: string;
  paper: 58 | 80;
  state: PrinterState;
  reason: string | null;
  hall: string | null;
}

// --- tickets -------------------------------------------------------------------------------------

/** What issuing answers, and the part every ticket has. */
export interface Ticket {
  id: string;
  number: string;
  token: string;
  state: TicketState;
  service: string;
  field: string;
  people_ahead: number;
  estimated_wait: Wait | null;
  status_url: string;
  issued_at: Time;
}

/** A ticket as staff see it. */
export interface StaffTicket extends Ticket {
  service_name: string;
  procedure: string | null;
  priority: string | null;
  counter: string | null;
  state_since: Time;
  called_at: Time | null;
  calls: number;
  reason?: string | null;
  call_id?: string;
}

export type TicketWish = ({ service: string } | { procedure: string } | { procedures: string[] }) & {
  priority?: string;
  language?: Lang;
  printer?: string;
};

export interface PrintJob {
  id: string;
  state: PrintJobState;
  reason?: PrintFailure | null;
}

export interface Issued {
  ticket: Ticket;
  print_job: PrintJob | null;
}

// --- pictures ------------------------------------------------------------------------------------

/** `epoch` names the database, `revision` grows within it. */
export interface Picture {
  epoch: string;
  revision: number;
  server_time: Time;
}

export interface Call {
  call_id: string;
  number: string;
  /** The counter's number: "3". */
  counter: string;
  called_at: Time;
  recall: boolean;
}

export interface Board extends Picture {
  site: string;
  hall: string | null;
  /** Oldest first; all of the last ten minutes and at least the last fifty. */
  calls: Call[];
  /** Calls whose ticket is still called. */
  active_calls: string[];
  serving: { number: string; counter: string }[];
  next: { service: string; numbers: string[] }[];
  waiting: Record<string, number>;
}

export interface TicketPicture extends Picture {
  site: SiteName & { names?: Names };
  number: string;
  state: TicketState;
  service: SiteName & { names?: Names };
  field: SiteName & { names?: Names };
  procedure: string | null;
  people_ahead: number;
  estimated_wait: Wait | null;
  counter: string | null;
  hall: string | null;
  issued_at: Time;
  state_since: Time;
  /** Numbers called or being served for this service. */
  serving_now: string[];
}

export interface WaitingRow {
  id: string;
  number: string;
  service: string;
  service_name: string;
  procedure: string | null;
  priority: string | null;
  waiting_since: Time;
  returned: boolean;
}

export interface CounterPicture extends Picture {
  site: SiteName;
  counter: {
    id: string;
    number: string;
    name: string;
    state: CounterState;
    hall: SiteName;
    agency: string | null;
    officer: { id: string; name: string } | null;
    services: { code: string; name: string; prefix: string }[];
  };
  ticket: StaffTicket | null;
  waiting: WaitingRow[];
  waiting_total: number;
  held: { id: string; number: string; service_name: string; since: Time; reason: string | null }[];
  no_shows: { id: string; number: string; service_name: string; since: Time }[];
  site_services: { code: string; name: string }[];
  site_counters: { id: string; number: string; name: string; state: CounterState; services: string[] }[];
}

export interface CounterRow {
  id: string;
  number: string;
  name: string;
  state: CounterState;
  services: string[];
  ticket: { id: string; number: string; state: TicketState } | null;
  /** The hall's code. */
  hall: string;
  hall_name?: string;
  agency: string | null;
  /** The name of who holds it; staff alone see this. */
  officer: string | null;
}

// --- Socket.IO -----------------------------------------------------------------------------------

/** Each kind of picture is also the name of the event that brings it. */
export interface Pictures {
  board: Board;
  counter: CounterPicture;
  ticket: TicketPicture;
}
export type PictureKind = keyof Pictures;

/** What `watch` is emitted with. */
export interface Subjects {
  board: { site: string; hall?: string };
  counter: { counter: string };
  ticket: { ticket: string };
}
