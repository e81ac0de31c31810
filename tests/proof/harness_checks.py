"""Checks of a folder of Python: it compiles, names and types, every module imports, the program starts, its tests.

Each check returns outcomes by name, and `Checks.broken` compares those before an edit with those after it: what passed
must still pass, and there may be no new complaint. Anything that failed before proves nothing.
"""

import ast
import json
import re
import shlex
import subprocess
import tempfile
import warnings
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from actions import LEFT_OUT, is_about_another, tool
from harness_imports import PRELUDE
from harness_project import Project, dotted_path

# Seconds for one command.
PATIENCE = 900
KINDS = ("compile", "names", "types", "imports", "start", "tests", "format")


@dataclass
class State:
    """The outcomes of the checks of a folder."""

    # Files that don't compile, with the error.
    compile: dict[str, str] = field(default_factory=dict)
    # Complaints of ruff and of the type checker, with their number.
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    # By module, the exception that importing it raises.
    imports: dict[str, str] = field(default_factory=dict)
    # By command, how it ends.
    start: dict[str, str] = field(default_factory=dict)
    # By test, "passed" or something else.
    tests: dict[str, str] = field(default_factory=dict)
    # By file, whether the project's formatters leave it unchanged; empty if it configures none.
    format: dict[str, bool] = field(default_factory=dict)


@dataclass
class Same:
    """How names before and after an edit are compared: each of the two functions maps to a common text."""

    module: Callable[[str], str] = str
    message: Callable[[str], str] = str


