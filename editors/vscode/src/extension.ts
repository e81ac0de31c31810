// The extension's life: start the server once, keep the commands, stop the server.

import * as vscode from "vscode";

import { Client } from "./client";
import { describe } from "./debugInformation";
import { moveSymbol } from "./moveSymbol";
import { SHOW_PLACES, showPlaces } from "./places";
import { restartNeeded } from "./settings";

let client: Client | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const own = new Client(context);
  client = own;
  context.subscriptions.push(
    own,
    vscode.commands.registerCommand("architrave.moveSymbol", () => moveSymbol(own)),
    vscode.commands.registerCommand("architrave.restart", () => own.restart()),
    vscode.commands.registerCommand("architrave.showLogs", () => own.log.show()),
    // Not in the palette: only a lens knows its places.
    vscode.commands.registerCommand(SHOW_PLACES, showPlaces),
    vscode.commands.registerCommand("architrave.printDebugInformation", async () => {
      const content = await describe(context, own);
      const document = await vscode.workspace.openTextDocument({ content, language: "markdown" });
      await vscode.window.showTextDocument(document);
    }),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (restartNeeded(event)) {
        await own.restart();
      }
    }),
    // A trusted folder may bring a server of its own.
    vscode.workspace.onDidGrantWorkspaceTrust(() => own.restart()),
  );
  await own.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
