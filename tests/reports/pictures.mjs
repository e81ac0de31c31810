// Checks pictures with the real parsers: `pictures.mjs FOLDER` reads each `*.mmd` with both major versions of Mermaid
// that code hosts use, and each `*.d2` with D2; prints one line for each rejected picture, and exits with 1.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [cache, folder] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(cache), "index.js"));
const at = (file) => import(pathToFileURL(path.resolve(cache, "node_modules", file)).href);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

// D2 assumes a browser if there is a window: it comes first.
const { D2 } = await at("@terrastruct/d2/dist/node-esm/index.js");
const d2 = new D2();
await d2.compile("a");

const { JSDOM } = await load("jsdom");
const { window } = new JSDOM("<!DOCTYPE html><body></body>");

const mermaids = [];
// Optional: used by Mermaid's sequence diagrams to parse colours.
Object.assign(globalThis, { window, document: window.document, Option: window.Option });
for (const name of ["mermaid", "mermaid12"]) {
  const { default: mermaid } = await load(name);
  mermaid.initialize({ startOnLoad: false });
  const { version } = JSON.parse(readFileSync(path.join(cache, "node_modules", name, "package.json"), "utf8"));
  mermaids.push([version, mermaid]);
}

let wrong = 0;
let read = 0;
const refused = (file, why) => {
  wrong += 1;
  console.log(`${file}: ${String(why?.message ?? why).split("\n").slice(0, 6).join(" | ").slice(0, 600)}`);
};
const files = readdirSync(folder).sort();
for (const file of files.filter((file) => file.endsWith(".mmd"))) {
  const text = readFileSync(path.join(folder, file), "utf8");
  read += 1;
  for (const [version, mermaid] of mermaids) {
    try {
      await mermaid.parse(text);
      if (text.length > 50_000) throw new Error(`${text.length} characters, limit is 50000`);
    } catch (error) {
      refused(`${file} (mermaid ${version})`, error);
    }
  }
}
delete globalThis.window;
for (const file of files.filter((file) => file.endsWith(".d2"))) {
  const text = readFileSync(path.join(folder, file), "utf8");
  read += 1;
  try {
    const { diagram } = await d2.compile(text);
    // An unquoted name silently creates separate boxes.
    const ids = diagram.shapes.map((it) => it.id.replaceAll('"', ""));
    const stray = ids.filter((id) => !/^(title|[len]\d+|l\d+\.n\d+|p\d+(\.(\w+|left out \d+))?|g\d+(\.g\d+)*)$/.test(id));
    if (stray.length > 0) throw new Error(`boxes that nobody drew: ${stray}`);
  } catch (error) {
    refused(`${file} (d2)`, error);
  }
}
console.log(`${read} pictures read, ${wrong} refused`);
process.exit(wrong > 0 || read === 0 ? 1 : 0);
