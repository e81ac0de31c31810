// Bundles the extension with its client library into one file, bundles the pages of webviews, and adds the licences.
// The page of the architecture is also written to where the command line reads it from.
import { copyFileSync, mkdirSync } from "node:fs";
import { build } from "esbuild";

import { buildPage, writeTemplate } from "./webview/build.mjs";

await build({
  entryPoints: ["src/extension.ts"],
  bundle: true,
  outfile: "dist/extension.js",
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  minify: true,
  sourcemap: false,
});

await buildPage("dist/webview");
writeTemplate("dist/webview", "../../crates/report/page");

mkdirSync("dist", { recursive: true });
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) {
  copyFileSync(`../../crates/${licence}`, `dist/${licence}.txt`);
}
