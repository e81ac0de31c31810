// Which server is started: the setting, then PATH, then the one that comes with the extension.
//
// Pure but for looking at files, so that the debug information can tell the same story as the start.

import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";

export interface Search {
  /** The setting `architrave.path`, as written. */
  readonly setting: readonly string[];
  /** Open folders, the first one first. */
  readonly folders: readonly string[];
  /** In a folder that is not trusted, nothing inside it is started. */
  readonly trusted: boolean;
  /** The folder of the extension. */
  readonly extension: string;
}

export interface Attempt {
  readonly file: string;
  readonly from: "setting" | "PATH" | "extension";
  /** Why it is not the one; nothing for the one that is. */
  readonly rejected?: string;
}

const NAME = process.platform === "win32" ? "architrave.exe" : "architrave";

/** All that was looked at, in order. The last one is the server unless it was rejected. */
export async function locate(search: Search): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const candidate of candidates(search)) {
    const rejected = candidate.rejected ?? (await unusable(candidate.file));
    // PATH has many folders without us: of those only the one that counts is told.
    if (rejected !== undefined && candidate.from === "PATH") {
      continue;
    }
    attempts.push({ file: candidate.file, from: candidate.from, ...(rejected === undefined ? {} : { rejected }) });
    if (rejected === undefined) {
      break;
    }
  }
  return attempts;
}

/** The server among the attempts. */
export function found(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.find((attempt) => attempt.rejected === undefined);
}

function* candidates(search: Search): Generator<Attempt> {
  for (const written of search.setting) {
    for (const file of expand(written, search.folders)) {
      if (!path.isAbsolute(file)) {
        yield { file, from: "setting", rejected: "is not an absolute path" };
      } else if (!search.trusted && search.folders.some((folder) => isInside(file, folder))) {
        yield { file, from: "setting", rejected: "lies in a folder that is not trusted" };
      } else {
        yield { file, from: "setting" };
      }
    }
  }
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    const untrusted = !search.trusted && search.folders.some((open) => isInside(folder, open));
    if (path.isAbsolute(folder) && !untrusted) {
      yield { file: path.join(folder, NAME), from: "PATH" };
    }
  }
  yield { file: path.join(search.extension, "bin", NAME), from: "extension" };
}

/** `~` is the home folder, `${workspaceFolder}` each open folder in turn. */
function expand(written: string, folders: readonly string[]): string[] {
  const file = written === "~" || /^~[/\\]/.test(written) ? homedir() + written.slice(1) : written;
  const variable = "${workspaceFolder}";
  return file.includes(variable) ? folders.map((folder) => file.replaceAll(variable, folder)) : [file];
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
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
