// The user's settings, by the names in package.json.

import * as vscode from "vscode";

export const SECTION = "architrave";

/** The settings that the server knows; the others concern only the extension. */
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

/** Candidate server files, best first, as written. */
export function serverPath(): readonly string[] {
  return strings("path");
}

/** Python interpreters next to which the server may be installed, best first, as written. */
export function interpreters(): readonly string[] {
  return strings("interpreter");
}

export function importStrategy(): "fromEnvironment" | "useBundled" {
  return get("importStrategy") === "useBundled" ? "useBundled" : "fromEnvironment";
}

/**
 * The settings that the server needs before it can request them; later it requests them itself and is notified of
 * changes.
 */
export function initializationOptions(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(OF_THE_SERVER.map((name) => [name, get(name)]));
}

/** Whether a change of settings concerns which server is started. */
export function restartNeeded(event: vscode.ConfigurationChangeEvent): boolean {
  return OF_THE_START.some((name) => event.affectsConfiguration(`${SECTION}.${name}`));
}

function strings(name: string): readonly string[] {
  const value = get(name);
  // The editor warns about a value of another type but passes it on anyway.
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

function get(name: string): unknown {
  return vscode.workspace.getConfiguration(SECTION).get<unknown>(name);
}
