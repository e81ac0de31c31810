#!/usr/bin/env python3
"""Runs between an editor and the server, and records the messages of both.

    record.py LOG COMMAND...     started by an editor as its server

LOG gets a line of JSON for each message, in order of arrival: milliseconds since the start, the sender, and the
message, with the folders $SAMPLE and $HOME replaced by their names. The messages themselves pass unchanged, and so does
standard error; the exit code is the server's.
"""

import json
import os
import subprocess
import sys
import threading
import time

import wire


class Log:
    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8")
        self.lock = threading.Lock()
        self.start = time.monotonic()
        self.names = {os.environ[name]: f"${name}" for name in ("SAMPLE", "HOME") if os.environ.get(name)}

    def add(self, speaker, message):
        said = wire.normal({key: each for key, each in message.items() if key != "jsonrpc"}, self.names)
        with self.lock:
            passed = int((time.monotonic() - self.start) * 1000)
            self.file.write(json.dumps({"ms": passed, "from": speaker, **said}) + "\n")
            self.file.flush()


def forward(speaker, source, target, log):
    """Passes messages on until one side closes."""
    try:
        while (message := wire.read(source)) is not None:
            log.add(speaker, message)
            wire.write(target, message)
        target.close()
    except (BrokenPipeError, ValueError):
        pass


def main(path, command):
    log = Log(path)
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    threading.Thread(
        target=forward, args=("client", sys.stdin.buffer, server.stdin, log), daemon=True
    ).start()
    forward("server", server.stdout, sys.stdout.buffer, log)
    return server.wait()


if __name__ == "__main__":
    code = main(sys.argv[1], sys.argv[2:])
    # Immediately: the editor may hold standard input open, and the thread that reads it can't be stopped.
    os._exit(code)
