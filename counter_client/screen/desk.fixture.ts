// A counter with its officer, for the tests beside this folder's code.
import type { CounterPicture, StaffTicket, WaitingRow } from "../../server/screens/shared/wire.ts";

export const me = { id: "7", name: "Vũ Đức Anh" };

export function counter(over: Partial<CounterPicture["counter"]> = {}): CounterPicture["counter"] {
  return {
    id: "5",
    number: "5",
    name: "Hộ tịch",
    state: "open",
    hall: { code: "khu-a", name: "Khu A – Tầng 1" },
    agency: "Sở Tư pháp",
    officer: me,
    services: [{ code: "ho-tich", name: "Hộ tịch", prefix: "A" }],
    ...over,
  };
}

export function ticket(over: Partial<StaffTicket> = {}): StaffTicket {
  return {
    id: "77",
    number: "A014",
    token: "t",
    state: "called",
    service: "ho-tich",
    service_name: "Hộ tịch",
    field: "ho-tich",
    procedure: null,
    priority: null,
    counter: "5",
    people_ahead: 0,
    estimated_wait: null,
    status_url: "/t/t",
    issued_at: "2026-11-22T07:45:00+07:00",
    state_since: "2026-11-22T07:57:00+07:00",
    called_at: "2026-11-22T07:57:00+07:00",
    calls: 1,
    ...over,
  };
}

export function row(over: Partial<WaitingRow> = {}): WaitingRow {
  return {
    id: "80",
    number: "A015",
    service: "ho-tich",
    service_name: "Hộ tịch",
    procedure: "Đăng ký khai sinh",
    priority: null,
    waiting_since: "2026-11-22T07:50:00+07:00",
    returned: false,
    ...over,
  };
}

export function picture(over: Partial<CounterPicture> = {}): CounterPicture {
  return {
    epoch: "e1",
    revision: 1,
    server_time: "2026-11-22T08:00:00+07:00",
    site: { code: "demo", name: "Trung tâm" },
    counter: counter(),
    ticket: null,
    waiting: [],
    waiting_total: 0,
    held: [],
    no_shows: [],
    site_services: [
      { code: "ho-tich", name: "Hộ tịch" },
      { code: "nha-dat", name: "Sang tên, thay đổi về đất" },
      { code: "thue", name: "Thuế" },
    ],
    site_counters: [
      { id: "5", number: "5", name: "Hộ tịch", state: "open", services: ["ho-tich"] },
      { id: "1", number: "1", name: "Trả kết quả", state: "closed", services: [] },
      { id: "12", number: "12", name: "Đăng ký xe", state: "closed", services: [] },
      { id: "13", number: "13", name: "Sang tên đất", state: "open", services: ["nha-dat"] },
    ],
    ...over,
  };
}
