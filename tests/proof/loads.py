"""Applies fixes of queries and runs the result: `loads.py <architrave>`.

Each function of `loads/*/shop/shapes.py` runs a query and reads relationships of its rows. Its docstring states the
number of statements before and after its fix, or that there is no fix: `4 statements, 2 after`, `4 statements, no fix`.
Each fix is applied alone, then all are applied one after another, like a user who accepts every offer; afterwards the
functions must return the same results with that number of statements, and formatted files must still be formatted.
Exits with 1 if something is wrong.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from actions import edited, read, tool, write

LOADS = Path(__file__).resolve().parent / "loads"
RULES = ("n-plus-one", "n-plus-one-serialization", "lazy-load-in-async")
SHAPES = "shop/shapes.py"
SAID = re.compile(
    r'^def (\w+)\(.*\n    """(\d+) statements?(?:, (?:(no fix)|(\d+) after))?"""$',
    re.MULTILINE,
)

Json = dict[str, Any]
# The result of each function, and how many statements it ran.
Counts = dict[str, tuple[int, str]]


class Project:
    """A copy that is restored after each change."""

    def __init__(self, architrave: Path, source: Path, scratch: Path) -> None:
        self.architrave, self.source, self.folder = (
            architrave,
            source,
            scratch / source.name,
        )
        self.fresh()
        text = read(source / SHAPES)
        said = SAID.findall(text)
        self.before = {name: int(count) for name, count, _, _ in said}
        self.after = {name: int(count) for name, _, _, count in said if count}

    def fresh(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(
            self.source, self.folder, ignore=shutil.ignore_patterns("__pycache__")
        )

    def count(self) -> Counts:
        done = subprocess.run(
            [sys.executable, "count.py"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            return {"": (0, done.stderr.strip().splitlines()[-1])}
        return {
            name: (count, result)
            for name, (count, result) in json.loads(done.stdout).items()
        }

    def offered(self) -> list[tuple[str, Json]]:
        """The fixes, each with the function of its finding; duplicates once."""
        command = [
            self.architrave,
            "check",
            ".",
            "--output-format",
            "json",
            "--no-baseline",
        ]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, check=False
        )
        text = read(self.folder / SHAPES)
        starts = [
            (text.count("\n", 0, found.start()) + 1, found[1])
            for found in re.finditer(r"^def (\w+)\(", text, re.MULTILINE)
        ]
        fixes: list[tuple[str, Json]] = []
        for finding in json.loads(done.stdout)["findings"]:
            if finding["rule"] not in RULES or finding["path"] != SHAPES:
                continue
            function = [name for line, name in starts if line <= finding["line"]][-1]
            for fix in finding["fixes"][:1]:
                if (function, fix) not in fixes:
                    fixes.append((function, fix))
        return fixes

    def apply(self, fix: Json) -> None:
        for path in {edit["path"] for edit in fix["edits"]}:
            text = read(self.folder / path)
            write(
                self.folder / path,
                edited(text, [edit for edit in fix["edits"] if edit["path"] == path]),
            )

    def unformatted(self) -> list[str]:
        """What `ruff` reports about the files: formatting, undefined and unused names."""
        wrong = []
        for command in (
            ["format", "--isolated", "--diff"],
            ["check", "--isolated", "--select", "F,I001", "--quiet"],
        ):
            done = subprocess.run(
                [tool("ruff"), *command, "shop"],
                cwd=self.folder,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode != 0:
                wrong.append(f"ruff {command[0]}: {done.stdout.strip()}")
        return wrong


def prove(project: Project) -> tuple[int, list[str]]:
    """How many fixes passed, and what is wrong."""
    before = project.count()
    wrong = [
        f"{name} runs {before.get(name, (None,))[0]} statements and not {count}"
        for name, count in project.before.items()
        if before.get(name, (None,))[0] != count
    ]
    wrong += [
        f"{name} says nothing of its statements"
        for name in before.keys() - project.before.keys()
    ]
    wrong += project.unformatted()
    offered = project.offered()
    names = {name for name, _ in offered}
    wrong += [f"{name} has no fix" for name in project.after.keys() - names]
    wrong += [
        f"{name} has a fix: {fix['title']}"
        for name, fix in offered
        if name not in project.after
    ]
    held = 0
    for name, fix in offered:
        project.fresh()
        project.apply(fix)
        problems = compare(project, before, {name})
        wrong += [f"{name}, {fix['title']!r}: {problem}" for problem in problems]
        held += not problems
    project.fresh()
    # Each fix in turn, on the result of the others.
    for _ in range(2 * len(offered)):
        fixes = project.offered()
        if not fixes:
            break
        project.apply(fixes[0][1])
    wrong += [
        f"all together: {problem}"
        for problem in compare(project, before, set(project.after))
    ]
    wrong += [f"all together: {name} has a fix again" for name, _ in project.offered()]
    return held, wrong


def compare(project: Project, before: Counts, fixed: set[str]) -> list[str]:
    counts = project.count()
    if "" in counts:
        return [counts[""][1]]
    problems = []
    for name, (count, result) in counts.items():
        if result != before[name][1]:
            problems.append(f"{name} gives {result} and gave {before[name][1]}")
        wanted = project.after.get(name) if name in fixed else before[name][0]
        if wanted is not None and count != wanted:
            problems.append(f"{name} runs {count} statements and not {wanted}")
    return problems + project.unformatted()


def main() -> int:
    architrave = Path(sys.argv[1]).resolve()
    wrong: list[str] = []
    held = 0
    with tempfile.TemporaryDirectory() as scratch:
        for source in sorted(path for path in LOADS.iterdir() if path.is_dir()):
            project = Project(architrave, source, Path(scratch).resolve())
            count, problems = prove(project)
            print(f"{source.name}: {len(project.before)} shapes, {count} fixes held")
            held += count
            wrong += [f"{source.name}: {problem}" for problem in problems]
    for problem in wrong:
        print(f"WRONG {problem}", file=sys.stderr)
    print(
        f"test result: {'FAILED' if wrong else 'ok'}. {held} loads proven, {len(wrong)} wrong"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
