// One server per window: started, restarted, stopped, with the reason for each failure in the log.

import * as vscode from "vscode";
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  State as Connection,
} from "vscode-languageclient/node";

import { announcement, TRUSTED } from "./announcement";
import { DOCUMENTS } from "./documents";
import { environments } from "./environments";
import { type Attempt, found, locate, searched } from "./locate";
import { importStrategy, initializationOptions, SECTION, serverPath } from "./settings";
import { after, type State } from "./status";
import { openSettings, StatusItem } from "./statusItem";

/** After this many consecutive exits the server isn't restarted: something is wrong that a restart doesn't fix. */
const MOST_RESTARTS = 3;
/** Milliseconds after which an exit is unrelated to the previous one. */
const FORGIVEN_AFTER = 180_000;

/** The server's notification to views that draw (see announcement.ts). */
const ARCHITECTURE_CHANGED = "architrave/architectureChanged";

const SHOW_LOGS = "Show Logs";
const OPEN_SETTINGS = "Open Settings";

export class Client implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel("Architrave", { log: true });
  readonly messages = vscode.window.createOutputChannel("Architrave (Messages)", { log: true });
  readonly #status = new StatusItem();
  readonly #architectureChanged = new vscode.EventEmitter<string>();
  readonly #stateChanged = new vscode.EventEmitter<State>();
  /** The server told that the architecture of the folder is another one now. */
  readonly onArchitectureChanged = this.#architectureChanged.event;
  readonly onStateChanged = this.#stateChanged.event;
  #state: State = { kind: "stopped" };
  #client: LanguageClient | undefined;
  #attempts: readonly Attempt[] = [];
  /** Starts and stops run one after the other, however fast they are asked for. */
  #queue: Promise<void> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext) {}

  /** What was looked at to find the server. */
  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  get running(): LanguageClient | undefined {
    return this.#client?.state === Connection.Running ? this.#client : undefined;
  }

  get state(): State {
    return this.#state;
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

  /** Another interpreter was selected: its environment may hold another server. */
  async environmentChanged(): Promise<void> {
    const attempts = await this.#locate();
    if (found(attempts)?.file !== found(this.#attempts)?.file) {
      await this.restart();
    }
  }

  dispose(): void {
    this.log.dispose();
    this.messages.dispose();
    this.#status.dispose();
    this.#architectureChanged.dispose();
    this.#stateChanged.dispose();
  }

  #enqueue(job: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(job, job);
    return this.#queue;
  }

  async #locate(): Promise<Attempt[]> {
    return locate({
      setting: serverPath(),
      strategy: importStrategy(),
      environments: await environments(),
      folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      trusted: vscode.workspace.isTrusted,
      extension: this.context.extensionPath,
      variables: process.env,
    });
  }

  async #start(): Promise<void> {
    this.#show({ kind: "starting" });
    this.#attempts = await this.#locate();
    for (const { file, from, origin, rejected } of this.#attempts) {
      this.log.info(`server ${file} (${origin ?? from})${rejected === undefined ? "" : `: ${rejected}`}`);
    }
    const server = found(this.#attempts);
    if (server === undefined) {
      this.#notFound();
      return;
    }
    const client = new LanguageClient(
      SECTION,
      "Architrave",
      {
        command: server.file,
        args: ["server"],
        // Its log arrives as messages, which have levels; on standard error it would appear a second time.
        options: { env: { ...process.env, ARCHITRAVE_LOG: process.env["ARCHITRAVE_LOG"] ?? "off" } },
      },
      this.#options(),
    );
    client.registerFeature(announcement);
    client.onNotification(ARCHITECTURE_CHANGED, ({ root }: { readonly root: string }) => {
      this.#architectureChanged.fire(root);
    });
    client.onDidChangeState(({ newState }) => this.#connectionChanged(client, newState));
    this.#client = client;
    try {
      await client.start();
    } catch (error) {
      if (this.#client === client) {
        this.#client = undefined;
        this.#failed(`The server ${server.file} could not be started: ${String(error)}`);
      }
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client !== undefined) {
      this.#show({ kind: "stopped" });
    }
    try {
      // Stops and disposes of everything it registered.
      await client?.dispose();
    } catch (error) {
      this.log.warn(`the server did not stop in order: ${String(error)}`);
    }
  }

  #options(): LanguageClientOptions {
    return {
      documentSelector: DOCUMENTS,
      outputChannel: this.log,
      traceOutputChannel: this.messages,
      initializationOptions,
      errorHandler: this.#errorHandler(),
      initializationFailedHandler: (error) => {
        this.log.error(`initialize failed: ${String(error)}`);
        return false;
      },
      markdown: { isTrusted: { enabledCommands: TRUSTED } },
      middleware: this.#middleware(),
    };
  }

  #middleware(): Middleware {
    return {
      handleWorkDoneProgress: (token, progress, next) => {
        this.#show(after(this.#state, progress, this.#name()));
        next(token, progress);
      },
    };
  }

  /** The server's name and version. */
  #name(): string {
    const { name, version } = this.#client?.initializeResult?.serverInfo ?? { name: "server" };
    return `${name} ${version ?? ""}`.trim();
  }

  #connectionChanged(client: LanguageClient, connection: Connection): void {
    if (client !== this.#client) {
      return;
    }
    if (connection === Connection.Starting) {
      this.#show({ kind: "starting" });
    } else if (connection === Connection.Running) {
      // It reports itself when it has read the project.
      this.#show({ kind: "reading" });
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

  #notFound(): void {
    if (vscode.workspace.isTrusted) {
      const places = searched(this.#attempts);
      const reason = `The server \`architrave\` was not found. Searched: ${places}.`;
      this.#failed(reason, `${reason} Install it (pip install architrave) or set architrave.path.`);
    } else {
      this.log.info("the folder is not trusted: only a server that comes with the extension would be started");
      this.#show({ kind: "untrusted" });
    }
  }

  /** Told once, where one looks for it; the log has the whole story. */
  #failed(reason: string, message = reason): void {
    this.log.error(reason);
    this.#show({ kind: "failed", reason });
    void vscode.window.showErrorMessage(`Architrave: ${message}`, OPEN_SETTINGS, SHOW_LOGS).then((choice) => {
      if (choice === SHOW_LOGS) {
        this.log.show();
      } else if (choice === OPEN_SETTINGS) {
        void openSettings("architrave.path");
      }
    });
  }

  #show(state: State): void {
    this.#state = state;
    this.#status.show(state);
    this.#stateChanged.fire(state);
  }
}
