"""Random configurations of tach, and its own verdicts.

Intended differences:

- Dependencies marked as deprecated are warnings there and not reported here.
- Configurations that tach rejects are not compared: a dependency on a module that isn't visible, modules declared
  twice, circular dependencies where they are forbidden, the root module where it must not be named.
- Unused and unexplained `# tach-ignore` comments, and libraries that no project file declares or no module imports, are
  not reported here.
- An import in the `else` of an `if TYPE_CHECKING` counts here; tach skips all of the statement. Imports in `match` and
  `with` are local to neither, or to tach alone; no project has any.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

from tach import extension

from contracts import architrave
from contracts.projects import Project, imports, tree

TYPES = ["tach_modules", "tach_layers", "tach_interfaces", "tach_external", "tach_domains", "tach_roots"]
LAYERS = ["top", "middle", "bottom"]
LIBRARIES = ["requests", "sqlalchemy", "attrs"]

RULES = {
    "LayerViolation": "layer-violation",
    "ClosedLayerViolation": "layer-violation",
    "UndeclaredDependency": "forbidden-import",
    "ForbiddenDependency": "forbidden-import",
    "ModuleForbiddenExternalDependency": "forbidden-import",
    "ModuleUndeclaredExternalDependency": "forbidden-import",
    "PrivateDependency": "private-module-import",
}


class Refused(Exception):
    """tach rejects this configuration."""


def generate(kind: str, random: random.Random) -> Project:
    project = tree(random, ["plant", "shed"] if kind == "tach_roots" or random.random() < 0.5 else ["plant"])
    sources = ["."]
    if kind == "tach_roots":
        sources = ["src", "lib"]
        project.roots = {"plant": "src/", "shed": "lib/"}
        if random.random() < 0.3:
            project.files["lib/pyproject.toml"] = "[project]\nname = 'lib'\nversion = '1'\n"
    comments = random.random() < 0.3

    def comment() -> str:
        if not comments or random.random() < 0.6:
            return ""
        noun = random.choice(["", " X", " plant.ant", " bee"])
        text = random.choice(["# tach-ignore", "# tach-ignore(because)", "#tach-ignore"]) + noun
        return random.choice(["  ", "\n"]) + text

    imports(random, project, libraries=kind == "tach_external", comment=comment)
    session: list[str] = [f"source_roots = {sources!r}"]
    root = random.choice([None, "ignore", "allow", "forbid", "dependenciesonly"])
    if root:
        session.append(f"root_module = {root!r}")
    for key in ["ignore_type_checking_imports", "include_string_imports"]:
        if random.random() < 0.4:
            session.append(f"{key} = {random.choice(['true', 'false'])}")
    if random.random() < 0.4:
        strings(random, project)
    layered = kind == "tach_layers" or random.random() < 0.2
    if layered:
        rows = [f'{{ name = "{name}", closed = true }}' if random.random() < 0.25 else f'"{name}"' for name in LAYERS]
        session.append(f"layers = [{', '.join(rows)}]")
        if random.random() < 0.3:
            session.append("layers_explicit_depends_on = true")
    tables = modules(kind, random, project, layered, root)
    if kind == "tach_interfaces" or random.random() < 0.2:
        tables += interfaces(random, project)
    if random.random() < 0.2:
        tables.append(f"[rules]\nlocal_imports = {random.choice(['error', 'warn', 'off'])!r}\n")
    if kind == "tach_external" and random.random() < 0.3:
        tables.append("[external]\nexclude = ['requests']\n")
    project.files["tach.toml"] = "\n".join(session) + "\n\n" + "\n".join(tables)
    if kind == "tach_external":
        project.files["pyproject.toml"] = f"[project]\nname = 'plant'\nversion = '1'\ndependencies = {LIBRARIES!r}\n"
    if kind == "tach_domains":
        domain(random, project, layered)
    return project


def strings(random: random.Random, project: Project) -> None:
    for name in random.sample(project.names(), 2):
        project.modules[name].append(f"TASK = {random.choice(project.names()) + '.make'!r}")


def declared(random: random.Random, project: Project) -> list[str]:
    names = project.names()
    found = random.sample(names, min(len(names), random.randint(2, 6)))
    if random.random() < 0.35:
        package = random.choice(sorted(project.packages))
        found.insert(0, package + random.choice([".*", ".**", ".a*", ".{ant,bee,fox}"]))
    return found


def modules(kind: str, random: random.Random, project: Project, layered: bool, root: str | None) -> list[str]:
    paths = declared(random, project)
    if root in ("allow", "dependenciesonly", None) and random.random() < 0.3:
        paths.append("<root>")
    tables = []
    for path in paths:
        lines = ["[[modules]]", f"path = {path!r}", *settings(kind, random, paths, layered, root)]
        tables.append("\n".join(lines) + "\n")
    return tables


def settings(kind: str, random: random.Random, paths: list[str], layered: bool, root: str | None) -> list[str]:
    targets = [path for path in paths if path != "<root>"]
    if root in (None, "allow", "ignore"):
        targets = [*targets, "<root>"]
    lines = []
    if random.random() < 0.8:
        chosen = random.sample(targets, random.randint(0, min(3, len(targets))))
        listed = [f'{{ path = "{path}", deprecated = true }}' if random.random() < 0.1 else f'"{path}"' for path in chosen]
        lines.append(f"depends_on = [{', '.join(listed)}]")
    if random.random() < 0.2:
        lines.append(f"cannot_depend_on = {random.sample(targets, 1)!r}")
    if layered and random.random() < 0.7:
        lines.append(f"layer = {random.choice(LAYERS)!r}")
    if random.random() < 0.12:
        lines.append("utility = true")
    if random.random() < 0.12:
        lines.append("unchecked = true")
    if random.random() < 0.1:
        lines.append(f"visibility = {[random.choice(paths), random.choice(['plant.*', '*', 'shed.*'])]!r}")
    if kind == "tach_external":
        if random.random() < 0.4:
            lines.append(f"depends_on_external = {random.sample(LIBRARIES, random.randint(0, 2))!r}")
        if random.random() < 0.3:
            lines.append(f"cannot_depend_on_external = {random.sample(LIBRARIES, 1)!r}")
    return lines


def interfaces(random: random.Random, project: Project) -> list[str]:
    tables = []
    names = project.names()
    for _ in range(random.randint(1, 3)):
        expose = random.sample(["X", "make", ".*", "ant.*", "_hidden", r"\*", "X|make", "bee"], random.randint(0, 2))
        lines = ["[[interfaces]]", f"expose = {json.dumps(expose)}"]
        if random.random() < 0.7:
            lines.append(f"from = {json.dumps([random.choice([*names, 'plant.*', '.*ant'])])}")
        if random.random() < 0.3:
            lines.append(f"visibility = {random.sample(names, 2)!r}")
        if random.random() < 0.25:
            lines.append("exclusive = true")
        tables.append("\n".join(lines) + "\n")
    return tables


def domain(random: random.Random, project: Project, layered: bool) -> None:
    package = random.choice(sorted(project.packages))
    taken = project.files["tach.toml"]
    below = [name.removeprefix(package + ".") for name in project.below(package)]
    below = [name for name in below if f"path = '{package}.{name}'" not in taken]
    chosen = random.sample(below, min(len(below), 3))
    absolute = ["//" + random.choice(project.names()) for _ in range(2)]
    lines = []
    if random.random() < 0.4 and f"path = '{package}'\n" not in taken:
        lines += ["[root]", *settings("tach_domains", random, [*chosen, *absolute], layered, "forbid"), ""]
    for name in chosen:
        paths = [*chosen, *absolute, "<domain_root>"]
        lines += ["[[modules]]", f"path = {name!r}", *settings("tach_domains", random, paths, layered, "forbid"), ""]
    if random.random() < 0.4 and below:
        lines += ["[[interfaces]]", "expose = ['X']", f"from = {[random.choice([*below, '<domain_root>', '.*'])]!r}"]
        if random.random() < 0.5:
            lines.append(f"visibility = {random.sample(absolute, 1)!r}")
    file = project.path(package).replace("__init__.py", "tach.domain.toml")
    project.files[file] = "\n".join(lines) + "\n"


def verdict(kind: str, folder: Path) -> set[tuple[str, int, str]]:
    try:
        config, _ = extension.parse_project_config(folder / "tach.toml")
        found = json.loads(extension.serialize_diagnostics_json(extension.check(folder, config, True, True), False))
        if kind == "tach_external":
            more = extension.check_external_dependencies(folder, config)
            found += json.loads(extension.serialize_diagnostics_json(more, False))
    except BaseException as error:  # noqa: BLE001 a panic of the extension is one
        raise Refused(repr(error)) from error
    hers = set()
    for diagnostic in found:
        if "Located" not in diagnostic:
            continue
        it = diagnostic["Located"]
        for word in it["details"].get("Code", {}):
            if word in RULES:
                hers.add((it["file_path"], it["line_number"], RULES[word]))
    return hers


def compare(kind: str, binary: str, folder: Path, project: Project) -> list[str]:
    """The differences, in words."""
    del project
    hers = verdict(kind, folder)
    findings, _ = architrave.check(binary, folder)
    ours = {(it["path"], it["line"], it["rule"]) for it in findings if it["message"].endswith("(tach)")}
    return [f"missing {it}" for it in sorted(hers - ours)] + [f"told {it}" for it in sorted(ours - hers)]
