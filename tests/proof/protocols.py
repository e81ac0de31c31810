"""Checks, for each kind of class member, the extracted Protocol against type checkers.

Usage: protocols.py ARCHITRAVE [KIND...]. Reads `protocols/kinds.toml`. Needs pyright, ty and mypy next to its Python.
"""

import subprocess
import sys
import tempfile
import textwrap
import tomllib
from pathlib import Path
from typing import Any

KINDS = Path(__file__).resolve().parent / "protocols" / "kinds.toml"
VERSION = "3.13"
WAYS = ["used", "all"]


def program(name: str) -> str:
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else name


def lay_out(folder: Path, name: str, kind: dict[str, Any]) -> None:
    """A small backend of three layers with the class injected into its service."""
    files = {
        "__init__.py": "",
        "domain/__init__.py": "",
        "domain/order.py": "class Order:\n    number: int\n",
        "application/__init__.py": "",
        "infrastructure/__init__.py": "",
        "infrastructure/store.py": kind["store"].lstrip("\n"),
    }
    word = "async def" if kind.get("is_async") else "def"
    body = textwrap.indent(kind["uses"].strip("\n"), " " * 8)
    files["application/service.py"] = (
        f"from {name}.infrastructure.store import SqlStore\n\n\n"
        f"class Service:\n    def __init__(self, store: {kind.get('asks', 'SqlStore')}) -> None:\n"
        f"        self.store = store\n\n    {word} run(self) -> None:\n{body}\n"
    )
    run = f"Service({kind.get('make', 'SqlStore()')}).run()"
    run = f"asyncio.run({run})" if kind.get("is_async") else run
    files["main.py"] = (
        f"import asyncio\n\nfrom {name}.application.service import Service\n"
        f"from {name}.infrastructure.store import SqlStore\n\nasyncio\n{run}\n"
    )
    for path, text in files.items():
        (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / name / path).write_text(text)


def extract(architrave: str, folder: Path, name: str, way: str) -> str:
    """The refusal; None if it was done."""
    place = f"{name}/infrastructure/store.py:SqlStore"
    command = [architrave, "refactor", "extract-protocol", "--members", way, place]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr.strip()


def complaints(folder: Path) -> list[str]:
    """The output of the type checkers, one line each."""
    checkers = [
        [program("pyright"), "--pythonversion", VERSION, "."],
        [program("ty"), "check", "--python-version", VERSION, "--output-format", "concise", "--error-on-warning", "."],
        [program("mypy"), "--python-version", VERSION, "--no-error-summary", "."],
    ]
    found = []
    for command in checkers:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        said = [line.strip() for line in done.stdout.splitlines() if ".py:" in line and " note: " not in line]
        found += [f"{Path(command[0]).name}: {line}" for line in said if "deprecated" not in line]
        if done.returncode not in (0, 1):
            found.append(f"{Path(command[0]).name}: ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return found


def main() -> int:
    architrave = str(Path(sys.argv[1]).resolve())
    kinds = tomllib.loads(KINDS.read_text())
    chosen = {name: kind for name, kind in kinds.items() if not sys.argv[2:] or name in sys.argv[2:]}
    wrong: list[str] = []
    held = 0
    for way in WAYS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve()
            (folder / "pyproject.toml").write_text('[project]\nname = "kinds"\nversion = "1"\n')
            for case, kind in chosen.items():
                lay_out(folder, case, kind)
            before = set(complaints(folder))
            for case, kind in chosen.items():
                refusal = extract(architrave, folder, case, way)
                if "refused" in kind:
                    held += kind["refused"] in refusal
                    wrong += [] if kind["refused"] in refusal else [f"{case}, {way}: not refused: {refusal}"]
                    continue
                if refusal:
                    wrong.append(f"{case}, {way}: {refusal}")
                    continue
                held += 1
                if tuple(kind.get("since", (3, 11))) > sys.version_info[:2]:
                    continue
                run = [sys.executable, "-m", f"{case}.main"]
                done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False)
                if done.returncode:
                    wrong.append(f"{case}, {way}: {done.stderr.strip().splitlines()[-1]}")
            wrong += [f"{way}: {line}" for line in complaints(folder) if line not in before]
    for problem in wrong:
        print(f"WRONG {problem}", file=sys.stderr)
    print(f"test result: {'FAILED' if wrong else 'ok'}. {len(chosen)} kinds of members, {held} results, {len(wrong)} wrong")
    return 1 if wrong or not held else 0


if __name__ == "__main__":
    sys.exit(main())
