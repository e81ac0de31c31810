// One code-server: VS Code's workbench and extension host behind a port, with the extension installed.

import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const { EDITOR_CACHE, EXTENSIONS, WORK } = process.env;

/** The settings of every window; a workspace's own settings are applied on top. */
const USER_SETTINGS = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "chat.disableAIFeatures": true,
  "files.autoSave": "off",
  "security.workspace.trust.banner": "never",
  "security.workspace.trust.startupPrompt": "never",
};

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export class CodeServer {
  /** Starts one with folders of its own; with `trust`, folders are not trusted before somebody says so. */
  static async start(name, { trust = false } = {}) {
    const folder = join(WORK, name);
    const data = join(folder, "data");
    mkdirSync(join(data, "User"), { recursive: true });
    writeFileSync(join(data, "User", "settings.json"), JSON.stringify(USER_SETTINGS));
    const port = await freePort();
    const options = [
      ...["--user-data-dir", data, "--extensions-dir", EXTENSIONS, "--config", join(folder, "code-server.yaml")],
      ...["--bind-addr", `127.0.0.1:${port}`, "--auth", "none", "--reconnection-grace-time", "20"],
      ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
      ...(trust ? [] : ["--disable-workspace-trust"]),
    ];
    const process_ = spawn(
      process.execPath,
      [join(EDITOR_CACHE, "node_modules/code-server/out/node/entry.js"), ...options],
      // A group of its own, to be ended as a whole: code-server has children.
      { detached: true, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}' } },
    );
    const log = createWriteStream(join(folder, "code-server.log"));
    process_.stdout.pipe(log);
    process_.stderr.pipe(log);
    return new CodeServer(process_, port, folder);
  }

  constructor(process_, port, folder) {
    this.process = process_;
    this.port = port;
    this.folder = folder;
  }

  /** How the workbench names a file of this machine. */
  uri(file) {
    return `vscode-remote://127.0.0.1:${this.port}${file}`;
  }

  stop() {
    return new Promise((resolve) => {
      this.process.once("exit", resolve);
      try {
        process.kill(-this.process.pid, "SIGTERM");
      } catch {
        resolve();
      }
      // A window that still talks holds it up.
      setTimeout(() => {
        try {
          process.kill(-this.process.pid, "SIGKILL");
        } catch {
          // It has ended by now.
        }
        resolve();
      }, 5_000).unref();
    });
  }
}
