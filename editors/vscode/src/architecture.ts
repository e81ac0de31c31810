// The webview "Architecture": shows the server's answer, follows its notifications, opens code, exports.

import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { deflateRawSync } from "node:zlib";

import * as vscode from "vscode";

import type { Client } from "./client";

export const SHOW_ARCHITECTURE = "architrave.showArchitecture";
export const EXPORT_ARCHITECTURE = "architrave.exportArchitecture";

const VIEW = "architrave.architecture";
const SERVER_COMMAND = "architrave.architecture";
/** An edit made the request stale (LSP 3.17, `ContentModified`). */
const CONTENT_MODIFIED = -32801;
/** Milliseconds until the request is repeated. */
const AGAIN_AFTER = 300;
/** Characters of data that a standalone page holds as they are; longer data is packed. */
const LONGEST = 512 * 1024;

/** The server's answer; the architecture itself is left to the page (webview/src/data.ts). */
interface Answer {
  readonly ready: boolean;
  readonly roots: readonly string[];
  readonly root: string;
  readonly hash?: string;
  readonly architecture?: { readonly root: string; readonly name: string };
}

/** Messages from the page (webview/src/host.ts). */
type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "open"; readonly path: string; readonly line: number }
  | { readonly type: "exported"; readonly kind: "svg"; readonly text: string }
  | { readonly type: "exported"; readonly kind: "html"; readonly architecture: { readonly name: string } };

/** The one panel of a window, and the operations on it. */
export class Architecture implements vscode.Disposable {
  #panel: Panel | undefined;
  readonly #subscriptions: vscode.Disposable[];

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly client: Client,
  ) {
    this.#subscriptions = [
      client.onArchitectureChanged((root) => this.#panel?.changed(root)),
      client.onStateChanged(() => this.#panel?.stateChanged()),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#panel?.sayHere(editor)),
      vscode.window.registerWebviewPanelSerializer(VIEW, {
        deserializeWebviewPanel: async (panel, state: { readonly root?: unknown } | undefined) => {
          this.#adopt(panel, typeof state?.root === "string" ? state.root : undefined);
        },
      }),
    ];
  }

  /** Shows the architecture of the folder around the document in front; asks where there are several and none is. */
  async show(): Promise<void> {
    const root = await this.#root();
    if (root === null) {
      return;
    }
    if (this.#panel !== undefined) {
      this.#panel.show(root);
      return;
    }
    const panel = vscode.window.createWebviewPanel(VIEW, "Architecture", vscode.ViewColumn.Beside, {
      enableScripts: true,
      retainContextWhenHidden: true,
      enableFindWidget: false,
      localResourceRoots: [this.#folder],
    });
    this.#adopt(panel, root);
  }

  /** Writes what is shown into a file that the user names. */
  async export(): Promise<void> {
    if (this.#panel === undefined) {
      await this.show();
    }
    const kinds = [
      { label: "HTML", description: "one page that works offline, with everything to expand and search", form: "html" },
      { label: "SVG", description: "the picture as it is shown now", form: "svg" },
    ] as const;
    const chosen = await vscode.window.showQuickPick(kinds, { title: "Export Architecture" });
    if (chosen !== undefined) {
      this.#panel?.export(chosen.form);
    }
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#subscriptions.forEach((subscription) => subscription.dispose());
  }

  get #folder(): vscode.Uri {
    return vscode.Uri.joinPath(this.context.extensionUri, "dist", "webview");
  }

  #adopt(webview: vscode.WebviewPanel, root: string | undefined): void {
    this.#panel?.dispose();
    const panel = new Panel(webview, this.#folder, this.client, root);
    this.#panel = panel;
    webview.onDidDispose(() => {
      if (this.#panel === panel) {
        this.#panel = undefined;
      }
    });
  }

  /** The folder that is meant; nothing for the only one, `null` where the user chose none. */
  async #root(): Promise<string | undefined | null> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const active = vscode.window.activeTextEditor?.document.uri;
    const around = active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active);
    if (around !== undefined || folders.length < 2) {
      return around?.uri.fsPath;
    }
    const items = folders.map((folder) => ({ label: folder.name, root: folder.uri.fsPath }));
    const chosen = await vscode.window.showQuickPick(items, { title: "Show Architecture of" });
    return chosen === undefined ? null : chosen.root;
  }
}

