// Times, dates and waits in the local form. The hall's clock is Vietnam's, whatever the PC's zone says.
import type { Lang, Time, Wait } from "./wire.ts";

const ZONE = "Asia/Ho_Chi_Minh";

interface Parts {
  weekday: string;
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
  second: string;
}

const reader = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  weekday: "short",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

function read(time: Time | number | Date): Parts {
  const parts = reader.formatToParts(time instanceof Date ? time : new Date(time));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value])) as unknown as Parts;
}

/** 07:45 */
export function formatTime(time: Time | number | Date): string {
  const { hour, minute } = read(time);
  return `${hour}:${minute}`;
}

/** 22/11/2026 */
export function formatDate(time: Time | number | Date): string {
  const { day, month, year } = read(time);
  return `${day}/${month}/${year}`;
}

const WEEKDAYS: Record<string, Record<Lang, string>> = {
  Mon: { vi: "Thứ Hai", en: "Monday" },
  Tue: { vi: "Thứ Ba", en: "Tuesday" },
  Wed: { vi: "Thứ Tư", en: "Wednesday" },
  Thu: { vi: "Thứ Năm", en: "Thursday" },
  Fri: { vi: "Thứ Sáu", en: "Friday" },
  Sat: { vi: "Thứ Bảy", en: "Saturday" },
  Sun: { vi: "Chủ Nhật", en: "Sunday" },
};

/** Chủ Nhật, 22/11/2026 */
export function formatDay(time: Time | number | Date, lang: Lang = "vi"): string {
  return `${WEEKDAYS[read(time).weekday]?.[lang] ?? ""}, ${formatDate(time)}`;
}

/** 45 phút · 1 giờ 05 phút · dưới 1 phút. Takes minutes. */
export function formatMinutes(minutes: number, lang: Lang = "vi"): string {
  const whole = Math.max(0, Math.round(minutes));
  if (whole === 0) return lang === "vi" ? "dưới 1 phút" : "under 1 minute";
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  const [h, m] = lang === "vi" ? ["giờ", "phút"] : ["h", "min"];
  if (hours === 0) return `${rest} ${m}`;
  return rest === 0 ? `${hours} ${h}` : `${hours} ${h} ${String(rest).padStart(2, "0")} ${m}`;
}

/** khoảng 10–15 phút · khoảng 1 giờ – 1 giờ 30 phút · dưới 5 phút; null when nobody can tell. */
export function formatWait(wait: Wait | null, lang: Lang = "vi"): string | null {
  if (wait === null) return null;
  const { low_minutes: low, high_minutes: high } = wait;
  const about = lang === "vi" ? "khoảng" : "about";
  if (high <= 0) return lang === "vi" ? "gần như ngay" : "almost at once";
  if (low <= 0) return `${lang === "vi" ? "dưới" : "under"} ${formatMinutes(high, lang)}`;
  if (low === high) return `${about} ${formatMinutes(high, lang)}`;
  if (high < 60) return `${about} ${low}–${high} ${lang === "vi" ? "phút" : "min"}`;
  return `${about} ${formatMinutes(low, lang)} – ${formatMinutes(high, lang)}`;
}

/** 04:09 · 1:04:09: a stop watch, for officers only. Takes milliseconds. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

/** 1.250 · 1,250 */
export function formatCount(count: number, lang: Lang = "vi"): string {
  return String(Math.trunc(count)).replace(/\B(?=(\d{3})+$)/g, lang === "vi" ? "." : ",");
}
