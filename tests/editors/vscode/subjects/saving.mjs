// What saving does: nothing unrequested, and what was requested. Then a configuration that breaks while typing.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { WAIT } from "../workbench.mjs";
import { sample, writeSettings } from "../workspaces.mjs";

const onSave = (kind, more = {}) => ({ "editor.codeActionsOnSave": { [kind]: "explicit" }, ...more });

export default async function saving({ workbench, page, step }) {
  const folder = sample("saving", onSave("source.fixAll"));
  const order = join(folder, "shop/domain/order.py");
  let saves = 0;
  const dirty = page.locator(".tab.active.dirty");

  /** Types something, saves, and returns what is on disk then. */
  async function save() {
    saves += 1;
    await workbench.goTo('"""Orders."""');
    await workbench.press("End");
    await workbench.type(`  # ${saves}`);
    await dirty.waitFor();
    await workbench.press("Control+s");
    const deadline = Date.now() + WAIT;
    for (;;) {
      const text = readFileSync(order, "utf8");
      if (text.includes(`# ${saves}\n`)) return text;
      assert.ok(Date.now() < deadline, "it was not saved");
      await page.waitForTimeout(50);
    }
  }

  await step("the workbench opens the file, whose import is underlined", async () => {
    await workbench.open(folder, order, "def total");
    await workbench.squiggles().first().waitFor({ state: "attached" });
    // Before the project is read there is nothing to fix.
    await workbench.status("Architrave: ready");
  });
  await step("saving with the bare source.fixAll leaves imports where they are", async () => {
    assert.match(await save(), /def total.*\n    from shop.domain.price import price/);
  }, "fix-on-save");
  await step("saving with source.fixAll.architrave moves them", async () => {
    writeSettings(folder, onSave("source.fixAll.architrave"));
    await page.waitForTimeout(2_000);
    assert.match(await save(), /\nfrom shop.domain.price import price\n\n\ndef total/);
  }, "fix-on-save");
  await step("so does the bare kind where our own setting says so", async () => {
    writeFileSync(order, ORDER);
    await workbench.command("File: Revert File");
    await workbench.shows("def total(amounts: list[int]) -> int:", "from shop.domain.price import price");
    writeSettings(folder, onSave("source.fixAll", { "architrave.fixAll": true }));
    await page.waitForTimeout(2_000);
    await workbench.squiggles().first().waitFor({ state: "attached" });
    assert.match(await save(), /\nfrom shop.domain.price import price\n\n\ndef total/);
  }, "fix-on-save");
  await step("a configuration that breaks while typing keeps the last good settings and says so", async () => {
    await workbench.goTo("from shop.domain.price import price");
    await workbench.press("Home");
    await workbench.type("import shop.web.forms\n");
    await workbench.problems();
    await workbench.problem("forbidden-import").first().waitFor();
    await workbench.openFile("architrave.toml", "contracts");
    await workbench.goTo("[[contracts]]");
    await workbench.press("Home");
    await workbench.type("[rules\n");
    await workbench.problem("architrave.toml").first().waitFor();
    await page.locator(".editor-group-container.active .squiggly-error").first().waitFor({ state: "attached" });
    await page.waitForTimeout(1_000);
    await workbench.problem("forbidden-import").first().waitFor();
  }, "configuration");
}

const ORDER = `"""Orders."""


def total(amounts: list[int]) -> int:
    from shop.domain.price import price

    return sum(price(amount) for amount in amounts)
`;