class Panel implements vscode.Disposable {
  #known: string | undefined;
  /** The folder that the page shows, as the server named it. */
  #shown: string | undefined;
  #isReady = false;
  #isAsking = false;
  /** Something changed while it was asked, or while nobody looked. */
  #isStale = false;
  #isDisposed = false;
  #wasRunning: boolean;
  /** Asked for before there was anything to export. */
  #wanted: "svg" | "html" | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly folder: vscode.Uri,
    private readonly client: Client,
    private root: string | undefined,
  ) {
    this.#wasRunning = client.running !== undefined;
    panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    panel.webview.onDidReceiveMessage((message: FromPage) =>
      this.#hear(message).catch((error: unknown) => {
        void vscode.window.showErrorMessage(`Architrave: ${String(error)}`);
      }),
    );
    panel.onDidChangeViewState(() => {
      if (panel.visible && this.#isStale) {
        void this.#refresh();
      }
    });
    panel.onDidDispose(() => (this.#isDisposed = true));
    panel.webview.html = page(panel.webview, folder);
  }

  dispose(): void {
    this.panel.dispose();
  }

  show(root: string | undefined): void {
    this.panel.reveal(undefined, false);
    if (root !== undefined && root !== this.root) {
      this.root = root;
      this.#known = undefined;
    }
    void this.#refresh();
  }

  export(kind: "svg" | "html"): void {
    if (this.#shown === undefined) {
      this.#wanted = kind;
    } else {
      void this.panel.webview.postMessage({ type: "export", kind });
    }
  }

  /** The server told that what it answered is no longer so. */
  changed(root: string): void {
    if (this.#shown === undefined || this.#shown === root || this.root === root) {
      void this.#refresh();
    }
  }

  /** Marks where the document in front is. Nothing in front, as in the picture itself, leaves the mark where it was. */
  sayHere(editor: vscode.TextEditor | undefined): void {
    const path = this.#shown === undefined || editor === undefined ? "" : relative(this.#shown, editor.document.uri.fsPath);
    if (path !== "" && !path.startsWith("..") && !this.#isDisposed) {
      void this.panel.webview.postMessage({ type: "here", path: path.replaceAll("\\", "/") });
    }
  }

  /** The server came or went. */
  stateChanged(): void {
    const isRunning = this.client.running !== undefined;
    if (isRunning === this.#wasRunning) {
      return;
    }
    this.#wasRunning = isRunning;
    if (isRunning) {
      void this.#refresh();
    } else {
      this.#say("stopped", "The server is not running. The picture is as it was last.");
    }
  }

  async #hear(message: FromPage): Promise<void> {
    if (message.type === "ready") {
      this.#isReady = true;
      this.#known = undefined;
      await this.#refresh();
    } else if (message.type === "open") {
      await this.#open(message.path, message.line);
    } else if (message.kind === "svg") {
      await save("architecture.svg", { "SVG picture": ["svg"] }, message.text);
    } else {
      const name = `${message.architecture.name || "project"}-architecture.html`;
      const text = await standalone(this.folder, message.architecture);
      await save(name, { "HTML page": ["html"] }, text);
    }
  }

  /** Opens code beside the picture, so that both are in sight. */
  async #open(path: string, line: number): Promise<void> {
    const root = this.#shown ?? this.root;
    if (root === undefined) {
      return;
    }
    const own = this.panel.viewColumn ?? vscode.ViewColumn.One;
    const other = vscode.window.tabGroups.all.find((group) => group.viewColumn !== own)?.viewColumn;
    const at = new vscode.Position(Math.max(0, line - 1), 0);
    try {
      await vscode.window.showTextDocument(vscode.Uri.file(join(root, path)), {
        viewColumn: other ?? vscode.ViewColumn.Beside,
        selection: new vscode.Range(at, at),
      });
    } catch (error) {
      void vscode.window.showErrorMessage(`Architrave: ${path} can't be opened: ${String(error)}`);
    }
  }

  /** Asks and shows; whatever changes meanwhile is asked for once more afterwards. */
  async #refresh(): Promise<void> {
    if (this.#isAsking || !this.#isReady || !this.panel.visible) {
      this.#isStale = true;
      return;
    }
    this.#isAsking = true;
    this.#isStale = false;
    try {
      await this.#ask();
    } finally {
      this.#isAsking = false;
      if (this.#isStale && !this.#isDisposed && this.panel.visible) {
        void this.#refresh();
      }
    }
  }

  async #ask(): Promise<void> {
    const running = this.client.running;
    if (running === undefined) {
      this.#say("stopped", "The server is not running.");
      return;
    }
    const given = { root: this.root, known: this.#known };
    try {
      const answer = await running.sendRequest<Answer>("workspace/executeCommand", {
        command: SERVER_COMMAND,
        arguments: [given],
      });
      if (!answer.ready) {
        // The server sends a notification when it is.
        this.#say("waiting", "Reading the project…");
      } else if (answer.architecture !== undefined) {
        this.#known = answer.hash;
        this.#shown = answer.root;
        this.panel.title = `Architecture: ${answer.architecture.name}`;
        await this.panel.webview.postMessage({ type: "architecture", architecture: answer.architecture });
        this.sayHere(vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0]);
        const wanted = this.#wanted;
        this.#wanted = undefined;
        if (wanted !== undefined) {
          this.export(wanted);
        }
      } else {
        await this.panel.webview.postMessage({ type: "current" });
      }
    } catch (error) {
      if ((error as { readonly code?: number }).code === CONTENT_MODIFIED) {
        await new Promise((done) => setTimeout(done, AGAIN_AFTER));
        this.#isStale = true;
      } else {
        this.#say("stopped", error instanceof Error ? error.message : String(error));
      }
    }
  }

  #say(state: "waiting" | "stopped", message: string): void {
    if (!this.#isDisposed) {
      void this.panel.webview.postMessage({ type: "state", state, message });
    }
  }
}

