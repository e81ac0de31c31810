"""Imports every module in a separate process, in an interpreter with the project's dependencies.

Runs under the project's Python: `harness_imports.py <request.json>`, with the request {"modules", "foreign", "prelude"}.
The process imports third-party modules once, runs the prelude (`import django; django.setup()`), and forks for each
module, so a fresh import doesn't cost an interpreter start. Prints one JSON object: by module, the exception that
importing it raises, or "" if the import succeeds; under `PRELUDE` the exception of the prelude.
"""

import contextlib
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable

# Seconds for one import: a module that serves or waits when it is imported is not waited for.
PATIENCE = 20
PRELUDE = "the prelude"


def raised(work: Callable[[], object]) -> str:
    """The exception of a callable in one line."""
    try:
        work()
    except BaseException as error:  # noqa: BLE001 - a module may raise anything, `SystemExit` too
        lines = f"{type(error).__name__}: {error}".splitlines()
        return lines[0] if lines else type(error).__name__
    return ""


def apart(work: Callable[[], str]) -> str:
    """The return value of a callable in a forked process, or how that process ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        silence()
        signal.alarm(PATIENCE)
        answer = work()
        with contextlib.suppress(OSError):
            os.write(writing, answer.encode(errors="replace")[:60_000])
        # Without exit handlers: a module may have registered some that wait.
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        return f"ended with {os.waitstatus_to_exitcode(status)}"
    return answer


def silence() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)


def load_foreign(names: list[str], own: set[str]) -> None:
    """Imports third-party modules that neither fail nor import the project when they are imported first."""

    def attempt(name: str) -> str:
        error = raised(lambda: importlib.import_module(name))
        return error or ",".join(sorted(own & {loaded.split(".")[0] for loaded in sys.modules}))

    for name in names:
        if name not in sys.modules and not apart(lambda name=name: attempt(name)):
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    sys.path.pop(0)
    out = os.dup(1)
    silence()
    load_foreign(request["foreign"], {name.split(".")[0] for name in request["modules"]})
    outcome = {PRELUDE: raised(lambda: exec(request["prelude"], {})) if request["prelude"] else ""}
    for name in request["modules"]:
        outcome[name] = apart(lambda name=name: raised(lambda: importlib.import_module(name)))
    with os.fdopen(out, "w", encoding="utf-8") as file:
        json.dump(outcome, file)
    os._exit(0)


if __name__ == "__main__":
    main()
