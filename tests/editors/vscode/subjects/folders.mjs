// Several folders in one window, one server for them all.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { orders, sample } from "../workspaces.mjs";

export default async function folders({ workbench, step }) {
  const first = sample("first");
  const second = orders("second");
  const workspace = join(process.env.WORK, "both.code-workspace");
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: first }, { path: second }] }));

  await step("the workbench opens both folders", () =>
    workbench.open(workspace, join(first, "shop/domain/order.py"), "def total"));
  await step("the findings of both are listed", async () => {
    await workbench.goTo("def total");
    await workbench.problems();
    await workbench.problem("hidden-import").first().waitFor();
    await workbench.problem("n-plus-one").first().waitFor();
  }, "folders");
}
