"""Random programs of modules that import each other in all ways: they must run the same after `check --fix` as before.

    graphs.py <architrave> [--graphs 300] [--seed 1] [--keep FOLDER]

Each program is a package with packages, re-exports, side effects at import, imports inside functions, decorators and
class bodies that call, registries, modules of extras that aren't installed, names that tests patch, variables that are
rebound. Its scenarios load modules, call functions, set the environment and patch names; their output is compared, and
a scenario that failed before is left out. Several programs are folders of one workspace, with one `check --fix` for
them. Standard library only.

Exits with 1 if a program prints something else afterwards, or if fewer imports were moved than such programs allow.
"""

import argparse
import contextlib
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from dataclasses import dataclass, field
from pathlib import Path

PYPROJECT = """[project]
name = "{name}"
version = "1"
dependencies = []

[project.optional-dependencies]
fast = ["absent-{name}"]
"""

# The number of programs in one workspace.
TOGETHER = 10


@dataclass
class Module:
    """A module under construction."""

    name: str
    index: int
    is_package: bool = False
    top: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    # Functions without arguments that a scenario may call.
    calls: list[str] = field(default_factory=list)
    # Names that others may import, by kind.
    functions: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    constants: list[str] = field(default_factory=list)
    registries: list[str] = field(default_factory=list)
    decorators: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)

    def path(self) -> str:
        parts = self.name.split(".")
        return "/".join([*parts, "__init__.py"]) if self.is_package else "/".join(parts) + ".py"

    def text(self) -> str:
        return "\n".join([*self.top, "", "", *self.body]) + "\n"


