// The item in the editor's language status, and the menu that it opens.

import * as vscode from "vscode";

import { DOCUMENTS } from "./documents";
import { shown, type State } from "./status";

/** An entry of the menu: a label, an icon, and the command to run. */
const MENU: readonly (vscode.QuickPickItem & { readonly command: string })[] = [
  { label: "$(debug-restart) Restart Server", command: "architrave.restart" },
  { label: "$(output) Show Logs", command: "architrave.showLogs" },
  { label: "$(settings-gear) Open Settings", command: "architrave.openSettings" },
  { label: "$(book) Explain Rule...", command: "architrave.explainRule" },
  { label: "$(bug) Print Debug Information", command: "architrave.printDebugInformation" },
];

const SEVERITIES = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
} as const;

export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem("architrave", DOCUMENTS);

  constructor() {
    this.#item.name = "Architrave";
    this.#item.command = { command: "architrave.showMenu", title: "Restart, Logs, Settings" };
  }

  show(state: State): void {
    const { text, detail, severity, busy } = shown(state);
    this.#item.text = `Architrave: ${text}`;
    this.#item.detail = detail;
    this.#item.severity = SEVERITIES[severity];
    this.#item.busy = busy;
  }

  dispose(): void {
    this.#item.dispose();
  }
}

export async function showMenu(state: State): Promise<void> {
  const { text, detail } = shown(state);
  const choice = await vscode.window.showQuickPick(MENU, { title: `Architrave: ${text}`, placeHolder: detail });
  if (choice !== undefined) {
    await vscode.commands.executeCommand(choice.command);
  }
}

/** Opens our settings, or one of them. In a remote window the machine's settings are on a separate page. */
export async function openSettings(setting?: string): Promise<void> {
  const query = setting ?? "@ext:architrave.architrave";
  if (setting !== undefined && vscode.env.remoteName !== undefined) {
    await vscode.commands.executeCommand("workbench.action.openRemoteSettings", { query });
  } else {
    await vscode.commands.executeCommand("workbench.action.openSettings", query);
  }
}
