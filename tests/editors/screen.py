"""An editor in a terminal: keys go in, and the contents of the screen come out."""

import json
import os
import re
import sys
import time

import pexpect
import pyte

WAITED = 60  # seconds for each step
ESCAPE, ENTER = "\x1b", "\r"


class Terminal(pyte.Screen):
    """A screen that ignores the private sequences it doesn't know."""

    def report_device_status(self, *args, **kwargs):
        pass

    def set_margins(self, *args, **kwargs):
        kwargs.pop("private", None)
        super().set_margins(*args, **kwargs)

    def select_graphic_rendition(self, *args, **kwargs):
        kwargs.pop("private", None)
        super().select_graphic_rendition(*args, **kwargs)

    def report_device_attributes(self, *args, **kwargs):
        pass


class Editor:
    def __init__(self, name, version, command, folder):
        self.name, self.version, self.passed = name, version, 0
        self.terminal = Terminal(150, 45)
        self.stream = pyte.ByteStream(self.terminal)
        environment = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8")
        self.process = pexpect.spawn(
            command[0], command[1:], cwd=folder, env=environment, dimensions=(45, 150), timeout=WAITED
        )

    def drain(self, seconds):
        """Reads the editor's output for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self.stream.feed(self.process.read_nonblocking(65536, timeout=left))
            except pexpect.TIMEOUT:
                return
            except pexpect.EOF:
                return

    def text(self):
        return "\n".join(line.rstrip() for line in self.terminal.display)

    def keys(self, *keys):
        """Presses keys, with the pause that a user makes between commands."""
        for each in keys:
            self.process.send(each)
            # A program that reads Escape together with the next key takes them for one key with Alt.
            self.drain(1.5 if each == ESCAPE else 0.3)

    def fail(self, what):
        print(f"FAILED: {what}\n{self.text()}", flush=True)
        self.process.close(force=True)
        sys.exit(1)

    def step(self, what, holds):
        if not holds:
            self.fail(what)
        self.passed += 1
        print(f"ok: {what}", flush=True)

    def eventually(self, what, condition):
        """Waits until the condition holds."""
        end = time.monotonic() + WAITED
        while not (holds := condition()) and time.monotonic() < end:
            self.drain(0.2)
        self.step(what, holds)

    def comes(self, pattern):
        """Whether the screen matches the pattern within some seconds."""
        end = time.monotonic() + WAITED / 12
        while not (found := re.search(pattern, self.text())) and time.monotonic() < end:
            self.drain(0.2)
        return bool(found)

    def shows(self, what, pattern):
        """Waits until the screen matches the pattern."""
        self.eventually(what, lambda: re.search(pattern, self.text()))

    def asks(self, what, pattern, keys, back):
        """Presses keys until the result matches the pattern, going back each time: lists don't update themselves."""

        def condition():
            self.keys(*keys)
            self.drain(0.5)
            found = re.search(pattern, self.text())
            self.keys(*back)
            return found

        self.eventually(what, condition)

    def seen(self, feature):
        if os.environ.get("SEEN"):
            line = {"editor": self.name, "version": self.version, "feature": feature, "ok": True}
            with open(os.environ["SEEN"], "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")

    def ends(self):
        """Waits until the editor has exited by itself."""
        end = time.monotonic() + WAITED
        while self.process.isalive() and time.monotonic() < end:
            self.drain(0.2)
        self.step("the editor ends", not self.process.isalive())

    def done(self):
        print(f"test result: ok. {self.passed} passed; 0 failed ({self.name} {self.version})", flush=True)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def server_ended(log):
    """Whether no server has the session's log open: its starter passed it the log."""
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/cmdline", "rb") as file:
                if log.encode() in file.read().split(b"\0"):
                    return False
        except OSError:
            continue
    return True
