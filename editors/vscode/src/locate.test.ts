// Which server is started: files on disk and settings in, attempts out.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";

import { found, locate, type Search, searched } from "./locate.ts";

const root = mkdtempSync(join(tmpdir(), "architrave-locate-"));

after(() => rmSync(root, { recursive: true }));

beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  for (const folder of ["a/.venv/bin", "b", "extension/bin", "path"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
});

function program(name: string, mode = 0o755): string {
  const file = join(root, name);
  writeFileSync(file, "");
  chmodSync(file, mode);
  return file;
}

function search(setting: string[], changes: Partial<Search> = {}): Search {
  return {
    setting,
    strategy: "fromEnvironment",
    environments: [{ programs: join(root, "a/.venv/bin"), origin: ".venv" }],
    trusted: true,
    folders: [join(root, "a"), join(root, "b")],
    extension: join(root, "extension"),
    variables: { PATH: ["relative", join(root, "nowhere"), join(root, "path")].join(":") },
    ...changes,
  };
}

async function taken(search: Search): Promise<string | undefined> {
  return found(await locate(search))?.from;
}

test("the setting, then the variable, then the environment, then PATH, then the extension's own", async () => {
  const variables = { ...search([]).variables, ARCHITRAVE_SERVER: join(root, "built") };
  assert.equal(await taken(search([])), undefined);
  const steps: [string, string][] = [
    ["extension/bin/architrave", "extension"],
    ["path/architrave", "PATH"],
    ["a/.venv/bin/architrave", "environment"],
    ["built", "variable"],
    ["set", "setting"],
  ];
  for (const [file, from] of steps) {
    program(file);
    assert.equal(await taken(search([join(root, "set")], { variables })), from);
  }
});

test("the one of the extension alone where the user wants it so, unless a file is named", async () => {
  for (const file of ["extension/bin/architrave", "path/architrave", "a/.venv/bin/architrave"]) {
    program(file);
  }
  assert.equal(await taken(search([], { strategy: "useBundled" })), "extension");
  const set = program("set");
  assert.equal(await taken(search([set], { strategy: "useBundled" })), "setting");
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

test("in a folder that is not trusted, the one of the extension alone is started", async () => {
  program("a/architrave");
  program("a/.venv/bin/architrave");
  program("path/architrave");
  const setting = ["${workspaceFolder}/architrave"];
  const attempts = await locate(search(setting, { trusted: false }));
  assert.equal(attempts[0]?.rejected, "the folder is not trusted");
  assert.equal(found(attempts), undefined);
  program("extension/bin/architrave");
  assert.equal(await taken(search(setting, { trusted: false })), "extension");
});

test("a search in vain names each place once", async () => {
  const environments = [".venv", ".venv", "venv"].map((origin, at) => ({ programs: join(root, `e${at}`), origin }));
  const attempts = await locate(search([join(root, "none")], { environments }));
  assert.equal(
    searched(attempts),
    `architrave.path (${join(root, "none")} does not exist), .venv, venv, PATH, the extension itself`,
  );
});
