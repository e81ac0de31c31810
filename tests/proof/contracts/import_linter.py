"""Random contracts of import-linter, and its own verdicts.

Intended differences:

- A chain is reported once, in the last module that the contract covers; import-linter lists it for each source. A chain
  is compared with import-linter's from there on.
- import-linter returns some shortest chains of a pair; each import that begins any chain is reported here. Additional
  reported imports are checked against import-linter's graph: they have to lead to the other end.
- Configurations that import-linter rejects (layers in each other, independent modules in each other) are not compared.
- Imports by `importlib.import_module` with a literal are imports here; no project has any.
- Tests, migrations and generated files are not checked here; no project has any.
- `exhaustive` with layers named deeper than a child: the child that holds them is not a missing layer here.
"""

from __future__ import annotations

import random
import sys
from collections import deque
from copy import deepcopy
from pathlib import Path

from importlinter import configuration
from importlinter.application import use_cases
from importlinter.application.user_options import UserOptions
from importlinter.domain.contract import InvalidContractOptions, registry

from contracts import architrave
from contracts.projects import Project, imports, tree

configuration.configure()
use_cases._register_built_in_contract_types()  # noqa: SLF001

NAME = "C"
UNMATCHED = "no import matches"
TYPES = ["forbidden", "protected", "independence", "layers", "private_modules", "acyclic_siblings"]


def generate(kind: str, random: random.Random) -> Project:
    tops = ["plant"] + (["shed"] if random.random() < 0.3 else [])
    loose = ["tools"] if random.random() < 0.3 else []
    project = tree(random, tops + loose, private=kind == "private_modules")
    imports(random, project)
    external = random.random() < 0.6
    session = {"include_external_packages": str(external), "exclude_type_checking_imports": str(random.random() < 0.3)}
    if len(tops) > 1 or random.random() < 0.3:
        session["root_packages"] = tops
    else:
        session["root_package"] = tops[0]
    contract = {"name": NAME, "type": kind} | OPTIONS[kind](random, project, tops, external, loose)
    if random.random() < 0.3:
        contract["ignore_imports"] = ignored(random, project)
        contract["unmatched_ignore_imports_alerting"] = random.choice(["none", "warn", "error"])
    name, text = random.choice([ini, toml])(session, contract)
    project.files[name] = text
    return project


def ini(session: dict, contract: dict) -> tuple[str, str]:
    def section(options: dict) -> str:
        lines = ""
        for key, value in options.items():
            value = "".join(f"\n    {item}" for item in value) if isinstance(value, list) else f" {value}"
            lines += f"{key} ={value}\n"
        return lines

    return ".importlinter", f"[importlinter]\n{section(session)}\n[importlinter:contract:c]\n{section(contract)}"


def toml(session: dict, contract: dict) -> tuple[str, str]:
    def section(options: dict) -> str:
        words = {"True": "true", "False": "false"}
        return "".join(f"{key} = {words.get(value) if str(value) in words else repr(value)}\n" for key, value in options.items())

    return "pyproject.toml", f"[tool.importlinter]\n{section(session)}\n[[tool.importlinter.contracts]]\n{section(contract)}"


def expression(random: random.Random, project: Project, tops: list[str], wild: float = 0.4) -> str:
    """A module of the root packages, often with wildcards."""
    names = [name for name in project.names() if name.split(".")[0] in tops]
    name = random.choice(names)
    parts = name.split(".")
    if random.random() < wild and len(parts) > 1:
        at = random.randrange(1, len(parts))
        parts[at] = random.choice(["*", "*", "**"])
        if "**" in parts:
            parts = parts[: at + 1] + [part for part in parts[at + 1 :] if random.random() < 0.5]
    return ".".join(parts)


def several(random: random.Random, make: object, most: int = 3) -> list[str]:
    return list(dict.fromkeys(make() for _ in range(random.randint(1, most))))


def ignored(random: random.Random, project: Project) -> list[str]:
    names = project.names()

    def side() -> str:
        parts = random.choice(names).split(".")
        if random.random() < 0.5 and len(parts) > 1:
            parts[-1] = random.choice(["*", "**"])
        return ".".join(parts)

    return several(random, lambda: f"{side()} -> {side()}", 2)


