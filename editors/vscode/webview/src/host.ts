// What shows the page: VS Code's webview, or a browser that opened an exported file.

import type { Architecture } from "./data.ts";
import { fromHash, type Remembered, toHash } from "./hash.ts";
import { unpacked } from "./packed.ts";

/** Messages from the editor. */
export type ToPage =
  | { readonly type: "architecture"; readonly architecture: Architecture }
  /** The file that is in front in the editor, relative to the root. */
  | { readonly type: "here"; readonly path: string }
  /** What was sent last is still so. */
  | { readonly type: "current" }
  | { readonly type: "state"; readonly state: "waiting" | "stopped"; readonly message: string }
  | { readonly type: "export"; readonly kind: "svg" | "html" };

/** Messages to the editor. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "open"; readonly path: string; readonly line: number }
  | { readonly type: "exported"; readonly kind: "svg"; readonly text: string }
  | { readonly type: "exported"; readonly kind: "html"; readonly architecture: Architecture };

/** State kept across reloads. */
export interface Memory {
  /** Of which project; nothing where it can only be the one that the page holds. */
  readonly root?: string;
  readonly view?: Remembered | undefined;
}

export interface Host {
  /** Whether places can be opened in an editor by a message. */
  readonly isEditor: boolean;
  send(message: FromPage): void;
  remember(memory: Memory): void;
  recall(): Memory;
}

interface EditorApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
  getState(): unknown;
}

declare const acquireVsCodeApi: undefined | (() => EditorApi);

export function host(): Host {
  if (typeof acquireVsCodeApi === "function") {
    const api = acquireVsCodeApi();
    return {
      isEditor: true,
      send: (message) => api.postMessage(message),
      remember: (memory) => api.setState(memory),
      recall: () => (api.getState() as Memory | undefined) ?? {},
    };
  }
  // Following a link with another hash in the page itself changes the view too.
  window.addEventListener("hashchange", () => location.reload());
  return {
    isEditor: false,
    send: () => undefined,
    remember: ({ view }) => history.replaceState(null, "", `#${view === undefined ? "" : toHash(view)}`),
    recall: () => ({ view: fromHash(location.hash) }),
  };
}

/** The data embedded in the page: `<script type="application/json" id="architecture">`, packed if it is large. */
export async function inlineData(): Promise<Architecture | undefined> {
  const text = (document.getElementById("architecture")?.textContent ?? "").trim();
  if (text === "") return undefined;
  return JSON.parse(text.startsWith("{") ? text : await unpacked(text)) as Architecture;
}
