"""Applies every fix of the given rules, or a refactoring of every class, to a copy of a project: one place at a time.

    actions.py <architrave> <project> --rule missing-protocol [--rule ...] [--title "Extract"] [--limit 20]
    actions.py <architrave> <project> --refactor "extract-protocol --members all" [--limit 20]

After each: the touched files compile, ruff finds no new undefined or unused name, ty no new error, and (for a fix) the
finding is gone and no other has appeared. `ruff` and `ty` are taken from next to the Python that runs this, or from
PATH. The packages that the project needs don't have to be installed: imports that ty can't resolve before, it can't
resolve after.

Prints a line for each place and a table; exits with 1 if something is wrong.
"""

import argparse
import ast
import dataclasses
import json
import py_compile
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]
COLUMNS = ("compiles", "names", "types", "gone", "quiet")
# Folders that are not the project's own or not of interest.
LEFT_OUT = {".git", ".venv", "venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache"}


@dataclass
class Change:
    """A change to make in the copy."""

    action: str
    place: str
    edits: list[Json] = field(default_factory=list)
    created: list[Json] = field(default_factory=list)
    # The finding that must be gone.
    about: Json | None = None
    # Arguments of `architrave`, if the program itself changes the files.
    command: list[str] | None = None
    # A file as it is prepared first, so that there is something to change.
    prepared: tuple[str, str] | None = None
    # A refactoring that runs first, and of which only the Protocol is kept: the class has a port without consumers.
    port_by: list[str] | None = None
    # Of a fix: "safe" or "review".
    applicability: str = ""


@dataclass
class Outcome:
    change: Change
    wrong: dict[str, list[str]]
    # Why it was refused, if the program reported that it can't be done.
    refused: str = ""


def tool(name: str) -> str:
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        sys.exit(f"actions.py: {name} is neither beside {sys.executable} nor on PATH")
    return found


class Copy:
    """A copy of a project that is restored after each change."""

    def __init__(self, architrave: Path, source: Path, scratch: Path) -> None:
        self.architrave, self.source = architrave, source
        self.folder = scratch / source.name
        ignore = shutil.ignore_patterns(*LEFT_OUT)
        shutil.copytree(source, self.folder, ignore=ignore, symlinks=True)
        self._ruff, self._ty = tool("ruff"), tool("ty")
        self._compiled = scratch / "compiled.pyc"
        self.report = self.check()

    def check(self) -> Json:
        command = [self.architrave, "check", ".", "--output-format", "json"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"actions.py: check failed on {self.source}: {done.stderr.decode()}")
        return json.loads(done.stdout)

    def apply(self, change: Change) -> list[str]:
        """Makes the change; returns the paths of the touched files. Raises `Refused` if the program refuses."""
        if change.command is not None:
            done = subprocess.run(
                [self.architrave, *change.command], cwd=self.folder, capture_output=True, text=True, check=False
            )
            if done.returncode != 0:
                raise Refused(done.stderr.strip())
            return done.stdout.split("\n")[:-1]
        by_path: dict[str, list[Json]] = {}
        for edit in change.edits:
            by_path.setdefault(edit["path"], []).append(edit)
        for path, edits in by_path.items():
            text = read(self.folder / path)
            write(self.folder / path, edited(text, edits))
        for new in change.created:
            path = self.folder / new["path"]
            if path.exists():
                raise AssertionError(f"{new['path']} was there already")
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, new["contents"])
        return [*by_path, *(new["path"] for new in change.created)]

    def put_back(self, touched: list[str]) -> None:
        for path in touched:
            original = self.source / path
            if original.exists():
                shutil.copyfile(original, self.folder / path)
            else:
                (self.folder / path).unlink(missing_ok=True)

    def compile(self, touched: list[str]) -> list[str]:
        problems = []
        for path in touched:
            try:
                py_compile.compile(str(self.folder / path), cfile=str(self._compiled), doraise=True)
            except py_compile.PyCompileError as error:
                problems.append(str(error).strip().splitlines()[-1])
            except (ValueError, OSError) as error:
                problems.append(str(error))
        return problems

    def names(self, folder: Path, touched: list[str]) -> Counter[str]:
        there = [path for path in touched if (folder / path).exists()]
        if not there:
            return Counter()
        command = [self._ruff, "check", "--isolated", "--no-cache", "--select", "F", "--output-format", "json"]
        done = subprocess.run([*command, *there], cwd=folder, capture_output=True, check=False)
        found = json.loads(done.stdout)
        paths = {str((folder / path).resolve()): path for path in there}
        return Counter(
            f"{paths.get(item['filename'], item['filename'])}: {item['code']} {item['message']}" for item in found
        )

    def types(self, folder: Path, touched: list[str]) -> Counter[str]:
        there = [path for path in touched if (folder / path).exists()]
        if not there:
            return Counter()
        command = [self._ty, "check", "--output-format", "concise", "--exit-zero", "--project", str(folder)]
        done = subprocess.run([*command, *there], cwd=folder, capture_output=True, text=True, check=False)
        found: Counter[str] = Counter()
        for line in done.stdout.splitlines():
            parts = re.match(r"(?P<path>.+?):\d+:\d+: (?P<what>error\[.*)", line)
            # Whether a package is installed here is irrelevant for the change.
            if parts and not is_about_another(parts["what"], self.folder):
                found[parts["what"]] += 1
        return found


