"""Whether each check of the harness detects what it is for: a small project is broken in each way."""

import tempfile
import unittest
from pathlib import Path

from actions import Change
from harness_checks import KINDS, Checks, Same, State
from harness_edits import Bench, after_move, both, compared, groups
from harness_project import Project

FILES = {
    "pyproject.toml": "[tool.black]\nline-length = 80\n\n[tool.isort]\nprofile = \"black\"\n",
    "shop/__init__.py": "",
    "shop/prices.py": "def price(count: int) -> int:\n    return count * 3\n",
    "shop/orders.py": "from shop.prices import price\n\n\ndef total(counts: list[int]) -> int:\n    return sum(price(it) for it in counts)\n",
    "test_orders.py": (
        "import unittest\n\nfrom shop import orders\n\n\n"
        "class Orders(unittest.TestCase):\n    def test_total(self) -> None:\n        self.assertEqual(orders.total([1, 2]), 9)\n"
    ),
}


def project(folder: Path) -> Project:
    return Project(
        name="shop",
        source=folder,
        packages=["shop"],
        start=['python -c "from shop.orders import total; total([1])"'],
        tests="python -m unittest test_orders",
    )


class Broken(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name).resolve()
        for name, text in FILES.items():
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_text(text)
        self.checks = Checks(project(self.folder))
        self.before = self.checks.look(self.folder, KINDS)

    def broken_by(self, path: str, old: str, new: str) -> dict[str, list[str]]:
        text = (self.folder / path).read_text()
        self.assertIn(old, text)
        (self.folder / path).write_text(text.replace(old, new))
        return self.checks.broken(self.before, self.checks.look(self.folder, KINDS), KINDS, Same())

    def test_all_holds_before(self) -> None:
        self.assertEqual(self.before.imports["shop.orders"], "")
        self.assertEqual(self.before.start, dict.fromkeys(self.checks.project.start, ""))
        self.assertIn("passed", self.before.tests.values())
        self.assertEqual(list(self.before.format.values()), [True] * 4)
        self.assertEqual(self.checks.broken(self.before, self.before, KINDS, Same()), {})

    def test_a_comment_breaks_nothing(self) -> None:
        self.assertEqual(self.broken_by("shop/prices.py", "    return", "    # in cents\n    return"), {})

    def test_syntax(self) -> None:
        self.assertIn("compile", self.broken_by("shop/prices.py", "count * 3", "count *"))

    def test_what_only_a_compiler_sees(self) -> None:
        self.assertIn("compile", self.broken_by("shop/prices.py", "    return", "    count = 1\n    global count\n    return"))

    def test_an_unused_import_and_an_undefined_name(self) -> None:
        self.assertEqual(len(self.broken_by("shop/prices.py", "def price", "import os\n\n\ndef price")["names"]), 1)
        self.assertEqual(len(self.broken_by("shop/prices.py", "count * 3", "amount * 3")["names"]), 2)

    def test_types(self) -> None:
        self.assertIn("types", self.broken_by("shop/prices.py", "count: int", "count: str"))

    def test_a_name_that_is_gone(self) -> None:
        broken = self.broken_by("shop/prices.py", "def price", "def cost")
        self.assertEqual([line.split(":")[0] for line in broken["imports"]], ["shop.orders"])
        self.assertIn("start", broken)
        self.assertIn("tests", broken)

    def test_another_result(self) -> None:
        broken = self.broken_by("shop/prices.py", "* 3", "* 4")
        self.assertEqual(list(broken), ["tests"])

    def test_a_module_that_is_gone(self) -> None:
        (self.folder / "shop/prices.py").unlink()
        (self.folder / "shop/orders.py").unlink()
        broken = self.checks.broken(self.before, self.checks.look(self.folder, ["imports"]), ["imports"], Same())
        self.assertEqual(len(broken["imports"]), 2)

    def test_format(self) -> None:
        self.assertEqual(self.broken_by("shop/prices.py", "    return", "\n\n    return")["format"], ["shop/prices.py"])

    def test_imports_out_of_order(self) -> None:
        sorted_, other = "import unittest\n\nfrom shop import orders", "from shop import orders\n\nimport unittest"
        self.assertEqual(self.broken_by("test_orders.py", sorted_, other), {"format": ["test_orders.py"]})

    def test_a_module_of_another_name_is_the_same(self) -> None:
        change = Change(action="move", place="", command=["refactor", "move", "shop/prices.py", "shop/costs.py"])
        (self.folder / "shop/prices.py").rename(self.folder / "shop/costs.py")
        orders = self.folder / "shop/orders.py"
        orders.write_text(orders.read_text().replace("shop.prices", "shop.costs"))
        checks = Checks(after_move(change, self.checks.project))
        same = compared(change, self.checks.project)
        kinds = [kind for kind in KINDS if kind != "format"]
        self.assertEqual(self.checks.broken(self.before, checks.look(self.folder, kinds), kinds, same), {})
        orders.write_text(orders.read_text().replace("shop.costs", "shop.prices"))
        self.assertIn("imports", self.checks.broken(self.before, checks.look(self.folder, kinds), kinds, same))


