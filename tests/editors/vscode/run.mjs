// Runs the subjects, each in a separate window (see ../vscode.sh). Arguments name those to run; without any, all are.
// Exits with 0 if every step succeeded.

import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { CodeServer } from "./server.mjs";
import { WAIT, Workbench } from "./workbench.mjs";

const { CHROMIUM, EDITOR_CACHE, SEEN, SERVER, WORK } = process.env;
const { chromium } = createRequire(join(EDITOR_CACHE, "package.json"))("playwright-core");

const SUBJECTS = ["findings", "fixes", "writing", "moves", "saving", "trust", "folders", "missing", "architecture", "pictures"];

const product = join(EDITOR_CACHE, "node_modules/code-server/lib/vscode/package.json");
const { version } = JSON.parse(readFileSync(product, "utf8"));

const count = { passed: 0, failed: 0 };

/** The features that tests may name, and whether all steps about them succeeded. */
const features = new Map(JSON.parse(readFileSync(new URL("../features.json", import.meta.url), "utf8")).map(({ id }) => [id, undefined]));

function seen(feature, ok) {
  if (feature === undefined) return;
  if (!features.has(feature)) throw new Error(`features.json has no ${feature}`);
  features.set(feature, ok && features.get(feature) !== false);
}

/** Writes what was seen, for the table of features. */
function writeSeen() {
  if (!SEEN) return;
  for (const [feature, ok] of features) {
    if (ok !== undefined) {
      appendFileSync(SEEN, `${JSON.stringify({ editor: "VS Code", version, feature, ok })}\n`);
    }
  }
}

class Failed extends Error {}

const wanted = process.argv.slice(2);
const servers = new Map();

/** A code-server for trusted folders, or for untrusted ones: each is started once. */
async function serverFor(trust) {
  if (!servers.has(trust)) {
    servers.set(trust, await CodeServer.start(trust ? "trust" : "plain", { trust }));
  }
  return servers.get(trust);
}

async function run(name) {
  const { default: subject, trust = false } = await import(`./subjects/${name}.mjs`);
  const server = await serverFor(trust);
  const context = await chromium.launchPersistentContext(join(WORK, `browser-${name}`), {
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    viewport: { width: 1600, height: 1200 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(WAIT);
  const workbench = new Workbench(page, server);

  /** One line of the report; a failure in it ends the subject. */
  async function step(what, action, feature) {
    try {
      await action();
    } catch (error) {
      count.failed += 1;
      seen(feature, false);
      console.log(`FAILED: ${name}: ${what}\n${error.stack ?? error}`);
      await page.screenshot({ path: join(WORK, `failed-${name}.png`) }).catch(() => {});
      throw new Failed();
    }
    count.passed += 1;
    seen(feature, true);
    console.log(`ok: ${name}: ${what}`);
  }

  try {
    await subject({ workbench, page, step });
  } catch (error) {
    if (!(error instanceof Failed)) {
      count.failed += 1;
      console.log(`FAILED: ${name}\n${error.stack ?? error}`);
    }
  } finally {
    await context.close();
  }
}

/** No server outlives its editor. */
async function ends() {
  const deadline = Date.now() + WAIT;
  for (;;) {
    const { error, status } = spawnSync("pgrep", ["-f", `^${SERVER} server`]);
    if (error !== undefined || status > 1) throw error ?? new Error(`pgrep ended with ${status}`);
    if (status === 1) break;
    if (Date.now() > deadline) {
      count.failed += 1;
      console.log("FAILED: a server outlives its editor");
      return seen("stop", false);
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  count.passed += 1;
  console.log("ok: no server outlives its editor");
  seen("stop", true);
}

try {
  for (const name of wanted.length === 0 ? SUBJECTS : wanted) {
    const began = Date.now();
    await run(name);
    console.log(`# ${name}: ${((Date.now() - began) / 1000).toFixed(0)} s`);
  }
} finally {
  await Promise.all([...servers.values()].map((server) => server.stop()));
}
await ends();
writeSeen();
const verdict = count.failed === 0 ? "ok" : "FAILED";
console.log(`test result: ${verdict}. ${count.passed} passed; ${count.failed} failed (VS Code)`);
process.exit(count.failed === 0 ? 0 : 1);
