// How much room words need in the display's typeface, so that the longest still stand whole.

const FIGURE = 0.61;
const NARROW = 0.33;
const LOWER = 0.57;
const CAPITAL = 0.7;
const WIDE = 0.93;

/** The width of a text in bold letters of size 1, a little generous. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of plain(text)) width += widthOfLetter(letter);
  return width;
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

function widthOfLetter(letter: string): number {
  if (/[0-9]/.test(letter)) return FIGURE;
  if (/[mwMW]/.test(letter)) return WIDE;
  if (/[iljftr .,:;'()\-–]/.test(letter)) return NARROW;
  if (/\p{Lu}/u.test(letter)) return CAPITAL;
  return LOWER;
}

/** How many lines a text takes in a column that is `room` letter sizes wide, broken between words. */
export function linesOf(text: string, room: number): number {
  let lines = 1;
  let used = 0;
  for (const word of text.split(/\s+/)) {
    const width = widthOf(word);
    if (used > 0 && used + NARROW + width > room) {
      lines += 1;
      used = 0;
    }
    used += (used > 0 ? NARROW : 0) + width;
    // One word wider than the column breaks inside.
    lines += Math.floor(used / room);
    used %= room;
  }
  return lines;
}

/** The arrow with the air on both its sides. */
const ARROW = 1.1;
/** The word "Quầy" beside the counter's figures, in the large call. */
export const SMALL_WORD = 0.62;

export interface CallSize {
  /** The widest the whole may be. */
  room: number;
  /** The size of the figures while there is room. */
  most: number;
  /** How large the counter's word is, measured by its figures. */
  word: number;
}

/** The size of the figures in `A014 → Quầy 3`, in the unit of `room`: as large as may be, and never cut off. */
export function callSize(number: string, word: string, counter: string, { room, most, word: scale }: CallSize): number {
  const width = widthOf(number) + ARROW + widthOf(word) * scale + widthOf(counter);
  return Math.min(most, room / width);
}

/** The size of a line of words, as large as may be, and never cut off. */
export function textSize(text: string, { room, most }: Omit<CallSize, "word">): number {
  return Math.min(most, room / Math.max(1, widthOf(text)));
}

/** Pixels of a screen of 1920 × 1080 as CSS: the page's rem is 16 of them on any set. */
export function rem(pixels: number): string {
  return `${(pixels / 16).toFixed(3)}rem`;
}
