"""Edits projects and checks that everything that worked still works.

    harness.py <architrave> <rows.toml> [--only NAME] [--edits whole,fixes,refactorings,moves] [--limit 10] [--report DIR]

For each project of the rows (their keys: `harness_project.py`) a copy is edited: `check --fix` as a whole, each fix by
itself, the refactorings of the command line, random moves. After each, nothing that worked before may be broken: files
compile, ruff finds no new undefined or unused name, the type checker no new error, every module imports in a fresh
process, the program starts, its tests pass, and the project's own formatters leave the same files unchanged.

Fixes in different files are made together, and moves of different modules (`--together`); one by one only if something
breaks. Prints a table and, with `--report`, writes each breakage with its diff. Exits with 1 if a safe fix, a
refactoring or a move broke something; fixes for review are only counted.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import harness_edits as edits
import harness_project
from actions import Change, Refused
from harness_checks import KINDS, Checks, Same, State
from harness_edits import Bench
from harness_project import Project

EDITS = ("whole", "fixes", "refactorings", "moves")


@dataclass
class Outcome:
    project: str
    change: Change
    refused: str = ""
    wrong: dict[str, list[str]] = field(default_factory=dict)
    diff: str = ""
    # The other changes that were made with it: none of them breaks anything alone.
    together: list[Change] = field(default_factory=list)

    def counts(self) -> bool:
        """Whether it counts as an error of the program: a fix for review makes no promise that nothing breaks."""
        return bool(self.wrong) and self.change.applicability != "review" and not self.together


class Trial:
    """One project with its state before the edits."""

    def __init__(self, bench: Bench, checks: Checks, keep_diffs: bool, together: int) -> None:
        self.bench, self.checks, self.keep_diffs, self.together = bench, checks, keep_diffs, together
        self.before = checks.look(bench.folder, KINDS)
        # Files written by running the program are not part of an edit.
        bench.put_back()

    def prove(self, changes: list[Change]) -> Iterator[Outcome]:
        for group in edits.groups(changes, self.bench.project, self.together):
            yield from self._prove(group, KINDS)

    def _prove(self, group: list[Change], kinds: tuple[str, ...]) -> Iterator[Outcome]:
        done, diffs, refused = [], {}, []
        try:
            for change in group:
                try:
                    self.bench.apply(change)
                    done.append(change)
                except Refused as reason:
                    said = str(reason).splitlines()
                    refused.append(Outcome(self.bench.project.name, change, refused=said[-1] if said else "no reason"))
            diff = self.bench.diff() if done else ""
            wrong = self._wrong(done, kinds) if diff else {}
        finally:
            self.bench.put_back()
        yield from refused
        if done and not diff:
            done = [Outcome(self.bench.project.name, change, refused="changes nothing") for change in done]
            yield from done
        elif not wrong or len(done) == 1:
            for change in done:
                own = diff if len(done) == 1 else self._alone(change) if self.keep_diffs else ""
                yield Outcome(self.bench.project.name, change, wrong=wrong, diff=own)
        else:
            yield from self._halves(done, wrong, diff)

    def _halves(self, group: list[Change], wrong: dict[str, list[str]], diff: str) -> Iterator[Outcome]:
        """Which of the changes it was."""
        half = len(group) // 2
        kinds = tuple(wrong)
        outcomes = [*self._prove(group[:half], kinds), *self._prove(group[half:], kinds)]
        yield from outcomes
        if not any(outcome.wrong for outcome in outcomes):
            first, *rest = group
            yield Outcome(self.bench.project.name, first, wrong=wrong, diff=diff, together=rest)

    def _alone(self, change: Change) -> str:
        self.bench.apply(change)
        diff = self.bench.diff()
        self.bench.put_back()
        return diff

    def _wrong(self, done: list[Change], kinds: tuple[str, ...]) -> dict[str, list[str]]:
        project, same = self.bench.project, Same()
        for change in done:
            same = edits.both(same, edits.compared(change, project))
            project = edits.after_move(change, project)
        checks = Checks(project, self.checks.kinds)
        wrong = self._look(checks, kinds, same)
        if "tests" in wrong or "start" in wrong:
            # A flaky test is not reported.
            again = self._look(checks, tuple(kind for kind in wrong if kind in ("tests", "start")), same)
            wrong = {kind: again.get(kind, []) if kind in ("tests", "start") else it for kind, it in wrong.items()}
        return {kind: lines for kind, lines in wrong.items() if lines}

    def _look(self, checks: Checks, kinds: tuple[str, ...], same: Same) -> dict[str, list[str]]:
        after = checks.look(self.bench.folder, kinds)
        return checks.broken(self.before, after, kinds, same)


def prove(architrave: Path, project: Project, options: argparse.Namespace) -> list[Outcome]:
    """Prints the results. Raises `NothingRuns`."""
    outcomes = []
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(architrave, project, Path(name).resolve())
        started = time.monotonic()
        trial = Trial(bench, Checks(project, options.checks.split(",")), options.diffs, options.together)
        print(f"{project.name}: {described(trial.before)}; {time.monotonic() - started:.0f} s for one look", flush=True)
        if nothing := dead(trial.before, trial.checks):
            raise NothingRuns(f"{project.name}: before any edit, {nothing}")
        for kind in options.edits.split(","):
            for outcome in trial.prove(chosen(kind, bench, options)):
                outcomes.append(outcome)
                tell(outcome, options.verbose)
    return outcomes


class NothingRuns(Exception):
    """A project that doesn't run before it is edited proves nothing."""


