// One page that answers the first questions of a bug report: which server, how it was found, what it reads.

import * as vscode from "vscode";

import type { Client } from "./client";
import { found } from "./locate";
import { importStrategy, initializationOptions, serverPath } from "./settings";
import { shown } from "./status";

/** The server's own information; the client library registers it as a command while the server runs. */
const SERVER_COMMAND = "architrave.debugInformation";

const CONFIGURATION_FILES = "**/{architrave.toml,pyproject.toml,.importlinter,setup.cfg,tach.toml}";
const SKIPPED = "**/{node_modules,.venv,venv,.git}/**";
const MOST_FILES = 50;

/** Opens the page. */
export async function showDebugInformation(context: vscode.ExtensionContext, client: Client): Promise<void> {
  const content = await describe(context, client);
  const document = await vscode.workspace.openTextDocument({ content, language: "markdown" });
  await vscode.window.showTextDocument(document);
}

async function describe(context: vscode.ExtensionContext, client: Client): Promise<string> {
  const files = await vscode.workspace.findFiles(CONFIGURATION_FILES, SKIPPED, MOST_FILES);
  const { version } = context.extension.packageJSON as { version: string };
  const result = client.running?.initializeResult;
  const answer = client.running === undefined ? "not running" : await serverAnswer();
  const server = found(client.attempts);
  return [
    "# Architrave: debug information",
    "",
    `- extension: ${version}`,
    `- editor: ${vscode.env.appName} ${vscode.version}, ${vscode.env.remoteName ?? "local"}`,
    `- platform: ${process.platform} ${process.arch}, node ${process.versions.node}`,
    `- trusted: ${vscode.workspace.isTrusted}`,
    `- server: ${server === undefined ? "not found" : `${server.file} (from ${server.origin ?? server.from})`}`,
    `- running: ${client.running !== undefined}`,
    `- state: ${stateOf(client)}`,
    `- server version: ${result?.serverInfo?.version ?? "unknown"}`,
    `- position encoding: ${result?.capabilities.positionEncoding ?? "utf-16 (default)"}`,
    `- settings: ${JSON.stringify({ path: serverPath(), importStrategy: importStrategy(), ...initializationOptions() })}`,
    "",
    "## Looked for the server",
    ...list(client.attempts.map(({ file, from, origin, rejected }) => `${file} (${origin ?? from}): ${rejected ?? "taken"}`)),
    "",
    "## Open folders",
    ...list((vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.toString())),
    "",
    "## Configuration files",
    ...list(files.map((file) => vscode.workspace.asRelativePath(file)).sort()),
    "",
    "## The server says",
    "```json",
    answer,
    "```",
    "",
  ].join("\n");
}

async function serverAnswer(): Promise<string> {
  try {
    const answer = await vscode.commands.executeCommand<unknown>(SERVER_COMMAND);
    return typeof answer === "string" ? answer : JSON.stringify(answer, undefined, 2);
  } catch (error) {
    return String(error);
  }
}

function stateOf({ state }: Client): string {
  const { text, detail } = shown(state);
  return `${text} (${detail})`;
}

function list(items: readonly string[]): string[] {
  return items.length === 0 ? ["- none"] : items.map((item) => `- ${item}`);
}
