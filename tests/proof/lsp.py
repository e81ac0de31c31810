"""A session with the language server over its pipes: just enough of the protocol to request fixes and apply them."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlparse

Json = dict[str, Any]

# Positions are counted in code points, as in Python, so that edits need no conversion.
CAPABILITIES: Json = {
    "general": {"positionEncodings": ["utf-32"]},
    "workspace": {
        "diagnostics": {"refreshSupport": True},
        "workspaceEdit": {"documentChanges": True, "changeAnnotationSupport": {}},
    },
    "textDocument": {
        "diagnostic": {"relatedInformation": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}},
            "isPreferredSupport": True,
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
    },
}


class Server:
    """The server on one folder, initialized."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [program, "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._number = 0
        answer = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "capabilities": CAPABILITIES,
                "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
            },
        )
        encoding = answer["capabilities"].get("positionEncoding", "utf-16")
        if encoding != "utf-32":
            raise RuntimeError(f"the server counts in {encoding}")
        self.notify("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            self._process.kill()
        else:
            self.request("shutdown", None)
            self.notify("exit", None)
        self._process.wait(timeout=30)

    def request(self, method: str, params: Any) -> Any:
        """The result. Requests from the server in the meantime are answered with null."""
        self._number += 1
        self._send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if "method" in message:
                if "id" in message:
                    self._send({"jsonrpc": "2.0", "id": message["id"], "result": None})
                continue
            if message["id"] == self._number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def notify(self, method: str, params: Any) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def findings(self) -> list[tuple[Path, Json]]:
        """The diagnostics of all files, with the file."""
        report = self.request("workspace/diagnostic", {"previousResultIds": []})
        return [
            (to_path(item["uri"]), diagnostic) for item in report["items"] for diagnostic in item.get("items", [])
        ]

    def open(self, path: Path) -> None:
        document = {"uri": path.as_uri(), "languageId": "python", "version": 1, "text": read(path)}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def fixes(self, path: Path, diagnostic: Json) -> list[Json]:
        """The actions that fix this diagnostic, with their edits. Those that only suppress it are left out."""
        actions = self.request(
            "textDocument/codeAction",
            {
                "textDocument": {"uri": path.as_uri()},
                "range": diagnostic["range"],
                "context": {"diagnostics": [diagnostic], "only": ["quickfix"]},
            },
        )
        return [
            action if action.get("edit") else self.request("codeAction/resolve", action)
            for action in actions or []
            if not action["title"].startswith(("Ignore ", "Accept ")) and is_about(action, diagnostic)
        ]

    def _send(self, message: Json) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> Json:
        stdout = self._process.stdout
        assert stdout is not None
        length = 0
        while (line := stdout.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise RuntimeError("the server has gone")
        return json.loads(stdout.read(length))


def is_about(action: Json, diagnostic: Json) -> bool:
    """Several findings may share a place: an action names those that it fixes."""
    return any(other.get("data") == diagnostic.get("data") for other in action.get("diagnostics") or [])


def to_path(uri: str) -> Path:
    return Path(unquote(urlparse(uri).path))


def read(path: Path) -> str:
    # Line endings stay as they are: positions are counted in them.
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def apply(edit: Json) -> list[Path]:
    """Writes a WorkspaceEdit to the disk; the files that it changed."""
    changed = []
    for document in edit["documentChanges"]:
        path = to_path(document["textDocument"]["uri"])
        lines = read(path).splitlines(keepends=True)
        text = "".join(lines)

        def offset(position: Json, lines: list[str] = lines) -> int:
            return sum(len(line) for line in lines[: position["line"]]) + position["character"]

        # From the end: positions are those of the original text.
        for change in sorted(document["edits"], key=lambda change: offset(change["range"]["start"]), reverse=True):
            start, end = offset(change["range"]["start"]), offset(change["range"]["end"])
            text = text[:start] + change["newText"] + text[end:]
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        changed.append(path)
    return changed
