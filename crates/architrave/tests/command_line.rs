//! The command line as a shell sees it: what is printed, and the exit code.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        write(&folder, path, text.as_bytes());
    }
    folder
}

fn write(folder: &TempDir, path: &str, bytes: &[u8]) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().expect("the path has a folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}

fn architrave(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_architrave"))
        .env("ARCHITRAVE_NO_CACHE", "1")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!(
            "{error}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

const HIDDEN: &[(&str, &str)] = &[
    ("pyproject.toml", "[project]\nname = \"shop\"\n"),
    ("shop/__init__.py", ""),
    ("shop/pricing.py", "def price(order):\n    return order.total\n"),
    ("shop/orders.py", "def total(order):\n    from shop.pricing import price\n\n    return price(order)\n"),
];

#[test]
fn findings_end_with_one_and_none_with_zero() {
    let found = folder(HIDDEN);
    let output = architrave(found.path(), &["check", "--output-format", "concise"]);
    assert_eq!(code(&output), 1);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.starts_with("shop/orders.py:2:10 warning[hidden-import] "), "{text}");

    let clean = folder(&HIDDEN[..3]);
    assert_eq!(code(&architrave(clean.path(), &["check"])), 0);
}

#[test]
fn json_has_the_promised_shape() {
    let folder = folder(HIDDEN);
    let report = json(&architrave(folder.path(), &["check", "--output-format", "json", "."]));
    assert_eq!(report["schema"], 1);
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "hidden-import");
    assert_eq!(finding["path"], "shop/orders.py");
    assert_eq!((&finding["line"], &finding["column"]), (&Value::from(2), &Value::from(10)));
    assert_eq!(finding["end_line"], 2);
    assert_eq!(finding["fingerprint"].as_str().map(str::len), Some(16));
    assert_eq!(finding["fixes"][0]["applicability"], "safe");
    let edit = &finding["fixes"][0]["edits"][0];
    for key in ["path", "line", "column", "end_line", "end_column", "text"] {
        assert!(!edit[key].is_null(), "{key} is missing in {edit}");
    }
    for key in ["files", "without_layer", "unresolved_imports"] {
        assert!(report["coverage"][key].is_u64(), "{key}");
    }
}

#[test]
fn layers_have_the_promised_shape() {
    let folder = folder(&[
        ("app/__init__.py", ""),
        ("app/routers/__init__.py", ""),
        ("app/routers/orders.py", "from fastapi import APIRouter\n\nrouter = APIRouter()\n"),
    ]);
    let report = json(&architrave(folder.path(), &["layers", "--output-format", "json"]));
    let row = &report["app/routers/orders.py"];
    assert_eq!(row["layer"], "presentation");
    assert!(row["confidence"].as_u64().is_some_and(|confidence| confidence > 50 && confidence <= 100));
    assert!(row["evidence"].as_array().is_some_and(|evidence| !evidence.is_empty()));
}

#[test]
fn a_path_limits_the_report_and_not_the_index() {
    let folder = folder(HIDDEN);
    let whole = json(&architrave(folder.path(), &["check", "--output-format", "json"]));
    let one = json(&architrave(folder.path(), &["check", "--output-format", "json", "shop/orders.py"]));
    assert_eq!(whole["findings"], one["findings"]);
    assert_eq!(whole["coverage"], one["coverage"]);
    let other = architrave(folder.path(), &["check", "shop/pricing.py"]);
    assert_eq!(code(&other), 0);
}

#[test]
fn fix_mends_the_file() {
    let folder = folder(HIDDEN);
    let output = architrave(folder.path(), &["check", "--fix"]);
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stdout));
    let text = fs::read_to_string(folder.path().join("shop/orders.py")).expect("the file is there");
    assert_eq!(text, "from shop.pricing import price\n\n\ndef total(order):\n    return price(order)\n");
}

