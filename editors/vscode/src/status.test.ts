// What the status item shows while the server starts, reads and fails.

import assert from "node:assert/strict";
import { test } from "node:test";

import { after, shown, type State } from "./status.ts";

test("the way from start to ready", () => {
  const texts: string[] = [];
  let state: State = { kind: "starting" };
  const go = (next: State): void => {
    state = next;
    texts.push(shown(state).text);
  };
  go(state);
  go({ kind: "reading" });
  go(after(state, { kind: "begin", percentage: 0 }, "architrave 1"));
  go(after(state, { kind: "report", percentage: 42, message: "420 of 1000 files" }, "architrave 1"));
  assert.equal(shown(state).detail, "420 of 1000 files");
  go(after(state, { kind: "end" }, "architrave 1"));
  assert.deepEqual(texts, ["starting", "reading", "reading 0 %", "reading 42 %", "ready"]);
  assert.equal(shown(state).detail, "architrave 1");
});

test("it reads again when files change", () => {
  const state = after({ kind: "ready", server: "architrave 1" }, { kind: "begin" }, "architrave 1");
  assert.deepEqual(shown(state), {
    text: "reading",
    detail: "The project is being read.",
    severity: "information",
    busy: true,
  });
});

test("a late report doesn't hide a failure, whose reason is shown", () => {
  const failed: State = { kind: "failed", reason: "spawn ENOEXEC" };
  assert.equal(after(failed, { kind: "end" }, "architrave 1"), failed);
  assert.deepEqual(shown(failed), { text: "failed", detail: "spawn ENOEXEC", severity: "error", busy: false });
});
