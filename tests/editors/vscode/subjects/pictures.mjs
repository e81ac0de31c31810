// Pictures of what is under the cursor: the commands of the palette and the lenses open the right ones beside the code.

import assert from "node:assert/strict";
import { join } from "node:path";

import { shot } from "../shots.mjs";
import { orders } from "../workspaces.mjs";

export default async function pictures({ workbench, page, step }) {
  const folder = orders("pictures", { "architrave.codeLens.pictures": true });
  // The newest webview: each picture opens in a panel of its own, which is closed again.
  const picture = page.frameLocator("iframe.webview").last().frameLocator("iframe");
  const text = (words) => picture.locator("svg text", { hasText: words }).first();

  /** Waits for a panel with a title, looks at it, and closes it. */
  async function seen(title, ...words) {
    await workbench.tab(title).first().waitFor();
    for (const word of words) await text(word).waitFor({ state: "attached" });
    await shot(page, title.replaceAll(/\W+/g, "-").toLowerCase());
    await workbench.close(title);
  }

  await step("the workbench opens the backend", async () => {
    await workbench.open(folder, join(folder, "shop/routes/orders.py"), "def recent_orders");
    await workbench.status("Architrave: ready");
  });
  await step("the sequence of the route under the cursor leads to its queries", async () => {
    await workbench.goTo("def recent_orders");
    await workbench.command("Architrave: Show Sequence of Route");
    await seen("GET /orders:", "OrderService", "OrderRepository", "database");
  }, "pictures");
  await step("somewhere else, the route is picked from a list", async () => {
    await workbench.goTo("from datetime import date");
    await workbench.command("Architrave: Show Sequence of Route");
    await workbench.choice("GET /orders/labels").first().click();
    await seen("GET /orders/labels:", "labels");
  }, "pictures");
  await step("the dependencies of the file's package name its parts", async () => {
    await workbench.command("Architrave: Show Dependencies of Package");
    await seen("Imports between the parts of", "services");
  }, "pictures");
  await step("a lens above a route shows its sequence", async () => {
    await workbench.goTo("def open_orders");
    await workbench.until(() => workbench.lens("Show sequence of GET /orders/open").first().click(), workbench.tab("GET /orders/open:").first());
    await seen("GET /orders/open:", "OrderService");
  }, "pictures");
  await step("the entities around the model under the cursor come with their columns", async () => {
    await workbench.openFile("shop/models.py", "class Order(Base)");
    await workbench.goTo("class Order(Base)");
    await workbench.command("Architrave: Show Entities Around Model");
    await seen("Entities around Order", "Customer (customers)", "Item (items)", "customer_id int FK");
  }, "pictures");
  await step("a lens above a model shows the entities around it", async () => {
    await workbench.until(() => workbench.lens("Show entities around Customer").first().click(), workbench.tab("Entities around Customer").first());
    await seen("Entities around Customer", "Order (orders)");
  }, "pictures");
  await step("the architecture has the modules of the backend", async () => {
    await workbench.command("Architrave: Show Architecture");
    await picture.locator(".box").first().waitFor();
    const boxes = await picture.locator(".box").evaluateAll((all) => all.map((it) => it.dataset.box));
    assert.ok(boxes.some((it) => it.includes("services")) && boxes.some((it) => it.includes("models")), boxes.join(" "));
  }, "picture");
}
