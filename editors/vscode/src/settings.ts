// What the user set, in the words of package.json.

import * as vscode from "vscode";

export const SECTION = "architrave";

/** The settings that the server knows; the others are about the extension alone. */
const OF_THE_SERVER = [
  "diagnosticMode",
  "minimumLevel",
  "fixAll",
  "codeLens",
  "inlayHints",
  "completion",
  "logLevel",
] as const;

/** The settings that decide which server is started. */
const OF_THE_START = ["path", "interpreter", "importStrategy"] as const;

/** Files that may be the server, best first, as written. */
export function serverPath(): readonly string[] {
  return strings("path");
}

/** Python interpreters beside which the server may be, best first, as written. */
export function interpreters(): readonly string[] {
  return strings("interpreter");
}

export function importStrategy(): "fromEnvironment" | "useBundled" {
  return get("importStrategy") === "useBundled" ? "useBundled" : "fromEnvironment";
}

/** What the server wants to know before it can ask; later it asks by itself and hears of changes. */
export function initializationOptions(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(OF_THE_SERVER.map((name) => [name, get(name)]));
}

/** Whether a change of settings concerns which server is started. */
export function restartNeeded(event: vscode.ConfigurationChangeEvent): boolean {
  return OF_THE_START.some((name) => event.affectsConfiguration(`${SECTION}.${name}`));
}

function strings(name: string): readonly string[] {
  const value = get(name);
  // The editor warns about a value of another type but hands it over all the same.
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

function get(name: string): unknown {
  return vscode.workspace.getConfiguration(SECTION).get<unknown>(name);
}
