// What the bundle and the tests of the browser code have in common.
import { readFileSync } from "node:fs";

// The oldest browsers in television sets and tablets that centres already own.
export const target = ["chrome79", "safari14.1"];

// @fontsource offers woff beside woff2, and lets latin-ext win over vietnamese for ă, đ, ơ, ư. Every browser
// we serve reads woff2; and when the Vietnamese faces stand last, the large latin-ext file is never fetched.
export const leanFonts = {
  name: "lean-fonts",
  setup(esbuild) {
    esbuild.onLoad({ filter: /@fontsource.*\.css$/ }, ({ path }) => {
      const faces = readFileSync(path, "utf8").match(/@font-face \{[^}]*\}/g) ?? [];
      const rank = (face) => ["-latin-ext-", "-latin-", "-vietnamese-"].findIndex((set) => face.includes(set));
      const kept = faces
        .filter((face) => rank(face) >= 0)
        .sort((a, b) => rank(a) - rank(b))
        .map((face) => face.replace(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/, ""));
      return { contents: kept.join("\n"), loader: "css" };
    });
  },
};
