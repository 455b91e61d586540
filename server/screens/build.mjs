// Bundles the screens that exist into the folder named on the command line.
// Usage: node server/screens/build.mjs [OUT] (default: server/screens/dist)
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { leanFonts, target } from "./esbuild_parts.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const out = resolve(process.argv[2] ?? join(root, "server/screens/dist"));

const entries = {
  kiosk: "kiosk/screen/main.tsx",
  display: "display/screen/main.tsx",
  counter: "counter_client/screen/main.tsx",
  guide: "server/screens/guide/main.tsx",
  ticket: "server/screens/ticket/main.tsx",
  manage: "server/screens/manage/main.ts",
};

const present = Object.fromEntries(
  Object.entries(entries).filter(([, path]) => existsSync(join(root, path))),
);

const result = await build({
  absWorkingDir: root,
  entryPoints: present,
  outdir: out,
  bundle: true,
  minify: true,
  target,
  format: "iife",
  charset: "utf8",
  legalComments: "external",
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "file", ".wav": "file", ".mp3": "file" },
  jsx: "automatic",
  jsxImportSource: "preact",
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [leanFonts],
  metafile: true,
  write: false,
  logLevel: "warning",
});

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const file of result.outputFiles) {
  writeFileSync(file.path, file.contents);
  if (/\.(js|css)$/.test(file.path)) {
    writeFileSync(`${file.path}.gz`, gzipSync(file.contents, { level: 9 }));
  }
}

const manifest = {};
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  const name = Object.keys(present).find((each) => present[each] === output.entryPoint);
  if (name === undefined || !path.endsWith(".js")) continue;
  const css = output.cssBundle === undefined ? null : basename(output.cssBundle);
  manifest[name] = { js: basename(path), css, fonts: css === null ? [] : firstFonts(css) };
}
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

// The faces nearly every screen paints first: worth asking for before the stylesheet has come.
function firstFonts(css) {
  const text = readFileSync(join(out, css), "utf8");
  return ["latin-400", "vietnamese-400"].flatMap((face) => {
    const found = text.match(new RegExp(`[a-z-]*-sans-${face}-normal-[A-Z0-9]+\\.woff2`));
    return found === null ? [] : [found[0]];
  });
}

const digest = createHash("sha256").update(JSON.stringify(manifest)).digest("hex").slice(0, 12);
console.log(`screens: ${Object.keys(manifest).join(", ")} (${digest})`);
