// Drives the workbench in a browser (see vscode.sh). Ends with 0 when every step came true.

import { createRequire } from "node:module";
import { join } from "node:path";

const { CHROMIUM, EDITOR_CACHE, PORT, SAMPLE, SERVER, WORK } = process.env;
const { chromium } = createRequire(join(EDITOR_CACHE, "package.json"))("playwright-core");

const WAIT = 60_000; // milliseconds for each step
let passed = 0;

const base = `http://127.0.0.1:${PORT}`;
const browser = await chromium.launchPersistentContext(join(WORK, "browser"), {
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  viewport: { width: 1600, height: 1800 },
});
const page = browser.pages()[0] ?? (await browser.newPage());
page.setDefaultTimeout(WAIT);

/** One line of the protocol; what goes wrong in it ends the test. */
async function step(what, action) {
  try {
    await action();
  } catch (error) {
    console.log(`FAILED: ${what}\n${error}`);
    await page.screenshot({ path: join(WORK, "failed.png") }).catch(() => {});
    console.log(await page.locator(".markers-panel").innerText().catch(() => "no Problems"));
    await browser.close();
    process.exit(1);
  }
  passed += 1;
  console.log(`ok: ${what}`);
}

const file = (name) => `vscode-remote://127.0.0.1:${PORT}${join(SAMPLE, name)}`;
const problem = (text) => page.locator(".markers-panel .monaco-list-row", { hasText: text });
const line = (text) => page.locator(".view-lines .view-line", { hasText: text });

async function open() {
  const payload = encodeURIComponent(JSON.stringify([["openFile", file("shop/domain/order.py")]]));
  const deadline = Date.now() + WAIT;
  for (;;) {
    try {
      await page.goto(`${base}/?folder=${encodeURIComponent(SAMPLE)}&payload=${payload}`);
      break;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((done) => setTimeout(done, 250));
    }
  }
  await line("def total").first().waitFor();
}

/**
 * Waits until the editor in front shows a text; white space doesn't count, since long lines are wrapped. The lines stand
 * in the page in any order.
 */
async function shows(...texts) {
  const joined = texts.join("").replaceAll(/\s/g, "");
  await page.waitForFunction((wanted) => {
    const lines = [...document.querySelectorAll(".editor-instance .view-lines .view-line")]
      .sort((a, b) => a.offsetTop - b.offsetTop)
      .map((line) => line.textContent.replaceAll(/\s/g, ""));
    return lines.join("").includes(wanted);
  }, joined);
}

/** Opens the menu of quick fixes. A menu that is asked for while the editor still settles closes again. */
async function menu() {
  const actions = page.locator(".action-widget .monaco-list-row.action").first();
  const deadline = Date.now() + WAIT;
  for (;;) {
    await page.keyboard.press("Control+.");
    try {
      return await actions.waitFor({ timeout: 5_000 });
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await page.keyboard.press("Escape");
    }
  }
}

async function command(name) {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").first().fill(`>${name}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
}

await step("the workbench opens the file", open);
await step("the hidden import is underlined", () =>
  page.locator(".squiggly-warning, .squiggly-info").first().waitFor({ state: "attached" }));
await step("it is listed among the problems", async () => {
  await line("def total").first().click();
  await page.keyboard.press("Control+Shift+M");
  await problem("hidden-import").first().waitFor();
});
await step("a quick fix is offered", async () => {
  await line("from shop.domain.price import price").first().click();
  await menu();
});
await step("it moves the import to the head", async () => {
  await page.locator(".action-widget .monaco-list-row.action").first().click();
  await shows('"""Orders."""', "from shop.domain.price import price", "def total(");
});
await step("the problem is gone", () => problem("hidden-import").first().waitFor({ state: "detached" }));
await step("a typed import that breaks a contract is listed", async () => {
  await line("from shop.domain.price import price").first().click();
  await page.keyboard.press("Home");
  await page.keyboard.insertText("import shop.web.forms\n");
  await problem("forbidden-import").first().waitFor();
});
await step("taking it out clears it", async () => {
  await line("import shop.web.forms").first().click();
  await page.keyboard.press("Control+Shift+K");
  await problem("forbidden-import").first().waitFor({ state: "detached" });
});
await step("the debug information names the server and how it was found", async () => {
  await command("Architrave: Print Debug Information");
  await shows("- running: true");
  await shows(`${SERVER} (from extension)`);
  await shows('"projects": [');
});
await step("the server can be restarted", async () => {
  await command("Architrave: Restart Server");
  await command("Architrave: Print Debug Information");
  await shows("- running: true");
});

await browser.close();
console.log(`test result: ok. ${passed} passed; 0 failed (VS Code)`);
