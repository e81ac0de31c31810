// Looks at pictures as a browser shows them: `page.mjs CACHE FOLDER PAGE` opens PAGE and clicks through it, and holds each
// `*.svg` of FOLDER to its frame. With $SHOTS, pictures of the screen go into that folder. Exits with 1 if a step failed.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [cache, folder, file] = process.argv.slice(2);
const { chromium } = createRequire(path.join(path.resolve(cache), "index.js"))("playwright-core");
const { CHROMIUM = "chromium", SHOTS } = process.env;

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
const failures = [];
let count = 0;

async function step(what, action) {
  count += 1;
  try {
    await action();
  } catch (error) {
    failures.push(what);
    console.log(`FAILED: ${what}\n${error.stack ?? error}`);
  }
}

const shot = (page, name) => (SHOTS ? page.screenshot({ path: path.join(SHOTS, `${name}.png`) }) : undefined);

/** A page on a file, in its own context. Nothing may be loaded, and nothing may fail. */
async function opened(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, offline: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
  page.on("request", (request) => request.url().startsWith("file:") || page.faults.push(request.url()));
  await page.goto(address);
  return page;
}

async function clicks() {
  const address = pathToFileURL(path.resolve(file)).href;
  let page = await opened(address);
  const boxes = () => page.locator(".box");
  const box = (id) => page.locator(`.box[data-box="${id}"]`);
  const all = async (count) => {
    for (const end = Date.now() + 10_000; (await boxes().count()) !== count; await page.waitForTimeout(50)) {
      assert.ok(Date.now() < end, `${await boxes().count()} boxes, not ${count}`);
    }
  };
  const DOMAIN = "parcels/domain/@domain";
  let first = 0;

  await step("the page is below a megabyte and shows the layers", async () => {
    assert.ok(readFileSync(file).length < 1_000_000);
    await boxes().first().waitFor();
    first = await boxes().count();
    assert.ok(first >= 10 && first <= 40, `${first} boxes`);
    await shot(page, "page-light");
  });
  await step("an arrow opens the list of its imports, with links to the code", async () => {
    await page.locator(".edge.wrong").first().dispatchEvent("click");
    const link = page.locator(".panel a[data-open]").first();
    assert.match(await link.getAttribute("href"), /^vscode:\/\/file\/.*\.py:\d+$/);
    await page.locator(".panel h3", { hasText: "Imports" }).first().waitFor();
    assert.match(page.url(), /selected=/);
  });
  await step("a package opens in place and closes again", async () => {
    await box(DOMAIN).locator(".open").click();
    await box("parcels/domain/parcel.py@domain").waitFor();
    assert.match(page.url(), /shown=/);
    await page.locator('.frame[data-frame="parcels/domain/"] text').first().click();
    await box(DOMAIN).waitFor();
    await all(first);
  });
  await step("search marks what is found and goes from one to the next", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("carriers");
    await page.keyboard.press("Enter");
    await page.locator(".box.found").first().waitFor();
    assert.match(await page.locator(".news").textContent(), /^1 of \d+ box/);
    assert.match(page.url(), /search=carriers/);
    await page.keyboard.press("Escape");
    await page.locator(".box.found").first().waitFor({ state: "detached" });
  });
  await step("the keyboard moves, focuses, opens and closes", async () => {
    await box(DOMAIN).focus();
    await page.keyboard.press("ArrowUp");
    assert.match(await page.locator(":focus").getAttribute("data-box"), /@application$/);
    await page.keyboard.press("f");
    await page.waitForURL(/focus=/);
    assert.ok((await boxes().count()) < first);
    await page.keyboard.press("Escape");
    await all(first);
    await box(DOMAIN).focus();
    await page.keyboard.press("Enter");
    await box("parcels/domain/parcel.py@domain").focus();
    await page.keyboard.press("Backspace");
    await all(first);
  });
  await step("zoom and pan move the picture", async () => {
    const place = () => page.locator(".stage").getAttribute("transform");
    const before = await place();
    await page.locator("button", { hasText: /^\+$/ }).click();
    const near = await place();
    assert.notEqual(near, before);
    await page.mouse.move(60, 300);
    await page.mouse.wheel(0, 120);
    await page.waitForFunction((old) => document.querySelector(".stage").getAttribute("transform") !== old, near);
    await page.keyboard.press("0");
    assert.equal(await place(), before);
  });
  await step("a path leaves the boxes of the way", async () => {
    await box("parcels/presentation/@presentation").or(page.locator('.box[data-box$="@presentation"]')).first().click();
    await page.locator('[data-action="path-from"]').click();
    await box(DOMAIN).click();
    await page.locator('[data-action="path-to"]').click();
    await page.waitForURL(/from=.*to=/);
    assert.ok((await boxes().count()) < first);
    await page.locator('[data-action="leave-path"]').click().catch(() => page.keyboard.press("Escape"));
    await page.keyboard.press("Escape");
    await all(first);
  });
  await step("only violations, only cycles, and the matrix", async () => {
    await page.locator('[data-filter="violations"]').click();
    await page.waitForURL(/only=violations/);
    const violations = await boxes().count();
    assert.ok(violations >= 2 && violations < first, `${violations} boxes`);
    await page.locator('[data-action="reset"]').click();
    await page.locator('[data-filter="cycles"]').click();
    await page.waitForURL(/only=cycles/);
    await page.locator('[data-action="reset"]').click();
    await all(first);
    await page.locator('[data-action="matrix"]').click();
    await page.locator("table.matrix").waitFor();
    await page.locator('[data-action="matrix"]').click();
    await all(first);
  });
  await step("since the baseline leaves the new violation alone", async () => {
    await page.locator('[data-filter="new"]').click();
    await page.waitForURL(/only=new/);
    await all(2);
    const words = await page.locator(".edge").first().getAttribute("aria-label");
    assert.match(words, /^domain imports infrastructure/);
    assert.equal(await page.locator(".edge").count(), 1);
    await shot(page, "page-since-baseline");
  });
  await step("the address keeps what is shown", async () => {
    const copy = await opened(page.url());
    await copy.locator(".box").first().waitFor();
    assert.equal(await copy.locator(".box").count(), 2);
    assert.equal(await copy.locator('[data-filter="new"]').getAttribute("aria-pressed"), "true");
    await copy.context().close();
    await page.locator('[data-action="reset"]').click();
    await all(first);
  });
  await step("it prints light, whole, without tools", async () => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.equal(await page.locator(".toolbar").isVisible(), false);
    assert.equal(await page.locator(".panel").isVisible(), false);
    const ink = await page.evaluate(() => getComputedStyle(document.body).color);
    assert.ok(Math.max(...ink.match(/\d+/g).map(Number)) < 100, ink);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length, 1);
    await shot(page, "page-print");
    await page.emulateMedia({ media: "screen", colorScheme: "light" });
  });
  await step("nothing failed and nothing was loaded", () => assert.deepEqual(page.faults, []));
  await page.context().close();

  page = await opened(address, { colorScheme: "dark" });
  await step("it is dark where the system is", async () => {
    await boxes().first().waitFor();
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.ok(Math.max(...paper.match(/\d+/g).map(Number)) < 80, paper);
    await shot(page, "page-dark");
  });
  await page.context().close();
}

