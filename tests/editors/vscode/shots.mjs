// Pictures for the documentation, taken on request.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

const { SHOTS } = process.env;

/** The part of the screen between the explorer and the list of problems. */
const EDITOR = { x: 320, y: 36, width: 980, height: 580 };

export async function shot(page, name) {
  if (SHOTS) {
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `${name}.png`), clip: EDITOR });
  }
}
