// Completion while typing: the project's own modules and names, and the keys of the configuration.

import { join } from "node:path";

import { sample } from "../workspaces.mjs";

export default async function writing({ workbench, page, step }) {
  const folder = sample("writing");
  const proposal = (text) => page.locator(".suggest-widget.visible .monaco-list-row", { hasText: text });

  await step("the workbench opens the file", async () => {
    await workbench.open(folder, join(folder, "shop/domain/order.py"), "def total");
    await workbench.squiggles().first().waitFor({ state: "attached" });
    await workbench.status("Architrave: ready");
  });
  await step("modules of the project are proposed in an import", async () => {
    await workbench.goTo('"""Orders."""');
    await workbench.press("End");
    await workbench.press("Enter");
    await page.keyboard.type("from shop.domain.");
    await proposal("price").first().waitFor();
    await workbench.press("Escape");
  }, "completion");
  await step("so are keys of the configuration", async () => {
    await workbench.openFile("architrave.toml", "contracts");
    await workbench.goTo("# What the tests");
    await workbench.press("End");
    await workbench.press("Enter");
    await page.keyboard.type("exc");
    await workbench.press("Control+Space");
    await proposal("exclude").first().waitFor();
  }, "completion");
}
