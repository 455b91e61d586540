// Finding Vietnamese names as people type them: without diacritics, words in any order. As server/domain/search.py.

/** Lower case without diacritics, one space between words: `Đăng ký` → `dang ky`. */
export function fold(text: string): string {
  return bare(text)
    .replace(/[^\p{L}\p{N}._-]+/gu, " ")
    .trim();
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/g, "d");
}

/** How well a folded text answers a folded question; 0 where a word of it is missing. */
export function score(wanted: string, folded: string): number {
  const asked = wanted.split(" ").filter(Boolean);
  if (asked.length === 0 || !asked.every((word) => folded.includes(word))) return 0;
  const padded = ` ${folded}`;
  let points = 1 + 2 * asked.filter((word) => padded.includes(` ${word}`)).length;
  if (folded.includes(wanted)) points += 5;
  if (folded.startsWith(wanted)) points += 5;
  return points;
}

/**
 * The things whose texts answer best, best first; equal ones keep their given order.
 * Those that most people come for are first among those that say the whole question.
 */
export function best<Thing>(
  question: string,
  things: readonly Thing[],
  textsOf: (thing: Thing) => string[],
  isFrequent: (thing: Thing) => boolean = () => false,
): Thing[] {
  const wanted = fold(question);
  return things
    .map((thing, place) => {
      const texts = textsOf(thing).map(fold);
      const first = isFrequent(thing) && texts.some((text) => ` ${text}`.includes(` ${wanted}`));
      return { thing, place, first: Number(first), points: Math.max(0, ...texts.map((text) => score(wanted, text))) };
    })
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.first - a.first || b.points - a.points || a.place - b.place)
    .map(({ thing }) => thing);
}

export interface Piece {
  text: string;
  /** What the question asked for. */
  hit: boolean;
}

/** The name in pieces, with those that the question's words begin marked. */
export function pieces(name: string, question: string): Piece[] {
  const asked = fold(question).split(" ").filter(Boolean);
  const hits = new Array<boolean>(name.length).fill(false);
  const words = /[\p{L}\p{N}\p{M}]+/gu;
  for (let found = words.exec(name); found !== null; found = words.exec(name)) {
    const word = found[0];
    const start = found.index;
    const folded = bare(word);
    const length = Math.max(0, ...asked.filter((each) => folded.startsWith(each)).map((each) => each.length));
    if (length > 0) hits.fill(true, start, start + letters(word, length));
  }
  return join(name, hits);
}

// A letter may be written as several marks: counts those that `count` folded letters take.
function letters(word: string, count: number): number {
  let taken = 0;
  for (let end = 1; end <= word.length; end++) {
    if (bare(word.slice(0, end)).length > count) break;
    taken = end;
  }
  return taken;
}

function join(name: string, hits: boolean[]): Piece[] {
  const found: Piece[] = [];
  for (let i = 0; i < name.length; i++) {
    const last = found[found.length - 1];
    const hit = hits[i] === true;
    if (last !== undefined && last.hit === hit) last.text += name[i];
    else found.push({ text: name[i] ?? "", hit });
  }
  return found;
}
