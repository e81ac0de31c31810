"""The edits that the harness makes: fixes, refactorings and random moves, each with how names are compared after it."""

import dataclasses
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import moves
from actions import LEFT_OUT, Change, Copy, fixes, refactorings
from harness_checks import Same
from harness_project import Project, dotted_path

REFACTORINGS = ("extract-protocol --members used", "extract-protocol --members all", "depend-on-port", "implement-members")
WHOLE = "check --fix"


class Bench(Copy):
    """A copy of a project under git, so that a change can be seen as a diff and reverted as a whole."""

    def __init__(self, architrave: Path, project: Project, scratch: Path) -> None:
        self.architrave = architrave
        self.open(project, scratch)
        self.report = self.check()

    def open(self, project: Project, scratch: Path) -> None:
        """Creates the copy."""
        self.project, self.source = project, project.source
        self.folder = scratch / project.name
        shutil.copytree(self.source, self.folder, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        self._git("init", "--quiet")
        self._git("add", "--all", "--force")
        self._git("-c", "user.name=proof", "-c", "user.email=proof@example.org", "commit", "--quiet", "-m", "before")

    def apply(self, change: Change) -> list[str]:
        """Makes the change. Raises `Refused` if the program refuses, or if nothing changes."""
        if change.command is None or change.command[0] != "check":
            return super().apply(change)
        done = subprocess.run(
            [self.architrave, *change.command], cwd=self.folder, capture_output=True, text=True, check=False
        )
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(change.command)} ended with {done.returncode}: {done.stderr[-500:]}")
        return []

    def put_back(self, touched: list[str] | None = None) -> None:
        self._git("reset", "--quiet", "--hard")
        self._git("clean", "-fdxq")

    def diff(self) -> str:
        self._git("add", "--all", "--force")
        return self._git("diff", "--cached", "--find-renames")

    def _git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", "-c", "core.autocrlf=false", "-c", "core.safecrlf=false", *arguments],
            cwd=self.folder, capture_output=True, text=True, errors="replace", check=False,
        )
        if done.returncode:
            raise RuntimeError(f"git {arguments[0]} in {self.folder}: {done.stderr[-300:]}")
        return done.stdout


def whole() -> Change:
    return Change(action=WHOLE, place=".", command=["check", ".", "--fix"], applicability="safe")


def single_fixes(bench: Bench, limit: int, dice: random.Random) -> list[Change]:
    """Fixes of the report, some of each kind."""
    return some_of_each(fixes(bench, ["all"], ""), limit, dice)


def single_refactorings(bench: Bench, limit: int, dice: random.Random) -> list[Change]:
    found = []
    for arguments in REFACTORINGS:
        changes = (change for change in refactorings(bench, arguments) if change.prepared is None)
        found += some_of_each((dataclasses.replace(change, port_by=None) for change in changes), limit, dice)
    return found


def random_moves(bench: Bench, limit: int, dice: random.Random) -> list[Change]:
    made = moves.definitions(bench.folder, limit, dice)
    made += moves.modules(bench.folder, max(1, limit // 2), dice) + moves.packages(bench.folder, max(1, limit // 4), dice)
    return [
        Change(action=f"move {move.kind}", place=f"{move.what} -> {move.target}",
               command=["refactor", "move", move.what, move.target])
        for move in made
    ]


def some_of_each(changes: Iterator[Change], limit: int, dice: random.Random) -> list[Change]:
    by_kind: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        by_kind.setdefault((change.action, change.applicability), []).append(change)
    return [
        change for of_kind in by_kind.values()
        for change in (dice.sample(of_kind, limit) if len(of_kind) > limit else of_kind)
    ]


def groups(changes: list[Change], project: Project, together: int) -> list[list[Change]]:
    """Changes that can be made together: none touches a file of another, and no module that moves, or that something
    moves to, is or contains one of another (so many moves at most). Other changes made by a command stay alone, since
    each is computed from the files as they are."""
    found: list[tuple[set[str], list[Change]]] = []
    moves_found: list[tuple[set[str], list[Change]]] = []
    for change in changes:
        if is_move(change):
            names = moved_modules(change, project)
            place = next(
                (it for it in moves_found if len(it[1]) < together and not any_within(it[0], names)), None
            )
            add(moves_found, place, names, change)
        else:
            paths = {edit["path"] for edit in change.edits} | {new["path"] for new in change.created}
            place = next((it for it in found if paths and it[0] and not it[0] & paths), None)
            add(found, place, paths, change)
    return [group for _, group in [*found, *moves_found]]


def add(
    found: list[tuple[set[str], list[Change]]], place: tuple[set[str], list[Change]] | None, names: set[str], change: Change
) -> None:
    """Adds a change to a group, or as a new one."""
    if place is None:
        found.append((names, [change]))
    else:
        place[0].update(names)
        place[1].append(change)


def is_move(change: Change) -> bool:
    return change.command is not None and change.command[:2] == ["refactor", "move"]


def moved_modules(change: Change, project: Project) -> set[str]:
    """The dotted names that a move is about."""
    what, target = (change.command or [])[2:4]
    path, _, name = what.partition(":")
    return {dotted_path(path, project.roots), target if name else dotted_path(target, project.roots)}


def any_within(names: set[str], others: set[str]) -> bool:
    """Whether a name of one set is one of the other, or contains one."""
    return any(
        f"{a}.".startswith(f"{b}.") or f"{b}.".startswith(f"{a}.") for a in names for b in others
    )


def both(first: Same, second: Same) -> Same:
    """How names are compared after two changes."""
    return Same(
        module=lambda name: second.module(first.module(name)), message=lambda text: second.message(first.message(text))
    )


def compared(change: Change, project: Project) -> Same:
    """How names are compared after a change: a module that moved is the same module under its new name."""
    if not is_move(change):
        return Same()
    what, target = change.command[2:4]
    names = {Path(what.split(":")[0]).stem, what.rpartition(":")[2], Path(target).stem, target.rpartition(".")[2]}
    strip = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True)))

    def message(text: str) -> str:
        return strip.sub("_", moves.DOTTED.sub(r"`\1", text))

    if ":" in what:
        return Same(message=message)
    old, new = dotted_path(what, project.roots), dotted_path(target, project.roots)
    prefix = re.compile(rf"^{re.escape(old)}(?=\.|$)")

    def module(name: str) -> str:
        return prefix.sub(new, name)

    return Same(module=module, message=message)


def after_move(change: Change, project: Project) -> Project:
    """The project's row after a change: a moved module is started under its new name."""
    if not is_move(change) or ":" in change.command[2]:
        return project
    return project.renamed(*change.command[2:4])
