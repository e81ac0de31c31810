"""Formatted code stays formatted: each fix alone, and all safe ones together.

usage: style.py ARCHITRAVE                     the source of `styles/`, once for each of its configurations
       style.py ARCHITRAVE PROJECT             a project with its own configuration for ruff, black or isort

The result of a fix is written next to its file, so that one run of a tool checks all of them. A file that a tool would
have changed before proves nothing and is left out for that tool.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
IGNORED = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__")


def run(*command, cwd: Path) -> subprocess.CompletedProcess:
    return subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)


def tool(name: str) -> str:
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else name


def texts(folder: Path, names: tuple[str, ...]) -> str:
    return "\n".join((folder / name).read_text() for name in names if (folder / name).is_file())


class Tools:
    """The tools that a project configures, with its configuration."""

    def __init__(self, root: Path):
        self.root = root
        toml = texts(root, ("pyproject.toml",))
        ini = texts(root, ("setup.cfg", "tox.ini"))
        ruff = texts(root, ("ruff.toml", ".ruff.toml"))
        self.black = "[tool.black]" in toml
        self.isort = "[tool.isort]" in toml or "[isort]" in ini or (root / ".isort.cfg").exists()
        has_ruff = "[tool.ruff" in toml or bool(ruff)
        self.ruff_format = has_ruff and not self.black
        self.ruff_sorts = has_ruff and not self.isort

    def commands(self) -> dict[str, list[str]]:
        """How each tool lists the files that it would change."""
        found = {}
        if self.ruff_sorts:
            found["ruff I"] = [tool("ruff"), "check", "--select", "I", "--no-cache", "--output-format", "concise"]
        if self.ruff_format:
            found["ruff format"] = [tool("ruff"), "format", "--check", "--no-cache", "--output-format", "concise"]
        if self.isort:
            found["isort"] = [tool("isort"), "--check-only"]
        if self.black:
            found["black"] = [tool("black"), "--check"]
        return found

    def prepare(self) -> None:
        """Formats the existing files."""
        if self.ruff_sorts:
            run(tool("ruff"), "check", "--select", "I", "--fix", "--no-cache", ".", cwd=self.root)
        if self.isort:
            run(tool("isort"), ".", cwd=self.root)
        if self.ruff_format:
            run(tool("ruff"), "format", "--no-cache", ".", cwd=self.root)
        if self.black:
            run(tool("black"), ".", cwd=self.root)

    def would_change(self, files: list[Path]) -> dict[str, set[Path]]:
        """By tool, the files that it would change."""
        found: dict[str, set[Path]] = {}
        for name, command in self.commands().items():
            found[name] = set()
            for start in range(0, len(files), 200):
                part = files[start : start + 200]
                done = run(*command, *part, cwd=self.root)
                said = done.stdout + done.stderr
                lines = said.splitlines()
                for file in part:
                    relative = str(file.relative_to(self.root))
                    if any(names(line, relative, self.root) for line in lines):
                        found[name].add(file)
        return found


def names(line: str, relative: str, root: Path) -> bool:
    """Whether a line of a tool's output is about a file."""
    line = line.replace(f"{root}/", "")
    return (
        line.startswith(f"{relative}:")
        or line == f"would reformat {relative}"
        or (line.startswith("ERROR: ") and line[7:].startswith(f"{relative} "))
        or line.startswith(f"error: cannot format {relative}")
    )


def spans(text: str, edits: list[dict]) -> list[tuple[int, int, str]]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def at(line: int, column: int) -> int:
        return starts[line - 1] + column - 1

    return [(at(it["line"], it["column"]), at(it["end_line"], it["end_column"]), it["text"]) for it in edits]


def applied(text: str, edits: list[dict]) -> str:
    for start, end, new in sorted(spans(text, edits), key=lambda it: (it[0], it[1]), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def judge(architrave: str, root: Path) -> tuple[int, int, list[str]]:
    """How many edited files there were, how many stayed formatted, and what is wrong with the others."""
    tools = Tools(root)
    out = run(architrave, "check", "--no-baseline", "--output-format", "json", ".", cwd=root).stdout
    made: list[tuple[Path, Path, str]] = []
    for finding in json.loads(out)["findings"]:
        for fix in finding["fixes"]:
            by_path: dict[str, list[dict]] = {}
            for edit in fix["edits"]:
                by_path.setdefault(edit["path"], []).append(edit)
            for path, edits in by_path.items():
                file = root / path
                beside = file.with_name(f"{file.stem}_fix{len(made)}.py")
                beside.write_text(applied(file.read_text(), edits))
                made.append((file, beside, f"{finding['rule']} {path}:{finding['line']} {fix['title']}"))
    originals = sorted({file for file, _, _ in made})
    before = tools.would_change(originals)
    after = tools.would_change([beside for _, beside, _ in made])
    for _, beside, _ in made:
        beside.unlink()
    # All safe ones at once, in place.
    was = {file: file.read_text() for file in root.rglob("*.py")}
    run(architrave, "check", "--no-baseline", "--fix", ".", cwd=root)
    changed = [file for file, text in was.items() if file.read_text() != text]
    before_all = tools.would_change(originals_of(changed, was, root))
    after_all = tools.would_change(changed)
    judged, good, wrong = 0, 0, []
    for file, beside, title in made:
        bad = [name for name in after if file not in before[name] and beside in after[name]]
        judged += 1
        good += not bad
        wrong += [f"{title}: {', '.join(bad)}"] if bad else []
    for file in changed:
        copy = kept(file)
        bad = [name for name in after_all if copy not in before_all[name] and file in after_all[name]]
        judged += 1
        good += not bad
        wrong += [f"all safe fixes of {file.relative_to(root)}: {', '.join(bad)}"] if bad else []
        copy.unlink()
    return judged, good, wrong


def kept(file: Path) -> Path:
    return file.with_name(f"{file.stem}_before.py")


def originals_of(changed: list[Path], was: dict[Path, str], root: Path) -> list[Path]:
    for file in changed:
        kept(file).write_text(was[file])
    return [kept(file) for file in changed]


def main() -> None:
    architrave = str(Path(sys.argv[1]).resolve())
    judged = good = 0
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name).resolve()
        if len(sys.argv) > 2:
            root = scratch / "project"
            shutil.copytree(sys.argv[2], root, ignore=IGNORED, symlinks=True)
            judged, good, wrong = judge(architrave, root)
        else:
            for configuration in sorted((HERE / "styles/configurations").iterdir()):
                root = scratch / configuration.name
                shutil.copytree(HERE / "styles/source", root)
                shutil.copytree(configuration, root, dirs_exist_ok=True)
                Tools(root).prepare()
                counts = judge(architrave, root)
                print(f"{configuration.name}: {counts[1]} of {counts[0]} edited files stay formatted")
                judged, good = judged + counts[0], good + counts[1]
                wrong += [f"{configuration.name}: {line}" for line in counts[2]]
    for line in wrong:
        print(f"  {line}")
    share = 100 * good / judged if judged else 100
    print(f"{good} of {judged} edited files stay formatted ({share:.1f} %)")
    if len(sys.argv) <= 2 and (wrong or not judged):
        sys.exit(1)


main()
