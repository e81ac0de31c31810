// Moves of modules and symbols, with imports updated.

import { join } from "node:path";

import { sample } from "../workspaces.mjs";

export default async function moves({ workbench, page, step }) {
  const folder = sample("moves", { "files.refactoring.autoSave": false, "explorer.confirmDragAndDrop": false });
  const explorer = (name) => page.locator(".explorer-folders-view .monaco-list-row", { hasText: name });

  await step("the workbench opens the file", async () => {
    await workbench.open(folder, join(folder, "shop/domain/order.py"), "def total");
    await workbench.squiggles().first().waitFor({ state: "attached" });
    await workbench.status("Architrave: ready");
  });
  await step("imports follow a module that is renamed in the explorer", async () => {
    await workbench.openFile("shop/domain/price.py", "def price");
    await explorer("price.py").first().click();
    await workbench.press("F2");
    const input = page.locator(".explorer-folders-view .monaco-inputbox input").first();
    await input.fill("pricing.py");
    await workbench.press("Enter");
    await page.locator(".monaco-dialog-box").getByText("OK", { exact: true }).click();
    await workbench.tab("pricing.py").first().waitFor();
    await workbench.openFile("shop/domain/order.py", "def total");
    await workbench.shows("from shop.domain.pricing import price");
  }, "rename");
  await step("a function moves to a module that is picked from a list", async () => {
    await workbench.openFile("shop/domain/pricing.py", "def price");
    await workbench.goToPosition(4, 6);
    await workbench.command("Architrave: Move Symbol");
    await workbench.choice("shop.domain.order").first().click();
    await workbench.openFile("shop/domain/order.py", "def total");
    await workbench.shows("def price(amount: int) -> int:");
  }, "move");
  await step("the file that a Protocol is written to is opened", async () => {
    await workbench.openFile("shop/repositories/carts.py", "class CartRepository");
    await workbench.goToPosition(7, 10);
    const written = workbench.showing("(Protocol):", "def lines(self, number: str) -> list[str]: ...");
    await workbench.apply("Extract Protocol from all public members", written);
  }, "fix-new-file");
}