class Program:
    """One random program."""

    def __init__(self, number: int, seed: int) -> None:
        self.random = random.Random(f"{seed}/{number}")
        self.number, self.name = number, f"p{number}"
        self.modules: list[Module] = []
        self.scenarios: list[str] = []
        self.serial = 0
        self.make()

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def fresh(self, prefix: str) -> str:
        self.serial += 1
        return f"{prefix}{self.serial}"

    def make(self) -> None:
        pick = self.random
        packages = [self.name]
        for letter in "ab"[: pick.randint(0, 2)]:
            packages.append(f"{self.name}.{letter}")
        for name in packages:
            self.modules.append(Module(name, len(self.modules), is_package=True))
        for number in range(pick.randint(3, 7)):
            self.modules.append(Module(f"{pick.choice(packages)}.m{number}", len(self.modules)))
        for module in self.modules:
            if not module.is_package or self.chance(0.2):
                self.define(module)
        order = [module for module in self.modules if not module.is_package]
        for position, module in enumerate(order):
            self.import_at_top(module, order[:position] if self.chance(0.92) else order)
            self.act(module, order[:position])
        for module in order:
            for _ in range(pick.randint(0, 3)):
                self.import_late(module, [other for other in order if other is not module])
        for module in list(self.modules):
            if module.is_package:
                self.fill_package(module, order)
            self.extras(module, order)
        for number in range(3):
            self.scenarios.append(self.scenario(order, number))

    def define(self, module: Module) -> None:
        name = self.fresh("f")
        module.body += [f"def {name}():", f"    return '{name}'", "", ""]
        module.functions.append(name)
        module.calls.append(name)
        if self.chance(0.5):
            name = self.fresh("C")
            module.body += [f"class {name}:", f"    size = {self.serial}", "", ""]
            module.classes.append(name)
        name = self.fresh("K")
        module.body += [f"{name} = {self.serial}", "", ""]
        module.constants.append(name)
        if self.chance(0.3):
            change = self.fresh("change")
            module.body += [f"def {change}():", f"    global {name}", f"    {name} += 1", f"    return {name}", "", ""]
            module.calls.append(change)
        if self.chance(0.4):
            name = self.fresh("R")
            module.body += [f"{name} = {self.random.choice(['[]', 'list()', 'collections.deque()'])}", "", ""]
            module.top.append("import collections")
            show = self.fresh("show")
            module.body += [f"def {show}():", f"    return list({name})", "", ""]
            module.registries.append(name)
            module.calls.append(show)
            if self.chance(0.6):
                deco = self.fresh("deco")
                module.body += [f"def {deco}(function):", f"    {name}.append(function.__name__)", "    return function", "", ""]
                module.decorators.append(deco)
            if self.chance(0.4):
                base = self.fresh("B")
                module.body += [f"class {base}:", "    def __init_subclass__(cls, **options):", "        super().__init_subclass__(**options)",
                                f"        {name}.append(cls.__name__)", "", ""]
                module.bases.append(base)
        elif self.chance(0.4):
            deco = self.fresh("plain")
            module.top.append("import functools")
            module.body += [f"def {deco}(function):", "    @functools.wraps(function)", "    def wrapper(*args):",
                            "        return function(*args)", "", "    return wrapper", "", ""]
            module.decorators.append(deco)

    def statement(self, module: Module, target: Module, kind: str) -> tuple[str, str]:
        """An import of something of `target`, and an expression that uses it."""
        choices = {"f": target.functions, "C": target.classes, "K": target.constants, "R": target.registries}
        names = choices.get(kind) or target.functions
        if not names:
            return f"import {target.name}", f"{target.name}.__name__"
        name = self.random.choice(names)
        use = {"f": f"{name}()", "C": f"{name}.size", "K": name, "R": f"len({name})"}
        written = next(key for key, value in {**choices, "f": target.functions}.items() if names is value)
        form = self.random.random()
        if form < 0.6:
            return f"from {target.name} import {name}", use[written]
        package, last = target.name.rsplit(".", 1)
        if form < 0.75:
            return f"from {package} import {last}", use[written].replace(name, f"{last}.{name}")
        if form < 0.85:
            return f"import {target.name}", use[written].replace(name, f"{target.name}.{name}")
        alias = self.fresh("alias")
        return f"from {target.name} import {name} as {alias}", use[written].replace(name, alias)

    def kind(self) -> str:
        return self.random.choice("ffffCKR")

    def import_at_top(self, module: Module, targets: list[Module]) -> None:
        targets = [target for target in targets if target is not module]
        for target in self.random.sample(targets, min(len(targets), self.random.choice([0, 1, 1, 2]))):
            statement, use = self.statement(module, target, self.kind())
            module.top.append(statement)
            if self.chance(0.3):
                module.body += [f"{self.fresh('V')} = {use}", "", ""]
            if self.chance(0.4):
                name = self.fresh("f")
                module.body += [f"def {name}():", f"    return {use}", "", ""]
                module.functions.append(name)
                module.calls.append(name)

    def act(self, module: Module, earlier: list[Module]) -> None:
        """Side effects at import."""
        body, chance = module.body, self.random.random()
        name = module.name
        if chance < 0.12:
            body += [f"print('loading {name}')", "", ""]
        elif chance < 0.2:
            module.top.append("import os")
            body += [f"URL{module.index} = os.environ['URL_{self.name}']", "", ""]
            module.calls.append(self.getter(module, f"URL{module.index}"))
        elif chance < 0.26:
            module.top.append("import os")
            body += [f"MODE{module.index} = os.environ.get('MODE_{self.name}', 'none')", "", ""]
            module.calls.append(self.getter(module, f"MODE{module.index}"))
        elif chance < 0.46 and earlier:
            self.use_at_load(module, self.random.choice(earlier))
        elif chance < 0.56:
            helper = self.fresh("start")
            body += [f"def {helper}():", f"    print('{helper}')", "    return 1", "", ""]
            form = self.random.choice([
                f"STARTED{module.index} = {helper}()",
                f"class Started{module.index}:\n    value = {helper}()",
                f"STARTED{module.index} = [{helper}() for _ in range(2)]",
                f"STARTED{module.index} = functools.partial({helper})()",
                f"def started{module.index}(value={helper}()):\n    return value",
                f"STARTED{module.index} = sorted([2, 1], key=lambda number: {helper}() * number)",
            ])
            module.top.append("import functools")
            body += [form, "", ""]

    def getter(self, module: Module, variable: str) -> str:
        name = self.fresh("get")
        module.body += [f"def {name}():", f"    return {variable}", "", ""]
        return name

    def use_at_load(self, module: Module, target: Module) -> None:
        body, form = module.body, self.random.random()
        if target.decorators and form < 0.4:
            deco, name = self.random.choice(target.decorators), self.fresh("f")
            module.top.append(f"from {target.name} import {deco}")
            body += [f"@{deco}", f"def {name}():", f"    return '{name}'", "", ""]
            module.functions.append(name)
            module.calls.append(name)
        elif target.bases and form < 0.7:
            base = self.random.choice(target.bases)
            module.top.append(f"from {target.name} import {base}")
            body += [f"class {self.fresh('D')}({base}):", "    pass", "", ""]
        elif target.registries and form < 0.9:
            registry = self.random.choice(target.registries)
            module.top.append(f"from {target.name} import {registry}")
            body += [f"{registry}.append('{module.name}')", "", ""]
        elif target.constants:
            module.top.append(f"import {target.name}")
            constant = self.random.choice(target.constants)
            body += [f"{target.name}.{constant} = {self.random.randint(100, 999)}", "", ""]

    def import_late(self, module: Module, targets: list[Module]) -> None:
        if not targets:
            return
        target = self.random.choice(targets)
        statement, use = self.statement(module, target, self.kind())
        name, body = self.fresh("late"), module.body
        form = self.random.random()
        lines = [f"def {name}():", f"    {statement}", "", f"    return {use}", "", ""]
        if form < 0.1:
            lines = [f"class {name.title()}:", "    def run(self):", f"        {statement}", "", f"        return {use}", "", "",
                     f"def {name}():", f"    return {name.title()}().run()", "", ""]
        elif form < 0.16:
            lines = [f"def {name}(flag=True):", "    if flag:", f"        {statement}", "", f"        return {use}", "    return 0", "", ""]
        elif form < 0.2:
            lines = [f"def {name}():", "    try:", f"        {statement}", "    except ImportError:", "        return 0",
                     f"    return {use}", "", ""]
        elif form < 0.24:
            bound = re.split(r"\W+", statement)[-1]
            lines += [f"def {self.fresh('loop')}():", f"    return [{bound} for {bound} in range(2)]", "", ""]
        elif form < 0.28:
            bound = re.split(r"\W+", statement)[-1]
            lines = [f"def {self.fresh('own')}({bound}=1):", f"    return {bound}", "", "", *lines]
        elif form < 0.31 and statement.startswith("from"):
            bound = re.split(r"\W+", statement)[-1]
            lines = [f"def {name}():", f"    {statement}", "", f"    {bound}: {bound} = 1", f"    return {bound}", "", ""]
            lines = [f"def {name}():", f"    {statement}", "", f"    it: {bound} = 1", "    return it", "", ""]
        body += lines
        module.calls.append(name)
        if self.chance(0.12):
            # Called while the module is loaded: its imports are loaded then.
            body += [self.random.choice([
                f"EARLY{self.serial} = {name}()",
                f"class Early{self.serial}:\n    value = {name}()",
                f"EARLY{self.serial} = [{name}() for _ in range(1)]",
                f"@(lambda function: {name}() and function)\ndef early{self.serial}():\n    return 1",
            ]), "", ""]

    def fill_package(self, package: Module, order: list[Module]) -> None:
        inside = [module for module in order if module.name.rsplit(".", 1)[0] == package.name]
        if inside and self.chance(0.35):
            module = self.random.choice(inside)
            names = module.functions + module.constants
            if names:
                package.top.append(f"from {module.name} import {self.random.choice(names)}")
        if inside and self.chance(0.1):
            last = self.random.choice(inside).name.rsplit(".", 1)[1]
            package.body += [f"def {last}():", "    return 'hides the module'", "", ""]
        if self.chance(0.25):
            self.import_late(package, order)
        if self.chance(0.06):
            package.body += ["def __getattr__(name):", "    raise AttributeError(name)", "", ""]

    def extras(self, module: Module, order: list[Module]) -> None:
        if module.is_package:
            return
        if self.chance(0.07):
            # Only functions without callers lead to it.
            path = f"{self.name}.x{module.index}"
            extra = Module(path, -1)
            if self.chance(0.5):
                extra.top.append(f"import absent_{self.name}")
            else:
                extra.top.append(f"from absent_{self.name}.errors import Error")
            extra.body += ["def connect():", "    return 1"]
            self.modules.append(extra)
            module.body += [f"def {self.fresh('never')}():", f"    from {path} import connect", "", "    return connect()", "", ""]
        if self.chance(0.06):
            module.top += ["try:", f"    import gone_{self.name}", "except ImportError:", f"    gone_{self.name} = None"]
            path = f"{self.name}.y{module.index}"
            extra = Module(path, -1, top=[f"import gone_{self.name}"], body=["def connect():", "    return 1"])
            self.modules.append(extra)
            module.body += [f"def {self.fresh('never')}():", f"    from {path} import connect", "", "    return connect()", "", ""]
        if self.chance(0.1) and module.functions:
            user = self.random.choice(order)
            if user is not module:
                user.top += ["from typing import TYPE_CHECKING", "", "if TYPE_CHECKING:",
                             f"    from {module.name} import {module.functions[0]} as typed{module.index}"]
        if self.chance(0.05):
            user = self.random.choice(order)
            if user.index > module.index:
                user.top.append(f"from {module.name} import *")

    def scenario(self, order: list[Module], number: int) -> str:
        lines = ["import os", "import importlib", "from unittest import mock", "", "", "def run():"]
        if self.chance(0.5):
            lines.append(f"    os.environ['URL_{self.name}'] = 'first'")
        modules = self.random.sample(order, min(len(order), self.random.randint(1, 4)))
        for module in modules:
            lines.append(f"    importlib.import_module('{module.name}')")
        lines.append(f"    os.environ['URL_{self.name}'] = 'second'")
        lines.append(f"    os.environ['MODE_{self.name}'] = 'late'")
        calls = [(module, call) for module in modules for call in module.calls]
        self.random.shuffle(calls)
        for module, call in calls[:12]:
            run = f"print('{call}', importlib.import_module('{module.name}').{call}())"
            victim = self.random.choice(order)
            if victim.functions and self.chance(0.25):
                name = self.random.choice(victim.functions)
                form = self.random.random()
                if form < 0.5:
                    lines.append(f"    with mock.patch('{victim.name}.{name}', lambda: 'patched'):")
                    lines.append(f"        {run}")
                elif form < 0.8:
                    lines.append(f"    with mock.patch.object(importlib.import_module('{victim.name}'), '{name}', lambda: 'patched'):")
                    lines.append(f"        {run}")
                else:
                    lines.append(f"    import {victim.name} as victim")
                    lines.append(f"    victim.{name} = lambda: 'replaced'")
                    lines.append(f"    {run}")
            else:
                lines.append(f"    {run}")
        return "\n".join(lines) + "\n"

    def write(self, folder: Path) -> None:
        root = folder / self.name
        root.mkdir(parents=True)
        (root / "pyproject.toml").write_text(PYPROJECT.format(name=self.name))
        for module in self.modules:
            path = root / module.path()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(module.text())
        tests = root / "tests"
        tests.mkdir()
        for number, text in enumerate(self.scenarios):
            (tests / f"test_{self.name}_{number}.py").write_text(text)