def forbidden(random: random.Random, project: Project, tops: list[str], external: bool, loose: list[str]) -> dict:
    outside = ["requests", "sqlalchemy", "json", *loose] if external else []

    def target() -> str:
        if outside and random.random() < 0.4:
            return random.choice(outside)
        return expression(random, project, tops)

    return {
        "source_modules": several(random, lambda: expression(random, project, tops)),
        "forbidden_modules": several(random, target),
        "allow_indirect_imports": str(random.random() < 0.4),
        "as_packages": str(random.random() < 0.7),
    }


def protected(random: random.Random, project: Project, tops: list[str], external: bool, loose: list[str]) -> dict:
    written = "\n".join(line for lines in project.modules.values() for line in lines)
    outside = [name for name in ["requests", "sqlalchemy", *loose] if external and name in written]

    def target() -> str:
        if outside and random.random() < 0.3:
            return random.choice(outside)
        return expression(random, project, tops)

    return {
        "protected_modules": several(random, target),
        "allowed_importers": several(random, lambda: expression(random, project, tops)),
        "as_packages": str(random.random() < 0.6),
    }


def independence(random: random.Random, project: Project, tops: list[str], *_: object) -> dict:
    package = random.choice([name for name in sorted(project.packages) if name.split(".")[0] in tops])
    if random.random() < 0.3:
        return {"modules": [f"{package}.*"]}
    children = project.children(package)
    return {"modules": random.sample(children, min(len(children), random.randint(2, 3)))}


def layers(random: random.Random, project: Project, tops: list[str], *_: object) -> dict:
    contained = random.random() < 0.5
    if contained:
        containers = several(random, lambda: random.choice(sorted(p for p in project.packages if p.split(".")[0] in tops)), 2)
        if random.random() < 0.3:
            containers = [f"{tops[0]}.*"]
        tails = random.sample(["ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen"], random.randint(3, 6))
        tails = [f"({tail})" for tail in tails]
    else:
        containers = []
        package = random.choice([p for p in sorted(project.packages) if p.split(".")[0] in tops])
        tails = random.sample(project.children(package), random.randint(1, len(project.children(package))))
        if random.random() < 0.3:
            tails.append(f"({tops[0]}.zoo)")
    rows: list[str] = []
    while tails:
        size = random.choice([1, 1, 2])
        rows.append(random.choice([" | ", " : "]).join(tails[:size]))
        tails = tails[size:]
    options: dict = {"layers": rows}
    if contained:
        options["containers"] = containers
        if random.random() < 0.4:
            options["exhaustive"] = "True"
            if random.random() < 0.5:
                options["exhaustive_ignores"] = several(random, lambda: random.choice(["ant", "bee", "cat"]))
    return options


def private_modules(random: random.Random, project: Project, tops: list[str], *_: object) -> dict:
    public = [name for name in sorted(project.packages) if name.split(".")[0] in tops and "_" not in name]
    if random.random() < 0.5:
        return {}
    return {"packages_with_private_modules": several(random, lambda: random.choice(public), 2)}


def acyclic_siblings(random: random.Random, project: Project, tops: list[str], *_: object) -> dict:
    ancestors = several(random, lambda: random.choice(sorted(p for p in project.packages if p.split(".")[0] in tops)), 2)
    options: dict = {"ancestors": ancestors}
    if random.random() < 0.5:
        options["depth"] = str(random.randint(0, 2))
    if random.random() < 0.4:
        skip = random.choice(sorted(p for p in project.packages if p.split(".")[0] in tops))
        if skip not in ancestors:
            options["skip_descendants"] = [skip]
    return options


OPTIONS = {
    "forbidden": forbidden,
    "protected": protected,
    "independence": independence,
    "layers": layers,
    "private_modules": private_modules,
    "acyclic_siblings": acyclic_siblings,
}


class Refused(Exception):
    """import-linter rejects this configuration."""

    # Because an exception that it names matches no import.
    is_unmatched = False


