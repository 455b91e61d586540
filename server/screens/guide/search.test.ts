import assert from "node:assert/strict";
import { test } from "node:test";
import { best, fold, pieces, score } from "./search.ts";

const NAMES = ["Cấp, đổi sổ đất", "Đăng ký khai sinh", "Đăng ký lại khai sinh", "Sang tên, thay đổi về đất"];
const found = (question: string) => best(question, NAMES, (name) => [name]);
const marked = (name: string, question: string) =>
  pieces(name, question)
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join("");

test("names are found without diacritics and in any order of words", () => {
  assert.equal(fold("  Đăng ký  KHAI sinh! "), "dang ky khai sinh");
  assert.deepEqual(found("sinh khai"), ["Đăng ký khai sinh", "Đăng ký lại khai sinh"]);
  assert.deepEqual(found("đất"), ["Cấp, đổi sổ đất", "Sang tên, thay đổi về đất"]);
  assert.deepEqual(found("khai tử"), []);
  assert.deepEqual(found(""), []);
});

test("letters typed as letter and mark are the same as whole letters", () => {
  assert.deepEqual(found("đất".normalize("NFD")), found("dat"));
});

test("a beginning answers better than a middle, words together better than apart", () => {
  assert.ok(score("dang ky khai", "dang ky khai sinh") > score("dang ky khai", "dang ky lai khai sinh"));
  assert.ok(score("so dat", "so dat") > score("so dat", "cap doi so dat"));
});

test("what most people come for is first among those that say the whole question", () => {
  const names = ["Kết hôn với người nước ngoài", "Đăng ký kết hôn", "Khai sinh có yếu tố nước ngoài", "Đăng ký khai sinh"];
  const first = (question: string) => best(question, names, (name) => [name], (name) => name.startsWith("Đăng ký"))[0];
  assert.equal(first("kết hôn"), "Đăng ký kết hôn");
  assert.equal(first("khai sinh"), "Đăng ký khai sinh");
  assert.equal(first("nước ngoài"), "Kết hôn với người nước ngoài");
});

test("what was typed is marked in the name with its diacritics", () => {
  assert.equal(marked("Cấp, đổi sổ đất", "dat"), "Cấp, đổi sổ [đất]");
  assert.equal(marked("Đăng ký khai sinh", "kh si"), "Đăng ký [kh]ai [si]nh");
  assert.equal(marked("Đăng ký".normalize("NFD"), "dang"), `[${"Đăng".normalize("NFD")}] ${"ký".normalize("NFD")}`);
  assert.equal(marked("Hộ tịch", ""), "Hộ tịch");
});
