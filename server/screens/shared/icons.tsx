// Icons in one line weight (2 on 24); they always stand beside words, so screen readers skip them.
import type { JSX } from "preact";

const paths = {
  arrow: "M4 12h15M13 6l6 6-6 6",
  back: "M20 12H5M11 6l-6 6 6 6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  cross: "M6 6l12 12M18 6L6 18",
  clock: "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM12 7.5V12l3 2",
  people: "M9 11a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.3a3.5 3.5 0 0 1 0 6.4M17.5 14.2c2.4.7 4 2.9 4 5.8",
  printer: "M7 9V3h10v6M7 17H4v-6.5C4 9.7 4.7 9 5.5 9h13c.8 0 1.5.7 1.5 1.5V17h-3M7 14h10v7H7z",
  phone: "M8 2.5h8c.8 0 1.5.7 1.5 1.5v16c0 .8-.7 1.5-1.5 1.5H8c-.8 0-1.5-.7-1.5-1.5V4c0-.8.7-1.5 1.5-1.5zM11 18.5h2",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zM15.5 15.5L20.5 20.5",
  warning: "M12 3.5L22 20.5H2zM12 10v5M12 17.6v.4",
  info: "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM12 11v5.5M12 7.5v.4",
  speaker: "M4 9.5h3.5L12 5.5v13l-4.5-4H4zM15.5 9a4.3 4.3 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  wheelchair: "M10 5.5v7.5h6l3 6M10 9h5M8.3 11.3a5 5 0 1 0 6 6.3M10 2.6v.4",
  ticket: "M4 6.5h16v3.7a2 2 0 0 0 0 3.6v3.7H4v-3.7a2 2 0 0 0 0-3.6zM14 10v4",
  person: "M12 3.5a4 4 0 1 1 0 8a4 4 0 0 1 0-8zM4.5 20.5c.4-3.7 3.5-6 7.5-6s7.1 2.3 7.5 6",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v2h-2M14 20h2v-2M18 20h2v-1",
  more: "M6 9.5l6 6l6-6",
  link: "M13 5h6v6M19 5l-8.5 8.5M16 14.5V19H5V8h4.5",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, class: extra }: { name: IconName; class?: string }): JSX.Element {
  return (
    <svg
      class={extra === undefined ? "icon" : `icon ${extra}`}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