#[test]
fn what_can_not_be_done_ends_with_two() {
    let folder = folder(HIDDEN);
    for (arguments, words) in [
        (&["check", "nowhere"][..], "nowhere"),
        (&["explain", "hiden-import"], "hidden-import"),
        (&["layers", "nowhere"], "nowhere"),
    ] {
        let output = architrave(folder.path(), arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(words), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_broken_configuration_is_no_success() {
    for (name, text, words) in [
        ("architrave.toml", "[rules]\nhiden-import = \"off\"\n", "hidden-import"),
        ("architrave.toml", "stile = \"clean\"\n", "style"),
        ("architrave.toml", "[rules\n", "architrave.toml:1"),
    ] {
        let folder = folder(HIDDEN);
        write(&folder, name, text.as_bytes());
        let output = architrave(folder.path(), &["check"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(code(&output), 2, "{text}: {said}");
        assert!(said.contains(words), "{text}: {said}");
    }
}

#[test]
fn a_contract_about_nothing_is_told() {
    let folder = folder(&HIDDEN[..3]);
    let contract = "[[contracts]]\nname = \"onion\"\ntype = \"forbidden\"\n\
                    source-modules = [\"shop.domian\"]\nforbidden-modules = [\"shop.pricing\"]\n";
    write(&folder, "architrave.toml", contract.as_bytes());
    let output = architrave(folder.path(), &["check"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("shop.domian") && said.contains("architrave.toml:"), "{said}");
}

#[test]
fn bad_input_is_survived_and_told() {
    let folder = folder(HIDDEN);
    let deep = format!("x = {}1{}\n", "(".repeat(10_000), ")".repeat(10_000));
    let long = format!("x = \"{}\"\n", "a".repeat(1_000_000));
    let blocks = (0..3_000).map(|depth| " ".repeat(depth) + "if x:\n").collect::<String>();
    let huge = "x = 1\n".repeat(800_000);
    for (path, bytes) in [
        ("shop/empty.py", &b""[..]),
        ("shop/binary.py", &[0, 159, 146, 150, 0, 1, 2]),
        ("shop/latin.py", b"name = '\xe9\xe8'\n"),
        ("shop/declared.py", b"# -*- coding: latin-1 -*-\nname = '\xe9'\n"),
        ("shop/bom.py", b"\xef\xbb\xbfimport shop.pricing\n"),
        ("shop/broken.py", b"def f(:\n  from shop.pricing import\nclass (\n"),
        ("shop/deep.py", deep.as_bytes()),
        ("shop/long.py", long.as_bytes()),
        ("shop/blocks.py", blocks.as_bytes()),
        ("shop/huge.py", huge.as_bytes()),
        ("shop/folder.py/inside.py", b"import shop\n"),
    ] {
        write(&folder, path, bytes);
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("shop/loop")).expect("a link can be made");
    let output = architrave(folder.path(), &["check", "--output-format", "json"]);
    assert_eq!(code(&output), 1, "{}", String::from_utf8_lossy(&output.stderr));
    let report = json(&output);
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1), "{:#}", report["findings"]);
    let told = report["coverage"]["unreadable"].to_string();
    for name in ["binary.py", "latin.py", "huge.py"] {
        assert!(told.contains(name), "{name} is not told of in {told}");
    }
    assert!(!told.contains("declared.py") && !told.contains("bom.py"), "{told}");
}

#[test]
fn explain_prints_the_page_without_its_specification() {
    let folder = folder(&[]);
    let output = architrave(folder.path(), &["explain", "hidden-import"]);
    assert_eq!(code(&output), 0);
    let page = String::from_utf8_lossy(&output.stdout);
    assert!(
        page.contains("What it reports") && page.contains("Limits") && !page.contains("Edge cases"),
        "{page}"
    );
}

#[test]
fn routes_have_the_promised_shape() {
    let folder = folder(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("shop/__init__.py", ""),
        (
            "shop/api.py",
            "from fastapi import APIRouter, Depends, FastAPI\nfrom sqlalchemy import select\n\
             from sqlalchemy.orm import Session\n\nfrom shop.models import Order\nfrom shop.schemas import OrderOut\n\n\n\
             def current_user(session: Session = Depends(Session)): ...\n\n\nrouter = APIRouter(prefix=\"/orders\")\n\n\n\
             @router.get(\"\", response_model=list[OrderOut], dependencies=[Depends(current_user)])\n\
             def list_orders(session: Session):\n    \
             orders = session.scalars(select(Order)).all()\n    \
             return [session.get(Order, order.id) for order in orders]\n\n\n\
             app = FastAPI()\napp.include_router(router, prefix=\"/v1\")\n",
        ),
        (
            "shop/models.py",
            "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\n\nclass Base(DeclarativeBase): ...\n\n\n\
             class Order(Base):\n    __tablename__ = \"orders\"\n    id: Mapped[int] = mapped_column(primary_key=True)\n",
        ),
        ("shop/schemas.py", "from pydantic import BaseModel\n\n\nclass OrderOut(BaseModel):\n    id: int\n"),
    ]);
    let report = json(&architrave(folder.path(), &["routes", "--output-format", "json"]));
    assert_eq!(report["schema"], 1);
    let expected = serde_json::json!([{
        "method": "GET",
        "path": "/v1/orders",
        "handler": "shop.api:list_orders",
        "framework": "fastapi",
        "file": "shop/api.py",
        "line": 16,
        "response_model": "list[OrderOut]",
        "authentication": "current_user",
        "cost": {
            "text": "1 + N(orders)",
            "terms": [{ "count": 1, "factors": [] }, { "count": 1, "factors": ["orders"] }],
            "open": false,
        },
    }]);
    assert_eq!(report["routes"], expected);
    let text = architrave(folder.path(), &["routes"]);
    let text = String::from_utf8_lossy(&text.stdout);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("method  path"), "{text}");
    assert!(lines[1].starts_with("GET     /v1/orders  shop.api:list_orders"), "{text}");
    assert!(lines[1].ends_with("current_user    1 + N(orders)"), "{text}");
    let other = architrave(folder.path(), &["routes", "shop/models.py"]);
    assert_eq!(String::from_utf8_lossy(&other.stdout), "no routes\n");
}

#[test]
fn the_routes_in_the_readme_are_those_of_the_sample() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).expect("there is a README");
    let (_, rest) = readme.split_once("$ architrave routes ").expect("the README shows routes");
    let (folder, rest) = rest.split_once('\n').expect("the folder ends the line");
    let (sample, _) = rest.split_once('…').expect("the sample is cut");
    let output = architrave(&root, &["routes", folder]);
    let text = String::from_utf8_lossy(&output.stdout);
    let missing: Vec<&str> =
        sample.lines().filter(|line| !text.lines().any(|shown| shown.trim_end() == *line)).collect();
    assert!(missing.is_empty(), "{missing:#?} is not in\n{text}");
}

