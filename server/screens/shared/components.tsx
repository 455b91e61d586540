// The few pieces that look and behave the same on every screen.
import type { ButtonHTMLAttributes, ComponentChildren, JSX } from "preact";
import { encode } from "uqr";
import { formatTime } from "./format.ts";
import { Offline, type Refusal } from "./http.ts";
import { Icon, type IconName } from "./icons.tsx";
import type { LiveStatus } from "./live.ts";
import { problemText, texts } from "./texts.ts";
import type { Lang } from "./wire.ts";

export type ButtonProps = Omit<ButtonHTMLAttributes, "type" | "disabled" | "icon"> & {
  look?: "primary" | "secondary" | "quiet" | "danger";
  icon?: IconName;
  wide?: boolean;
  /** Its act is under way: stays in place and keeps the focus, takes no second press. */
  busy?: boolean;
  disabled?: boolean;
  type?: "button" | "submit";
  children?: ComponentChildren;
};

export function Button(props: ButtonProps): JSX.Element {
  const { look = "secondary", icon, wide = false, busy = false, type = "button", children, onClick, ...rest } = props;
  const names = ["button", `button--${look}`, wide ? "button--wide" : "", String(rest.class ?? "")];
  return (
    <button
      {...rest}
      type={type}
      class={names.filter(Boolean).join(" ")}
      aria-disabled={busy ? "true" : undefined}
      aria-busy={busy ? "true" : undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

export interface TurnProps {
  number: string;
  /** The counter's number; null shows the number alone. */
  counter: string | null;
  lang: Lang;
  /** Counter below the number, for narrow screens. */
  stacked?: boolean;
  class?: string;
}

/** A014 → Quầy 3: the same everywhere. Its size is the class's font-size (default --number). */
export function Turn({ number, counter, lang, stacked = false, class: extra = "" }: TurnProps): JSX.Element {
  const say = texts(lang);
  const spoken = counter === null ? `${say("number")} ${number}` : say("call.spoken", { number, counter });
  return (
    <span class={`turn ${stacked ? "turn--stacked" : ""} ${extra}`}>
      <span class="visually-hidden">{spoken}</span>
      <span class="turn__number" aria-hidden="true">
        {number}
      </span>
      {counter !== null && <Icon name="arrow" class="turn__arrow" />}
      {counter !== null && (
        <span class="turn__counter" aria-hidden="true">
          {say("counter.n", { counter })}
        </span>
      )}
    </span>
  );
}

/** Whether what stands on the screen is fresh. `quiet` leaves it out while it is. */
export function LiveBadge(props: { status: LiveStatus; lang: Lang; quiet?: boolean }): JSX.Element {
  const { status, lang, quiet = false } = props;
  const words = texts(lang)(`live.${status.state}`, { time: formatTime(status.since) });
  return (
    <span role="status">
      {!(quiet && status.state === "live") && (
        <span class={`live live--${status.state}`}>
          <span class="live__sign" aria-hidden="true" />
          <span>{words}</span>
        </span>
      )}
    </span>
  );
}

/** A QR code of `value` with its quiet zone; `label` says to a screen reader what it opens. */
export function QrCode({ value, label, size }: { value: string; label: string; size: number }): JSX.Element {
  const { data, size: modules } = encode(value, { ecc: "M", border: 4 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${modules} ${modules}`}
      shape-rendering="crispEdges"
    >
      <path fill="#000" d={path} />
    </svg>
  );
}

export type Tone = "plain" | "good" | "care" | "trouble";

const TONE_ICONS: Record<Tone, IconName> = { plain: "info", good: "check", care: "info", trouble: "warning" };

export interface NoticeProps {
  tone?: Tone;
  title?: string;
  /** Buttons, in their order. */
  actions?: ComponentChildren;
  children?: ComponentChildren;
}

export function Notice({ tone = "plain", title, actions, children }: NoticeProps): JSX.Element {
  return (
    <div class={`notice notice--${tone}`} role={tone === "trouble" ? "alert" : "status"}>
      <Icon name={TONE_ICONS[tone]} class="notice__icon" />
      {title !== undefined && <p class="notice__title">{title}</p>}
      {children !== undefined && <div class="notice__body">{children}</div>}
      {actions !== undefined && actions !== false && <div class="notice__actions">{actions}</div>}
    </div>
  );
}

/** What went wrong, in kind words, and the way on. A refusal is a word of care, not of trouble. */
export function ProblemNotice(props: {
  error: Refusal | Offline;
  lang: Lang;
  onRetry?: () => void;
}): JSX.Element {
  const { error, lang, onRetry } = props;
  return (
    <Notice
      tone={error instanceof Offline ? "trouble" : "care"}
      actions={
        onRetry !== undefined && (
          <Button look="secondary" onClick={onRetry}>
            {texts(lang)("retry")}
          </Button>
        )
      }
    >
      {problemText(error, lang)}
    </Notice>
  );
}

/** One press to the other language; hidden when there is only one. */
export function LanguageSwitch(props: {
  lang: Lang;
  languages?: readonly Lang[];
  onChange: (lang: Lang) => void;
}): JSX.Element | null {
  const { lang, languages = ["vi", "en"], onChange } = props;
  if (languages.length < 2) return null;
  const say = texts(lang);
  return (
    <div class="languages" role="group" aria-label={say("language")}>
      {languages.map((each) => (
        <button
          key={each}
          type="button"
          class="languages__choice"
          lang={each}
          aria-pressed={each === lang ? "true" : "false"}
          onClick={() => onChange(each)}
        >
          {say(`language.${each}`)}
        </button>
      ))}
    </div>
  );
}
