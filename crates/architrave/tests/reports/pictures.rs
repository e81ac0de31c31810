//! `deps` and `diagram`, from the shell's view.

use serde_json::Value;

use crate::shell::Project;

fn shop() -> Project {
    Project::new(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("shop/__init__.py", ""),
        ("shop/orders/__init__.py", ""),
        ("shop/orders/service.py", "import shop.users.service\nfrom shop.users import models\n"),
        ("shop/users/__init__.py", ""),
        ("shop/users/service.py", "from shop.users import models\n"),
        ("shop/users/models.py", "def f():\n    import shop.orders.names\n"),
        ("shop/orders/names.py", "X = 1\n"),
        ("README.md", "# Shop\n<!-- architrave:diagram component -->\n<!-- /architrave:diagram -->\nend\n"),
        ("broken.md", "<!-- architrave:diagram nothing -->\n<!-- /architrave:diagram -->\n"),
    ])
}

#[test]
fn packages_in_a_cycle_come_with_the_imports_to_change() {
    let run = shop().run(&["deps"]);
    assert_eq!(run.code, 0);
    for words in [
        "no cycles between modules",
        "2 of the 2 parts of shop import each other in cycles (3 imports between them)",
        "  1 import to change, in 1 step\n  1. shop.users stops importing shop.orders (1 import; leaves no cycle)",
        "shop/users/models.py:2 imports shop.orders.names in a function",
    ] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let json: Value = serde_json::from_str(&shop().run(&["deps", "--output-format", "json"]).out).unwrap();
    let cut = &json["levels"][0]["groups"][0]["plan"]["steps"][0]["cuts"][0]["imports"][0];
    assert_eq!(
        (&cut["file"], &cut["line"], &cut["when"]),
        (&"shop/users/models.py".into(), &2.into(), &"call".into())
    );
}

#[test]
fn what_there_is_not_is_said_and_fails() {
    let empty = Project::new(&[("pyproject.toml", "[project]\nname = \"shop\"\n")]);
    for (project, arguments, words) in [
        (shop(), &["deps", "--package", "nope"][..], "no package of several parts is called `nope`"),
        (shop(), &["deps", "--package", "nope", "--format", "json"], "is called `nope`"),
        (empty, &["diagram", "component"], "holds no Python"),
    ] {
        let run = project.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {}", run.err);
        assert!(run.err.contains(words), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn a_module_that_a_string_names_is_imported_by_no_one_and_no_orphan() {
    let lonely = "from shop.domain.order import Order\n\n\ndef run(order: Order) -> None: ...\n";
    let project = Project::new(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("shop/__init__.py", ""),
        ("shop/domain/__init__.py", ""),
        ("shop/domain/order.py", "class Order: ...\n"),
        ("shop/domain/alone.py", lonely),
        ("shop/domain/task.py", lonely),
        ("shop/domain/factory.py", lonely),
        ("shop/domain/schedule.py", lonely),
        ("shop/domain/0001_first.py", lonely),
        ("shop/settings.py", "TASKS = (\"shop.domain.task\",)\nPATH = \"shop.domain.schedule:run\"\n"),
        (
            "shop/setup.py",
            "def setup(config):\n    config.register(\"shop.domain.factory.run\", name=\"x\")\n",
        ),
        ("tests/test_alone.py", "NAME = \"shop.domain.alone\"\n"),
    ]);
    let run = project.run(&["deps"]);
    assert!(run.out.contains("nothing imports: shop.domain.alone\n"), "{}", run.out);
}

#[test]
fn a_path_is_shortest_and_unknown_names_are_refused() {
    let run = shop().run(&["deps", "--from", "shop.orders.service", "--to", "shop/orders/names.py"]);
    assert_eq!(run.code, 0);
    let ways: Vec<&str> = run.out.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        ways,
        [
            "shop.orders.service -> shop.users.models  shop/orders/service.py:2 at the top level",
            "shop.users.models -> shop.orders.names  shop/users/models.py:2 in a function"
        ]
    );
    let run = shop().run(&["deps", "--from", "shop.service", "--to", "shop.users"]);
    assert_eq!(run.code, 2);
    let none = shop().run(&["deps", "--from", "shop.orders.names", "--to", "shop.users"]);
    assert_eq!((none.code, none.out.as_str()), (1, "no way leads from shop.orders.names to shop.users\n"));
}

#[test]
fn the_matrix_marks_what_closes_a_cycle() {
    let run = shop().run(&["deps", "--matrix"]);
    assert_eq!(
        run.out.lines().skip(2).map(str::trim).collect::<Vec<_>>(),
        ["1 shop.users     .   1!", "2 shop.orders    2    ."],
        "{}",
        run.out
    );
    assert_eq!(shop().run(&["deps", "--matrix", "--package", "nothing"]).code, 2);
}

#[test]
fn pictures_in_documents_are_checked_and_refreshed() {
    let project = shop();
    let run = project.run(&["diagram", "--check", "README.md"]);
    assert_eq!((run.code, run.out.as_str()), (1, "README.md:2: stale\n"));
    assert_eq!(project.run(&["diagram", "--update", "README.md"]).out, "README.md: written\n");
    let text = project.read("README.md").unwrap();
    assert!(
        text.contains("```mermaid\nflowchart TB\n") && text.ends_with("<!-- /architrave:diagram -->\nend\n"),
        "{text}"
    );
    let run = project.run(&["diagram", "--check", "README.md"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert_eq!(project.run(&["diagram", "--check", "broken.md"]).code, 2);
    assert_eq!(project.run(&["diagram", "--check", "missing.md"]).code, 2);
    assert_eq!(project.run(&["diagram", "--check", "shop/orders/names.py"]).code, 2);
}
