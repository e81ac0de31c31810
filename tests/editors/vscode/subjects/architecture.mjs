// The picture of the architecture: boxes and edges of the live index, navigation to the code, updates, export.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { shot } from "../shots.mjs";
import { WAIT } from "../workbench.mjs";
import { parcels } from "../workspaces.mjs";

const WRONG = "application.services imports infrastructure.carriers";

export default async function architecture({ workbench, page, step }) {
  const folder = parcels("architecture");
  const picture = page.frameLocator("iframe.webview").frameLocator("iframe");
  const boxes = picture.locator(".box");
  const wrong = picture.locator(".edge.wrong");
  const box = (id) => picture.locator(`.box[data-box="${id}"]`);
  const places = () => boxes.evaluateAll((all) => all.map((it) => it.dataset.box + it.getAttribute("transform")).sort());
  const edge = (words) => picture.locator(`.edge[aria-label^="${words}"]`);

  await step("the workbench opens the backend", () =>
    workbench.open(folder, join(folder, "parcels/domain/parcel.py"), "class Parcel"));
  // Room for the picture.
  await workbench.press("Control+b");
  await step("the picture has the packages of the project in its layers", async () => {
    await workbench.status("Architrave: ready");
    await workbench.command("Architrave: Show Architecture");
    await boxes.first().waitFor();
    const count = await boxes.count();
    assert.ok(count >= 10 && count <= 40, `${count} boxes`);
    assert.deepEqual(
      await picture.locator(".lane").evaluateAll((lanes) => lanes.map((lane) => lane.dataset.layer)),
      ["composition", "presentation", "infrastructure", "application", "domain", "config"],
    );
    assert.equal(await box("parcels/domain/@domain").count(), 1);
    await picture.locator('.box.here[data-box="parcels/domain/@domain"]').waitFor();
    await shot(page, "architecture");
  }, "picture");
  await step("the import against the direction is red and goes up", async () => {
    assert.equal(await wrong.count(), 1);
    const label = await wrong.first().getAttribute("aria-label");
    assert.equal(label, `${WRONG}: 1 import, against the rules`);
    const line = wrong.first().locator(".line");
    const [red, green, blue] = (await line.evaluate((it) => getComputedStyle(it).stroke)).match(/\d+/g).map(Number);
    assert.ok(red > 1.5 * green && red > 1.5 * blue, `${red} ${green} ${blue}`);
    const [, from, to] = await line.evaluate((it) => [0, it.getPointAtLength(0).y, it.getPointAtLength(1e6).y]);
    assert.ok(to < from, `from ${from} to ${to}`);
  });
  await step("a click on it lists the import, a click there opens the line", async () => {
    await wrong.first().dispatchEvent("click");
    await picture.locator(".panel .message", { hasText: "Application must not import infrastructure" }).waitFor();
    await picture.locator('.panel [data-open="parcels/application/services/dispatch.py:6"]').last().click();
    await workbench.tab("dispatch.py").first().waitFor();
    await page.locator(".statusbar-item", { hasText: /^Ln 6, Col 1/ }).first().waitFor();
    await picture.locator('.box.here[data-box="parcels/application/services/@application"]').waitFor();
  });
  await step("a typed import appears without moving a box", async () => {
    const before = await places();
    await workbench.openFile("parcels/domain/parcel.py", "class Parcel");
    await workbench.press("Control+Home");
    await workbench.type("import parcels.infrastructure.database\n");
    await edge("domain imports infrastructure.database").and(picture.locator(".wrong")).waitFor({ state: "attached" });
    assert.deepEqual(await places(), before);
    await workbench.press("Control+Home");
    await workbench.press("Control+Shift+K");
    await edge("domain imports infrastructure.database").waitFor({ state: "detached" });
    assert.deepEqual(await places(), before);
  });
  await step("a package is opened in place, and closed again", async () => {
    const before = await boxes.count();
    await box("parcels/domain/@domain").locator(".open").click();
    await box("parcels/domain/parcel.py@domain").waitFor();
    assert.ok((await boxes.count()) > before);
    await picture.locator('.frame[data-frame="parcels/domain/"] text').first().click();
    await box("parcels/domain/@domain").waitFor();
    assert.equal(await boxes.count(), before);
  });
  await step("it can be used with the keyboard alone", async () => {
    await box("parcels/domain/@domain").focus();
    await workbench.press("ArrowUp");
    const focused = await picture.locator(":focus").getAttribute("data-box");
    assert.ok(focused.endsWith("@application"), focused);
    const all = await boxes.count();
    await workbench.press("f");
    await box("parcels/presentation/errors.py@presentation").waitFor({ state: "detached" });
    assert.ok((await boxes.count()) < all);
    await workbench.press("Escape");
    await box("parcels/presentation/errors.py@presentation").waitFor();
    await box("parcels/domain/@domain").focus();
    await workbench.press("Enter");
    await box("parcels/domain/parcel.py@domain").waitFor();
    await box("parcels/domain/parcel.py@domain").focus();
    await workbench.press("Backspace");
    await box("parcels/domain/@domain").waitFor();
  });
  await step("only violations leaves their ends", async () => {
    await picture.locator('[data-filter="violations"]').click();
    await box("parcels/domain/@domain").waitFor({ state: "detached" });
    assert.equal(await boxes.count(), 2);
    await picture.locator('[data-action="reset"]').click();
    await box("parcels/domain/@domain").waitFor();
  });
  /** Exports into a file of the folder and waits until it is there. */
  async function exported(kind, name) {
    const file = join(folder, name);
    const dialog = page.locator(".quick-input-widget", { hasText: "Show Local" }).first();
    // The dialog reads the folder while its path is typed, and loses input that comes too early.
    for (const end = Date.now() + WAIT; !existsSync(file); ) {
      assert.ok(Date.now() < end, `${name} was not written`);
      try {
        await workbench.command("Architrave: Export Architecture");
        await workbench.choice(kind).first().click({ timeout: 5_000 });
        await dialog.waitFor({ timeout: 5_000 });
        const path = dialog.locator("input:not([type=checkbox])").first();
        await path.fill(file, { timeout: 5_000 });
        await page.waitForTimeout(500);
        // What was read of the folder meanwhile replaces what was typed.
        if ((await path.inputValue({ timeout: 5_000 })) !== file) {
          await workbench.press("Escape");
          continue;
        }
      } catch {
        // A list closes again when another element takes the focus.
        await workbench.press("Escape");
        continue;
      }
      await workbench.press("Enter");
      for (const soon = Date.now() + 10_000; !existsSync(file) && Date.now() < soon; ) {
        await page.waitForTimeout(200);
      }
    }
    return file;
  }

  await step("it is exported as SVG with the colours of the theme", async () => {
    const file = await exported("SVG", "exported.svg");
    const alone = await page.context().newPage();
    await alone.goto(pathToFileURL(file).href);
    assert.equal(await alone.locator(".box").count(), await boxes.count());
    const [own, theirs] = await Promise.all(
      [alone.locator(".edge.wrong .line"), wrong.first().locator(".line")].map((line) =>
        line.evaluate((it) => getComputedStyle(it).stroke)),
    );
    assert.equal(own, theirs);
    await alone.close();
  });
  await step("it is exported as a page that works on its own", async () => {
    const file = await exported("HTML", "exported.html");
    const alone = await page.context().newPage();
    const faults = [];
    alone.on("pageerror", (error) => faults.push(String(error)));
    alone.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await alone.goto(pathToFileURL(file).href);
    await alone.locator(".box").first().waitFor();
    assert.equal(await alone.locator(".box").count(), await boxes.count());
    assert.equal(await alone.locator(".edge.wrong").count(), 1);
    assert.ok(!(await alone.content()).includes(folder), "it names no folder of this machine");
    await alone.locator(".box .open").first().click();
    assert.deepEqual(faults, []);
    await alone.close();
  });
  await step("the picture survives a reload of the window", async () => {
    // Without the file to open: with one, the window doesn't restore its editors.
    await page.goto(`http://127.0.0.1:${workbench.server.port}/?folder=${encodeURIComponent(folder)}`);
    await boxes.first().waitFor();
    assert.equal(await wrong.count(), 1);
  });
}
