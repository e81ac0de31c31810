// The list of places that a code lens opens: the server names this command where the client says that it has it.

import * as vscode from "vscode";
import type { ClientCapabilities, FeatureState, Location, Position, StaticFeature } from "vscode-languageclient/node";

export const SHOW_PLACES = "architrave.showPlaces";

/** Tells the server, before it answers anything, that the command is there. */
export const announcement: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const experimental: unknown = capabilities.experimental;
    const known = typeof experimental === "object" && experimental !== null ? experimental : {};
    capabilities.experimental = { ...known, commands: { commands: [SHOW_PLACES] } };
  },
  initialize(): void {},
  getState(): FeatureState {
    return { kind: "static" };
  },
  clear(): void {},
};

/** Shows what a lens counts, as the editor shows references. What comes is as the protocol has it. */
export async function showPlaces(uri: string, position: Position, locations: readonly Location[]): Promise<void> {
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    positionOf(position),
    locations.map(({ uri, range: { start, end } }) => {
      return new vscode.Location(vscode.Uri.parse(uri), new vscode.Range(positionOf(start), positionOf(end)));
    }),
  );
}

function positionOf({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}
