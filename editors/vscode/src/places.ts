// The list of places that a code lens opens: the server uses this command if the client announces it.

import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";

export const SHOW_PLACES = "architrave.showPlaces";

/** Shows the places of a lens, the way the editor shows references. The arguments have the protocol's types. */
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
