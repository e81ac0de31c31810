// What the user set, in the words of package.json.

import * as vscode from "vscode";

export const SECTION = "architrave";

export interface Settings {
  /** Files that may be the server, best first, as written. */
  readonly path: readonly string[];
  readonly logLevel: string;
}

export function settings(): Settings {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const path = configuration.get<unknown>("path");
  return {
    // The editor warns about a value of another type but hands it over all the same.
    path: Array.isArray(path) ? path.filter((entry) => typeof entry === "string") : [],
    logLevel: configuration.get<string>("logLevel", "info"),
  };
}

/** Whether a change of settings concerns how the server is started. */
export function restartNeeded(event: vscode.ConfigurationChangeEvent): boolean {
  return ["path", "logLevel"].some((name) => event.affectsConfiguration(`${SECTION}.${name}`));
}
