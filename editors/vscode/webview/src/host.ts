// Who shows the page: VS Code's webview, or a browser that opened an exported file.

import type { Architecture } from "./data.ts";

/** What comes from the editor. */
export type ToPage =
  | { readonly type: "architecture"; readonly architecture: Architecture }
  /** The file that is in front in the editor, relative to the root. */
  | { readonly type: "here"; readonly path: string }
  /** What was sent last is still so. */
  | { readonly type: "current" }
  | { readonly type: "state"; readonly state: "waiting" | "stopped"; readonly message: string }
  | { readonly type: "export"; readonly kind: "svg" | "html" };

/** What goes to the editor. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "open"; readonly path: string; readonly line: number }
  | { readonly type: "exported"; readonly kind: "svg"; readonly text: string }
  | { readonly type: "exported"; readonly kind: "html"; readonly architecture: Architecture };

/** What is remembered across reloads. */
export interface Memory {
  readonly root?: string;
  readonly view?: unknown;
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
  return { isEditor: false, send: () => undefined, remember: () => undefined, recall: () => ({}) };
}

/** The data that stands in the page itself: `<script type="application/json" id="architecture">`. */
export function inlineData(): Architecture | undefined {
  const text = document.getElementById("architecture")?.textContent ?? "";
  return text.trim() === "" ? undefined : (JSON.parse(text) as Architecture);
}
