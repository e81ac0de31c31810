// Restricted Mode: only the bundled server is started, whatever the folder contains; trust allows the folder's.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { sample } from "../workspaces.mjs";

const { SERVER } = process.env;

export const trust = true;

export default async function restricted({ workbench, page, step }) {
  const marker = join(process.env.WORK, "started-from-the-folder");
  const folder = sample("trust");
  const programs = join(folder, ".venv", "bin");
  mkdirSync(programs, { recursive: true });
  const script = `#!/bin/sh\necho started >'${marker}'\nexec '${SERVER}' "$@"\n`;
  writeFileSync(join(programs, "architrave"), script, { mode: 0o755 });

  await step("a folder that is not trusted opens in Restricted Mode", async () => {
    await workbench.open(folder, join(folder, "shop/domain/order.py"), "def total");
    await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor();
  });
  await step("findings are shown, by the server of the extension", async () => {
    await workbench.squiggles().first().waitFor({ state: "attached" });
    assert.equal(existsSync(marker), false);
  }, "untrusted");
  await step("with trust, the server of the folder's own environment is started", async () => {
    await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().click();
    await page.locator(".workspace-trust-editor").getByText("Trust", { exact: true }).first().click();
    await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor({ state: "detached" });
    await workbench.press("Escape");
    await workbench.openFile("shop/domain/order.py", "def total");
    const deadline = Date.now() + 60_000;
    while (!existsSync(marker)) {
      assert.ok(Date.now() < deadline, "it was not started");
      await page.waitForTimeout(200);
    }
    await workbench.status("Architrave: ready");
    await workbench.squiggles().first().waitFor({ state: "attached" });
  }, "untrusted");
}
