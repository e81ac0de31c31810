// Opens a document that an action has just written, where its work goes on.

import * as vscode from "vscode";
import type { Range } from "vscode-languageclient/node";

export const OPEN = "architrave.open";

/** What comes is as the protocol has it. The range, if any, is selected. */
export async function open(uri: string, range?: Range): Promise<void> {
  const selection =
    range === undefined
      ? undefined
      : new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
    preview: false,
    ...(selection === undefined ? {} : { selection }),
  });
}
