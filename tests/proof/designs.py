#!/usr/bin/env python3
"""Designs a slice in six projects of different styles, and checks the result with other tools: it compiles, ruff finds
nothing with the project's own configuration, mypy nothing that it didn't find before, its tests pass, the app starts
and the new route answers. A second run does nothing. Run it with the Python that has the packages of `requirements.txt`.

    designs.py ARCHITRAVE [PROJECT]...
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent / "designs"
NAME = "gift-card"


def run(folder, *command, ok=(0,)):
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    if done.returncode not in ok:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def texts(folder):
    return {path.relative_to(folder): path.read_text() for path in folder.rglob("*.py")}


def tests(folder):
    python = sys.executable
    if (folder / "manage.py").exists():
        return run(folder, python, "manage.py", "test", "-v", "0")
    return run(folder, python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")


def migrate(folder):
    if (folder / "manage.py").exists():
        run(folder, sys.executable, "manage.py", "makemigrations", "-v", "0")


def type_errors(folder):
    """The kinds of errors that a type checker finds; without stubs, it knows nothing of Django and of Flask-SQLAlchemy."""
    options = ("--check-untyped-defs", "--ignore-missing-imports", "--no-error-summary", "--cache-dir", os.devnull)
    out = run(folder, sys.executable, "-m", "mypy", *options, ".", ok=(0, 1))
    return set(re.findall(r": error: (.*\[[\w-]+\])$", out, re.MULTILINE))


def findings(architrave, folder):
    out = run(folder, architrave, "check", "--output-format", "concise", ok=(0, 1))
    return [line for line in out.splitlines() if "[" in line]


def prove(architrave, project):
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / project
        shutil.copytree(HERE / project, folder, ignore=shutil.ignore_patterns("start.py", "__pycache__"))
        start = (HERE / project / "start.py").read_text()
        ruff = (sys.executable, "-m", "ruff", "check", "--no-cache", "-q", ".")
        run(folder, *ruff)
        migrate(folder)
        tests(folder)
        types = type_errors(folder)
        before, found = texts(folder), findings(architrave, folder)
        dry = run(folder, architrave, "design", NAME, "--dry-run")
        assert texts(folder) == before, "a dry run has written"
        told = run(folder, architrave, "design", NAME)
        assert dry.startswith(told), "the plan isn't what was done"
        after = texts(folder)
        new = sorted(set(after) - set(before))
        assert new, f"nothing is new:\n{told}"
        for path, text in before.items():
            lost = Counter(re.findall(r"\w+", text)) - Counter(re.findall(r"\w+", after[path]))
            assert not lost, f"{path} has lost {lost}"
        run(folder, sys.executable, "-m", "compileall", "-q", "-f", ".")
        assert findings(architrave, folder) == found, "findings"
        assert "nothing to do" in run(folder, architrave, "design", NAME), "the second run has something to do"
        assert texts(folder) == after, "the second run has written"
        run(folder, *ruff)
        migrate(folder)
        tests(folder)
        assert not (more := type_errors(folder) - types), f"mypy: {more}"
        (folder / "start.py").write_text(start)
        run(folder, sys.executable, "start.py")
        return f"{len(new)} new files, {sum(after[path] != before[path] for path in before)} changed"


def main():
    architrave = str(Path(sys.argv[1]).resolve())
    failed = 0
    projects = sys.argv[2:] or sorted(path.name for path in HERE.iterdir())
    for project in projects:
        try:
            print(f"{project}: {prove(architrave, project)}", flush=True)
        except (AssertionError, subprocess.TimeoutExpired) as error:
            failed += 1
            print(f"{project}: FAILED: {error}", flush=True)
    print(f"test result: {'FAILED' if failed else 'ok'}. {len(projects) - failed} projects passed; {failed} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
