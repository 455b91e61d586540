// Measures the contrast (WCAG 2.2) of every pair of tokens that stands on one another, on both grounds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync("server/screens/shared/tokens.css", "utf8");

function palette(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split("}")[0] ?? "";
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map((m) => [m[1], m[2]]));
}

const light = palette(":root");
const grounds = { light, dark: { ...light, ...palette('[data-ground="dark"]') } };

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

const AAA = 7;
const SIGN = 3; // borders of controls and other signs that are not words

const pairs: [string, string, number][] = [
  ...["ground", "surface", "sunken", "voice-soft", "now-soft", "good-soft", "care-soft", "trouble-soft"].map(
    (under): [string, string, number] => ["ink", under, AAA],
  ),
  ...["ground", "surface", "sunken"].map((under): [string, string, number] => ["ink-soft", under, AAA]),
  ...["ground", "surface", "voice-soft"].map((under): [string, string, number] => ["voice", under, AAA]),
  ["on-voice", "voice", AAA],
  ["on-voice", "voice-pressed", AAA],
  ["on-now", "now", AAA],
  ["now-ink", "now-soft", AAA],
  ["now-ink", "surface", AAA],
  ["now-ink", "ground", AAA],
  ["good", "good-soft", AAA],
  ["good", "surface", AAA],
  ["care", "care-soft", AAA],
  ["care", "surface", AAA],
  ["trouble", "trouble-soft", AAA],
  ["trouble", "surface", AAA],
  ["on-trouble", "trouble", AAA],
  ["on-trouble", "trouble-pressed", AAA],
  ...["ground", "surface", "sunken"].map((under): [string, string, number] => ["edge", under, SIGN]),
  ["focus", "ground", SIGN],
  ["focus", "surface", SIGN],
  ["focus-halo", "focus", SIGN],
];

for (const [name, colours] of Object.entries(grounds)) {
  for (const [over, under, least] of pairs) {
    test(`${over} can be read on ${under} on the ${name} ground`, () => {
      const ratio = contrast(colours[over] ?? assert.fail(over), colours[under] ?? assert.fail(under));
      assert.ok(ratio >= least, `${over} on ${under}: ${ratio.toFixed(2)}, needs ${least}`);
    });
  }
}

test("contrast is computed as WCAG says", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});
