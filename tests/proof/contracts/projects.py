"""Random small Python projects: packages, modules, and imports of every form, one per line."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

NOUNS = ["ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen"]
LIBRARIES = ["requests", "sqlalchemy.orm", "json", "attrs"]
MEMBERS = ["X", "make", "_hidden"]


@dataclass
class Project:
    """The modules of a project by dotted name, with the lines of each, and further files by path."""

    packages: set[str] = field(default_factory=set)
    modules: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    # The folder that contains a top package.
    roots: dict[str, str] = field(default_factory=dict)

    def names(self) -> list[str]:
        return sorted(self.modules)

    def below(self, package: str) -> list[str]:
        return [name for name in self.names() if name.startswith(package + ".")]

    def children(self, package: str) -> list[str]:
        depth = package.count(".") + 1
        return [name for name in self.below(package) if name.count(".") == depth]

    def path(self, name: str) -> str:
        root = self.roots.get(name.split(".")[0], "")
        stem = root + name.replace(".", "/")
        return f"{stem}/__init__.py" if name in self.packages else f"{stem}.py"

    def written(self) -> dict[str, str]:
        files = {self.path(name): "".join(line + "\n" for line in lines) for name, lines in self.modules.items()}
        return files | self.files


def tree(random: random.Random, tops: list[str], private: bool = False) -> Project:
    """Packages up to three deep below each of `tops`."""
    project = Project()

    def name() -> str:
        noun = random.choice(NOUNS)
        return "_" + noun if private and random.random() < 0.4 else noun

    def grow(package: str, depth: int) -> None:
        project.packages.add(package)
        project.modules[package] = []
        for child in sorted({name() for _ in range(random.randint(2, 4))}):
            full = f"{package}.{child}"
            if depth < 2 and random.random() < 0.45:
                grow(full, depth + 1)
            else:
                project.modules[full] = []

    for top in tops:
        grow(top, 0)
    return project


def import_line(random: random.Random, project: Project, importer: str, imported: str, stars: bool = True) -> str:
    """One form of importing the module `imported`, or a name of it."""
    package, _, last = imported.rpartition(".")
    member = random.choice(MEMBERS)
    forms = [f"import {imported}", f"import {imported} as other", f"from {imported} import {member}"]
    if package:
        forms += [f"from {package} import {last}", f"from {package} import {last} as renamed"]
    if stars:
        forms.append(f"from {imported} import *")
    own = importer.split(".") if importer in project.packages else importer.split(".")[:-1]
    base = package.split(".")
    if package and own[: len(base)] == base:
        dots = "." * (len(own) - len(base) + 1)
        forms += [f"from {dots} import {last}", f"from {dots}{last} import {member}"]
    return random.choice(forms)


def imports(
    random: random.Random,
    project: Project,
    libraries: bool = True,
    comment: object = None,
    stars: bool = True,
) -> None:
    """Fills the modules with imports; some in functions, some for type checkers."""
    names = project.names()
    for name in names:
        lines = project.modules[name]
        for member in MEMBERS:
            lines.append(f"{member} = 1")
        count = random.choice([0, 0, 1, 1, 2])
        for _ in range(count):
            imported = random.choice([other for other in names if other != name])
            line = import_line(random, project, name, imported, stars)
            after = comment() if callable(comment) else ""
            place = random.random()
            if after.startswith("\n"):
                lines.append(after[1:])
                after = ""
            if place < 0.12 and "*" not in line:
                lines += ["def later():", f"    {line}{after}"]
            elif place < 0.24:
                lines += ["from typing import TYPE_CHECKING", "if TYPE_CHECKING:", f"    {line}{after}"]
            else:
                lines.append(line + after)
        if libraries and random.random() < 0.3:
            library = random.choice(LIBRARIES)
            lines.append(random.choice([f"import {library}", f"from {library} import thing"]))