class Checks:
    """The checks of one project, on any copy of it."""

    def __init__(self, project: Project, kinds: Iterable[str] = KINDS) -> None:
        self.project, self.kinds = project, tuple(kinds)
        self._ruff, self._ty = tool("ruff"), tool("ty")

    def look(self, folder: Path, kinds: Iterable[str]) -> State:
        """The named checks of a folder, the cheap ones first."""
        state = State()
        for kind in KINDS:
            if kind in kinds and kind in self.kinds:
                setattr(state, kind, getattr(self, f"_{kind}")(folder))
        return state

    def broken(self, before: State, after: State, kinds: Iterable[str], same: Same) -> dict[str, list[str]]:
        """By kind of check, what passed before and no longer does."""
        wrong = {
            "compile": [f"{path}: {what}" for path, what in after.compile.items() if path not in before.compile],
            "names": fresh(before.names, after.names, same.message),
            "types": fresh(before.types, after.types, same.message),
            "imports": unimportable(before.imports, after.imports, same.module),
            # By their order: a command may name a file that moved.
            "start": [
                f"{it}: {how}" for (it, how), known in zip(after.start.items(), before.start.values()) if how and not known
            ],
            "tests": [
                f"{name}: {after.tests.get(name, 'not run')}"
                for name in {**before.tests, **after.tests}
                if before.tests.get(name, "passed") == "passed" and after.tests.get(name) not in ("passed", "skipped")
            ],
            "format": [path for path in self._reformatted(before, after, same) if path not in after.compile],
        }
        return {kind: lines for kind, lines in wrong.items() if lines and kind in kinds}

    def _run(self, command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
        environment = self.project.environment(folder)
        try:
            return subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, text=True, errors="replace",
                check=False, timeout=PATIENCE, stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 124, "", f"more than {PATIENCE} s")

    def _compile(self, folder: Path) -> dict[str, str]:
        wrong = {}
        for path in python_files(folder):
            try:
                with warnings.catch_warnings(action="ignore"):
                    compile((folder / path).read_bytes(), str(path), "exec", dont_inherit=True)
            except (SyntaxError, ValueError, RecursionError) as error:
                wrong[str(path)] = str(error)
        return wrong

    def _names(self, folder: Path) -> Counter[str]:
        command = [self._ruff, "check", "--isolated", "--no-cache", "--select", "F", "--output-format", "json", "."]
        found = json.loads(self._run(command, folder).stdout or "[]")
        return Counter(f"{Path(it['filename']).relative_to(folder)}: {it['code']} {it['message']}" for it in found)

    def _types(self, folder: Path) -> Counter[str]:
        options = ["--output-format", "concise", "--exit-zero", "--python", str(self.project.python.parent.parent)]
        roots = [part for root in self.project.roots for part in ("--extra-search-path", str(folder / root))]
        done = self._run([self._ty, "check", *options, *roots, "."], folder)
        found: Counter[str] = Counter()
        for line in done.stdout.splitlines():
            parts = re.match(r"(?P<path>.+?):\d+:\d+: (?P<what>error\[.*)", line)
            if parts and not is_about_another(parts["what"], folder):
                found[f"{parts['path']}: {parts['what']}"] += 1
        return found

    def _imports(self, folder: Path) -> dict[str, str]:
        return self._import_all(folder, self.modules(folder), self.project.prelude)

    def _import_all(self, folder: Path, modules: list[str], prelude: str) -> dict[str, str]:
        request = {"modules": modules, "foreign": foreign(folder, modules), "prelude": prelude}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(request, file)
            file.flush()
            script = Path(__file__).with_name("harness_imports.py")
            done = self._run([str(self.project.python), str(script), file.name], folder)
        try:
            return json.loads(done.stdout)
        except ValueError:
            return {PRELUDE: f"the imports ended with {done.returncode}: {last_line(done.stderr)}"}

    def modules(self, folder: Path) -> list[str]:
        """Dotted names of the modules that are imported."""
        names = set()
        for root in self.project.roots:
            base = folder / root
            places = [base / package.replace(".", "/") for package in self.project.packages] or [base]
            for whole in (place / path for place in places for path in python_files(place)):
                parts = list(whole.relative_to(base).with_suffix("").parts)
                if parts[-1] == "__init__":
                    parts.pop()
                # A module that runs the program when it is imported is not checked.
                if parts and all(part.isidentifier() for part in parts) and parts[-1] != "__main__":
                    names.add(".".join(parts))
        return sorted(names)

    def _start(self, folder: Path) -> dict[str, str]:
        outcome = {}
        for command in self.project.start:
            done = self._run(self._words(command), folder)
            said = last_line(done.stderr) or last_line(done.stdout)
            outcome[command] = f"ended with {done.returncode}: {said}" if done.returncode else ""
        return outcome

    def _words(self, command: str) -> list[str]:
        words = shlex.split(command)
        return [str(self.project.python), *words[1:]] if words[0] == "python" else words

    def _tests(self, folder: Path) -> dict[str, str]:
        if not self.project.tests:
            return {}
        words = self._words(self.project.tests)
        with tempfile.TemporaryDirectory() as scratch:
            report = Path(scratch) / "tests.xml"
            if "pytest" in words:
                words += ["-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
            done = self._run(words, folder)
            if report.exists():
                return by_junit(report)
        return by_unittest(done)

    def _reformatted(self, before: State, after: State, same: Same) -> list[str]:
        """Files that formatters left unchanged and no longer do; a module that moved is the same file."""

        def name(path: str) -> str:
            return same.module(dotted_path(path, self.project.roots))

        known = {name(path): is_left for path, is_left in before.format.items()}
        return sorted(path for path, is_left in after.format.items() if not is_left and known.get(name(path)))

    def _format(self, folder: Path) -> dict[str, bool]:
        """Whether each formatter configured by the project leaves a file unchanged."""
        left: dict[str, bool] = {}
        for command in formatters(folder, self._ruff):
            done = self._run(command, folder)
            said = f"{done.stdout}\n{done.stderr}"
            # black, and ruff in its concise form.
            wrong = set(re.findall(r"^would reformat (.+)$", said, re.MULTILINE))
            wrong |= set(re.findall(r"^(.+?):\d+:\d+: unformatted:", said, re.MULTILINE))
            wrong |= set(re.findall(r"^ERROR: (.+?) Imports are incorrectly", said, re.MULTILINE))
            wrong |= set(re.findall(r"^(.+?):\d+:\d+: I001", said, re.MULTILINE))
            wrong = {str(Path(path).relative_to(folder)) if Path(path).is_absolute() else path for path in wrong}
            for path in map(str, python_files(folder)):
                left[path] = left.get(path, True) and path not in wrong
        return left


def formatters(folder: Path, ruff: str) -> list[list[str]]:
    """Commands of the formatters that a project configures at its root."""
    configuration = folder / "pyproject.toml"
    text = configuration.read_text(encoding="utf-8", errors="replace") if configuration.exists() else ""
    setup = (folder / "setup.cfg").read_text(errors="replace") if (folder / "setup.cfg").exists() else ""
    own = any((folder / name).exists() for name in ("ruff.toml", ".ruff.toml"))
    commands = []
    if "[tool.black" in text:
        commands.append([tool("black"), "--check", "."])
    elif own or "[tool.ruff" in text:
        commands.append([ruff, "format", "--no-cache", "--check", "--output-format", "concise", "."])
    if "[tool.isort" in text or "[isort]" in setup or (folder / ".isort.cfg").exists():
        commands.append([tool("isort"), "--check-only", "."])
    elif own or "[tool.ruff" in text:
        commands.append([ruff, "check", "--no-cache", "--select", "I", "--output-format", "concise", "."])
    return commands


def python_files(folder: Path) -> list[Path]:
    return sorted(
        path.relative_to(folder) for path in folder.rglob("*.py")
        if not LEFT_OUT & set(path.relative_to(folder).parts) and path.is_file()
    )


def foreign(folder: Path, modules: list[str]) -> list[str]:
    """Third-party modules that the project's files import from."""
    own = {name.split(".")[0] for name in modules}
    own |= {part for path in python_files(folder) for part in (*path.parts[:-1], path.stem)}
    found = set()
    for path in python_files(folder):
        try:
            tree = ast.parse((folder / path).read_bytes())
        except (SyntaxError, ValueError):
            continue
        for node in tree.body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names = [node.module]
            found |= {name for name in names if name.split(".")[0] not in own}
    return sorted(found)


def fresh(before: Counter[str], after: Counter[str], plain: Callable[[str], str]) -> list[str]:
    """New complaints in the whole project: complaints about moved code move with it."""

    def anywhere(complaint: str) -> str:
        return plain(re.sub(r"line \d+", "line", complaint.split(": ", 1)[-1]))

    def counted(complaints: Counter[str]) -> Counter[str]:
        return Counter(anywhere(it) for it in complaints.elements())

    new = counted(after) - counted(before)
    places = [it for it in after if anywhere(it) in new]
    return [it for it in places if after[it] > before[it]] or places


def unimportable(before: dict[str, str], after: dict[str, str], plain: Callable[[str], str]) -> list[str]:
    """Modules that fail and didn't before, or no longer exist."""
    known = {plain(name): error for name, error in before.items()}
    # A new module may fail with an error that another module raised before.
    usual = {error for error in before.values() if error}
    wrong = [
        f"{name}: {error}" for name, error in after.items()
        if error and not known.get(plain(name), error if error in usual else "")
    ]
    there = {plain(name) for name in after}
    return wrong + [f"{name}: there is no such module any more" for name in before if plain(name) not in there]


def by_junit(report: Path) -> dict[str, str]:
    outcome = {}
    for case in ElementTree.parse(report).iter("testcase"):
        how = next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed")
        outcome[f"{case.get('classname')}::{case.get('name')}"] = how
    return outcome


def by_unittest(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """The tests that failed, and one line for all the others."""
    said = f"{done.stdout}\n{done.stderr}"
    failed = re.findall(r"^(?:FAIL|ERROR): (.+)$", said, re.MULTILINE)
    count = re.search(r"^Ran (\d+) tests?", said, re.MULTILINE)
    if count is None:
        return {"the run": f"ended with {done.returncode}: {last_line(said)}"}
    return {**{name: "failed" for name in failed}, f"{count[1]} tests but for {sorted(failed)}": "passed"}


def last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].strip()[:300] if lines else ""
