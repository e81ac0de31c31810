//! Which findings `check` shows, which fail it, and which rules run.

use crate::shell::Project;

/// Two hidden imports: one is a warning, the other has level `level`.
fn shop(level: &str, head: &str) -> Project {
    let project = Project::shop();
    project.write(
        "architrave.toml",
        &format!("{head}\n[[overrides]]\npaths = [\"shop/taxes.py\"]\nrules.hidden-import = \"{level}\"\n"),
    );
    project
}

fn concise(project: &Project, arguments: &[&str]) -> (i32, usize) {
    let run = project.run(&[&["check", "--output-format", "concise"], arguments].concat());
    (run.code, run.out.lines().count())
}

#[test]
fn people_see_warnings_and_programs_everything() {
    let project = shop("hint", "");
    assert_eq!(concise(&project, &[]), (1, 1));
    assert_eq!(concise(&project, &["--level", "info"]), (1, 1));
    assert_eq!(concise(&project, &["--level", "hint"]), (1, 2));
    assert_eq!(concise(&project, &["--level", "error"]), (1, 0), "what isn't shown fails all the same");
    let full = project.run(&["check"]).out;
    assert!(full.contains("\n1 finding, 1 hint not shown (--level hint); 4 of 4 files checked"), "{full}");
    let full = project.run(&["check", "--level", "hint"]).out;
    assert!(full.contains("\n2 findings; 4 of 4 files checked"), "{full}");
    for (format, pointer) in [("json", "/findings"), ("sarif", "/runs/0/results")] {
        let report = project.run(&["check", "--output-format", format]).json();
        assert_eq!(
            report.pointer(pointer).and_then(|list| list.as_array()).map(Vec::len),
            Some(2),
            "{format}"
        );
    }
    for format in ["github", "gitlab", "junit"] {
        let out = project.run(&["check", "--output-format", format]).out;
        assert!(out.contains("shop/orders.py") && !out.contains("shop/taxes.py"), "{format}: {out}");
    }
}

#[test]
fn the_check_fails_from_a_level_on() {
    let project = shop("info", "[[overrides]]\npaths = [\"shop/orders.py\"]\nrules.hidden-import = \"hint\"");
    assert_eq!(concise(&project, &[]), (0, 0));
    assert_eq!(concise(&project, &["--fail-on", "info"]), (1, 1), "what fails is shown");
    assert_eq!(concise(&project, &["--fail-on", "hint"]), (1, 2));
    assert_eq!(concise(&project, &["--level", "hint", "--fail-on", "error"]), (0, 2));

    assert_eq!(concise(&shop("info", "fail-on = \"error\""), &[]), (0, 1));
    assert_eq!(concise(&shop("info", "fail-on = \"info\""), &[]), (1, 2));
    assert_eq!(concise(&shop("info", "fail-on = \"off\""), &[]), (0, 1));
    assert_eq!(concise(&shop("info", "fail-on = \"off\""), &["--fail-on", "warning"]), (1, 1));
    let run = shop("info", "fail-on = \"loud\"").run(&["check"]);
    assert!(run.code == 2 && run.err.contains("unknown level \"loud\""), "{}", run.err);
}

#[test]
fn a_baseline_holds_what_would_fail() {
    let project = shop("info", "");
    let written = project.run(&["baseline"]);
    assert_eq!(written.out, ".architrave-baseline.json: 1 accepted (1 added, 0 taken out)\n");
    let run = project.run(&["check", "--level", "info", "--output-format", "concise"]);
    assert_eq!((run.code, run.out.lines().count()), (0, 1));
    assert_eq!(run.err, "baseline: 1 accepted, 0 fixed since, 0 new\n");
}

#[test]
fn rules_and_groups_are_selected() {
    let project = shop("warning", "");
    project.write(
        "shop/cart.py",
        "import importlib\n\n\ndef f():\n    return importlib.import_module(\"shop.prices\")\n",
    );
    assert_eq!(concise(&project, &[]), (1, 3));
    assert_eq!(concise(&project, &["--select", "dynamic-import"]), (1, 1));
    assert_eq!(concise(&project, &["--select", "imports"]), (1, 3));
    assert_eq!(concise(&project, &["--select", "imports", "--ignore", "hidden-import"]), (1, 1));
    assert_eq!(concise(&project, &["--select", "queries,dynamic-import"]), (1, 1));
    assert_eq!(concise(&project, &["--ignore", "imports"]), (0, 0));
    let run = project.run(&["check", "--select", "hiden-import"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("no rule or group is called `hiden-import`; did you mean `hidden-import`?"),
        "{}",
        run.err
    );
}

#[test]
fn a_rule_that_is_off_runs_when_it_is_selected() {
    let project = Project::shop();
    project.write("shop/pay.py", "import os\n\n\ndef key():\n    return os.environ[\"PAY_KEY\"]\n");
    project.write("shop/config.py", "import os\n\nDATABASE = os.environ[\"DATABASE\"]\n");
    assert!(!project.run(&["check"]).out.contains("environment-outside-config"));
    let run = project.run(&["check", "--select", "environment-outside-config"]);
    assert!(run.code == 1 && run.out.contains("shop/pay.py:5"), "{}", run.out);
}

#[test]
fn a_baseline_keeps_what_a_selection_leaves_out() {
    let project = shop("warning", "");
    project.run(&["baseline"]);
    let before = project.read(".architrave-baseline.json");
    for arguments in [&["--select", "dynamic-import"][..], &["--ignore", "imports"], &["--style", "clean"]] {
        let run = project.run(&[&["check"], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.out);
        assert_eq!(project.read(".architrave-baseline.json"), before);
    }
}

#[test]
fn another_style_is_tried() {
    let files = [
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("shop/__init__.py", ""),
        ("shop/services/__init__.py", ""),
        (
            "shop/services/orders.py",
            "from shop.repositories.orders import OrderRepository\n\n\nclass OrderService:\n    def __init__(self, orders: OrderRepository) -> None:\n        self.orders = orders\n\n    def all(self) -> list[str]:\n        return self.orders.all()\n",
        ),
        ("shop/repositories/__init__.py", ""),
        (
            "shop/repositories/orders.py",
            "import sqlite3\n\n\nclass OrderRepository:\n    def __init__(self, connection: sqlite3.Connection) -> None:\n        self.connection = connection\n\n    def all(self) -> list[str]:\n        return [row[0] for row in self.connection.execute(\"SELECT name FROM orders LIMIT 9\")]\n",
        ),
    ];
    let project = Project::new(&files);
    assert_eq!(concise(&project, &[]), (0, 0));
    let run = project.run(&["check", "--style", "clean", "--output-format", "concise"]);
    assert!(run.code == 1 && run.out.contains("layer-violation"), "{}", run.out);
    assert_eq!(concise(&project, &["--style", "layered"]), (0, 0));
    project.write("architrave.toml", "style = \"clean\"\n");
    assert_eq!(concise(&project, &["--style", "layered"]), (0, 0), "the command line wins");
    let run = project.run(&["check", "--style", "onion"]);
    assert!(run.code == 2 && run.err.contains("known are layered, clean, hexagonal, modules"), "{}", run.err);
}
