"""Projects for the harness: rows of a TOML file, and the folder and the interpreter of each row.

A row of `[[project]]`:

    name       its name in the table
    folder     the folder of its source, relative to the row's file; or
    sdist      `name==version` of a source distribution in the package index, tests included
    install    what its interpreter needs: arguments of `pip install`; without it the harness' own is used
    base       the Python that this interpreter is made with, the harness' own by default
    roots      folders that imports start from, "." by default
    packages   top-level packages whose modules are imported, one by one; all below the roots by default
    environ    variables of the environment
    prelude    Python that runs before the modules are imported (`import django; django.setup()`)
    start      commands that start the program; those that failed before may fail afterwards
    tests      the command that runs its tests: pytest, or one that ends with unittest's summary
"""

import dataclasses
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Project:
    """One row. Paths are absolute once `prepare` has run."""

    name: str
    folder: str = ""
    sdist: str = ""
    install: list[str] = field(default_factory=list)
    base: str = sys.executable
    roots: list[str] = field(default_factory=lambda: ["."])
    packages: list[str] = field(default_factory=list)
    environ: dict[str, str] = field(default_factory=dict)
    prelude: str = ""
    start: list[str] = field(default_factory=list)
    tests: str = ""
    source: Path = Path()
    python: Path = Path(sys.executable)

    def renamed(self, old: str, new: str) -> "Project":
        """The row after a file or folder moved: its commands and variables name the new place."""
        modules = dotted_path(old, self.roots), dotted_path(new, self.roots)

        def follow(text: str) -> str:
            for before, after in ((old, new), modules):
                text = re.sub(rf"(?<![\w./]){re.escape(before)}(?![\w-])", after, text)
            return text

        return dataclasses.replace(
            self,
            packages=[follow(package) for package in self.packages],
            environ={name: follow(value) for name, value in self.environ.items()},
            prelude=follow(self.prelude),
            start=[follow(command) for command in self.start],
            tests=follow(self.tests),
        )

    def environment(self, folder: Path) -> dict[str, str]:
        """The environment of every command on a copy in `folder`."""
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
        return {
            **kept,
            "PATH": f"{self.python.parent}:/usr/local/bin:/usr/bin:/bin",
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": os.pathsep.join(str(folder / root) for root in self.roots),
            **self.environ,
        }


def read(rows: Path) -> list[Project]:
    """The rows of a file. Raises `TypeError` for an unknown key."""
    projects = [Project(**row) for row in tomllib.loads(rows.read_text(encoding="utf-8"))["project"]]
    for project in projects:
        if project.folder:
            project.source = (rows.parent / project.folder).resolve()
    return projects


def dotted_path(path: str, roots: list[str]) -> str:
    """The dotted name of a file or folder, from the longest root around it."""
    parts = Path(path).with_suffix("").parts
    by_length = sorted((Path(root).parts for root in roots), key=len, reverse=True)
    root = next((it for it in by_length if parts[: len(it)] == it), ())
    return ".".join(parts[len(root) :])


def prepare(project: Project, cache: Path) -> None:
    """Downloads the source and installs the interpreter of a row into the cache, once. Raises `CalledProcessError`."""
    if project.sdist:
        project.source = unpacked(project.sdist, cache)
    if project.install:
        project.python = interpreter(project, cache)


def unpacked(sdist: str, cache: Path) -> Path:
    name, _, version = sdist.partition("==")
    place = cache / "sources" / f"{name}-{version}"
    if not place.exists():
        fetched = cache / "sdists" / f"{name}-{version}"
        shutil.rmtree(fetched, ignore_errors=True)
        options = ["--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(fetched)]
        subprocess.run([sys.executable, "-m", "pip", "download", *options, sdist], check=True)
        (archive,) = fetched.iterdir()
        half = place.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        with tarfile.open(archive) as tar:
            tar.extractall(half, filter="data")
        (top,) = half.iterdir()
        top.rename(place)
        half.rmdir()
        shutil.rmtree(fetched)
    return place


def interpreter(project: Project, cache: Path) -> Path:
    """A virtual environment with the row's packages, without the project's own modules: those are the copy's."""
    wanted = "\n".join([*project.install, project.sdist])
    place = cache / "environments" / f"{project.name}-{hashlib.sha256(wanted.encode()).hexdigest()[:12]}"
    python = place / "bin" / "python"
    if not (place / "complete").exists():
        shutil.rmtree(place, ignore_errors=True)
        subprocess.run([project.base, "-m", "venv", place], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *project.install], check=True)
        if project.sdist:
            subprocess.run([python, "-c", WITHOUT_OWN, project.sdist.partition("==")[0]], check=True)
        (place / "complete").touch()
    return python


# Removes the files of a distribution and keeps its metadata: its version, its entry points.
WITHOUT_OWN = """
import importlib.metadata, sys
try:
    files = importlib.metadata.files(sys.argv[1]) or []
except importlib.metadata.PackageNotFoundError:
    files = []
for file in files:
    if ".dist-info" not in file.parts[0] and "bin" not in file.parts:
        file.locate().unlink(missing_ok=True)
"""