/** The page for a webview: no external content, no script but ours. */
function page(webview: vscode.Webview, folder: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64url");
  const script = webview.asWebviewUri(vscode.Uri.joinPath(folder, "architecture.js")).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(folder, "architecture.css")).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return [
    "<!doctype html>",
    '<html lang="en" data-vscode>',
    `<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>Architecture</title><link rel="stylesheet" href="${style}"></head>`,
    `<body><script nonce="${nonce}" src="${script}"></script></body>`,
    "</html>",
  ].join("\n");
}

/** The page as a standalone file. It reveals nothing about this machine: the folder's path is left out. */
async function standalone(folder: vscode.Uri, architecture: object & { readonly name: string }): Promise<string> {
  const template = await readFile(vscode.Uri.joinPath(folder, "architecture.html").fsPath, "utf8");
  const plain = JSON.stringify({ ...architecture, root: "" }).replaceAll("<", "\\u003c");
  const data = plain.length > LONGEST ? deflateRawSync(plain).toString("base64") : plain;
  const title = `Architecture of ${architecture.name}`.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const values: Readonly<Record<string, string>> = {
    __NONCE__: randomBytes(16).toString("base64url"),
    __TITLE__: title,
    __DATA__: data,
  };
  return template.replaceAll(/__(?:NONCE|TITLE|DATA)__/g, (name) => values[name] ?? name);
}

async function save(name: string, filters: Record<string, string[]>, text: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    filters,
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (file !== undefined) {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  }
}
