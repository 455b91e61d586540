// Runs the tests that stand beside the browser code (*.test.ts, *.test.tsx) in Node's own test runner.
// Usage: node server/screens/test.mjs [PART OF A PATH …]
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const folders = ["server/screens", "kiosk/screen", "display/screen", "counter_client/screen"];
const asked = process.argv.slice(2);

const tests = folders
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, String(name))),
  )
  .filter((path) => /\.test\.tsx?$/.test(path))
  .filter((path) => asked.length === 0 || asked.some((part) => path.includes(part)));
if (tests.length === 0) throw new Error("no test stands beside the browser code");

mkdirSync(join(root, "node_modules"), { recursive: true });
const out = mkdtempSync(join(root, "node_modules/.denluot-tests-"));
try {
  await build({
    absWorkingDir: root,
    entryPoints: tests.map((path) => ({ in: path, out: relative(root, path).replace(/[\\/]/g, "_") })),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    sourcemap: "inline",
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".css": "empty" },
    logLevel: "warning",
  });
  const built = readdirSync(out).map((name) => join(out, name));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...built], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, TZ: "America/New_York" }, // the hall's clock never depends on the PC's zone
  });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