class Verdict:
    """The contract as import-linter read it, its graph without the ignored imports, and what it found."""

    def __init__(self, folder: Path) -> None:
        sys.path.insert(0, str(folder))
        sys.path_importer_cache.clear()
        config = next(str(folder / name) for name in [".importlinter", "pyproject.toml"] if (folder / name).exists())
        try:
            options: UserOptions = use_cases.read_user_options(config)
            (contract_options,) = options.contracts_options
            graph = use_cases._build_graph(  # noqa: SLF001
                root_package_names=options.session_options["root_packages"],
                cache_dir=None,
                include_external_packages=use_cases._get_include_external_packages(options),  # noqa: SLF001
                exclude_type_checking_imports=use_cases._get_exclude_type_checking_imports(options),  # noqa: SLF001
                verbose=False,
            )
            kind = registry.get_contract_class(contract_options["type"])
            self.whole = deepcopy(graph)
            self.contract = kind(NAME, options.session_options, contract_options)
            self.check = self.contract.check(graph, verbose=False)
            self.graph = graph
        except (ValueError, InvalidContractOptions, Exception) as error:  # noqa: BLE001
            refused = Refused(repr(error))
            refused.is_unmatched = "No matches for ignored import" in str(error)
            raise refused from error
        finally:
            sys.path.remove(str(folder))

    def imports_at(self, importer: str, line: int) -> set[str]:
        found = set()
        if importer not in self.whole.modules:
            return {f"line {line}, which the contract doesn't see"}
        for imported in self.whole.find_modules_directly_imported_by(importer):
            details = self.whole.get_import_details(importer=importer, imported=imported)
            if any(detail["line_number"] == line for detail in details):
                found.add(imported)
        return found

    def expand(self, expressions: object) -> set[str]:
        found: set[str] = set()
        for it in expressions or ():
            found |= self.graph.find_matching_modules(it.expression) if it.has_wildcard_expression() else {it.expression}
        return found

    def reaches(self, start: str, is_goal: object, through: object) -> bool:
        """Whether a path leads from `start` to a goal; both may be the same."""
        seen, queue = {start}, deque([start])
        while queue:
            at = queue.popleft()
            if is_goal(at):
                return True
            if not through(at):
                continue
            for to in self.graph.find_modules_directly_imported_by(at):
                if to not in seen:
                    seen.add(to)
                    queue.append(to)
        return False


