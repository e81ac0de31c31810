"""Sequence diagrams against recorded runs: `sequences.py <architrave> [<sample>...]`.

Each endpoint of a sample is called once under `sys.setprofile`. Every call from one function of the backend to another
must be a message of the diagram, between the recorded caller and callee; a diagram may have more, since a run takes
only one branch.
"""

import importlib
import inspect
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from samples import SAMPLES
from samples.sample import Sample

PROJECTS = Path(__file__).resolve().parents[1] / "projects"

# Bodies that belong to the enclosing function.
WITHIN = ("<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>", "<lambda>")

# Stands for a caller that a run can't identify.
ANYBODY = "anybody"

# Caller and callee: the names that either may have in a diagram, and the message.
Recorded = tuple[frozenset[str], frozenset[str], str]


class Recorder:
    """Records calls between functions defined in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder.resolve())
        self.calls: set[Recorded] = set()

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if event != "call" or not self.is_own(frame):
            return
        outer = frame.f_back
        while outer is not None and not self.is_own(outer):
            if outer.f_code.co_name == "<module>" and outer.f_code.co_filename.startswith(self.folder):
                # A module imported by the first request.
                return
            outer = outer.f_back
        name = frame.f_code.co_name
        # A coroutine that the project doesn't await may be a third-party task: `gather` and task groups.
        is_task = frame.f_code.co_flags & inspect.CO_COROUTINE
        nobody = frozenset({"framework", ANYBODY} if is_task else {"framework"})
        caller = self.names(outer) if outer is not None else nobody
        self.calls.add((caller, self.names(frame), "create" if name == "__init__" else name))

    def is_own(self, frame: FrameType) -> bool:
        code = frame.f_code
        is_body = code.co_name in WITHIN or code.co_name == "<module>" or "<locals>" in code.co_qualname
        # Python calls them for operators and functions (`str(row)`, `a == b`): there is no call in the code.
        is_body |= code.co_name.startswith("__") and code.co_name not in ("__init__", "__call__")
        # The body of a class runs when its module is imported.
        is_class = "__qualname__" in code.co_names and "__module__" in code.co_names
        return code.co_filename.startswith(self.folder) and not is_body and not is_class

    def names(self, frame: FrameType) -> frozenset[str]:
        """The classes of a method's receiver, or the module of a function."""
        code = frame.f_code
        first = code.co_varnames[0] if code.co_argcount else ""
        if first in ("self", "cls") and "." in code.co_qualname:
            bound = frame.f_locals.get(first)
            classes = (bound if isinstance(bound, type) else type(bound)).__mro__
            return frozenset(it.__name__ for it in classes if it is not object)
        owner = code.co_qualname.rpartition(".")[0]
        module = Path(code.co_filename).relative_to(self.folder).with_suffix("")
        dotted = ".".join(module.parts).removesuffix(".__init__")
        return frozenset({owner} if owner else {dotted})


def record(sample: Sample, folder: Path) -> dict[str, list[list[Any]]]:
    """The calls of each endpoint, in JSON form."""
    sys.path.insert(0, str(folder))
    recorded = {}
    recorder = Recorder(folder)
    # Before any thread starts: a server keeps its threads from one request to the next.
    threading.setprofile(recorder)
    with tempfile.TemporaryDirectory() as scratch:
        app = importlib.import_module(f"adapters.{sample.adapter}").open_app(Path(scratch) / "db.sqlite", 3)
        for call in sample.calls:
            recorder.calls = set()
            sys.setprofile(recorder)
            try:
                app.call(call.method or "GET", call.url(3), call.body(3) if call.body else None)
            finally:
                sys.setprofile(None)
            recorded[call.name] = [[sorted(caller), sorted(callee), text] for caller, callee, text in recorder.calls]
        app.close()
    return recorded


def messages(items: list[dict[str, Any]]) -> Any:
    for item in items:
        if item["is"] == "message":
            yield item
        for value in item.values():
            if isinstance(value, list):
                inner = [it for it in value if isinstance(it, dict)]
                yield from messages([it for it in inner if "is" in it])
                for branch in inner:
                    if "is" not in branch:
                        yield from messages(branch.get("items", []))


def drawn(architrave: str, name: str, folder: Path) -> set[tuple[str, str, str]]:
    command = [architrave, "diagram", "sequence", name.removeprefix("ANY "), str(folder), "--output-format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-1000:]}")
    picture = json.loads(done.stdout)
    actors = picture["actors"]

    def title(at: int) -> str:
        return "framework" if actors[at]["kind"] in ("framework", "client") else actors[at]["title"]

    return {(title(it["from"]), title(it["to"]), plain(it["text"])) for it in messages(picture["items"])}


def plain(text: str) -> str:
    """The bare name: of `Store.save (one of 2 implementations)`, `save`."""
    return text.split(" ")[0].rpartition(".")[2]


def holds(shown: set[tuple[str, str, str]], caller: list[str], callee: list[str], text: str) -> bool:
    """Whether a message matches. The diagram shortens a module's name to its end, as long as that is unambiguous."""

    def is_one(title: str, names: list[str]) -> bool:
        return any(name == title or name.endswith(f".{title}") for name in names)

    return any(it[2] == text and (ANYBODY in caller or is_one(it[0], caller)) and is_one(it[1], callee) for it in shown)


def main() -> int:
    architrave, *names = sys.argv[1:]
    if names[:1] == ["--record"]:
        sample = next(it for it in SAMPLES if it.name == names[1])
        folder = PROJECTS / sample.name
        os.chdir(folder)
        json.dump(record(sample, folder), sys.stdout)
        return 0
    wrong, held, routes = [], 0, 0
    for sample in SAMPLES:
        if names and sample.name not in names:
            continue
        command = [sys.executable, __file__, architrave, "--record", sample.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{sample.name} doesn't run:\n{done.stderr[-3000:]}")
        for name, calls in json.loads(done.stdout).items():
            routes += 1
            shown = drawn(architrave, name, PROJECTS / sample.name)
            for caller, callee, text in calls:
                held += 1
                if not holds(shown, caller, callee, text):
                    wrong.append(f"{sample.name}: {name}: {'/'.join(caller)} calls {text} of {'/'.join(callee)}")
    for problem in sorted(wrong):
        print(f"NOT DRAWN {problem}", file=sys.stderr)
    is_right = not wrong and held
    print(f"test result: {'ok' if is_right else 'FAILED'}. {held} recorded calls of {routes} routes, {len(wrong)} not drawn")
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
