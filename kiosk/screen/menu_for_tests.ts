// A menu of any size for the tests beside; each field has two lines, each frequent procedure its field's first.
import type { Frequent, Menu, Opening } from "../../server/screens/shared/wire.ts";

const OPEN: Opening = { open: true, closed_because: null, opens_at: null, occasion: null };

export function demoMenu({ fields, frequent }: { fields: number; frequent: number }): Menu {
  const numbers = Array.from({ length: fields }, (_, n) => n);
  return {
    site: { code: "demo", name: "Trung tâm", languages: ["vi", "en"] },
    ...OPEN,
    fields: numbers.map((n) => ({ code: `f${n}`, names: { vi: `Lĩnh vực ${n}` }, services: [`s${n}`, `t${n}`] })),
    services: numbers.flatMap((n) =>
      [`s${n}`, `t${n}`].map((code) => ({
        code,
        names: { vi: `Dịch vụ ${code}` },
        field: `f${n}`,
        prefix: "A",
        ...OPEN,
        waiting: n,
        counters: [String(n + 1)],
        estimated_wait: null,
      })),
    ),
    frequent: Array.from({ length: fields === 0 ? 0 : frequent }, (_, n) => ({
      kind: "procedure",
      code: `p${n}`,
      names: { vi: `Thủ tục ${n}` },
      service: `s${n % fields}`,
      field: `f${n % fields}`,
    })),
    priority_classes: [
      { code: "cao-tuoi", names: { vi: "Người từ 75 tuổi trở lên" }, proof: { vi: "Căn cước" }, kiosk: true },
      { code: "mang-thai", names: { vi: "Phụ nữ mang thai" }, proof: { vi: "Không cần giấy tờ" }, kiosk: true },
      { code: "nguoi-co-cong", names: { vi: "Người có công" }, proof: { vi: "Giấy chứng nhận" }, kiosk: false },
    ],
    printer: null,
  };
}

/** A line of that menu among the frequent: "s0" or "t0" of field 0. */
export function frequentLine(code: string): Frequent {
  return { kind: "service", code, names: { vi: `Dịch vụ ${code}` }, service: code, field: `f${code.slice(1)}` };
}
