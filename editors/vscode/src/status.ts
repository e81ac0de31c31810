// The states of the server, as the status item words them.

/** The stages of the server's lifecycle. */
export type State =
  | { readonly kind: "starting" }
  /** It reads the project; how much of it, in percent, once that is known, and what it does just now. */
  | { readonly kind: "reading"; readonly percentage?: number; readonly message?: string }
  | { readonly kind: "ready"; readonly server: string }
  | { readonly kind: "stopped" }
  /** Only the extension's own server would be started here, and there is none. */
  | { readonly kind: "untrusted" }
  | { readonly kind: "failed"; readonly reason: string };

/** What the status item shows. */
export interface Shown {
  readonly text: string;
  readonly detail: string;
  readonly severity: "information" | "warning" | "error";
  readonly busy: boolean;
}

export function shown(state: State): Shown {
  switch (state.kind) {
    case "starting":
      return { text: "starting", detail: "The server is being started.", severity: "information", busy: true };
    case "reading": {
      const { percentage, message } = state;
      const text = percentage === undefined ? "reading" : `reading ${percentage} %`;
      return { text, detail: message ?? "The project is being read.", severity: "information", busy: true };
    }
    case "ready":
      return { text: "ready", detail: state.server, severity: "information", busy: false };
    case "stopped":
      return { text: "stopped", detail: "The server was stopped.", severity: "warning", busy: false };
    case "untrusted":
      return {
        text: "waits for trust",
        detail: "No server comes with the extension, and others are started in trusted folders only.",
        severity: "warning",
        busy: false,
      };
    case "failed":
      return { text: "failed", detail: state.reason, severity: "error", busy: false };
  }
}

/** One report of work-done progress, as the protocol has it. */
export interface Progress {
  readonly kind: "begin" | "report" | "end";
  readonly percentage?: number;
  readonly message?: string;
}

/** The state after a progress report. Reports while nothing runs change nothing. */
export function after(state: State, progress: Progress, server: string): State {
  if (state.kind !== "reading" && state.kind !== "ready") {
    return state;
  }
  if (progress.kind === "end") {
    return { kind: "ready", server };
  }
  const { percentage, message } = progress;
  return {
    kind: "reading",
    ...(percentage === undefined ? {} : { percentage }),
    ...(message === undefined ? {} : { message }),
  };
}
