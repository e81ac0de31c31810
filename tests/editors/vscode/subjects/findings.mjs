// What appears while reading and typing: squiggles, the list of problems, a hover, rule pages, the server's state.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { shot } from "../shots.mjs";
import { sample } from "../workspaces.mjs";

const { SERVER } = process.env;

export default async function findings({ workbench, page, step }) {
  const folder = sample("findings");
  const own = page.locator(".squiggly-warning, .squiggly-info").first();

  await step("the workbench opens the file", () =>
    workbench.open(folder, join(folder, "shop/domain/order.py"), "def total"));
  await step("the hidden import is underlined", () => own.waitFor({ state: "attached" }), "first");
  await step("it is listed among the problems", async () => {
    await workbench.goTo("def total");
    await workbench.problems();
    await workbench.problem("hidden-import").first().waitFor();
  });
  await step("its hover has the message and the rule", async () => {
    const text = await workbench.hover("from shop.domain.price import price", "price");
    assert.match(text, /hidden-import/);
  }, "hover");
  await step("the status item says that the server is ready", () => workbench.status("Architrave: ready"));
  await step("the link of the rule opens its page", async () => {
    await workbench.problem("hidden-import").first().locator("a", { hasText: "hidden-import" }).first().click();
    await workbench.tab("hidden-import").first().waitFor();
    await page.frameLocator("iframe.webview").frameLocator("iframe").getByText("What it reports").first().waitFor();
    await shot(page, "rule");
    await workbench.close("hidden-import");
  }, "explain");
  await step("the page of the rule under the cursor is shown", async () => {
    await workbench.goTo("from shop.domain.price import price");
    await workbench.command("Architrave: Explain Rule");
    await workbench.tab("hidden-import").first().waitFor();
    await workbench.close("hidden-import");
  }, "explain");
  await step("elsewhere a rule is picked from the list", async () => {
    await workbench.goTo("def total");
    await workbench.command("Architrave: Explain Rule");
    await workbench.choice("forbidden-import").first().click();
    await workbench.tab("forbidden-import").first().waitFor();
    await workbench.close("forbidden-import");
  }, "explain");
  await step("a quick fix moves the import to the top", async () => {
    await workbench.goTo("from shop.domain.price import price");
    await workbench.menu();
    await workbench.action("").first().click();
    await workbench.shows('"""Orders."""', "from shop.domain.price import price", "def total(");
  }, "fix");
  await step("undo takes it back, and all safe fixes are applied at once", async () => {
    await workbench.press("Control+z");
    await workbench.shows("def total(amounts: list[int]) -> int:", "from shop.domain.price import price");
    await workbench.problem("hidden-import").first().waitFor();
    await workbench.command("Architrave: Fix All Safe Findings in File");
    await workbench.shows('"""Orders."""', "from shop.domain.price import price", "def total(");
  }, "fix-all");
  await step("the problem is gone", () => workbench.problem("hidden-import").first().waitFor({ state: "detached" }));
  await step("a typed import that breaks a contract is listed", async () => {
    await workbench.goTo("from shop.domain.price import price");
    await workbench.press("Home");
    await workbench.type("import shop.web.forms\n");
    await workbench.problem("forbidden-import").first().waitFor();
  }, "typing");
  await step("taking it out clears it", async () => {
    await workbench.goTo("import shop.web.forms");
    await workbench.press("Control+Shift+K");
    await workbench.problem("forbidden-import").first().waitFor({ state: "detached" });
  }, "typing");
  await step("the menu of the status item offers Restart, Logs and Settings", async () => {
    await workbench.statusMenu();
    for (const offer of ["Restart Server", "Show Logs", "Open Settings"]) {
      await workbench.choice(offer).first().waitFor();
    }
    await workbench.choice("Restart Server").first().click();
    await workbench.status("Architrave: ready");
  }, "restart");
  await step("the debug information names the server and how it was found", async () => {
    await workbench.press("Control+j"); // the list of problems makes room
    await workbench.command("Architrave: Print Debug Information");
    await workbench.shows("- running: true");
    await workbench.shows(`${SERVER} (from extension)`);
    await workbench.shows('"projects": [');
  });
  await step("a server that is killed is started again and finds what it found", async () => {
    await workbench.openFile("shop/domain/order.py", "def total");
    await workbench.press("Control+j");
    await workbench.goTo("from shop.domain.price import price");
    await workbench.press("Home");
    await workbench.type("import shop.web.forms\n");
    await workbench.problem("forbidden-import").first().waitFor();
    const pids = execFileSync("pgrep", ["-f", `^${SERVER} server`], { encoding: "utf8" }).trim().split("\n");
    for (const pid of pids) {
      process.kill(Number(pid), "SIGKILL");
    }
    await workbench.status("Architrave: ready");
    await workbench.goTo("import shop.web.forms");
    await workbench.press("Control+Shift+K");
    await workbench.problem("forbidden-import").first().waitFor({ state: "detached" });
    assert.equal(await workbench.notification("").count(), 0);
  }, "recovery");
}
