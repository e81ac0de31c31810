"""Checks the component diagram against CPython's own parser: `imports.py PROGRAM FOLDER...`.

Every module of a box is read with `ast`, and each import that names a module of another box must be an arrow with that
import behind it; every arrow must have such an import. If arrows are left out, the diagram must state how many. Roots
are derived from the locations of one-module boxes.
"""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

Imported = tuple[str, str]


def file_of(folder, roots, module):
    """The file of a dotted module; a namespace has none."""
    path = module.replace(".", "/")
    for root in roots:
        for ending in (".py", "/__init__.py", ".pyi"):
            file = folder / root / f"{path}{ending}"
            if file.is_file():
                return file
    return None


def roots_of(folder, boxes, edges):
    """The folders that imports start from: a file's path without its module's path."""
    roots = {"."}
    named = [(box["file"], box["holds"][0]) for box in boxes if box["file"] and len(box["holds"]) == 1]
    named += [(it["file"], it["importer"]) for edge in edges for it in edge["imports"]]
    for file, module in named:
        path = module.replace(".", "/")
        for ending in (f"{path}.py", f"{path}/__init__.py"):
            if file.endswith(ending):
                roots.add(file.removesuffix(ending).rstrip("/") or ".")
    return sorted(roots, key=len, reverse=True)


def imports_of(file, module, known):
    """Which known modules a module imports: `from package import name` names a module if there is one."""
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & known.keys()
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")
                parts = parts[: len(parts) - node.level + 1]
                base = ".".join([*parts, *([base] if base else [])])
            names = [f"{base}.{alias.name}" for alias in node.names]
            yield from {name if name in known else base for name in names} & known.keys()
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("importlib.import_module", "import_module"):
            yield from {it.value for it in node.args if isinstance(it, ast.Constant)} & known.keys()


def differences(program, folder):
    """What is wrong with the diagram of a folder, and how many imports were checked against it."""
    command = [program, "diagram", "component", str(folder), "--output-format", "json"]
    graph = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    boxes, edges = graph["boxes"], graph["edges"]
    box_of = {module: at for at, box in enumerate(boxes) for module in box["holds"]}
    roots = roots_of(folder, boxes, edges)
    wanted: dict[tuple[int, int], set[Imported]] = {}
    wrong = []
    for module, at in sorted(box_of.items()):
        file = file_of(folder, roots, module)
        if file is None:
            wrong.append(f"{module} is drawn and has no file")
            continue
        for imported in imports_of(file, module, box_of):
            if box_of[imported] != at:
                wanted.setdefault((at, box_of[imported]), set()).add((module, imported))
    drawn = {
        (edge["from"], edge["to"]): {(it["importer"], it["imported"]) for it in edge["imports"]} for edge in edges
    }
    said = [re.match(r"(\d+) arrows? ", line) for line in graph.get("left_out", [])]
    undrawn = sum(int(it[1]) for it in said if it)
    missing = wanted.keys() - drawn.keys()
    if undrawn and undrawn == len(missing):
        wanted = {pair: imports for pair, imports in wanted.items() if pair not in missing}
    elif undrawn:
        wrong.append(f"{undrawn} arrows are said to be left out, and {len(missing)} are")
    for pair in sorted(wanted.keys() | drawn.keys()):
        names = f"{boxes[pair[0]]['title']} -> {boxes[pair[1]]['title']}"
        for importer, imported in sorted(wanted.get(pair, set()) - drawn.get(pair, set())):
            wrong.append(f"{names}: {importer} imports {imported}, which no arrow says")
        for importer, imported in sorted(drawn.get(pair, set()) - wanted.get(pair, set())):
            wrong.append(f"{names}: {importer} doesn't import {imported}")
    return wrong, sum(len(imports) for imports in wanted.values())


def main(program, folders):
    failed, held = 0, 0
    for folder in map(Path, folders):
        wrong, count = differences(program, folder)
        held += count
        for line in wrong:
            print(f"{folder.name}: {line}")
        failed += len(wrong)
    if not held:
        print("no import was held to anything")
    print(f"test result: {'FAILED' if failed or not held else 'ok'}. {held} imports between boxes held to CPython's parser, {failed} wrong")
    return 1 if failed or not held else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
