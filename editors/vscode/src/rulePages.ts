// The pages of the rules, shown as the editor shows Markdown. The server has the texts.

import * as vscode from "vscode";

import type { Client } from "./client";

export const EXPLAIN_RULE = "architrave.explainRule";

/** The server's command: the page of a rule, or the list of all if no rule is named. */
const SERVER_COMMAND = "architrave.ruleDocumentation";

const SCHEME = "architrave-rule";

/** One rule in the server's list. */
interface Rule {
  readonly id: string;
  readonly summary: string;
  readonly group?: string;
  readonly level?: string;
}

/** The text of `architrave-rule:/hidden-import.md`. */
export class RulePages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const rule = uri.path.replace(/^\//, "").replace(/\.md$/, "");
    try {
      const page = await vscode.commands.executeCommand<unknown>(SERVER_COMMAND, rule);
      return typeof page === "string" ? page : `# ${rule}\n\nThe server has no page of this rule.\n`;
    } catch (error) {
      return `# ${rule}\n\n${error instanceof Error ? error.message : String(error)}\n`;
    }
  }

  async show(rule: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
    // Its level may have changed since it was last shown.
    this.#changed.fire(uri);
    try {
      await vscode.commands.executeCommand("markdown.showPreview", uri);
    } catch {
      // The editor's own Markdown extension can be disabled.
      await vscode.window.showTextDocument(uri);
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** Shows the page of a rule: the one named, else the one under the cursor, else one that the user picks. */
export async function explainRule(client: Client, pages: RulePages, named?: unknown): Promise<void> {
  if (client.running === undefined) {
    void vscode.window.showInformationMessage("Architrave: the server has the pages of the rules, and isn't running.");
    return;
  }
  const here = typeof named === "string" ? [named] : underCursor();
  const rule = here.length === 1 ? here[0] : await pick(here);
  if (rule !== undefined) {
    await pages.show(rule);
  }
}

/** The rules of the findings at the cursor, or else on its line. */
function underCursor(): string[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return [];
  }
  const { active } = editor.selection;
  const ours = vscode.languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === "architrave");
  const at = ours.filter(({ range }) => range.contains(active));
  const near = at.length > 0 ? at : ours.filter(({ range }) => range.start.line <= active.line && active.line <= range.end.line);
  const codes = near.map(({ code }) => (typeof code === "object" ? code.value : code));
  return [...new Set(codes.filter((code) => typeof code === "string"))];
}

/** Lets the user pick a rule; those at the cursor come first. */
async function pick(here: readonly string[]): Promise<string | undefined> {
  const rules = (await vscode.commands.executeCommand<readonly Rule[] | null>(SERVER_COMMAND)) ?? [];
  const items = rules.map(({ id, summary, group, level }) => ({
    label: id,
    description: [group, level].filter((part) => part !== undefined).join(", "),
    detail: summary,
  }));
  items.sort((a, b) => Number(here.includes(b.label)) - Number(here.includes(a.label)));
  const choice = await vscode.window.showQuickPick(items, {
    title: "Explain Rule",
    placeHolder: "The rule whose page is shown",
    matchOnDetail: true,
  });
  return choice?.label;
}
