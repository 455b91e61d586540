// What this PC remembers between loads: the counter somebody sits at, and the last one.
const AT = "denluot.counter.at";
const LAST = "denluot.counter.last";

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is switched off: the choice lasts for this page.
  }
}

/** The counter to go back to after a reload or a new log-in; null after leaving it. */
export const counterAt = (): string | null => read(AT);

/** The counter chosen last on this PC. */
export const counterLast = (): string | null => read(LAST);

export function sitDown(counter: string): void {
  write(AT, counter);
  write(LAST, counter);
}

export function standUp(): void {
  write(AT, null);
}
