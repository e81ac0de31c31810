// Which server is started: the setting, the environment variable, the project's Python environment, PATH, then the
// bundled one.
//
// Pure except for file system checks, so that the debug information reports the same attempts as the start.

import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";

/** Names a server file, for developers of the server. */
export const VARIABLE = "ARCHITRAVE_SERVER";

export interface Search {
  /** The setting `architrave.path`, as written. */
  readonly setting: readonly string[];
  /** The setting `architrave.importStrategy`. */
  readonly strategy: "fromEnvironment" | "useBundled";
  /** Python environments whose programs may hold the server, best first. */
  readonly environments: readonly Environment[];
  /** Open folders, the first one first. */
  readonly folders: readonly string[];
  /** In a folder that is not trusted, nothing but the server of the extension is started. */
  readonly trusted: boolean;
  /** The folder of the extension. */
  readonly extension: string;
  /** `$PATH` and `$ARCHITRAVE_SERVER`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** A Python environment, such as a `.venv`. */
export interface Environment {
  /** The folder of its programs: `bin`, on Windows `Scripts`. */
  readonly programs: string;
  /** How it was found, such as `.venv` or `selected interpreter`. */
  readonly origin: string;
}

export interface Attempt {
  /** The file; only its name where no folder of `PATH` holds it. */
  readonly file: string;
  readonly from: "setting" | "variable" | "environment" | "PATH" | "extension";
  /** How the environment was found. */
  readonly origin?: string;
  /** Why it is not the one; nothing for the one that is. */
  readonly rejected?: string;
}

const NAME = process.platform === "win32" ? "architrave.exe" : "architrave";

const UNTRUSTED = "the folder is not trusted";

/** All places checked, in order. The last one is the server unless it was rejected. */
export async function locate(search: Search): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const candidate of candidates(search)) {
    const attempt = candidate.from === "PATH" ? await onPath(search) : await tried(candidate);
    attempts.push(attempt);
    if (attempt.rejected === undefined) {
      break;
    }
  }
  return attempts;
}

/** The server among the attempts. */
export function found(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.find((attempt) => attempt.rejected === undefined);
}

/** Where the search failed, as part of a sentence: `architrave.path (/opt/architrave does not exist), PATH`. */
export function searched(attempts: readonly Attempt[]): string {
  const places = attempts.map(({ file, from, origin, rejected }) => {
    switch (from) {
      case "setting":
        return `architrave.path (${file} ${rejected})`;
      case "variable":
        return `$${VARIABLE} (${file} ${rejected})`;
      case "environment":
        return origin ?? file;
      case "PATH":
        return "PATH";
      case "extension":
        return "the extension itself";
    }
  });
  return [...new Set(places)].join(", ");
}

function* candidates(search: Search): Generator<Attempt> {
  const { strategy, trusted, variables } = search;
  const rejected = trusted ? {} : { rejected: UNTRUSTED };
  for (const written of search.setting) {
    for (const file of expand(written, search.folders)) {
      const relative = path.isAbsolute(file) ? {} : { rejected: "is not an absolute path" };
      yield { file, from: "setting", ...relative, ...rejected };
    }
  }
  if (trusted && strategy === "fromEnvironment") {
    const variable = variables[VARIABLE];
    if (variable !== undefined && variable !== "") {
      const relative = path.isAbsolute(variable) ? {} : { rejected: "is not an absolute path" };
      yield { file: variable, from: "variable", ...relative };
    }
    for (const { programs, origin } of search.environments) {
      yield { file: path.join(programs, NAME), from: "environment", origin };
    }
    yield { file: NAME, from: "PATH" };
  }
  yield { file: path.join(search.extension, "bin", NAME), from: "extension" };
}

async function tried(candidate: Attempt): Promise<Attempt> {
  const rejected = candidate.rejected ?? (await unusable(candidate.file));
  return rejected === undefined ? candidate : { ...candidate, rejected };
}

/**
 * The first on PATH. Its many folders without the program are reported as one attempt. Relative ones depend on the
 * folder that the server is started from.
 */
async function onPath({ variables }: Search): Promise<Attempt> {
  const folders = (variables["PATH"] ?? variables["Path"] ?? "").split(path.delimiter).filter(path.isAbsolute);
  for (const folder of folders) {
    const file = path.join(folder, NAME);
    if ((await unusable(file)) === undefined) {
      return { file, from: "PATH" };
    }
  }
  return { file: NAME, from: "PATH", rejected: `is in none of its ${folders.length} folders` };
}

/** `~` is the home folder, `${workspaceFolder}` each open folder in turn. */
export function expand(written: string, folders: readonly string[]): string[] {
  const file = written === "~" || /^~[/\\]/.test(written) ? homedir() + written.slice(1) : written;
  const variable = "${workspaceFolder}";
  return file.includes(variable) ? folders.map((folder) => file.replaceAll(variable, folder)) : [file];
}

async function unusable(file: string): Promise<string | undefined> {
  try {
    if (!(await stat(file)).isFile()) {
      return "is not a file";
    }
  } catch {
    return "does not exist";
  }
  try {
    await access(file, constants.X_OK);
  } catch {
    return "is not executable";
  }
  return undefined;
}