def lies_in(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def compare(kind: str, binary: str, folder: Path, project: Project) -> list[str]:
    """The differences, in words."""
    try:
        verdict = Verdict(folder)
    except Refused as refused:
        if not refused.is_unmatched:
            raise
        _, said = architrave.check(binary, folder)
        return [] if UNMATCHED in said else ["an exception that matches no import is told there alone"]
    findings, said = architrave.check(binary, folder)
    unmatched = [warning for warning in verdict.check.warnings if "No matches for ignored import" in warning]
    findings = architrave.of_contract(findings, NAME)
    module_at = {project.path(name): name for name in project.names()}
    told: set[tuple[str, str]] = set()
    for finding in findings:
        importer = module_at[finding["path"]]
        told |= {(importer, imported) for imported in verdict.imports_at(importer, finding["line"])}
    differences = COMPARE[kind](verdict, told, findings)
    # Our own contracts have no such option, and a single layer is no contract here.
    is_alone = kind == "layers" and sum(len(layer.module_tails) for layer in verdict.contract.layers) < 2
    if not is_alone and not (folder / "architrave.toml").exists() and (UNMATCHED in said) != bool(unmatched):
        differences.append(f"unmatched exceptions there: {unmatched}, here: {said}")
    if verdict.check.kept == bool(findings):
        differences.append(f"kept is {verdict.check.kept} there, and {len(findings)} are told here")
    return differences


def pairs(told: set, hers: set, confirmed: object) -> list[str]:
    missing = [f"missing {link}" for link in sorted(hers - told)]
    return missing + [f"told {link}" for link in sorted(told - hers) if not confirmed(*link)]


def compare_forbidden(verdict: Verdict, told: set, _: list) -> list[str]:
    contract, graph = verdict.contract, verdict.graph
    as_packages = contract.as_packages
    sources, targets = verdict.expand(contract.source_modules), verdict.expand(contract.forbidden_modules)

    def inside(name: str, package: str) -> bool:
        return lies_in(name, package) if as_packages else name == package

    def overlap(source: str, target: str) -> bool:
        return source == target or (as_packages and (lies_in(source, target) or lies_in(target, source)))

    def binds(name: str, target: str) -> bool:
        return any(inside(name, source) and not overlap(source, target) for source in sources)

    hers = set()
    for pair in verdict.check.metadata["invalid_chains"]:
        for chain in pair["chains"]:
            hers.add([(it["importer"], it["imported"]) for it in chain if binds(it["importer"], pair["upstream_module"])][-1])

    def confirmed(importer: str, imported: str) -> bool:
        for target in targets:
            if imported not in graph.modules or not binds(importer, target):
                continue
            indirect = lambda _: not contract.allow_indirect_imports  # noqa: E731
            if verdict.reaches(imported, lambda at, target=target: inside(at, target), indirect):
                return True
        return False

    return pairs(told, hers, confirmed)


def links(verdict: Verdict, told: set, _: list) -> list[str]:
    metadata = verdict.check.metadata["illegal_imports"]
    found = [link for it in metadata for link in (it.illegal_links if hasattr(it, "illegal_links") else [it])]
    hers = {(link["importer"], link["imported"]) for link in found}
    return pairs(told, hers, lambda *_: False)


def heads(chains: list[dict]) -> set[tuple[str, str]]:
    return {(it["importer"], it["imported"]) for chain in chains for it in [chain["chain"][0], *chain["extra_firsts"]]}


def compare_independence(verdict: Verdict, told: set, _: list) -> list[str]:
    modules = verdict.expand(verdict.contract.modules)
    part = lambda name: next((it for it in modules if lies_in(name, it)), None)  # noqa: E731
    hers = {head for pair in verdict.check.metadata["invalid_chains"] for head in heads(pair["chains"])}

    def confirmed(importer: str, imported: str) -> bool:
        own = part(importer)
        is_other = lambda at: part(at) not in (None, own)  # noqa: E731
        return own is not None and verdict.reaches(imported, is_other, lambda at: part(at) is None)

    return pairs(told, hers, confirmed)


def compare_layers(verdict: Verdict, told: set, findings: list) -> list[str]:
    contract = verdict.contract
    containers = verdict.expand(contract.containers) or {""}
    seats = []
    for container in containers:
        rows = []
        for layer in contract.layers:
            prefix = container + "." if container else ""
            rows.append(({prefix + tail.name for tail in layer.module_tails}, layer.is_independent))
        seats.append(rows)
    hers = {head for pair in verdict.check.metadata["invalid_dependencies"] for head in heads(pair["routes"])}

    def confirmed(importer: str, imported: str) -> bool:
        for rows in seats:
            seat = lambda name, rows=rows: next(  # noqa: E731
                ((index, slot) for index, (slots, _) in enumerate(rows) for slot in slots if lies_in(name, slot)), None
            )
            own = seat(importer)
            if own is None:
                continue

            def is_wrong(at: str, own: tuple = own, seat: object = seat, rows: list = rows) -> bool:
                to = seat(at)
                if to is None:
                    return False
                return to[0] < own[0] or (to[0] == own[0] and to[1] != own[1] and rows[own[0]][1])

            if verdict.reaches(imported, is_wrong, lambda at, seat=seat: seat(at) is None):
                return True
        return False

    unlisted = {it["message"].split("`")[1] for it in findings if "is not a layer of" in it["message"]}
    at_top = {link for link in told if not confirmed(*link) and link not in hers}
    # Such a finding is at the start of its file, perhaps on an import.
    told = told - {link for link in at_top if any(lies_in(link[0], child) for child in unlisted)}
    differences = pairs(told, hers, confirmed)
    undeclared = verdict.check.metadata["undeclared_modules"]
    return differences + [f"undeclared only {it}" for it in sorted(undeclared ^ unlisted)]


def compare_acyclic(verdict: Verdict, _: set, findings: list) -> list[str]:
    hers = set(verdict.check.metadata["cycle_breakers_by_package"])
    ours = {it["message"].split("`")[1].split(" ")[0].rpartition(".")[0] for it in findings}
    return [f"cycles only {it}" for it in sorted(hers ^ ours)]


COMPARE = {
    "forbidden": compare_forbidden,
    "protected": links,
    "independence": compare_independence,
    "layers": compare_layers,
    "private_modules": links,
    "acyclic_siblings": compare_acyclic,
}
