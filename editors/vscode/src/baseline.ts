// Accepts findings into the baseline: from then on they are hints, and new ones stand out.

import * as vscode from "vscode";

import type { Client } from "./client";

/** The server's command behind the action *Accept into the baseline*. */
const ACCEPT = "architrave.acceptIntoBaseline";
/** The server's command that accepts all findings of a file; returns how many. */
const ACCEPT_FILE = "architrave.acceptFileIntoBaseline";

/** Accepts a finding under the cursor, or else on its line; if there are several, the user picks. */
export async function acceptFinding(client: Client): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || client.running === undefined) {
    return;
  }
  const { document, selection } = editor;
  const at = await offersIn(document, selection);
  const offers = at.length > 0 ? at : await offersIn(document, document.lineAt(selection.active).range);
  const [first] = offers;
  if (first === undefined) {
    void vscode.window.showInformationMessage("Architrave: no finding under the cursor that could be accepted.");
    return;
  }
  const choice = offers.length === 1 ? first : await vscode.window.showQuickPick(offers, { title: "Accept into Baseline" });
  if (choice !== undefined) {
    await tried(() => vscode.commands.executeCommand(ACCEPT, ...(choice.command.arguments ?? [])));
  }
}

interface Offer extends vscode.QuickPickItem {
  readonly command: vscode.Command;
}

/** The actions that accept a finding of this range. */
async function offersIn(document: vscode.TextDocument, range: vscode.Range): Promise<Offer[]> {
  const actions = await vscode.commands.executeCommand<readonly (vscode.CodeAction | vscode.Command)[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
  );
  return actions.flatMap((action) => {
    const command = typeof action.command === "object" ? action.command : undefined;
    return command?.command === ACCEPT ? [{ label: action.title, command }] : [];
  });
}

/** Accepts all findings of the active document. */
export async function acceptFile(client: Client): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || client.running === undefined) {
    return;
  }
  const path = editor.document.uri.toString();
  const count = await tried(() => vscode.commands.executeCommand<unknown>(ACCEPT_FILE, { path }));
  if (typeof count === "number") {
    const findings = count === 1 ? "1 finding" : `${count} findings`;
    void vscode.window.setStatusBarMessage(`Architrave: ${findings} accepted into the baseline`, 5_000);
  }
}

/** The server's one-sentence reason why it can't be done. */
async function tried<T>(action: () => Thenable<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    void vscode.window.showErrorMessage(`Architrave: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