def dead(before: State, checks: Checks) -> str:
    """Describes what of a project doesn't run at all."""
    if "imports" in checks.kinds and all(before.imports.values()):
        return f"nothing imports: {next(iter(before.imports.values()), 'there are no modules')}"
    if "start" in checks.kinds and any(before.start.values()):
        return f"it doesn't start: {next(how for how in before.start.values() if how)}"
    if "tests" in checks.kinds and checks.project.tests and "passed" not in before.tests.values():
        return f"no test passes: {next(iter(before.tests.values()), 'there are none')}"
    return ""


def chosen(kind: str, bench: Bench, options: argparse.Namespace) -> list[Change]:
    dice = random.Random(options.seed)
    if kind == "whole":
        return [edits.whole()]
    if kind == "fixes":
        found = edits.single_fixes(bench, options.limit, dice)
    elif kind == "refactorings":
        found = edits.single_refactorings(bench, options.limit, dice)
    else:
        found = edits.random_moves(bench, options.limit, dice)
    return [change for change in found if options.place in change.place]


def described(state: State) -> str:
    imported = sum(1 for error in state.imports.values() if not error)
    started = sum(1 for error in state.start.values() if not error)
    passed = sum(1 for how in state.tests.values() if how == "passed")
    return (
        f"{imported} of {len(state.imports)} imports, {started} of {len(state.start)} starts, "
        f"{passed} of {len(state.tests)} tests, {state.types.total()} type errors before"
    )


def tell(outcome: Outcome, verbose: bool) -> None:
    mark = "BROKEN" if outcome.counts() else "review" if outcome.wrong else "left  " if outcome.refused else "ok    "
    if verbose or outcome.wrong:
        change = outcome.change
        print(f"  {mark} {change.action} {change.applicability} {change.place} {outcome.refused}".rstrip(), flush=True)
    if outcome.together:
        print(f"         with {len(outcome.together)} others, none of which breaks anything alone")
    for kind, lines in outcome.wrong.items():
        for line in lines[:5]:
            print(f"         {kind}: {line[:300]}", flush=True)


def table(outcomes: list[Outcome]) -> str:
    rows = [("project", "edit", "", "tried", "left", "right", "broken", *KINDS)]
    keys = sorted({(it.project, it.change.action, it.change.applicability) for it in outcomes})
    for project, action, applicability in keys:
        mine = [it for it in outcomes if (it.project, it.change.action, it.change.applicability) == (project, action, applicability)]
        mine = [it for it in mine if not it.together]
        left = sum(1 for it in mine if it.refused)
        wrong = [it for it in mine if it.wrong]
        by_kind = (sum(1 for it in wrong if kind in it.wrong) for kind in KINDS)
        figures = (len(mine), left, len(mine) - left - len(wrong), len(wrong), *by_kind)
        rows.append((project, action, applicability, *(str(figure or "") for figure in figures)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines)


def write_report(folder: Path, outcomes: list[Outcome]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "report.md").open("w", encoding="utf-8") as file:
        print(f"```text\n{table(outcomes)}\n```", file=file)
        for outcome in outcomes:
            if not (outcome.wrong or outcome.diff):
                continue
            change = outcome.change
            head = "broken" if outcome.counts() else "broken, for review" if outcome.wrong else "right"
            print(f"\n## {outcome.project}: {change.action} {change.applicability} ({head})\n\n{change.place}\n", file=file)
            if outcome.together:
                print(f"Only together with {', '.join(other.place for other in outcome.together)}\n", file=file)
            for kind, lines in outcome.wrong.items():
                print("\n".join(f"- {kind}: {line}" for line in lines[:20]), file=file)
            print(f"\n````diff\n{outcome.diff}````", file=file)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("architrave", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--only", action="append", default=[], help="only projects of this name")
    parser.add_argument("--edits", default=",".join(EDITS))
    parser.add_argument("--checks", default=",".join(KINDS))
    parser.add_argument("--limit", type=int, default=10, help="so many places of each kind at most, picked by the seed")
    parser.add_argument("--seed", type=int, default=812)
    parser.add_argument("--together", type=int, default=6, help="so many moves at most are made and looked at together")
    parser.add_argument("--place", default="", help="only places with this in them")
    parser.add_argument("--report", type=Path, help="write what broke, with its diff, to this folder")
    parser.add_argument("--diffs", action="store_true", help="write the diffs of what is right too")
    parser.add_argument("--cache", type=Path, default=Path(__file__).with_name(".projects"))
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    outcomes: list[Outcome] = []
    dead_rows: list[str] = []
    for project in harness_project.read(options.rows):
        if not options.only or project.name in options.only:
            harness_project.prepare(project, options.cache.resolve())
            try:
                outcomes += prove(options.architrave.resolve(), project, options)
            except NothingRuns as reason:
                print(f"  NOTHING RUNS {reason}", flush=True)
                dead_rows.append(project.name)
    print(table(outcomes))
    if options.report:
        write_report(options.report, outcomes)
    done = [outcome for outcome in outcomes if not outcome.refused]
    wrong = sum(1 for outcome in done if outcome.counts())
    # A run in which nothing was edited proves nothing.
    failed = wrong or dead_rows or not done
    print(f"test result: {'FAILED' if failed else 'ok'}. {len(done)} edits, {wrong} broken, {len(dead_rows)} projects that don't run")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
