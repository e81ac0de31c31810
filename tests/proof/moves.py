"""Moves definitions, modules and packages of a project on a copy, one at a time.

    moves.py <architrave> <project> [--definitions 20] [--modules 10] [--packages 5] [--seed 1] [--python PYTHON]
             [--hold COMMAND]...

A seed selects the moves: a class, function or constant to a neighbouring module (or to a new one), a module to another
name or another package, a package to another name. After each: the touched files compile, ruff finds no new undefined
or unused name, ty no new error in the touched files, and no import of the whole project that resolved before is
unresolved (according to a reader that shares nothing with the program). With `--python`, all modules of the project
that could be imported by that interpreter before can be imported after; a Django project (`manage.py`) passes its
checks, plans no migration and has the same commands and tasks. Each `--hold` is a shell command that succeeds before
(the project's tests, its programs with `--help`) and must succeed after. `{python}` in it is the interpreter. A refusal
gives its reason.

Prints a line for each place and a table; exits with 1 if something is wrong.
"""

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from actions import LEFT_OUT, Copy, tool

SKIPPED = {"tests", "test", "migrations", "alembic", "versions", "docs", "node_modules"}


@dataclass(frozen=True)
class Move:
    kind: str
    what: str
    target: str


@dataclass
class Outcome:
    move: Move
    refused: str = ""
    wrong: list[str] = field(default_factory=list)


class Imports:
    """Unresolved imports of a folder, read again only if a file changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._facts: dict[Path, tuple[str, list[tuple[int, str, str]], set[str], bool]] = {}

    def dangling(self) -> Counter[str]:
        files = {path for path in self.folder.rglob("*.py") if not LEFT_OUT & set(path.parts)}
        for path in files:
            text = read_lossy(path)
            if path not in self._facts or self._facts[path][0] != text:
                self._facts[path] = (text, *facts(text))
        names: dict[str, list[Path]] = {}
        for path in files:
            parts = list(path.relative_to(self.folder).with_suffix("").parts)
            if parts[-1] == "__init__":
                parts.pop()
            # From every folder that could be a root.
            for start in range(len(parts)):
                names.setdefault(".".join(parts[start:]), []).append(path)
        folders = {".".join(parts[start:end]) for path in files for parts in [path.relative_to(self.folder).parts[:-1]]
                   for start in range(len(parts)) for end in range(start + 1, len(parts) + 1)}
        tops = {name.split(".")[0] for name in names}
        found: Counter[str] = Counter()
        for path in files:
            _, imports, _, _ = self._facts[path]
            package = list(path.relative_to(self.folder).parent.parts)
            for level, module, name in imports:
                if level:
                    base = package[: len(package) - level + 1]
                    full = ".".join([*base, *([module] if module else [])])
                else:
                    full = module
                    if full.split(".")[0] not in tops:
                        continue
                candidates = names.get(full, [])
                if name == "*" or not name:
                    if not candidates and full not in folders:
                        found[full] += 1
                    continue
                is_module = f"{full}.{name}" in names or f"{full}.{name}" in folders
                bound = any(name in self._facts[it][2] or self._facts[it][3] for it in candidates)
                if not is_module and not bound:
                    found[f"{full}.{name}"] += 1
        return found


def facts(text: str) -> tuple[list[tuple[int, str, str]], set[str], bool]:
    """Imports, names bound at module level, and whether any other name may be bound."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return [], set(), True
    imports: list[tuple[int, str, str]] = []
    dynamic = False
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports += [(0, alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imports += [(node.level, node.module or "", alias.name) for alias in node.names]
            dynamic |= any(alias.name == "*" for alias in node.names)
    bound: set[str] = set()
    open_ = list(tree.body)
    while open_:
        node = open_.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
            dynamic |= node.name == "__getattr__"
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
        bound |= {it.id for it in ast.walk(node) if isinstance(it, ast.Name) and isinstance(it.ctx, ast.Store)}
        open_ += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt | ast.ExceptHandler)]
    return imports, bound, dynamic


