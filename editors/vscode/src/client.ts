// One server for the window: started, restarted, stopped, with the reason of each failure in the log.

import * as vscode from "vscode";
import {
  CloseAction,
  type CloseHandlerResult,
  type DocumentSelector,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  State,
} from "vscode-languageclient/node";

import { type Attempt, found, locate } from "./locate";
import { announcement } from "./places";
import { initializationOptions, SECTION, serverPath } from "./settings";

/** Python, and the files whose own mistakes the server tells. */
const DOCUMENTS: DocumentSelector = [
  { scheme: "file", language: "python" },
  { scheme: "file", pattern: "**/{architrave,pyproject,tach}.toml" },
  { scheme: "file", pattern: "**/{.importlinter,setup.cfg}" },
];

/** After so many ends in a row the server is left alone: something is wrong that a restart doesn't mend. */
const MOST_RESTARTS = 3;
/** Milliseconds after which an end has nothing to do with the one before. */
const FORGIVEN_AFTER = 180_000;

export class Client implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel("Architrave", { log: true });
  readonly #messages = vscode.window.createOutputChannel("Architrave (Messages)", { log: true });
  readonly #status = vscode.languages.createLanguageStatusItem("architrave", { language: "python" });
  #client: LanguageClient | undefined;
  #attempts: readonly Attempt[] = [];
  /** Starts and stops run one after the other, however fast they are asked for. */
  #queue: Promise<void> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext) {
    this.#status.name = "Architrave";
    this.#status.command = { command: "architrave.showLogs", title: "Show Logs" };
  }

  /** What was looked at to find the server. */
  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  get running(): LanguageClient | undefined {
    return this.#client?.state === State.Running ? this.#client : undefined;
  }

  start(): Promise<void> {
    return this.#enqueue(() => this.#start());
  }

  stop(): Promise<void> {
    return this.#enqueue(() => this.#stop());
  }

  restart(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  dispose(): void {
    this.log.dispose();
    this.#messages.dispose();
    this.#status.dispose();
  }

  #enqueue(job: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(job, job);
    return this.#queue;
  }

  async #start(): Promise<void> {
    this.#attempts = await locate({
      setting: serverPath(),
      folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      trusted: vscode.workspace.isTrusted,
      extension: this.context.extensionPath,
    });
    for (const { file, from, rejected } of this.#attempts) {
      this.log.info(`server ${file} (${from})${rejected === undefined ? "" : `: ${rejected}`}`);
    }
    const server = found(this.#attempts);
    if (server === undefined) {
      this.#failed("The server `architrave` was not found. Install it, or set `architrave.path`.");
      return;
    }
    const client = new LanguageClient(
      SECTION,
      "Architrave",
      {
        command: server.file,
        args: ["server"],
        // Its log comes as messages, which have levels; on standard error it would come a second time.
        options: { env: { ...process.env, ARCHITRAVE_LOG: process.env["ARCHITRAVE_LOG"] ?? "off" } },
      },
      {
        documentSelector: DOCUMENTS,
        outputChannel: this.log,
        traceOutputChannel: this.#messages,
        initializationOptions: initializationOptions(),
        errorHandler: this.#errorHandler(),
        initializationFailedHandler: (error) => {
          this.log.error(`initialize failed: ${String(error)}`);
          return false;
        },
      },
    );
    client.registerFeature(announcement);
    this.#client = client;
    this.#say("starting", vscode.LanguageStatusSeverity.Information, true);
    try {
      await client.start();
      const { name, version } = client.initializeResult?.serverInfo ?? { name: "server" };
      this.#say(`${name} ${version ?? ""}`.trim(), vscode.LanguageStatusSeverity.Information);
    } catch (error) {
      this.#client = undefined;
      this.#failed(`The server ${server.file} could not be started: ${String(error)}`);
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      // Stops and lets go of everything it registered.
      await client?.dispose();
    } catch (error) {
      this.log.warn(`the server did not stop in order: ${String(error)}`);
    }
  }

  #errorHandler(): ErrorHandler {
    let ends: number[] = [];
    return {
      error: (error) => {
        this.log.error(`connection: ${error.message}`);
        return { action: ErrorAction.Continue };
      },
      closed: (): CloseHandlerResult => {
        const now = Date.now();
        ends = [...ends.filter((end) => now - end < FORGIVEN_AFTER), now];
        if (ends.length <= MOST_RESTARTS) {
          this.log.warn(`the server ended; starting it again (${ends.length} of ${MOST_RESTARTS})`);
          return { action: CloseAction.Restart, handled: true };
        }
        this.#failed(`The server ended ${ends.length} times within minutes and is not started again.`);
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  /** Told once, where one looks for it; the reason is in the log. */
  #failed(reason: string): void {
    this.log.error(reason);
    this.#say("not running", vscode.LanguageStatusSeverity.Error);
    void vscode.window.showErrorMessage(`Architrave: ${reason}`, "Show Logs").then((choice) => {
      if (choice !== undefined) {
        this.log.show();
      }
    });
  }

  #say(text: string, severity: vscode.LanguageStatusSeverity, busy = false): void {
    this.#status.text = text;
    this.#status.severity = severity;
    this.#status.busy = busy;
  }
}
