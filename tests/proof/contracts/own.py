"""Random contracts of our own configuration.

Types that import-linter has too are declared to both, and import-linter is the oracle. Types that only we have are
checked against its graph by simple definitions: layers that are closed or counted by direct imports alone, and
protected packages with exposed names.

Intended differences:

- Those at the top of `import_linter.py`.
- Imports from outside the packages of the project are always seen here, so import-linter is configured to see them.
- A contract that can't be broken (one layer, one module) is an error here; such projects are not compared.
"""

from __future__ import annotations

import random
from pathlib import Path

from contracts import architrave, import_linter
from contracts.projects import MEMBERS, Project, imports, tree

SHARED = {
    "own_forbidden": "forbidden",
    "own_protected": "protected",
    "own_independence": "independence",
    "own_layers": "layers",
    "own_acyclic": "acyclic_siblings",
}
TYPES = [*SHARED, "own_closed", "own_direct", "own_exposed"]

Refused = import_linter.Refused


def generate(kind: str, random: random.Random) -> Project:
    tops = ["plant"] + (["shed"] if random.random() < 0.3 else [])
    project = tree(random, tops)
    imports(random, project, stars=kind != "own_exposed")
    theirs = SHARED.get(kind, "protected" if kind == "own_exposed" else "layers")
    options = import_linter.OPTIONS[theirs](random, project, tops, True, [])
    if kind == "own_exposed":
        options["protected_modules"] = [random.choice(sorted(project.packages))]
        options["allowed_importers"] = []
        options["as_packages"] = "True"
    elif kind not in SHARED:
        options.pop("exhaustive", None)
        options.pop("exhaustive_ignores", None)
    if random.random() < 0.3:
        options["ignore_imports"] = import_linter.ignored(random, project)
    skips = random.random() < 0.3
    session = {"include_external_packages": "True", "exclude_type_checking_imports": str(skips), "root_packages": tops}
    hers = {"name": import_linter.NAME, "type": theirs, "unmatched_ignore_imports_alerting": "none"}
    name, text = import_linter.ini(session, hers | options)
    project.files[name] = text
    ours = {"name": import_linter.NAME, "type": theirs.removesuffix("_siblings"), "exclude_type_checking_imports": str(skips)}
    project.files["architrave.toml"] = table(ours | options | extra(kind, random, project, options))
    return project


def extra(kind: str, random: random.Random, project: Project, options: dict) -> dict:
    """The options that only we have."""
    if kind == "own_direct":
        return {"allow_indirect_imports": "True"}
    if kind == "own_closed":
        rows = options["layers"]
        return {"closed": "True"} if random.random() < 0.3 else {"closed": random.sample(rows, random.randint(1, len(rows)))}
    if kind == "own_exposed":
        package = options["protected_modules"][0]
        names = MEMBERS + [name.removeprefix(package + ".") for name in project.below(package)]
        exposed = random.sample(names, min(len(names), random.randint(1, 3)))
        return {"exposed": [name + random.choice(["", ".*", ".**"]) if "." in name else name for name in exposed]}
    return {}


def table(options: dict) -> str:
    words = {"True": "true", "False": "false"}

    def value(of: object) -> str:
        if isinstance(of, list):
            return "[" + ", ".join(f'"{item}"' for item in of) + "]"
        return words.get(of) or (of if of.isdigit() else f'"{of}"')

    lines = [f"{key.replace('_', '-')} = {value(of)}" for key, of in options.items()]
    return "\n".join(["[[contracts]]", *lines, ""])


def compare(kind: str, binary: str, folder: Path, project: Project) -> list[str]:
    try:
        if kind in SHARED:
            return import_linter.compare(SHARED[kind], binary, folder, project)
        verdict = import_linter.Verdict(folder)
        findings, _ = architrave.check(binary, folder)
    except RuntimeError as error:
        if "alone can't be broken" in str(error):
            raise Refused(str(error)) from error
        raise
    findings = architrave.of_contract(findings, import_linter.NAME)
    module_at = {project.path(name): name for name in project.names()}
    told = {(module_at[it["path"]], it["line"]) for it in findings}
    hers = {
        (importer, detail["line_number"])
        for importer in verdict.graph.modules
        if importer in project.modules
        for imported in verdict.graph.find_modules_directly_imported_by(importer)
        for detail in verdict.graph.get_import_details(importer=importer, imported=imported)
        if WRONG[kind](verdict, project, importer, imported, detail["line_contents"])
    }
    return [f"missing {it}" for it in sorted(hers - told)] + [f"told {it}" for it in sorted(told - hers)]


def positions(verdict: import_linter.Verdict, container: str) -> object:
    """The position of a module among the layers of a container: the layer, and the layer's module."""
    prefix = container + "." if container else ""
    rows = [[prefix + tail.name for tail in layer.module_tails] for layer in verdict.contract.layers]

    def position(name: str) -> tuple[int, str] | None:
        for index, row in enumerate(rows):
            for slot in row:
                if import_linter.lies_in(name, slot):
                    return index, slot
        return None

    return position


def closed_rows(project: Project) -> object:
    declared = project.files["architrave.toml"].split("closed = ")[1].splitlines()[0] if "closed" in project.files["architrave.toml"] else "[]"
    return True if declared == "true" else eval(declared)  # noqa: S307 written by `table`


def wrong_layers(kind: str) -> object:
    def wrong(verdict: object, project: Project, importer: str, imported: str, _: str) -> bool:
        layers = verdict.contract.layers
        texts = [line.split(" = ", 1)[1] for line in project.files["architrave.toml"].splitlines() if line.startswith("layers = ")]
        written = eval(texts[0])  # noqa: S307 written by `table`
        closed = closed_rows(project)
        for container in verdict.expand(verdict.contract.containers) or {""}:
            position = positions(verdict, container)
            own = position(importer)
            if own is None:
                continue

            def is_wrong(at: str, own: tuple = own, position: object = position) -> bool:
                to = position(at)
                if to is None:
                    return False
                if to[0] == own[0]:
                    return to[1] != own[1] and layers[own[0]].is_independent
                if to[0] < own[0]:
                    return True
                return any(closed is True or written[row] in closed for row in range(own[0] + 1, to[0]))

            through = lambda at, position=position: kind != "own_direct" and position(at) is None  # noqa: E731
            if verdict.reaches(imported, is_wrong, through):
                return True
        return False

    return wrong


def wrong_exposed(verdict: object, project: Project, importer: str, imported: str, line: str) -> bool:
    package = next(iter(verdict.contract.protected_modules)).expression
    if not import_linter.lies_in(imported, package) or import_linter.lies_in(importer, package):
        return False
    declared = project.files["architrave.toml"].split("exposed = ")[1].splitlines()[0]
    taken = imported[len(package) + 1 :]
    words = line.split()
    if words[0] == "from":
        # The imported name is a member of the module unless it is the module itself.
        member = words[3]
        if imported.rpartition(".")[2] != member or member in MEMBERS:
            taken = f"{taken}.{member}".lstrip(".")
    elif not taken:
        return False
    if words[0] == "from" and imported == package and taken == "":
        return False
    return not any(matches(pattern, taken) for pattern in eval(declared))  # noqa: S307 written by `table`


def matches(pattern: str, taken: str) -> bool:
    """Whether `taken` matches `pattern`, or is below a match."""
    stem, _, star = pattern.partition(".*")
    return taken.startswith(stem + ".") if star or pattern.endswith("*") else import_linter.lies_in(taken, pattern)


WRONG = {
    "own_closed": wrong_layers("own_closed"),
    "own_direct": wrong_layers("own_direct"),
    "own_exposed": wrong_exposed,
}