class Refused(Exception):
    """The program reports that it can't be done here."""


def is_about_another(message: str, folder: Path) -> bool:
    """Whether the error is about an unresolved module that isn't the project's."""
    missing = re.match(r"error\[(?:unresolved-import|import-not-found)\] Cannot resolve imported module `([\w.]+)`", message)
    if missing is None:
        return False
    head = missing[1].split(".")[0]
    roots = [folder, *(path for path in folder.iterdir() if path.is_dir())]
    return not any((root / name).exists() for root in roots for name in (head, f"{head}.py"))


def read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def edited(text: str, edits: list[Json]) -> str:
    """Edits by one-based lines and columns in characters."""
    starts = [0]
    for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text):
        starts.append(starts[-1] + len(line))
    bom = 1 if text.startswith("\ufeff") else 0

    def offset(line: int, column: int) -> int:
        return min(starts[line - 1] + column - 1 + (bom if line == 1 else 0), len(text))

    spans = [
        (offset(edit["line"], edit["column"]), offset(edit["end_line"], edit["end_column"]), edit["text"])
        for edit in edits
    ]
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def identity(finding: Json) -> tuple[str, str]:
    return finding["rule"], finding["fingerprint"]


def fixes(copy: Copy, rules: list[str], title: str) -> Iterator[Change]:
    """Each fix of each finding of the rules."""
    for finding in copy.report["findings"]:
        if finding["rule"] not in rules and "all" not in rules:
            continue
        for fix in finding["fixes"]:
            if title in fix["title"]:
                yield Change(
                    action=f"{finding['rule']}: {verb(fix['title'])}",
                    place=f"{finding['path']}:{finding['line']} \"{fix['title']}\"",
                    edits=fix["edits"],
                    created=fix.get("created", []),
                    about=finding,
                    applicability=fix["applicability"],
                )


def verb(title: str) -> str:
    """A title without the names in it, to count by."""
    words = title.split()
    return " ".join(word for word in words[:4] if word.isalpha() and (word.islower() or word == words[0]))


def refactorings(copy: Copy, arguments: str) -> Iterator[Change]:
    """A refactoring of each class with public methods."""
    name, *options = shlex.split(arguments)
    # Without consumers of a class there is nothing to change, and each try costs an analysis of the whole project.
    asked = asked_for(copy.folder) if name == "depend-on-port" or "--members all" not in arguments else None
    for path in sorted(copy.folder.rglob("*.py")):
        relative = path.relative_to(copy.folder)
        parts = {part.lower() for part in relative.parts}
        if parts & {"tests", "test", "migrations", "alembic"} or relative.name.startswith(("test_", "conftest")):
            continue
        try:
            tree = ast.parse(read(path))
        except (SyntaxError, UnicodeDecodeError, ValueError):
            continue
        for node in tree.body:
            if not isinstance(node, ast.ClassDef) or not has_public_methods(node):
                continue
            if name != "implement-members" and asked is not None and node.name not in asked:
                continue
            place = f"{relative}:{node.name}"
            change = Change(action=arguments, place=place, command=["refactor", name, place, *options])
            if name == "depend-on-port":
                port = ["refactor", "extract-protocol", place, "--members", "all"]
                yield dataclasses.replace(change, port_by=port)
            elif name == "implement-members":
                yield from with_one_lacking(change, str(relative), read(path), node)
            else:
                yield change


def asked_for(folder: Path) -> set[str]:
    """The names in annotations of parameters, and of fields."""
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        try:
            tree = ast.parse(read(path))
        except (SyntaxError, UnicodeDecodeError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
                words = re.findall(r"[A-Za-z_]\w*", ast.unparse(node.annotation))
                names.update(words)
    return names


def with_one_lacking(change: Change, path: str, text: str, node: ast.ClassDef) -> Iterator[Change]:
    """The class of a port without one of its methods, if that leaves a body."""
    if not node.bases or len(node.body) < 2:
        return
    lines = text.splitlines(keepends=True)
    for method in node.body:
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and not method.name.startswith("_"):
            start = min([method.lineno, *(decorator.lineno for decorator in method.decorator_list)])
            without = "".join([*lines[: start - 1], *lines[method.end_lineno :]])
            prepared = dataclasses.replace(change, place=f"{change.place}.{method.name}", prepared=(path, without))
            yield prepared
            return


def has_public_methods(node: ast.ClassDef) -> bool:
    methods = (item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef))
    return any(not method.name.startswith("_") for method in methods)


