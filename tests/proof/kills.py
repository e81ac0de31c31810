#!/usr/bin/env python3
"""Is everything written as a whole, or not at all? Tests kills, full disks, editors that save during a run, several
processes on one baseline.

usage: kills.py BINARY [--kills N] [--full N] [--saves N] [--pairs N] [--seed N]

- *Kills*: `check --fix` and two kinds of moves are killed (SIGKILL) at random moments, most of them while files are
  written. Right after, each file holds its old text or its new one. After the next command, whatever it is, either all
  files are old or all are new, and nothing else is left.
- *Full disks*: the same and `baseline` on a file system of a few hundred kilobytes (needs root) with little space left:
  all files old with exit code 2 and a message about the space, or all new.
- *Saves*: an editor saves a file while `check --fix` runs: its text is kept, and the other files are whole.
- *Pairs*: two processes write one baseline at the same time: no entry is lost.
"""
import argparse, contextlib, json, os, random, shutil, subprocess, sys, tempfile, time
from pathlib import Path

HIDDEN = "from app.other import g\n"
FILLER = 'TEXT = """' + "some words in a line\n" * 200 + '"""\n'


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def modules(count: int) -> dict[str, str]:
    """Modules with one finding each that has a safe fix."""
    body = f"def f():\n    {HIDDEN}    return g()\n\n\n{FILLER}"
    return {"pyproject.toml": "[project]\nname = 'app'\n", "app/__init__.py": "", "app/other.py": "def g(): ...\n"} | {
        f"app/m{n:02}.py": body for n in range(count)
    }


def importers(count: int) -> dict[str, str]:
    """A class, a package, and modules that import both."""
    body = f"from app.src import A\nfrom app.pkg.deep import B\n\nprint(A, B)\n{FILLER}"
    return {
        "pyproject.toml": "[project]\nname = 'app'\n",
        "app/__init__.py": "",
        "app/src.py": "class A:\n    pass\n",
        "app/dst.py": "X = 1\n",
        "app/pkg/__init__.py": "",
        "app/pkg/deep.py": "class B:\n    pass\n",
    } | {f"app/use{n:02}.py": body for n in range(count)}


EDITS = {
    "check --fix": (modules(24), ["check", ".", "--fix", "--output-format", "concise"]),
    "move of a class": (importers(24), ["refactor", "move", "app/src.py:A", "app.fresh.place"]),
    "move of a folder": (importers(24), ["refactor", "move", "app/pkg", "app/other/pkg"]),
}