RUNNER = """
import contextlib, importlib, io, json, os, sys, traceback
sys.dont_write_bytecode = True
out = {}
for name in sys.argv[2:]:
    root = os.path.join(sys.argv[1], name)
    before = dict(os.environ)
    for path in sorted(os.listdir(os.path.join(root, "tests"))):
        if not path.endswith(".py"):
            continue
        sys.path[:0] = [root, os.path.join(root, "tests")]
        buffer = io.StringIO()
        # Since 3.12 a traceback imports modules too, to suggest names: what these print is not ours to write.
        with contextlib.redirect_stdout(buffer):
            try:
                importlib.import_module(path[:-3]).run()
                result = [True, buffer.getvalue()]
            except BaseException:
                result = [False, buffer.getvalue() + traceback.format_exc(limit=-3)]
        del sys.path[:2]
        for module in [m for m in sys.modules if m.split(".")[0] == os.path.basename(name) or m == path[:-3]]:
            del sys.modules[module]
        importlib.invalidate_caches()
        os.environ.clear()
        os.environ.update(before)
        out[name + "/" + path] = result
json.dump(out, sys.stdout)
"""


def run(folder: Path, names: list[str]) -> dict[str, tuple[bool, str]]:
    """The output of each scenario; many programs in one interpreter, which unloads each before the next."""
    results: dict[str, tuple[bool, str]] = {}
    for start in range(0, len(names), 250):
        command = [sys.executable, "-c", RUNNER, str(folder), *names[start : start + 250]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"the programs can't be run: {done.stderr[-2000:]}")
        results.update(json.loads(done.stdout))
    return results