const MOVES: &[(&str, &str)] = &[
    ("pyproject.toml", "[project]\nname = \"shop\"\n"),
    ("shop/__init__.py", ""),
    ("shop/orders.py", "class Order: ...\n"),
    ("shop/api.py", "from shop.orders import Order\n"),
];

fn read(folder: &TempDir, path: &str) -> Option<String> {
    fs::read_to_string(folder.path().join(path)).ok()
}

#[test]
fn definitions_are_moved() {
    let folder = folder(MOVES);
    let arguments = ["refactor", "move", "shop/orders.py:Order", "shop.domain.order"];
    let shown = architrave(folder.path(), &[&arguments[..], &["--dry-run"]].concat());
    assert_eq!(code(&shown), 0);
    let diff = String::from_utf8_lossy(&shown.stdout);
    assert!(diff.contains("+from shop.domain.order import Order"), "{diff}");
    assert_eq!(read(&folder, "shop/domain/order.py"), None, "nothing is written");

    assert_eq!(code(&architrave(folder.path(), &arguments)), 0);
    assert_eq!(read(&folder, "shop/domain/order.py").as_deref(), Some("class Order: ...\n"));
    assert_eq!(read(&folder, "shop/domain/__init__.py").as_deref(), Some(""));
    assert_eq!(read(&folder, "shop/api.py").as_deref(), Some("from shop.domain.order import Order\n"));

    let refused = architrave(folder.path(), &arguments);
    assert_eq!(code(&refused), 2);
    let words = String::from_utf8_lossy(&refused.stderr);
    assert!(words.contains("shop.orders defines no `Order` at its head"), "{words}");
}

