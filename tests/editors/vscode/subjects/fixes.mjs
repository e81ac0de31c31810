// A backend with queries in loops: lenses, hints, a fix in another file than its finding, and suppressing a finding.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { shot } from "../shots.mjs";
import { orders } from "../workspaces.mjs";

export default async function fixes({ workbench, page, step }) {
  const folder = orders("fixes", { "editor.inlayHints.enabled": "on", "editor.codeLens": true });

  const finding = (rule, line) => workbench.problem(rule).filter({ hasText: `[Ln ${line},` });

  await step("the workbench opens the routes", () =>
    workbench.open(folder, join(folder, "shop/routes/orders.py"), "def labels"));
  await step("a lens tells what a route costs", async () => {
    await workbench.lens("1 + N(orders)").first().waitFor();
    await shot(page, "lens");
  }, "lens");
  await step("a click on it shows the queries", async () => {
    const places = page.locator(".peekview-widget").getByText("repositories.py").first();
    await workbench.until(() => workbench.lens("1 + N(orders)").first().click(), places);
    await workbench.press("Escape");
    await page.locator(".peekview-widget").first().waitFor({ state: "detached" });
  }, "places");
  await step("an inlay hint tells what a call costs", () =>
    workbench.line("return service.labels").filter({ hasText: /1.\+.N\(orders\)/ }).first().waitFor(), "hints");
  await step("a query in a loop of another file is listed", async () => {
    await workbench.goTo("def labels");
    await workbench.problems();
    await workbench.problem("n-plus-one").first().waitFor();
  }, "project");
  await step("a route is found by its method and path", async () => {
    await workbench.find("GET /orders/labels", "labels");
    await page.locator(".statusbar-item", { hasText: /^Ln 2[45],/ }).first().waitFor();
  }, "symbols");
  await step("the routes that reach a query are shown", async () => {
    await workbench.openFile("shop/services.py", "class OrderService");
    await workbench.goToPosition(49, 12);
    const row = (text) => page.locator(".call-hierarchy .monaco-list-row", { hasText: text }).first();
    await workbench.until(() => workbench.command("Peek Call Hierarchy"), row(/^by_customer/));
    // The handler is selected; its caller is the route.
    await workbench.until(() => workbench.press("ArrowRight"), row("GET /orders/by-customer"));
    await workbench.press("Escape");
  }, "calls");
  await step("a fix in another file is offered, and applied at once", async () => {
    await workbench.openFile("shop/services.py", "def by_customer");
    await finding("n-plus-one", 51).first().waitFor();
    await workbench.goToPosition(51, 76);
    await workbench.menu();
    await shot(page, "findings");
    await workbench.press("Escape");
    const gone = (timeout) => finding("n-plus-one", 51).first().waitFor({ state: "detached", timeout });
    await workbench.apply("list_placed_on", gone);
  }, "fix-two-files");
  await step("it is seen in the other file, without being asked for", async () => {
    await workbench.openFile("shop/repositories.py", "class OrderRepository");
    await workbench.goToPosition(37, 1);
    await workbench.shows("select(Order).options(joinedload(Order.customer)).where(Order.placed_on == day)");
  }, "fix-two-files");
  await step("the lens of a third file follows, though nothing is saved", async () => {
    await workbench.openFile("shop/routes/orders.py", "def labels");
    await workbench.line("return service.labels").filter({ hasText: /1.query/ }).first().waitFor();
  }, "other");
  await step("an ignore comment is written, and the reason goes where the cursor is", async () => {
    await workbench.openFile("shop/services.py", "def by_customer");
    await workbench.goToPosition(56, 59);
    await workbench.apply("Ignore", workbench.showing("# architrave: ignore[n-plus-one]"));
    await page.waitForTimeout(1_000);
    await workbench.type("few of them");
    await workbench.shows("# architrave: ignore[n-plus-one] few of them");
    await finding("n-plus-one", 56).first().waitFor({ state: "detached" });
  }, "ignore");
  await step("a finding is accepted into the baseline", async () => {
    await finding("n-plus-one", 80).first().waitFor();
    await workbench.goToPosition(80, 13);
    await workbench.command("Architrave: Accept Finding into Baseline");
    // It is a hint from now on, and hints are not listed.
    await finding("n-plus-one", 80).first().waitFor({ state: "detached" });
    assert.match(readFileSync(join(folder, ".architrave-baseline.json"), "utf8"), /"shop\/services.py"/);
  }, "accept");
}
