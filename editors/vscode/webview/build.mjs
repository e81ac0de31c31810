// Bundles the page into one script and one style sheet, and both into one file that needs only data:
//   dist/webview/architecture.js, architecture.css   for the webview
//   dist/webview/architecture.html                   to be filled in: __NONCE__, __TITLE__, __DATA__ (JSON without `</`)
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const here = new URL(".", import.meta.url);
const read = (name) => readFileSync(new URL(name, here), "utf8");

/**
 * Writes the page into the crate that fills it in, with a fingerprint of the page and of each source: a test of that
 * crate, which needs no bundler, uses them to detect a stale page.
 */
export function writeTemplate(built, crate) {
  const page = readFileSync(`${built}/architecture.html`, "utf8");
  const sources = readdirSync(new URL("src", here))
    .filter((name) => !name.endsWith(".test.ts"))
    .map((name) => `src/${name}`);
  const rows = ["build.mjs", "page.css", "picture.css", ...sources].sort().map((name) => [name, read(name)]);
  const lines = [["architecture.html", page], ...rows].map(([name, text]) => `${fingerprint(text)} ${name}\n`);
  mkdirSync(crate, { recursive: true });
  writeFileSync(`${crate}/architecture.html`, page);
  writeFileSync(`${crate}/sources.txt`, lines.join(""));
}

/** FNV-1a of 64 bits, over UTF-8 without carriage returns. */
function fingerprint(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text.replaceAll("\r", ""))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/** Builds the page into a folder. */
export async function buildPage(folder) {
  const options = { bundle: true, minify: true, write: false, legalComments: "none", target: "es2022" };
  const script = await build({
    ...options,
    entryPoints: [new URL("src/main.ts", here).pathname],
    format: "iife",
    loader: { ".css": "text" },
  });
  const style = await build({
    ...options,
    stdin: { contents: `${read("page.css")}\n${read("picture.css")}`, loader: "css" },
  });
  const [js, css] = [script, style].map(({ outputFiles }) => outputFiles[0].text.trim());
  const page = [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'nonce-__NONCE__'; script-src 'nonce-__NONCE__'\">",
    "<title>__TITLE__</title>",
    `<style nonce="__NONCE__">${css}</style>`,
    "</head>",
    "<body>",
    '<script type="application/json" id="architecture">__DATA__</script>',
    `<script nonce="__NONCE__">${js.replaceAll("</script", "<\\/script")}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/architecture.js`, `${js}\n`);
  writeFileSync(`${folder}/architecture.css`, `${css}\n`);
  writeFileSync(`${folder}/architecture.html`, page);
}
