// What the user set, in the words of package.json.

import * as vscode from "vscode";

export const SECTION = "architrave";

/** Files that may be the server, best first, as written. */
export function serverPath(): readonly string[] {
  const path = vscode.workspace.getConfiguration(SECTION).get<unknown>("path");
  // The editor warns about a value of another type but hands it over all the same.
  return Array.isArray(path) ? path.filter((entry) => typeof entry === "string") : [];
}

/** What the server wants to know before it can ask; later it asks by itself and hears of changes. */
export function initializationOptions(): Readonly<Record<string, unknown>> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  return Object.fromEntries(["diagnosticMode", "logLevel"].map((name) => [name, configuration.get(name)]));
}

/** Whether a change of settings concerns which server is started. */
export function restartNeeded(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(`${SECTION}.path`);
}
