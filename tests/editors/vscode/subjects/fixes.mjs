// A backend with queries in loops: lenses, hints, a fix in another file than its finding.

import assert from "node:assert/strict";
import { join } from "node:path";

import { shot } from "../shots.mjs";
import { orders } from "../workspaces.mjs";

export default async function fixes({ workbench, page, step }) {
  const folder = orders("fixes", { "editor.inlayHints.enabled": "on", "editor.codeLens": true });

  await step("the workbench opens the routes", () =>
    workbench.open(folder, join(folder, "shop/routes/orders.py"), "def labels"));
  await step("a lens tells what a route costs", () => workbench.lens("1 + N(orders)").first().waitFor(), "lens");
  await step("an inlay hint tells what a call costs", () =>
    workbench.line("return service.labels").filter({ hasText: /1.\+.N\(orders\)/ }).first().waitFor(), "hints");
  await step("the query in a loop is listed", async () => {
    await workbench.openFile("shop/services.py", "class OrderService");
    await workbench.problems();
    await workbench.problem("n-plus-one").first().waitFor();
  }, "project");
  await step("a fix across two files is applied at once and seen in the other file", async () => {
    await workbench.goToPosition(51, 76);
    await workbench.apply("customer");
    await workbench.openFile("shop/repositories.py", "class OrderRepository");
    await workbench.shows("selectinload(Order.customer)");
  }, "fix-two-files");
  await step("the lens of a third file follows, unsaved", async () => {
    await workbench.openFile("shop/routes/orders.py", "def labels");
    await workbench.lens("1 query").first().waitFor();
  });
}
