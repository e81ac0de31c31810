// Pictures for the documentation, made where they are wanted.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

const { SHOTS } = process.env;

export async function shot(page, name) {
  if (SHOTS) {
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  }
}
