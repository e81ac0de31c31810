// Moves the class, function or constant under the cursor to another module: one of those that the server suggests, or
// one that the user names.

import * as vscode from "vscode";

import type { Client } from "./client";

export const MOVE_SYMBOL = "architrave.moveSymbol";

/** The server's command for the move; the client library registers it as a command while the server runs. */
const MOVE = "architrave.move";
/** The server's command that lists the modules that a symbol may move to, nearest first. */
const TARGETS = "architrave.moveTargets";

const DOTTED_NAME = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

/** The symbol to move: a name at the top level of a file, which is a URI. */
interface Place {
  readonly path: string;
  readonly symbol: string;
}

/** A module in the server's list. */
interface Target {
  readonly module: string;
  readonly layer: string | null;
  /** Why it is in the list. */
  readonly reason: string | null;
  /** Whether its file is there already. */
  readonly exists: boolean;
}

export async function moveSymbol(client: Client, given?: unknown): Promise<void> {
  const place = isPlace(given) ? given : underCursor();
  if (place === undefined || client.running === undefined) {
    return;
  }
  const target = await pick(place);
  if (target === undefined) {
    return;
  }
  try {
    await vscode.commands.executeCommand(MOVE, { ...place, target });
  } catch (error) {
    // The server's one-sentence reason why it can't be done.
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

function isPlace(given: unknown): given is Place {
  const place = given as Partial<Place> | null | undefined;
  return typeof place?.path === "string" && typeof place.symbol === "string";
}

function underCursor(): Place | undefined {
  const editor = vscode.window.activeTextEditor;
  const word = editor?.document.getWordRangeAtPosition(editor.selection.active);
  return editor && word && { path: editor.document.uri.toString(), symbol: editor.document.getText(word) };
}

/** The dotted name of a module: from the list, or typed. */
async function pick(place: Place): Promise<string | undefined> {
  const targets = await suggested(place);
  if (targets.length === 0) {
    return ask(place);
  }
  const other = { label: "$(add) Another module...", alwaysShow: true };
  const items: vscode.QuickPickItem[] = targets.map(({ module, layer, reason, exists }) => ({
    label: exists ? module : `$(new-file) ${module}`,
    description: layer ?? "",
    detail: reason ?? "",
  }));
  const rows = [...items, other];
  const choice = await vscode.window.showQuickPick(rows, {
    title: `Move ${place.symbol}`,
    placeHolder: "The module that it goes to",
    matchOnDescription: true,
  });
  if (choice === other) {
    return ask(place);
  }
  return choice && targets[rows.indexOf(choice)]?.module;
}

async function suggested(place: Place): Promise<readonly Target[]> {
  try {
    const answer = await vscode.commands.executeCommand<unknown>(TARGETS, place);
    return Array.isArray(answer) ? answer : [];
  } catch {
    // A symbol that can't be moved is reported when the move is tried.
    return [];
  }
}

function ask({ symbol }: Place): Thenable<string | undefined> {
  return vscode.window
    .showInputBox({
      title: `Move ${symbol}`,
      prompt: "The dotted name of the module, such as shop.domain.order. One that is not there is created.",
      validateInput: (value) => (DOTTED_NAME.test(value.trim()) ? undefined : "Give a dotted name."),
    })
    .then((name) => name?.trim());
}