def judge(copy: Copy, change: Change) -> Outcome:
    if change.prepared is not None:
        path, text = change.prepared
        write(copy.folder / path, text)
        before, known = copy.names(copy.folder, [path]), copy.types(copy.folder, [path])
    made: list[str] = []
    try:
        if change.port_by is not None:
            made = write_port(copy, change)
        touched = copy.apply(change)
    except Refused as refused:
        copy.put_back([*made, *([change.prepared[0]] if change.prepared is not None else [])])
        return Outcome(change, {}, str(refused))
    report = copy.report
    if made:
        # The changes of the port alone are not what is checked.
        copy.put_back([path for path in touched if path not in made])
        report = copy.check()
        copy.apply(change)
    try:
        wrong: dict[str, list[str]] = {}
        wrong["compiles"] = copy.compile(touched)
        if change.prepared is None:
            before, known = copy.names(copy.source, touched), copy.types(copy.source, touched)
        after, found = copy.names(copy.folder, touched), copy.types(copy.folder, touched)
        wrong["names"] = list((after - before).elements())
        wrong["types"] = list((found - known).elements())
        if not touched:
            wrong["compiles"].append("nothing was changed")
        now = copy.check()
        left = {identity(finding) for finding in now["findings"]}
        old = Counter(identity(finding) for finding in report["findings"])
        if change.about is not None and identity(change.about) in left:
            wrong["gone"] = ["the finding is still there"]
        new = [finding for finding in now["findings"] if not old[identity(finding)]]
        wrong["quiet"] = [f"{new_one['path']}:{new_one['line']} {new_one['rule']}: {new_one['message']}" for new_one in new]
        return Outcome(change, {name: problems for name, problems in wrong.items() if problems})
    finally:
        copy.put_back([*made, *touched])


def write_port(copy: Copy, change: Change) -> list[str]:
    """Writes a port for the class and leaves the consumers of the class unchanged."""
    touched = copy.apply(dataclasses.replace(change, command=change.port_by))
    holds = [path for path in touched if protocols(copy.folder / path) > protocols(copy.source / path)]
    copy.put_back([path for path in touched if path not in holds])
    return holds


def protocols(path: Path) -> int:
    return read(path).count("(Protocol)") if path.exists() else 0


def prove(copy: Copy, changes: list[Change], verbose: bool = True) -> list[Outcome]:
    outcomes = []
    for change in changes:
        outcome = judge(copy, change)
        outcomes.append(outcome)
        if outcome.refused:
            if verbose:
                print(f"  left   {change.place}: {outcome.refused.splitlines()[-1] if outcome.refused else ''}")
        elif outcome.wrong:
            print(f"  WRONG  {change.place}")
            for name, problems in outcome.wrong.items():
                for problem in problems[:6]:
                    print(f"         {name}: {problem}")
        elif verbose:
            print(f"  ok     {change.place}")
        sys.stdout.flush()
    return outcomes


def table(outcomes: list[Outcome]) -> str:
    rows = [("action", "places", *COLUMNS, "all", "left")]
    for action in sorted({outcome.change.action for outcome in outcomes}):
        mine = [outcome for outcome in outcomes if outcome.change.action == action]
        done = [outcome for outcome in mine if not outcome.refused]
        held = [str(sum(1 for outcome in done if column not in outcome.wrong)) for column in COLUMNS]
        whole = str(sum(1 for outcome in done if not outcome.wrong))
        rows.append((action, str(len(done)), *held, whole, str(len(mine) - len(done))))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("architrave", type=Path)
    parser.add_argument("project", type=Path)
    parser.add_argument("--rule", action="append", default=[], help="a rule whose fixes are taken, or `all`")
    parser.add_argument("--title", default="", help="only fixes with this in their title")
    parser.add_argument("--refactor", action="append", default=[], help="a refactoring with its options")
    parser.add_argument("--limit", type=int, default=0, help="so many places of each at most, picked by a fixed seed")
    parser.add_argument("--only", default="", help="only places with this in them")
    parser.add_argument("--keep", type=Path, help="put the copy here, with the last change left in it")
    options = parser.parse_args()
    architrave, project = options.architrave.resolve(), options.project.resolve()
    with tempfile.TemporaryDirectory() as name:
        copy = Copy(architrave, project, Path(name).resolve())
        groups = [list(fixes(copy, options.rule, options.title))] if options.rule else []
        groups += [list(refactorings(copy, arguments)) for arguments in options.refactor]
        outcomes = []
        for group in groups:
            group = [change for change in group if options.only in change.place]
            if options.limit and len(group) > options.limit:
                group = random.Random(812).sample(group, options.limit)
            outcomes += prove(copy, group)
        if options.keep and outcomes:
            copy.apply(outcomes[-1].change)
            shutil.copytree(copy.folder, options.keep, dirs_exist_ok=True)
    print(table(outcomes))
    done = [outcome for outcome in outcomes if not outcome.refused]
    wrong = sum(1 for outcome in done if outcome.wrong)
    # A run in which nothing was offered proves nothing.
    failed = wrong or not done
    print(f"test result: {'FAILED' if failed else 'ok'}. {len(done)} actions taken, {wrong} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