#[test]
fn files_and_folders_are_moved() {
    let folder = folder(MOVES);
    let arguments = ["refactor", "move", "shop/orders.py", "shop/domain/sales.py"];
    let shown = architrave(folder.path(), &[&arguments[..], &["--dry-run"]].concat());
    let diff = String::from_utf8_lossy(&shown.stdout);
    assert!(diff.contains("rename to shop/domain/sales.py"), "{diff}");
    assert!(read(&folder, "shop/orders.py").is_some(), "nothing is renamed");

    assert_eq!(code(&architrave(folder.path(), &arguments)), 0);
    assert_eq!(read(&folder, "shop/orders.py"), None);
    assert_eq!(read(&folder, "shop/domain/sales.py").as_deref(), Some("class Order: ...\n"));
    assert_eq!(read(&folder, "shop/domain/__init__.py").as_deref(), Some(""));
    assert_eq!(read(&folder, "shop/api.py").as_deref(), Some("from shop.domain.sales import Order\n"));

    assert_eq!(code(&architrave(folder.path(), &["refactor", "move", "shop/domain", "shop/core"])), 0);
    assert_eq!(read(&folder, "shop/api.py").as_deref(), Some("from shop.core.sales import Order\n"));
    for (what, target) in
        [("shop/core", "shop/api.py"), ("shop/core", "shop/core/x"), ("shop/none.py", "shop/x.py")]
    {
        assert_eq!(
            code(&architrave(folder.path(), &["refactor", "move", what, target])),
            2,
            "{what} {target}"
        );
    }
}

const PORTS: &[(&str, &str)] = &[
    ("pyproject.toml", "[project]\nname = \"shop\"\n"),
    ("shop/__init__.py", ""),
    ("shop/domain/__init__.py", ""),
    ("shop/domain/order.py", "class Order: ...\n"),
    ("shop/adapters/__init__.py", ""),
    (
        "shop/adapters/orders.py",
        "from shop.domain.order import Order\n\n\nclass SqlOrders:\n    def get(self, number: str) -> Order:\n        return Order()\n",
    ),
    ("shop/application/__init__.py", ""),
    (
        "shop/application/ship.py",
        "from shop.adapters.orders import SqlOrders\n\n\ndef ship(orders: SqlOrders) -> None:\n    orders.get(\"1\")\n",
    ),
];

#[test]
fn refactorings_write_files_or_show_a_diff() {
    let found = folder(PORTS);
    let arguments = ["refactor", "extract-protocol", "shop/adapters/orders.py:SqlOrders"];
    let shown = architrave(found.path(), &[&arguments[..], &["--dry-run"]].concat());
    assert_eq!(code(&shown), 0, "{}", String::from_utf8_lossy(&shown.stderr));
    let text = String::from_utf8_lossy(&shown.stdout);
    assert!(text.contains("+++ b/shop/domain/ports.py"), "{text}");
    assert!(
        text.contains("-def ship(orders: SqlOrders) -> None:\n+def ship(orders: Orders) -> None:\n"),
        "{text}"
    );
    assert!(!found.path().join("shop/domain/ports.py").exists());

    let done = architrave(found.path(), &[&arguments[..], &["--runtime-checkable"]].concat());
    assert_eq!(code(&done), 0);
    assert_eq!(String::from_utf8_lossy(&done.stdout), "shop/domain/ports.py\nshop/application/ship.py\n");
    let ports = fs::read_to_string(found.path().join("shop/domain/ports.py")).expect("it was written");
    assert!(ports.contains("@runtime_checkable\nclass Orders(Protocol):\n"), "{ports}");

    for (what, place, reason) in [
        (
            "extract-protocol",
            "shop/domain/order.py:Order",
            "no parameter and no field of the project is annotated",
        ),
        ("extract-protocol", "shop/domain/order.py:Nobody", "there is no class Nobody"),
        ("depend-on-port", "shop/domain/order.py:Order", "Order implements no port"),
        ("implement-members", "shop/domain/order.py:Order", "lacks no member of a port"),
    ] {
        let refused = architrave(found.path(), &["refactor", what, place]);
        assert_eq!(code(&refused), 2);
        let message = String::from_utf8_lossy(&refused.stderr);
        assert!(message.contains("this can't be done with") && message.contains(reason), "{refused:?}");
    }
}
