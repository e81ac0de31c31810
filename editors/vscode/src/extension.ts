// The extension's lifecycle: start the server once, register the commands, stop the server.

import * as vscode from "vscode";

import { Architecture, EXPORT_ARCHITECTURE, SHOW_ARCHITECTURE } from "./architecture";
import { acceptFile, acceptFinding } from "./baseline";
import { Client } from "./client";
import { showDebugInformation } from "./debugInformation";
import { onEnvironmentChange } from "./environments";
import { MOVE_SYMBOL, moveSymbol } from "./moveSymbol";
import { here, SHOW_PICTURE, showPicture, type Wanted } from "./pictures";
import { SHOW_PLACES, showPlaces } from "./places";
import { EXPLAIN_RULE, explainRule, RulePages } from "./rulePages";
import { restartNeeded } from "./settings";
import { openSettings, showMenu } from "./statusItem";

/** Applies every safe fix in the active document. */
const FIX_ALL = { kind: "source.fixAll.architrave", apply: "first" };

let client: Client | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const own = new Client(context);
  const pages = new RulePages();
  const architecture = new Architecture(context, own);
  client = own;
  const commands: Readonly<Record<string, (...given: never[]) => unknown>> = {
    "architrave.restart": () => own.restart(),
    "architrave.showLogs": () => own.log.show(),
    "architrave.showMessages": () => own.messages.show(),
    "architrave.openSettings": () => openSettings(),
    "architrave.showMenu": () => showMenu(own.state),
    "architrave.printDebugInformation": () => showDebugInformation(context, own),
    "architrave.fixAll": () => vscode.commands.executeCommand("editor.action.sourceAction", FIX_ALL),
    "architrave.acceptFinding": () => acceptFinding(own),
    "architrave.acceptFile": () => acceptFile(own),
    [SHOW_ARCHITECTURE]: () => architecture.show(),
    [EXPORT_ARCHITECTURE]: () => architecture.export(),
    "architrave.showSequence": () => showPicture(own, here("sequence")),
    "architrave.showEntities": () => showPicture(own, here("entities")),
    "architrave.showDependencies": () => showPicture(own, here("dependencies")),
    // Not in the palette: used by the server's actions.
    [SHOW_PICTURE]: (wanted: Wanted) =>
      wanted.picture === "architecture" ? architecture.show() : showPicture(own, wanted),
    [EXPLAIN_RULE]: (rule?: unknown) => explainRule(own, pages, rule),
    [MOVE_SYMBOL]: (place?: unknown) => moveSymbol(own, place),
    // Not in the palette: only a lens knows its places.
    [SHOW_PLACES]: showPlaces,
  };
  for (const [name, command] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(name, command));
  }
  context.subscriptions.push(
    own,
    pages,
    architecture,
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (restartNeeded(event)) {
        await own.restart();
      }
    }),
    // A trusted folder may bring its own server.
    vscode.workspace.onDidGrantWorkspaceTrust(() => own.restart()),
  );
  await own.start();
  context.subscriptions.push(await onEnvironmentChange(() => own.environmentChanged()));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