def tree(root: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted(root.rglob("*")):
        # A process that is recovering at the same time removes its own files.
        with contextlib.suppress(FileNotFoundError):
            if path.is_file():
                found[str(path.relative_to(root))] = path.read_bytes()
    return found


def sources(of: dict[str, bytes]) -> dict[str, bytes]:
    return {name: text for name, text in of.items() if not Path(name).name.startswith(".architrave-")}


class Proof:
    def __init__(self, binary: str, seed: int) -> None:
        self.binary, self.random = binary, random.Random(seed)
        self.problems: list[str] = []

    def run(self, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name != "CI"}
        return subprocess.run([self.binary, *arguments], cwd=root, capture_output=True, text=True, env=environment)

    def settled(self, root: Path) -> dict[str, bytes]:
        """The tree once the second process, which takes the lock to inspect leftovers, has released it."""
        end = time.monotonic() + 20
        while (root / ".architrave-lock").exists() and time.monotonic() < end:
            time.sleep(0.01)
        return tree(root)

    def problem(self, words: str) -> None:
        self.problems.append(words)
        print("  PROBLEM:", words)

    def before_and_after(self, work: Path, files: dict[str, str], arguments: list[str]):
        """The tree before and after a whole run; also its duration, and when the journal appeared and disappeared."""
        write(work / "old", files)
        shutil.copytree(work / "old", work / "new")
        began = time.perf_counter()
        run = self.run(work / "new", *arguments)
        took = time.perf_counter() - began
        old, new = tree(work / "old"), tree(work / "new")
        assert old != new, f"{arguments} changes nothing: {run.stdout}{run.stderr}"
        return old, new, took

    def kills(self, count: int) -> None:
        for name, (files, arguments) in EDITS.items():
            share = (count + len(EDITS) - 1) // len(EDITS)
            with tempfile.TemporaryDirectory() as folder:
                self.kill(Path(folder), name, files, arguments, share)

    def kill(self, work: Path, name: str, files: dict[str, str], arguments: list[str], count: int) -> None:
        old, new, took = self.before_and_after(work, files, arguments)
        root, torn, mixed, finished, undone = work / "project", 0, 0, 0, 0
        for number in range(count):
            shutil.rmtree(root, ignore_errors=True)
            shutil.copytree(work / "old", root)
            process = subprocess.Popen(
                [self.binary, *arguments], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            moment = time.perf_counter() + self.random.random() * took * 1.1
            if number % 10:
                # Once writing has begun: until the journal exists, and then until the first file is replaced.
                journal, first = root / ".architrave-journal.json", next(n for n in old if old[n] != new.get(n))
                stamp, is_early = (root / first).stat().st_ino, number % 2
                while process.poll() is None and not (is_early and journal.exists()):
                    try:
                        if (root / first).stat().st_ino != stamp:
                            break
                    except FileNotFoundError:
                        break
                moment = time.perf_counter() + self.random.random() * (max(0.012, took / 2) if is_early else 0.002)
            while time.perf_counter() < moment and process.poll() is None:
                pass
            process.kill()
            process.wait()
            found = tree(root)
            for path, text in sources(found).items():
                # A file that moves with its folder has both texts at both places.
                both = [texts.get(p) for texts in (old, new) for p in new if Path(p).name == Path(path).name]
                if text not in (old.get(path), new.get(path)) and text not in both:
                    torn += 1
                    self.problem(f"{name}: {path} is neither old nor new ({len(text)} bytes)")
            mixed += sources(found) not in (old, new)
            # A reading command, or the same one again; both complete what was begun.
            self.run(root, *(["check", ".", "--output-format", "concise"] if number % 2 else arguments))
            after = self.settled(root)
            if after not in (old, new):
                different = [p for p in after.keys() | old.keys() if after.get(p) != old.get(p)]
                self.problem(f"{name}: neither old nor new after the next run: {sorted(different)[:4]}")
            finished += after == new
            undone += after == old
        shutil.rmtree(root)
        print(
            f"{name}: {count} kills: {torn} files torn; right after the kill {mixed} projects half-written; "
            f"after the next command {finished} new, {undone} old, {count - finished - undone} neither"
        )

    def full(self, count: int) -> None:
        if count and os.geteuid() != 0:
            print("full disks: not tried, mounting a small file system needs root")
            return
        edits = EDITS | {"baseline": (modules(24), ["baseline", "."])}
        outcomes = {"old": 0, "new": 0}
        with tempfile.TemporaryDirectory() as folder:
            mount = Path(folder) / "disk"
            mount.mkdir()
            for number in range(count):
                name, (files, arguments) = list(edits.items())[number % len(edits)]
                subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "none", mount], check=True)
                try:
                    outcomes[self.full_once(mount, name, files, arguments)] += 1
                finally:
                    subprocess.run(["umount", "-l", mount], check=True)
        print(f"full disks: {count}: {outcomes['old']} all old, {outcomes['new']} all new")

    def full_once(self, mount: Path, name: str, files: dict[str, str], arguments: list[str]) -> str:
        root = mount / "project"
        write(root, files)
        before = tree(root)
        usage = os.statvfs(mount)
        # From nothing to a little more than what is needed.
        room = self.random.randrange(0, 48) * 4096
        with open(mount / "fill", "wb") as fill:
            fill.write(b"\0" * max(0, usage.f_bavail * usage.f_frsize - room))
        run = self.run(root, *arguments)
        after = tree(root)
        if after == before:
            if run.returncode != 2 or "space" not in run.stderr:
                self.problem(f"full disk, {name}: nothing changed, exit code {run.returncode}: {run.stderr.strip()}")
            return "old"
        (mount / "fill").unlink()
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), files)
            self.run(Path(folder), *arguments)
            if after != tree(Path(folder)):
                self.problem(f"full disk, {name}: neither old nor new: {run.stderr.strip()}")
        return "new"

    def saves(self, count: int) -> None:
        files, arguments = EDITS["check --fix"]
        mark, kept, late = "# typed by somebody in some haste\n", 0, 0
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            old, new, took = self.before_and_after(work, files, arguments)
            root = work / "project"
            for number in range(count):
                shutil.rmtree(root, ignore_errors=True)
                shutil.copytree(work / "old", root)
                process = subprocess.Popen(
                    [self.binary, *arguments], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
                if number % 2:
                    while process.poll() is None and not (root / ".architrave-journal.json").exists():
                        pass
                else:
                    time.sleep(self.random.random() * took)
                path = f"app/m{self.random.randrange(24):02}.py"
                text = (root / path).read_text()
                if number % 3:
                    (root / path).write_text(mark + text)
                else:
                    (work / "swap").write_text(mark + text)
                    os.replace(work / "swap", root / path)
                process.wait()
                after = tree(root)
                saved = after.pop(path).decode()
                if not saved.startswith(mark) and mark not in saved:
                    self.problem(f"save: the text of {path} is lost")
                others = [{p: t for p, t in texts.items() if p != path} for texts in (old, new)]
                if after not in others:
                    self.problem(f"save: files beside {path} are neither old nor new")
                kept += f"    {HIDDEN}" in saved
                late += f"    {HIDDEN}" not in saved
        print(f"saves: {count}: kept as saved {kept}, saved before or after the run read and wrote it {late}")

    def pairs(self, count: int) -> None:
        lost = 0
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write(root, {"pyproject.toml": ""})
            for package in ("one", "two"):
                write(root / package, {"__init__.py": "", "other.py": "def g(): ...\n"})
                body = f"def f():\n    from {package}.other import g\n    return g()\n"
                write(root / package, {f"m{n}.py": body for n in range(20)})
            baseline = root / ".architrave-baseline.json"
            for _ in range(count):
                baseline.unlink(missing_ok=True)
                both = [
                    subprocess.Popen([self.binary, "baseline", p], cwd=root, stdout=subprocess.DEVNULL)
                    for p in ("one", "two")
                ]
                for process in both:
                    process.wait()
                entries = len([entry for entry in json.loads(baseline.read_text())["accepted"] if entry])
                if entries != 40:
                    lost += 1
                    self.problem(f"pair: {entries} of 40 entries")
        print(f"pairs: {count}: {lost} lost entries")


def main() -> int:
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("binary")
    for name, count in (("kills", 60), ("full", 12), ("saves", 10), ("pairs", 6), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=count)
    options = parser.parse_args()
    proof = Proof(os.path.realpath(options.binary), options.seed)
    proof.kills(options.kills)
    proof.full(options.full)
    proof.saves(options.saves)
    proof.pairs(options.pairs)
    tried = options.kills + options.full + options.saves + options.pairs
    word = "FAILED" if proof.problems else "ok"
    print(f"test result: {word}. {tried - len(proof.problems)} passed; {len(proof.problems)} failed")
    return 1 if proof.problems else 0


if __name__ == "__main__":
    sys.exit(main())
