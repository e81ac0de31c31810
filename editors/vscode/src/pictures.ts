// Pictures of a route, a model or a package: the server draws them, a webview shows them.

import * as vscode from "vscode";

import type { Client } from "./client";

export const SHOW_PICTURE = "architrave.showPicture";

const VIEW = "architrave.picture";
const SERVER_COMMAND = "architrave.draw";

/** The argument of the server's command; see `crates/server/src/handlers/draw.rs`. */
export interface Wanted {
  readonly picture: "architecture" | "sequence" | "entities" | "dependencies";
  readonly document?: string;
  readonly position?: { readonly line: number; readonly character: number };
  readonly [named: string]: unknown;
}

interface Answer {
  readonly ready: boolean;
  readonly title?: string;
  readonly text?: string;
  readonly choices?: readonly { readonly title: string; readonly argument: Wanted }[];
}

/** A picture of the cursor's surroundings: the route, the model, the package of the file. */
export function here(picture: Wanted["picture"]): Wanted {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "python") {
    return { picture };
  }
  const { line, character } = editor.selection.active;
  return { picture, document: editor.document.uri.toString(), position: { line, character } };
}

/** Shows a picture; if several match, the user picks one. */
export async function showPicture(client: Client, wanted: Wanted): Promise<void> {
  const running = client.running;
  if (running === undefined) {
    void vscode.window.showInformationMessage("Architrave: the server draws the pictures, and isn't running.");
    return;
  }
  try {
    const argument = { ...wanted, form: "svg", show: false };
    const answer = await running.sendRequest<Answer>("workspace/executeCommand", {
      command: SERVER_COMMAND,
      arguments: [argument],
    });
    if (!answer.ready) {
      void vscode.window.showInformationMessage("Architrave: the project is still being read.");
    } else if (answer.choices !== undefined) {
      const items = answer.choices.map(({ title, argument }) => ({ label: title, argument }));
      const chosen = await vscode.window.showQuickPick(items, { title: "Show Sequence of" });
      if (chosen !== undefined) {
        await showPicture(client, chosen.argument);
      }
    } else if (answer.title !== undefined && answer.text !== undefined) {
      open(answer.title, answer.text);
    }
  } catch (error) {
    void vscode.window.showErrorMessage(`Architrave: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Opens the picture next to the code. It runs no scripts and loads nothing. */
function open(title: string, svg: string): void {
  const panel = vscode.window.createWebviewPanel(VIEW, title, vscode.ViewColumn.Beside, { enableFindWidget: true });
  panel.webview.html = [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    "<style>body{padding:0}svg{display:block}</style></head>",
    `<body>${svg}</body></html>`,
  ].join("\n");
}
