// The list of places that a code lens opens: the server names this command where the client says that it has it.

import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";

export const SHOW_PLACES = "architrave.showPlaces";

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
