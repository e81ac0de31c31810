#!/usr/bin/env python3
"""Is everything that the compiler read of a checkout in its source distribution, with the same contents?

usage: sources.py DEPENDENCIES CHECKOUT UNPACKED

DEPENDENCIES is the file that cargo writes beside a program, with the paths of all sources: `architrave.d`.
"""
import re, sys
from pathlib import Path

# Manifests are written anew, and cargo reads those itself; clippy names its configuration if it is the compiler.
ELSEWHERE = {"Cargo.toml", ".clippy.toml"}


def main(dependencies: Path, checkout: Path, unpacked: Path) -> int:
    _, _, listed = dependencies.read_text().partition(": ")
    # A space in a path is escaped.
    sources = [Path(re.sub(r"\\(.)", r"\1", path)) for path in re.findall(r"(?:\\.|[^\s\\])+", listed)]
    named = [source.resolve() for source in sources]
    files = [file for path in named for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file()]
    own = sorted({file.relative_to(checkout) for file in files if file.is_relative_to(checkout) and file.name not in ELSEWHERE})
    wrong = 0
    for path in own:
        copy = unpacked / path
        if not copy.is_file():
            wrong += 1
            print(f"{path} is missing from the source distribution")
        elif copy.read_bytes() != (checkout / path).read_bytes():
            wrong += 1
            print(f"{path} is another file in the source distribution")
    if len(own) < 100:
        wrong += 1
        print(f"{dependencies} names {len(own)} sources of {checkout}: too few to be all")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*(Path(argument).resolve() for argument in sys.argv[1:])))
