"""Applies every offered fix, each to a fresh copy, and runs the backend before and after."""

import compileall
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import lsp
from exercise import Answers, exercise
from samples.sample import Sample

RULES = ("n-plus-one", "n-plus-one-serialization", "lazy-load-in-async", "interpolated-sql")
ROWS = 10

# A finding by its rule, its file and the code that it points to: edits elsewhere move lines.
Key = tuple[str, str, str]


def findings(architrave: Path, folder: Path) -> Counter[Key]:
    with lsp.Server(architrave, folder) as server:
        return Counter(key(folder, path, diagnostic) for path, diagnostic in server.findings())


def key(folder: Path, path: Path, diagnostic: lsp.Json) -> Key:
    span = diagnostic["range"]
    lines = lsp.read(path).splitlines()
    line = lines[span["start"]["line"]]
    return (diagnostic["code"], str(path.relative_to(folder)), line.strip())


def fresh(source: Path, scratch: Path) -> Path:
    """A copy in the same place each time, so that its URIs stay the same."""
    folder = scratch / source.name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def offered(architrave: Path, folder: Path) -> list[tuple[Key, lsp.Json]]:
    """Each fix of each finding, with its edit."""
    fixes = []
    with lsp.Server(architrave, folder) as server:
        found = [(path, diagnostic) for path, diagnostic in server.findings() if diagnostic["code"] in RULES]
        for path in sorted({path for path, _ in found}):
            server.open(path)
        for path, diagnostic in found:
            about = key(folder, path, diagnostic)
            actions = server.fixes(path, diagnostic)
            fixes += [(about, action) for action in actions]
            if not actions:
                print(f"  {about[0]} `{about[2]}`: no fix is offered")
    return fixes


def prove(architrave: Path, sample: Sample, source: Path) -> tuple[Counter[str], list[str]]:
    """Prints a line for each fix; returns how many were proven by rule, and what is wrong."""
    proven: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name).resolve()
        folder = fresh(source, scratch)
        before = exercise(sample, folder, ROWS)
        known = findings(architrave, folder)
        for about, action in offered(architrave, folder):
            folder = fresh(source, scratch)
            lsp.apply(action["edit"])
            place = f"{sample.name}: {about[0]} at `{about[2]}` in {about[1]}, \"{action['title']}\""
            problems = compare(architrave, sample, folder, about, known, before)
            if problems:
                wrong += [f"{place}: {problem}" for problem in problems]
            else:
                proven[about[0]] += 1
    return proven, wrong


def compare(
    architrave: Path, sample: Sample, folder: Path, about: Key, known: Counter[Key], before: Answers
) -> list[str]:
    """What is wrong after a fix."""
    if not compileall.compile_dir(folder, quiet=2, force=True):
        return ["a file doesn't compile any more"]
    problems = []
    found = findings(architrave, folder)
    if found[about] >= known[about]:
        problems.append("the finding is still there")
    problems += [f"new: {other[0]} at `{other[2]}` in {other[1]}" for other in found - known]
    try:
        after = exercise(sample, folder, ROWS)
    except RuntimeError as error:
        return [*problems, str(error)]
    for name, answer in after.items():
        if before[name]["status"] < 400 and answer["body"] != before[name]["body"]:
            problems.append(f"{name} answers {answer['status']} {answer['body']}, and before {before[name]['body']}")
    gained = [name for name in after if before[name]["status"] >= 500 and after[name]["status"] < 400]
    counts = {name: (before[name]["count"], after[name]["count"]) for name in after if name not in gained}
    fewer = {name: pair for name, pair in counts.items() if pair[1] < pair[0]}
    said = [f"{name} {old} to {new} statements" for name, (old, new) in fewer.items()]
    said += [f"{name} answers with {after[name]['count']} statements" for name in gained]
    print(f"  {about[0]} `{about[2]}`: {'; '.join(said) or 'same statements'}")
    saved = sum(old - new for old, new in counts.values())
    if about[0] == "lazy-load-in-async" and not gained:
        problems.append("no endpoint that failed answers now")
    elif about[0] != "interpolated-sql" and not gained and saved <= 0:
        problems.append(f"no fewer statements: {counts}")
    return problems
