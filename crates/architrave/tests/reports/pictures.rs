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
fn messages_lead_from_who_makes_them_to_who_handles_them() {
    let project = Project::new(&[
        ("shop/events.py", "class Event:\n    pass\n\n\nclass Placed(Event):\n    pass\n"),
        (
            "shop/mail.py",
            "from shop.events import Placed\n\n\ndef mail(event: Placed) -> None:\n    print(event)\n\n\n\
             EVENT_HANDLERS = {Placed: [mail]}\n",
        ),
        (
            "shop/place.py",
            "from shop.events import Placed\n\n\ndef place() -> Placed:\n    return Placed()\n",
        ),
    ]);
    let run = project.run(&["deps"]);
    assert!(
        run.out.contains("  event shop.events.Placed: shop.place.place -> shop.mail.mail\n"),
        "{}",
        run.out
    );
    let run = project.run(&["deps", "--output-format", "markdown"]);
    assert!(
        run.out.contains("| event `shop.events.Placed` | `shop.place.place` | `shop.mail.mail` |"),
        "{}",
        run.out
    );
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
    let empty = || Project::new(&[("pyproject.toml", "[project]\nname = \"shop\"\n")]);
    for (project, arguments, words) in [
        (shop(), &["deps", "--package", "nope"][..], "no package of several parts is called `nope`"),
        (shop(), &["deps", "--package", "nope", "--format", "json"], "is called `nope`"),
        (empty(), &["diagram", "component"], "holds no Python"),
        (empty(), &["deps"], "holds no Python"),
        (empty(), &["deps", "--format", "json"], "holds no Python"),
        (empty(), &["deps", "--format", "html"], "holds no Python"),
        (shop(), &["diagram", "er"], "no tables"),
        (shop(), &["diagram", "sequence", "GET /"], "no routes are found here"),
        (unknown_calls(), &["diagram", "data-flow", "/nothing"], "no route is `/nothing`; near it: "),
    ] {
        let run = project.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {}", run.err);
        assert!(run.err.contains(words), "{arguments:?}: {}", run.err);
    }
}

/// A handler that calls much of what nobody knows, a `NewType`, and one query.
fn unknown_calls() -> Project {
    let calls: Vec<String> = (0..12).map(|at| format!("    thing.work_{at}()\n")).collect();
    let calls = calls.concat();
    let routes = format!(
        "import typing\nfrom fastapi import APIRouter\nfrom sqlalchemy.orm import Session\n\nfrom shop import names\nfrom shop.names import OrderId\n\n\
         Local = typing.NewType(\"Local\", int)\nrouter = APIRouter()\n\n\n\
         def inner(session: Session, thing) -> None:\n{calls}    session.execute(\"select 1\")\n\n\n\
         @router.get(\"/orders\")\n@router.post(\"/orders\")\ndef orders(session: Session, thing) -> int:\n    \
         OrderId(3)\n    names.OrderId(4)\n    Local(5)\n    thing.first()\n    inner(session, thing)\n    return 1\n"
    );
    Project::new(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("shop/__init__.py", ""),
        ("shop/names.py", "from typing import NewType\n\nOrderId = NewType(\"OrderId\", int)\n"),
        ("shop/routes.py", &routes),
    ])
}

#[test]
fn calls_that_nobody_can_resolve_are_dashed_and_named_however_few_messages_are_drawn() {
    let project = unknown_calls();
    for limit in ["0", "30", "6", "1"] {
        let run = project.run(&["diagram", "sequence", "GET /orders", "--limit", limit]);
        assert_eq!(run.code, 0, "{}", run.err);
        let named = |name: &str| run.out.contains(name);
        assert!(
            named("thing.first") && (0..12).all(|at| named(&format!("thing.work_{at}"))),
            "{limit}: {}",
            run.out
        );
        assert!(!run.out.contains("OrderId") && !run.out.contains("Local"), "{limit}: {}", run.out);
        let dashed = run.out.lines().filter(|line| line.contains("-->>p") && line.contains("thing."));
        let drawn = dashed.count();
        assert!(if matches!(limit, "0" | "30") { drawn == 13 } else { drawn < 5 }, "{limit}: {}", run.out);
    }
}

#[test]
fn a_part_is_drawn_where_there_are_several() {
    let project = unknown_calls();
    let whole = project.run(&["diagram", "sequence", "/orders", "--part", "1"]);
    assert_eq!(whole.code, 2, "two routes: {}", whole.out);
    assert!(whole.err.contains("may be any of 2 routes"), "{}", whole.err);
    let whole = project.run(&["diagram", "sequence", "POST /orders", "--part", "2"]);
    assert_eq!((whole.code, whole.out.as_str()), (2, ""));
    assert!(whole.err.contains("it has 1 part"), "{}", whole.err);
    let models: Vec<String> = (0..40)
        .map(|at| {
            let columns: Vec<String> =
                (0..130).map(|column| format!("    column_{column}_of_it: str = \"\"\n")).collect();
            let columns = columns.concat();
            format!(
                "class Thing{at}(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n{columns}\n\n"
            )
        })
        .collect();
    let models = models.concat();
    project.write("shop/models.py", &format!("from sqlmodel import Field, SQLModel\n\n\n{models}"));
    let first = project.run(&["diagram", "er"]);
    assert_eq!(first.code, 0);
    assert!(first.err.contains("architrave: part 1 of 3"), "{} {}", first.err, first.out);
    assert!(first.out.len() < 50_000 && first.out.contains("Part 1 of 3"), "{}", first.out.len());
    let third = project.run(&["diagram", "er", "--part", "3"]);
    assert!(third.out.contains("Part 3 of 3") && third.err.is_empty(), "{}", third.err);
    project.write("a.md", "<!-- architrave:diagram er -->\n<!-- /architrave:diagram -->\n");
    assert_eq!(project.run(&["diagram", "--update", "a.md"]).code, 0);
    let text = project.read("a.md").unwrap();
    assert_eq!(text.matches("```mermaid\n---\n").count(), 3);
    for at in 0..30 {
        assert_eq!(text.matches(&format!("(thing{at})\"] {{")).count(), 1, "{at}");
    }
}

#[test]
fn a_route_with_several_methods_is_found_by_its_title() {
    let project = Project::new(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("shop/__init__.py", ""),
        (
            "shop/app.py",
            "from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route(\"/x\", methods=[\"POST\", \"GET\"])\ndef x():\n    return \"\"\n",
        ),
    ]);
    for title in ["GET,POST /x", "POST,GET /x", "GET /x", "/x", "x"] {
        let run = project.run(&["diagram", "sequence", title]);
        assert_eq!(run.code, 0, "{title}: {}", run.err);
        assert!(run.out.contains("title GET,POST /x: 0 queries"), "{}", run.out);
    }
    assert_eq!(project.run(&["diagram", "sequence", "GET,PUT /x"]).code, 2);
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
    // A checkout in a folder with another name draws the same, whether a file names the project or its package does.
    for named in [true, false] {
        let other = shop();
        if !named {
            other.remove("pyproject.toml");
        }
        other.write("README.md", &text);
        let run = other.run(&["diagram", "--check", "README.md"]);
        assert_eq!((run.code, run.out.as_str()), (0, ""));
    }
    assert_eq!(project.run(&["diagram", "--check", "broken.md"]).code, 2);
    assert_eq!(project.run(&["diagram", "--check", "missing.md"]).code, 2);
    assert_eq!(project.run(&["diagram", "--check", "shop/orders/names.py"]).code, 2);
}
