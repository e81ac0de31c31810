// The Python environments of the open folders: a program installed there was chosen for this project.

import * as path from "node:path";
import * as vscode from "vscode";

import { type Environment, expand } from "./locate";
import { interpreters } from "./settings";

/** Folders that contain a virtual environment by convention. */
const CONVENTIONAL = [".venv", "venv"];

const PROGRAMS = process.platform === "win32" ? "Scripts" : "bin";

const PYTHON_EXTENSION = "ms-python.python";

/** The part of the Python extension's interface that is used here. */
interface PythonExtension {
  readonly environments?: {
    readonly onDidChangeActiveEnvironmentPath?: vscode.Event<unknown>;
    getActiveEnvironmentPath?(resource?: vscode.Uri): { readonly path: string } | undefined;
    resolveEnvironment?(
      environment: unknown,
    ): Promise<{ readonly executable?: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

/** Best first: the user's setting, the selection in the Python extension, the folders' environments, the active one. */
export async function environments(): Promise<Environment[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found: Environment[] = interpreters()
    .flatMap((written) => expand(written, folders.map((folder) => folder.uri.fsPath)))
    .map((file) => ({ programs: path.dirname(file), origin: "architrave.interpreter" }));
  for (const programs of await selected(folders.map((folder) => folder.uri))) {
    found.push({ programs, origin: "the selected interpreter" });
  }
  for (const folder of [...nested(), ...folders.map((folder) => folder.uri.fsPath)]) {
    for (const name of CONVENTIONAL) {
      found.push({ programs: path.join(folder, name, PROGRAMS), origin: name });
    }
  }
  for (const variable of ["VIRTUAL_ENV", "CONDA_PREFIX"]) {
    const folder = process.env[variable];
    if (folder !== undefined && folder !== "") {
      found.push({ programs: path.join(folder, PROGRAMS), origin: `$${variable}` });
    }
  }
  return found.filter(({ programs }, index) => found.findIndex((other) => other.programs === programs) === index);
}

/** Folders between the active document and its open folder: in a monorepo the environment is next to the backend. */
function nested(): string[] {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const root = uri && vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  if (uri === undefined || root === undefined || uri.scheme !== "file") {
    return [];
  }
  const folders: string[] = [];
  for (let folder = path.dirname(uri.fsPath); folder.startsWith(root + path.sep); folder = path.dirname(folder)) {
    folders.push(folder);
  }
  return folders;
}

/** The folders with the programs of the interpreters selected in the Python extension, if it is installed. */
async function selected(folders: readonly vscode.Uri[]): Promise<string[]> {
  const extension = vscode.extensions.getExtension<PythonExtension>(PYTHON_EXTENSION);
  if (extension === undefined) {
    return [];
  }
  const programs: string[] = [];
  try {
    const { environments } = await extension.activate();
    for (const folder of folders) {
      const active = environments?.getActiveEnvironmentPath?.(folder);
      const resolved = active && (await environments?.resolveEnvironment?.(active));
      const executable = resolved?.executable?.uri?.fsPath;
      if (executable !== undefined) {
        programs.push(path.dirname(executable));
      }
    }
  } catch {
    // Failures of another extension are ignored: the other places are searched.
  }
  return programs;
}

/** Calls back when another interpreter is selected in the Python extension. */
export async function onEnvironmentChange(changed: () => unknown): Promise<vscode.Disposable> {
  try {
    const python = await vscode.extensions.getExtension<PythonExtension>(PYTHON_EXTENSION)?.activate();
    return python?.environments?.onDidChangeActiveEnvironmentPath?.(changed) ?? new vscode.Disposable(() => {});
  } catch {
    return new vscode.Disposable(() => {});
  }
}
