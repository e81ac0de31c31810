// Packages the extension: `node package.mjs` without a server, as architrave.vsix; `node package.mjs TARGET SERVER` with
// that file as its server, as architrave-TARGET.vsix, where TARGET is `linux-x64`, `darwin-arm64` or another of vsce's.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const [target, server] = process.argv.slice(2);
if (target !== undefined && server === undefined) {
  console.error("usage: package.mjs [TARGET SERVER]");
  process.exit(2);
}

const options = [
  "package",
  "--no-dependencies",
  "--skip-license",
  "--allow-missing-repository",
  "--allow-unused-files-pattern",
  // Pictures are packaged with the extension: their names stay as in the README.
  "--no-rewrite-relative-links",
];
// A server left over from an earlier run would be packaged unnoticed.
rmSync("bin", { recursive: true, force: true });
try {
  if (target !== undefined) {
    mkdirSync("bin");
    const file = join("bin", target.startsWith("win32") ? "architrave.exe" : "architrave");
    copyFileSync(server, file);
    chmodSync(file, 0o755);
    options.push("--target", target);
  }
  options.push("--out", target === undefined ? "architrave.vsix" : `architrave-${target}.vsix`);
  execFileSync(process.execPath, [join("node_modules", "@vscode", "vsce", "vsce"), ...options], { stdio: "inherit" });
} catch (error) {
  process.exitCode = typeof error.status === "number" ? error.status : 1;
  if (error.status === undefined) {
    console.error(String(error));
  }
} finally {
  rmSync("bin", { recursive: true, force: true });
}