/** What is wrong with an SVG: boxes that overlap, text that leaves the picture or its box. Runs in the browser. */
function flaws() {
  const svg = document.documentElement;
  if (svg.localName !== "svg" || document.querySelector("parsererror") !== null) return ["it is no SVG"];
  const found = [];
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const rects = [...svg.querySelectorAll("rect.box")].map((rect) => rect.getBBox());
  rects.forEach((a, at) => {
    for (const b of rects.slice(at + 1)) {
      const [x, y] = [Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x), Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)];
      if (x > 0.5 && y > 0.5) found.push(`boxes overlap at ${a.x},${a.y}`);
    }
  });
  for (const text of svg.querySelectorAll("text")) {
    const it = text.getBBox();
    const words = text.textContent.slice(0, 40);
    if (it.x < -1 || it.y < -1 || it.x + it.width > width + 1 || it.y + it.height > height + 1) found.push(`"${words}" leaves the picture`);
    const own = text.parentElement.querySelector(":scope > rect.box")?.getBBox();
    if (own !== undefined && (it.x < own.x - 1 || it.x + it.width > own.x + own.width + 1)) found.push(`"${words}" leaves its box`);
  }
  return found;
}

async function pictures() {
  const page = await opened("about:blank");
  const files = readdirSync(folder).filter((name) => name.endsWith(".svg")).sort();
  for (const name of files) {
    await step(name, async () => {
      await page.goto(pathToFileURL(path.resolve(folder, name)).href);
      assert.deepEqual(await page.evaluate(flaws), []);
    });
  }
  assert.ok(files.length > 0);
}

if (file !== undefined) await clicks();
await pictures();
await browser.close();
console.log(`${count} looks in the browser, ${failures.length} failed`);
process.exit(failures.length > 0 ? 1 : 0);
