"""Applies the fixes that replace HTTP errors in services with domain errors, and compares the responses to clients.

Usage: answers.py ARCHITRAVE. Runs `tests/projects/errors-*`, each fix by itself and then all of a project one after the
other, with the Python that runs this: it needs fastapi, httpx, flask, django, djangorestframework and litestar.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from actions import Json, edited, read, write

PROJECTS = Path(__file__).resolve().parent.parent / "projects"
RULE = "http-outside-presentation"


def offered(architrave: Path, folder: Path) -> list[tuple[str, Json]]:
    """Each fix of the rule with its place."""
    command = [architrave, "check", ".", "--output-format", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    findings = json.loads(done.stdout)["findings"]
    return [(f"{it['path']}:{it['line']}", fix) for it in findings if it["rule"] == RULE for fix in it["fixes"]]


def apply(folder: Path, fix: Json) -> None:
    by_path: dict[str, list[Json]] = {}
    for edit in fix["edits"]:
        by_path.setdefault(edit["path"], []).append(edit)
    for path, edits in by_path.items():
        write(folder / path, edited(read(folder / path), edits))
    for new in fix.get("created", []):
        write(folder / new["path"], new["contents"])


def answers(folder: Path) -> dict[str, Json]:
    done = subprocess.run([sys.executable, "calls.py"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return {"calls.py": [done.stderr.strip().splitlines()[-1]]}
    return json.loads(done.stdout)


def fresh(source: Path, scratch: Path) -> Path:
    folder = scratch / source.name
    shutil.rmtree(folder, ignore_errors=True)
    return shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__"))


def compare(place: str, before: dict[str, Json], after: dict[str, Json]) -> int:
    wrong = [call for call in {**before, **after} if before.get(call) != after.get(call)]
    errors = sum(1 for answer in before.values() if answer[0] >= 400)
    print(f"  {'WRONG' if wrong else 'ok   '}  {place}: {len(before)} answers, {errors} of them errors")
    for call in wrong:
        print(f"         {call}: {before.get(call)} became {after.get(call)}")
    return len(wrong)


def main() -> int:
    architrave = Path(sys.argv[1]).resolve()
    wrong = done = 0
    for source in sorted(PROJECTS.glob("errors-*")):
        with tempfile.TemporaryDirectory() as name:
            scratch = Path(name).resolve()
            folder = fresh(source, scratch)
            before = answers(folder)
            for place, fix in offered(architrave, folder):
                folder = fresh(source, scratch)
                apply(folder, fix)
                wrong += compare(f"{source.name}/{place}", before, answers(folder))
                done += 1
            folder = fresh(source, scratch)
            while fixes := offered(architrave, folder):
                apply(folder, fixes[0][1])
            wrong += compare(f"{source.name}, all of them", before, answers(folder))
    print(f"{done} fixes, {wrong} answers changed")
    return 1 if wrong or not done else 0


if __name__ == "__main__":
    sys.exit(main())