class Rows(unittest.TestCase):
    def test_commands_follow_what_moved(self) -> None:
        row = Project(name="shop", roots=["src"], packages=["shop"], start=["python src/shop/main.py", "python -m shop.main"])
        moved = row.renamed("src/shop/main.py", "src/shop/app.py")
        self.assertEqual(moved.start, ["python src/shop/app.py", "python -m shop.app"])
        self.assertEqual(row.renamed("src/shop", "src/store").packages, ["store"])

    def test_fixes_of_one_file_are_not_made_together(self) -> None:
        one, other = Change("", "", edits=[{"path": "a.py"}]), Change("", "", edits=[{"path": "b.py"}])
        commands = [Change("", "", command=["check"]), Change("", "", command=["refactor"])]
        made = groups([one, one, other, *commands], Project(name="shop"), 6)
        self.assertEqual([len(group) for group in made], [2, 1, 1, 1])

    def test_moves_of_one_module_are_not_made_together(self) -> None:
        def move(what: str, target: str) -> Change:
            return Change("move", "", command=["refactor", "move", what, target])

        row = Project(name="shop", roots=["src"])
        a, same = move("src/shop/a.py:f", "shop.b"), move("src/shop/b.py", "src/shop/c.py")
        around, other = move("src/shop", "src/store"), move("src/users/a.py:f", "users.b")
        self.assertEqual(groups([a, same, around, other], row, 6), [[a, other], [same], [around]])

    def test_names_are_compared_after_all_moves(self) -> None:
        row = Project(name="shop")
        moves = [("shop/a.py", "shop/b.py"), ("users/a.py", "users/c.py")]
        same = Same()
        for what, target in moves:
            same = both(same, compared(Change("move", "", command=["refactor", "move", what, target]), row))
        self.assertEqual([same.module(name) for name in ("shop.a", "users.a", "shop.ab")], ["shop.b", "users.c", "shop.ab"])


class Copies(unittest.TestCase):
    def test_a_copy_is_put_back_whole(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            source, scratch = Path(name) / "source", Path(name) / "scratch"
            (source / "shop").mkdir(parents=True)
            scratch.mkdir()
            (source / "shop/a.py").write_text("a = 1\n")
            bench = Bench.__new__(Bench)
            bench.open(project(source), scratch)
            (bench.folder / "shop/a.py").rename(bench.folder / "b.py")
            self.assertIn("rename to b.py", bench.diff())
            bench.put_back()
            self.assertEqual(sorted(it.name for it in bench.folder.rglob("*.py")), ["a.py"])


class States(unittest.TestCase):
    def test_a_file_that_moved_is_held_to_its_old_form(self) -> None:
        checks = Checks.__new__(Checks)
        checks.project = Project(name="shop")
        same = compared(Change("move", "", command=["refactor", "move", "shop/a.py", "shop/b.py"]), checks.project)
        before, left = State(format={"shop/a.py": True}), State(format={"shop/b.py": True})
        self.assertEqual(checks.broken(before, left, KINDS, same), {})
        changed = State(format={"shop/b.py": False})
        self.assertEqual(checks.broken(before, changed, KINDS, same), {"format": ["shop/b.py"]})

    def test_what_was_wrong_before_is_no_news(self) -> None:
        before = State(imports={"a": "KeyError: 1", "b": ""}, tests={"t": "failure"})
        after = State(imports={"a": "KeyError: 2", "b": ""}, tests={"t": "failure"})
        self.assertEqual(Checks.broken(Checks.__new__(Checks), before, after, KINDS, Same()), {})


if __name__ == "__main__":
    unittest.main()