def late_imports(folder: Path) -> int:
    pattern = re.compile(r"^ +(from|import) .*", re.M)
    return sum(len(pattern.findall(path.read_text())) for path in folder.rglob("*.py") if "tests" not in path.parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("architrave", type=Path)
    parser.add_argument("--graphs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="leave the programs here, before and after")
    parser.add_argument("--least", type=float, default=0.05, help="the share of imports that must be moved")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        scratch = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.rmtree(scratch / "before", ignore_errors=True)
        shutil.rmtree(scratch / "after", ignore_errors=True)
        programs = [Program(number, options.seed) for number in range(options.graphs)]
        for program in programs:
            program.write(scratch / "before" / f"{program.number // TOGETHER}")
        shutil.copytree(scratch / "before", scratch / "after")
        names = [f"{program.number // TOGETHER}/{program.name}" for program in programs]
        before = run(scratch / "before", names)
        late = late_imports(scratch / "before")
        for workspace in sorted((scratch / "after").iterdir()):
            command = [options.architrave.resolve(), "check", "--fix", "."]
            fixed = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False)
            if fixed.returncode not in (0, 1):
                raise SystemExit(f"check --fix ended with {fixed.returncode}: {fixed.stderr[-2000:]}")
        after = run(scratch / "after", names)
        moved = late - late_imports(scratch / "after")
    ran = [key for key, (ok, _) in before.items() if ok]
    broken = [key for key in ran if after[key] != before[key]]
    for key in broken[:20]:
        print(f"--- {key}\nbefore:\n{before[key][1]}after:\n{after[key][1]}")
    programs_broken = {key.rsplit("/", 1)[0] for key in broken}
    print(f"{len(names)} programs, {len(ran)} of {len(before)} scenarios ran; {moved} of {late} late imports moved; "
          f"{len(programs_broken)} programs broken")
    is_wrong = bool(broken) or moved < options.least * late
    print(f"test result: {'FAILED' if is_wrong else 'ok'}. {len(names) - len(programs_broken)} passed; {len(programs_broken)} failed (random graphs)")
    if broken:
        print("broken:", " ".join(sorted(programs_broken)))
    sys.exit(is_wrong)


if __name__ == "__main__":
    main()
