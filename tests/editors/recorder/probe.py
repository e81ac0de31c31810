#!/usr/bin/env python3
"""A stand-in for the server that probes a client and records its answers.

    probe.py     started by an editor as its server, with the project in $SAMPLE and the snapshot wanted in $SNAPSHOT

The editor opens one Python file of the project and leaves it alone. When the client has been quiet for a while, the
next request is sent. After the last one the snapshot is written at once: a line of JSON for `initialize`, and a line
for each request, with the methods that the client called by itself afterwards. If the snapshot exists, all requests
have been sent.

Whether a client announces support for a request is one thing; what it does for the open buffer when the request
arrives is another, and only that shows findings. The answers are the evidence for the server's table of clients.
"""

import json
import os
import queue
import sys
import threading
from pathlib import Path

import wire

QUIET = 0.7  # seconds without a message, after which a client has said all that it wants to say

# One finding, so that a client has something to show and to request actions for.
FINDING = {
    "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 3}},
    "severity": 2,
    "source": "probe",
    "message": "asked",
}

ANSWERS = {
    "shutdown": None,
    "textDocument/diagnostic": {"kind": "full", "resultId": "1", "items": [FINDING]},
    "workspace/diagnostic": {"items": []},
    "textDocument/codeLens": [],
    "textDocument/inlayHint": [],
    "textDocument/codeAction": [],
}

CAPABILITIES = {
    "textDocumentSync": {"openClose": True, "change": 2, "save": True},
    "diagnosticProvider": {"identifier": "probe", "interFileDependencies": True, "workspaceDiagnostics": True},
    "codeLensProvider": {"resolveProvider": False},
    "inlayHintProvider": True,
    "codeActionProvider": {"resolveProvider": True},
    "hoverProvider": True,
    "executeCommandProvider": {"commands": []},
}


def at(value, path):
    """The value at a dotted path, or None."""
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


# Name, the capability that announces it, method, parameters.
QUESTIONS = [
    (
        "watched files",
        "workspace.didChangeWatchedFiles.dynamicRegistration",
        "client/registerCapability",
        {
            "registrations": [
                {
                    "id": "files",
                    "method": "workspace/didChangeWatchedFiles",
                    "registerOptions": {"watchers": [{"globPattern": "**/*.py"}]},
                }
            ]
        },
    ),
    (
        "settings",
        "workspace.configuration",
        "workspace/configuration",
        {"items": [{"section": "architrave"}]},
    ),
    ("refresh diagnostics", "workspace.diagnostics.refreshSupport", "workspace/diagnostic/refresh", None),
    ("refresh lenses", "workspace.codeLens.refreshSupport", "workspace/codeLens/refresh", None),
    ("refresh hints", "workspace.inlayHint.refreshSupport", "workspace/inlayHint/refresh", None),
]


class Probe:
    def __init__(self, path):
        self.path = path
        self.inbox = queue.Queue()
        self.output = sys.stdout.buffer
        self.asked = 0

    def listen(self):
        while (message := wire.read(sys.stdin.buffer)) is not None:
            self.inbox.put(message)
        self.inbox.put(None)

    def until_quiet(self):
        """Answers messages until the client is quiet. Returns its calls, and its answers to requests."""
        calls, answers = [], []
        while True:
            try:
                message = self.inbox.get(timeout=QUIET)
            except queue.Empty:
                return calls, answers
            if message is None:
                sys.exit("the client left before all was asked")
            if "method" not in message:
                answers.append(message)
                continue
            calls.append(message)
            if message["method"] == "exit":
                sys.exit("the client left before all was asked")
            if "id" in message:
                wire.write(
                    self.output,
                    {"jsonrpc": "2.0", "id": message["id"], "result": ANSWERS.get(message["method"])},
                )

    def ask(self, method, params):
        """The client's answer, and the methods that it calls by itself until it is quiet again, sorted."""
        self.asked += 1
        question = {"jsonrpc": "2.0", "id": f"question {self.asked}", "method": method}
        if params is not None:
            question["params"] = params
        wire.write(self.output, question)
        calls, answers = self.until_quiet()
        answer = next((each for each in answers if each["id"] == question["id"]), None)
        if answer is None:
            said = "nothing"
        elif "error" in answer:
            said = {"error": answer["error"].get("code")}
        else:
            said = {"result": answer.get("result")}
        return said, methods(calls)

    def run(self):
        threading.Thread(target=self.listen, daemon=True).start()
        first = self.inbox.get()
        wire.write(
            self.output,
            {
                "jsonrpc": "2.0",
                "id": first["id"],
                "result": {"capabilities": CAPABILITIES, "serverInfo": {"name": "probe"}},
            },
        )
        lines = [{"method": "initialize", "params": first["params"]}]
        calls = []
        while not any(call["method"] == "textDocument/didOpen" for call in calls):
            calls += self.until_quiet()[0]
        lines.append({"question": "opening a file", "calls": methods(calls)})
        for what, announced, method, params in QUESTIONS:
            said, then = self.ask(method, params)
            lines.append(
                {
                    "question": what,
                    "announced": bool(at(first["params"]["capabilities"], announced)),
                    "answer": said,
                    "calls": then,
                }
            )
        self.save(lines)
        # The client ends the session when it likes.
        while (message := self.inbox.get()) is not None and message.get("method") != "exit":
            if "id" in message and "method" in message:
                wire.write(self.output, {"jsonrpc": "2.0", "id": message["id"], "result": None})

    def save(self, lines):
        names = {os.environ["SAMPLE"]: "$SAMPLE", os.environ["HOME"]: "$HOME"}
        text = "".join(json.dumps(wire.normal(line, names), sort_keys=True) + "\n" for line in lines)
        # A process that waits for the file sees all of it or nothing.
        draft = self.path.with_suffix(".draft")
        draft.write_text(text)
        draft.rename(self.path)


def methods(calls):
    # A client may cancel a request or not, depending on how busy the machine is.
    return sorted({call["method"] for call in calls} - {"$/cancelRequest"})


if __name__ == "__main__":
    Probe(Path(os.environ["SNAPSHOT"])).run()
