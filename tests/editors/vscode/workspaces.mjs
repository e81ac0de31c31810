// Copies of the projects that the tests open: an applied fix changes files on disk.

import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { ORDERS, PARCELS, SAMPLE, WORK } = process.env;

function copy(from, name, settings) {
  const folder = join(WORK, "workspaces", name);
  cpSync(from, folder, { recursive: true });
  if (settings !== undefined) {
    writeSettings(folder, settings);
  }
  return folder;
}

/** Written into the folder: sometimes the workbench starts without the user's own settings. */
export function writeSettings(folder, settings) {
  mkdirSync(join(folder, ".vscode"), { recursive: true });
  writeFileSync(join(folder, ".vscode", "settings.json"), JSON.stringify(settings));
}

/** The small project with a hidden import and a contract. */
export const sample = (name, settings) => copy(SAMPLE, name, settings);

/** The backend whose routes run queries in loops. */
export const orders = (name, settings) => copy(ORDERS, name, settings);

/** The backend with ports and adapters, and one import against the direction of its layers. */
export const parcels = (name, settings) => copy(PARCELS, name, settings);
