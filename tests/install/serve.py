"""Starts an installed server, opens a file of the sample and waits for a finding: `serve.py PROGRAM SAMPLE`."""

import json
import pathlib
import subprocess
import sys

program, sample = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
server = subprocess.Popen([program, "server", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def send(**message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    server.stdin.flush()


def receive(wanted):
    """The first message that matches; the others are read and dropped. The end of the output ends the test."""
    while True:
        length = None
        while (line := server.stdout.readline().strip()):
            key, _, value = line.partition(b":")
            if key.lower() == b"content-length":
                length = int(value)
        if length is None:
            sys.exit("FAILED: the server ended")
        message = json.loads(server.stdout.read(length))
        if wanted(message):
            return message


def is_told(message):
    found = message.get("params", {}).get("diagnostics", []) if message.get("method") == "textDocument/publishDiagnostics" else []
    return any(diagnostic.get("code") == "layer-violation" for diagnostic in found)


send(id=1, method="initialize", params={"processId": None, "rootUri": sample.as_uri(), "capabilities": {}})
answer = receive(lambda message: message.get("id") == 1)
name = answer["result"]["serverInfo"]["name"]
send(method="initialized", params={})
file = sample / "parcels/application/services/dispatch.py"
document = {"uri": file.as_uri(), "languageId": "python", "version": 1, "text": file.read_text()}
send(method="textDocument/didOpen", params={"textDocument": document})
receive(is_told)
send(id=2, method="shutdown")
receive(lambda message: message.get("id") == 2)
send(method="exit")
if name != "architrave" or server.wait(timeout=30) != 0:
    sys.exit(f"FAILED: {name} ended with {server.returncode}")
