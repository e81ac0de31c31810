"""Checks contracts against import-linter and tach themselves: random small projects, checked by both.

Usage: python -m contracts BINARY [--count N] [--seed N] [--types a,b] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from contracts import import_linter, own, tach_modules

ORACLES = {kind: oracle for oracle in (import_linter, tach_modules, own) for kind in oracle.TYPES}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("binary")
    options.add_argument("--count", type=int, default=150)
    options.add_argument("--seed", type=int, default=812)
    options.add_argument("--types", default=",".join(ORACLES))
    options.add_argument("--keep", type=Path)
    options = options.parse_args()
    passed = failed = 0
    for kind in options.types.split(","):
        start, refused, differing = time.monotonic(), 0, 0
        for index in range(options.count):
            seed = f"{kind} {options.seed} {index}"
            project = ORACLES[kind].generate(kind, random.Random(seed))
            with tempfile.TemporaryDirectory() as folder:
                folder = Path(folder).resolve()
                write(project, folder)
                try:
                    differences = ORACLES[kind].compare(kind, options.binary, folder, project)
                except ORACLES[kind].Refused as reason:
                    refused += 1
                    if options.keep and options.count == 1:
                        print(reason)
                    continue
                if not differences:
                    continue
                differing += 1
                print(f"{kind}, project {index}: " + "; ".join(differences[:6]))
                if options.keep:
                    kept = options.keep / f"{kind}-{index}"
                    shutil.rmtree(kept, ignore_errors=True)
                    shutil.copytree(folder, kept)
        compared = options.count - refused
        passed, failed = passed + compared - differing, failed + differing
        seconds = time.monotonic() - start
        print(f"{kind}: {compared} compared, {refused} refused by the tool, {differing} differ ({seconds:.0f} s)", flush=True)
    word = "FAILED" if failed else "ok"
    print(f"test result: {word}. {passed} passed; {failed} failed")
    return int(failed > 0)


def write(project: object, folder: Path) -> None:
    for path, text in project.written().items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


if __name__ == "__main__":
    sys.exit(main())