def read_lossy(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def code(folder: Path) -> list[Path]:
    found = []
    for path in sorted(folder.rglob("*.py")):
        relative = path.relative_to(folder)
        parts = set(relative.parts)
        is_test = relative.name.startswith(("test_", "conftest")) or relative.name.endswith("_test.py")
        if not (parts & (SKIPPED | LEFT_OUT) or is_test or any("-" in part for part in relative.parts[:-1])):
            found.append(relative)
    return found


def dotted(folder: Path, path: Path) -> str:
    """The name, starting at the outermost regular package."""
    parts = list(path.with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    start = 0
    while start < len(parts) - 1 and not (folder / Path(*parts[: start + 1]) / "__init__.py").exists():
        start += 1
    return ".".join(parts[start:])


def definitions(folder: Path, limit: int, dice: random.Random) -> list[Move]:
    found = []
    files = [path for path in code(folder) if path.name not in ("__init__.py", "setup.py", "manage.py")]
    for path in files:
        try:
            tree = ast.parse(read_lossy(folder / path))
        except (SyntaxError, ValueError):
            continue
        for node in tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                found.append((path, node.name))
            elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                if node.targets[0].id.isupper() and dice.random() < 0.2:
                    found.append((path, node.targets[0].id))
    dice.shuffle(found)
    moves = []
    for path, name in found[:limit]:
        beside = [other for other in files if other.parent == path.parent and other != path]
        own = dotted(folder, path)
        package = own.rpartition(".")[0]
        fresh = f"{package}.fresh_{name.lower()}" if package else f"fresh_{name.lower()}"
        target = dotted(folder, dice.choice(beside)) if beside and dice.random() < 0.6 else fresh
        moves.append(Move("definition", f"{path}:{name}", target))
    return moves


def modules(folder: Path, limit: int, dice: random.Random) -> list[Move]:
    files = [path for path in code(folder) if path.name not in ("__init__.py", "setup.py", "manage.py")]
    dice.shuffle(files)
    moves = []
    for path in files[:limit]:
        packages = sorted({other.parent for other in files if (folder / other.parent / "__init__.py").exists()})
        near = [it for it in packages if it.parts[:1] == path.parts[:1] and it != path.parent]
        away = dice.choice(near) if near and dice.random() < 0.5 else path.parent
        moves.append(Move("module", str(path), str(away / f"{path.stem}_elsewhere.py")))
    return moves


def packages(folder: Path, limit: int, dice: random.Random) -> list[Move]:
    found = sorted({path.parent for path in code(folder) if (folder / path.parent / "__init__.py").exists()})
    dice.shuffle(found)
    return [Move("package", str(path), str(path.parent / f"{path.name}_elsewhere")) for path in found[:limit]]


def plain(found: Counter[str], move: Move) -> Counter[str]:
    """Findings without their files: findings about moved code move with it."""
    names = {Path(move.what.split(":")[0]).stem, Path(move.target).stem, move.target.rpartition(".")[2]}
    strip = re.compile("|".join(sorted((re.escape(name) for name in names), key=len, reverse=True)))
    texts = (DOTTED.sub(r"`\1", text.split(": ", 1)[-1]) for text in found.elements())
    return Counter(LINE.sub("line", strip.sub("_", text)) for text in texts if not NOT_INSTALLED.search(text))


LINE = re.compile(r"line \d+")
# The last part of a dotted name.
DOTTED = re.compile(r"`[\w.]*\.(\w+)")
# Whether a package is installed here is irrelevant for the move; imports of the project's own are checked separately.
NOT_INSTALLED = re.compile(r"Cannot resolve imported module|\[import-not-found\]|\[unresolved-import\]")


def differs(path: Path, other: Path) -> bool:
    """Whether the contents of two files differ; links and files too large for text are ignored."""
    if path.is_symlink() or other.is_symlink() or other.stat().st_size > 1_000_000:
        return False
    return path.stat().st_size != other.stat().st_size or path.read_bytes() != other.read_bytes()


def compiles(folder: Path, path: str, move: Move) -> bool:
    """Whether a file compiled at its old place; a new file counts as compiling."""
    old = folder / (move.what + path[len(move.target) :] if path.startswith(move.target) else path)
    try:
        ast.parse(old.read_bytes()) if old.exists() else None
    except (SyntaxError, ValueError):
        return False
    return True


# The commands whose output must stay the same for a Django project.
DJANGO = (
    "{python} manage.py check",
    "{python} manage.py makemigrations --check --dry-run",
    "{python} manage.py help --commands",
)

# Prints each module with the exception that importing it raises.
IMPORT_ALL = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
        error = ""
    except BaseException as raised:
        error = f"{type(raised).__name__}: {raised}".splitlines()[0]
    print("imported", name, error, flush=True)
"""


class Bench:
    def __init__(
        self, architrave: Path, source: Path, scratch: Path, python: Path | None, hold: list[str]
    ) -> None:
        self.copy = Copy.__new__(Copy)
        self.copy.architrave, self.copy.source = architrave, source
        self.copy.folder = scratch / source.name
        shutil.copytree(source, self.copy.folder, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        self.copy._ruff, self.copy._ty = tool("ruff"), tool("ty")
        self.copy._compiled = scratch / "compiled.pyc"
        self.pristine = scratch / "pristine"
        shutil.copytree(self.copy.folder, self.pristine, symlinks=True)
        self.imports = Imports(self.copy.folder)
        self.known = self.imports.dangling()
        self.python = python
        self.importable = self.import_all() if python else {}
        django = DJANGO if python and (source / "manage.py").exists() else ()
        self.held = {command: self.output(command) for command in (*django, *hold)}
        for command, (code, text) in self.held.items():
            if code != 0:
                print(f"fails before: {command}: {text[-300:]}", flush=True)
        self.put_back()

    def output(self, command: str) -> tuple[int, str]:
        """How a command ends, and its output."""
        done = subprocess.run(
            command.replace("{python}", str(self.python)), shell=True, cwd=self.copy.folder, capture_output=True,
            text=True, check=False, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, timeout=600,
        )
        return done.returncode, done.stdout + done.stderr

    def no_longer_holds(self) -> list[str]:
        wrong = []
        for command, (code, text) in self.held.items():
            if code == 0:
                now, printed = self.output(command)
                if now != 0 or command == DJANGO[-1] and printed != text:
                    wrong.append(f"held: {command}: {printed[-400:]}")
        return wrong

    def import_all(self) -> dict[str, str]:
        """By module, the exception that importing it raises; all in one process for each root folder."""
        by_root: dict[Path, list[str]] = {}
        for path in code(self.copy.folder):
            name = dotted(self.copy.folder, path)
            parts = path.parent.parts if path.name == "__init__.py" else path.with_suffix("").parts
            root = self.copy.folder / Path(*parts[: len(parts) - len(name.split("."))])
            by_root.setdefault(root, []).append(name)
        outcome = {}
        for root, names in by_root.items():
            done = subprocess.run(
                [self.python, "-c", IMPORT_ALL, *names], cwd=root, capture_output=True, text=True, check=False,
                env={"PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/bin:/bin"},
            )
            for line in done.stdout.splitlines():
                if line.startswith("imported "):
                    _, name, error = line.split(" ", 2)
                    outcome[name] = error
        return outcome

    def put_back(self) -> None:
        """Restores the copy: by contents, so that unchanged files keep their times."""
        folder = self.copy.folder
        there = {path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()}
        wanted = {path.relative_to(self.pristine) for path in self.pristine.rglob("*") if not path.is_dir()}
        for path in there - wanted:
            (folder / path).unlink()
        for path in wanted:
            if path not in there or differs(folder / path, self.pristine / path):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.pristine / path, folder / path, follow_symlinks=False)
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
                path.rmdir()

    def judge(self, move: Move) -> Outcome:
        command = [self.copy.architrave, "refactor", "move", move.what, move.target]
        done = subprocess.run(command, cwd=self.copy.folder, capture_output=True, text=True, check=False)
        outcome = Outcome(move)
        if done.returncode != 0:
            outcome.refused = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""
            if ": " not in outcome.refused.removeprefix("architrave: "):
                outcome.wrong.append(f"refused without a reason: {outcome.refused}")
            if done.returncode != 2:
                outcome.wrong.append(f"ends with {done.returncode}: {done.stderr[-300:]}")
            return outcome
        try:
            self.look(move, done.stdout, outcome)
        finally:
            self.put_back()
        return outcome

    def look(self, move: Move, printed: str, outcome: Outcome) -> None:
        touched = [line for line in printed.split("\n")[:-1] if " -> " not in line and line.endswith((".py", ".pyi"))]
        renamed = (lambda path: path)
        if move.kind != "definition":
            old, new = move.what, move.target
            renamed = lambda path: new + path[len(old):] if path == old or path.startswith(f"{old}/") else path
            moved = self.pristine / old
            touched += [str(path.relative_to(self.pristine)) for path in moved.rglob("*.py")] if moved.is_dir() else [old]
        before = sorted(set(touched))
        after = sorted({renamed(path) for path in touched})
        outcome.wrong += [f"compile: {it}" for it in self.copy.compile([it for it in after if compiles(self.pristine, it, move)])]
        for name, tool in (("ruff", self.copy.names), ("ty", self.copy.types)):
            known = plain(tool(self.pristine, before), move)
            found = plain(tool(self.copy.folder, after), move)
            outcome.wrong += [f"{name}: {it}" for it in (found - known).elements()]
        known = self.known
        if move.kind != "definition":
            # An import that was unresolved before still is, under its new name.
            old, new = (dotted(self.pristine, Path(it)) for it in (move.what, move.target))
            known = known + Counter({new + name[len(old) :]: count for name, count in known.items()})
        fresh = self.imports.dangling() - known
        outcome.wrong += [f"import: {it} leads nowhere" for it in fresh]
        if self.python:
            known, found = self.importable, self.import_all()
            gone = {dotted(self.pristine, Path(move.what)): dotted(self.copy.folder, Path(move.target))}
            back = {new + name[len(old) :]: name for name in known for old, new in gone.items() if (name + ".").startswith(f"{old}.")}
            # A new module may fail with an error that another raised before: its package can't be imported here.
            usual = set(known.values())
            broken = [
                name for name, error in found.items() if error not in usual and not known.get(back.get(name, name), "")
            ]
            outcome.wrong += [f"run: {name}: {found[name]}" for name in broken]
        outcome.wrong += self.no_longer_holds()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("architrave", type=Path)
    parser.add_argument("project", type=Path)
    parser.add_argument("--definitions", type=int, default=20)
    parser.add_argument("--modules", type=int, default=10)
    parser.add_argument("--packages", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only moves with this in their place")
    parser.add_argument("--python", type=Path, help="an interpreter with the project's dependencies")
    parser.add_argument("--hold", action="append", default=[], help="a command that succeeds before and must after")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        source = options.project.resolve()
        bench = Bench(options.architrave.resolve(), source, Path(name).resolve(), options.python, options.hold)
        folder = bench.copy.folder
        moves = definitions(folder, options.definitions, dice)
        moves += modules(folder, options.modules, dice) + packages(folder, options.packages, dice)
        outcomes = []
        for move in moves:
            if options.only not in move.what:
                continue
            outcome = bench.judge(move)
            outcomes.append(outcome)
            mark = "WRONG " if outcome.wrong else "left  " if outcome.refused else "ok    "
            print(f"{mark} {move.what} -> {move.target} {outcome.refused}", flush=True)
            for problem in outcome.wrong[:8]:
                print(f"         {problem}", flush=True)
    for kind in ("definition", "module", "package"):
        mine = [outcome for outcome in outcomes if outcome.move.kind == kind]
        left = sum(1 for outcome in mine if outcome.refused and not outcome.wrong)
        wrong = sum(1 for outcome in mine if outcome.wrong)
        print(f"{kind}: {len(mine)} tried, {left} left, {len(mine) - left - wrong} right, {wrong} wrong")
    return 1 if any(outcome.wrong for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
