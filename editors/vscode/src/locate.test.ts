// Which server is started: files on disk and settings in, the attempts out.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";

import { found, locate, type Search } from "./locate.ts";

const root = mkdtempSync(join(tmpdir(), "architrave-locate-"));
const before = process.env["PATH"];

after(() => {
  process.env["PATH"] = before;
  rmSync(root, { recursive: true });
});

beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  for (const folder of ["a", "b", "extension/bin", "path"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  process.env["PATH"] = ["relative", join(root, "nowhere"), join(root, "path")].join(":");
});

function program(name: string, mode = 0o755): string {
  const file = join(root, name);
  writeFileSync(file, "");
  chmodSync(file, mode);
  return file;
}

function search(setting: string[], trusted = true): Search {
  return { setting, trusted, folders: [join(root, "a"), join(root, "b")], extension: join(root, "extension") };
}

test("the setting, then PATH, then the extension's own", async () => {
  assert.equal(found(await locate(search([]))), undefined);
  const own = program("extension/bin/architrave");
  assert.deepEqual(await locate(search([])), [{ file: own, from: "extension" }]);
  const path = program("path/architrave");
  assert.deepEqual(await locate(search([])), [{ file: path, from: "PATH" }]);
  const set = program("set");
  assert.deepEqual(await locate(search([set])), [{ file: set, from: "setting" }]);
});

test("the first of the setting that can be started, with a reason for each of the others", async () => {
  const plain = program("plain", 0o644);
  const set = program("set");
  assert.deepEqual(await locate(search([join(root, "none"), join(root, "a"), plain, "bin/x", set])), [
    { file: join(root, "none"), from: "setting", rejected: "does not exist" },
    { file: join(root, "a"), from: "setting", rejected: "is not a file" },
    { file: plain, from: "setting", rejected: "is not executable" },
    { file: "bin/x", from: "setting", rejected: "is not an absolute path" },
    { file: set, from: "setting" },
  ]);
});

test("the home folder and each open folder are filled in", async () => {
  const inside = program("b/tool");
  const attempts = await locate(search(["~/no such file", "${workspaceFolder}/tool"]));
  assert.deepEqual(
    attempts.map(({ file }) => file),
    [join(homedir(), "no such file"), join(root, "a/tool"), inside],
  );
  assert.equal(found(attempts)?.file, inside);
});

test("nothing in a folder that is not trusted is started", async () => {
  program("a/architrave");
  process.env["PATH"] = join(root, "a");
  const [attempt, ...rest] = await locate(search(["${workspaceFolder}/architrave"], false));
  assert.equal(attempt?.rejected, "lies in a folder that is not trusted");
  assert.equal(found(rest), undefined);
  assert.equal(found(await locate(search([])))?.from, "PATH");
});
