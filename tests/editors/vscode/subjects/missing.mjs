// A missing server: one toast that lists where it was searched, and how to recover.

import { renameSync } from "node:fs";
import { join } from "node:path";

import { sample } from "../workspaces.mjs";

const { SERVER } = process.env;

export default async function missing({ workbench, page, step }) {
  const folder = sample("missing", { "architrave.path": ["/nowhere/architrave"] });
  renameSync(SERVER, `${SERVER}.away`);
  try {
    await step("a toast says where the server was searched", async () => {
      await workbench.open(folder, join(folder, "shop/domain/order.py"), "def total");
      const toast = workbench.notification("was not found");
      await toast.filter({ hasText: "architrave.path (/nowhere/architrave does not exist), .venv, venv" }).waitFor();
      await toast.filter({ hasText: "the extension itself" }).waitFor();
    }, "missing");
    await step("the status item says so, too", () => workbench.status("Architrave: failed"));
    await step("the toast opens the settings", async () => {
      await workbench.notification("was not found").getByText("Open Settings", { exact: true }).click();
      await page.locator(".settings-editor").getByText("the first of these files that exists is started").first().waitFor();
      await workbench.press("Escape");
    }, "missing");
  } finally {
    renameSync(`${SERVER}.away`, SERVER);
  }
  await step("once it is there, a restart finds it", async () => {
    await workbench.command("Architrave: Restart Server");
    await workbench.openFile("shop/domain/order.py", "def total");
    await workbench.squiggles().first().waitFor({ state: "attached" });
    await workbench.status("Architrave: ready");
  }, "missing");
}
