// Moves the class, function or constant under the cursor to a module that the user names.

import * as vscode from "vscode";

import type { Client } from "./client";

/** What the server does it with; the client library registers it as a command while the server runs. */
const SERVER_COMMAND = "architrave.move";

const DOTTED_NAME = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

export async function moveSymbol(client: Client): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const word = editor?.document.getWordRangeAtPosition(editor.selection.active);
  if (editor === undefined || word === undefined || client.running === undefined) {
    return;
  }
  const symbol = editor.document.getText(word);
  const target = await vscode.window.showInputBox({
    title: `Move ${symbol}`,
    prompt: "The dotted name of the module, such as shop.domain.order. One that is not there is created.",
    validateInput: (value) => (DOTTED_NAME.test(value.trim()) ? undefined : "Give a dotted name."),
  });
  if (target === undefined) {
    return;
  }
  const path = editor.document.uri.toString();
  try {
    await vscode.commands.executeCommand(SERVER_COMMAND, { path, symbol, target: target.trim() });
  } catch (error) {
    // The server says in one sentence what stands in the way.
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}
