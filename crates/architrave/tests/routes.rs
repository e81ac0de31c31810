//! Routes from the shell's view: their costs with reasons, and pictures of them.

use std::collections::BTreeMap;
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

/// The sample with services, repositories and queries in loops.
fn sample() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/projects/orders-sqlalchemy")
}

/// The terms of all queries of an explanation, with their counts; and whether one is conditional.
fn leaves(branch: &serde_json::Value, terms: &mut BTreeMap<String, u64>, is_conditional: &mut bool) {
    for list in ["queries", "rendering"] {
        for leaf in branch[list].as_array().into_iter().flatten() {
            let cost = leaf["cost"].as_str().expect("a cost");
            let (count, term) = match (cost.parse(), cost.split_once('·')) {
                (Ok(count), _) => (count, "1".to_owned()),
                (_, Some((count, term))) if count.parse::<u64>().is_ok() => {
                    (count.parse().expect("a number"), term.to_owned())
                }
                _ => (1, cost.to_owned()),
            };
            *terms.entry(term).or_default() += count;
            *is_conditional |= leaf["is_conditional"] == true;
        }
    }
    for list in ["roots", "calls"] {
        let inner = branch[list].as_array().into_iter().flatten();
        for inner in inner {
            leaves(inner, terms, is_conditional);
        }
    }
}

#[test]
fn the_queries_behind_a_figure_sum_up_to_it() {
    let report = json(&architrave(&sample(), &["routes", "--output-format", "json"]));
    let routes = report["routes"].as_array().expect("routes");
    let mut compared = 0;
    for route in routes.iter().filter(|route| route["cost"]["open"] == false) {
        let text = |name: &str| route[name].as_str().unwrap_or_default().to_owned();
        let name = format!("{} {}", text("method"), text("path"));
        let arguments = ["routes", "--explain", &name, "--output-format", "json"];
        let (mut terms, mut is_conditional) = (BTreeMap::new(), false);
        leaves(&json(&architrave(&sample(), &arguments)), &mut terms, &mut is_conditional);
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        for term in route["cost"]["terms"].as_array().expect("terms") {
            let factors = term["factors"].as_array().expect("factors").iter();
            let factors: Vec<String> =
                factors.map(|it| format!("N({})", it.as_str().unwrap_or_default())).collect();
            let key = if factors.is_empty() { "1".to_owned() } else { factors.join("·") };
            expected.insert(key, term["count"].as_u64().expect("a count"));
        }
        // Of exclusive branches the cost counts the most expensive; here are the queries of all.
        if is_conditional {
            for (term, count) in expected {
                assert!(terms.get(&term).is_some_and(|sum| *sum >= count), "{name}: {term} in {terms:?}");
            }
        } else {
            assert_eq!(terms, expected, "{name}");
            compared += 1;
        }
    }
    assert!(compared > 8, "{compared}");
}

#[test]
fn routes_are_sorted_by_cost_and_limited_to_those_that_grow() {
    let text = architrave(&sample(), &["routes", "--sort", "cost", "--only", "costly"]);
    let text = String::from_utf8_lossy(&text.stdout);
    let costs: Vec<&str> = text.lines().skip(1).filter_map(|line| line.rsplit("  ").next()).collect();
    assert_eq!(costs.first().map(|cost| cost.trim()), Some("1 + N(orders) + N(orders)·N(items)"), "{text}");
    assert!(costs.iter().all(|cost| cost.contains("N(")), "{text}");
}

#[test]
fn a_route_is_drawn_in_order_down_to_its_queries() {
    let output = architrave(&sample(), &["diagram", "sequence", "GET /orders/labels", "--format", "text"]);
    assert_eq!(code(&output), 0);
    let text = String::from_utf8_lossy(&output.stdout);
    let expected = [
        "queries: 1 + N(orders)",
        "OrderService: labels",
        "OrderStore.list_placed_on",
        "a query for Order",
        "loop one per order (N(orders))",
        "the lazy load of Order.customer",
    ];
    let mut at = 0;
    for part in expected {
        at += text[at..].find(part).unwrap_or_else(|| panic!("{part} is not behind the rest in\n{text}"));
    }
    let flow = architrave(&sample(), &["diagram", "data-flow", "/orders/labels", "--format", "text"]);
    let flow = String::from_utf8_lossy(&flow.stdout);
    assert!(flow.contains("OrderRepository (infrastructure) -> Order: reads: a query for Order"), "{flow}");
    assert!(flow.contains("shop.services (application) -> Order: reads"), "{flow}");
}

#[test]
fn a_route_that_is_not_there_is_answered_with_those_near_it() {
    let output = architrave(&sample(), &["diagram", "sequence", "GET /order/labels"]);
    assert_eq!(code(&output), 2);
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("no route is `GET /order/labels`; near it: GET /orders/labels"), "{words}");
    let several = architrave(&sample(), &["routes", "--explain", "/orders/notes"]);
    assert_eq!(code(&several), 2);
    let words = String::from_utf8_lossy(&several.stderr);
    assert!(words.contains("may be any of 2 routes:\n  GET /orders/notes (notes)"), "{words}");
    let dot = architrave(&sample(), &["diagram", "sequence", "/orders/labels", "--format", "dot"]);
    assert_eq!(code(&dot), 2);
}

#[test]
fn frameworks_whose_routes_are_not_read_are_named() {
    let folder = folder(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("shop/__init__.py", ""),
        ("shop/api.py", "from sanic import Sanic\n\n\napp = Sanic(\"shop\")\n"),
        // A client alone serves nothing.
        ("shop/rates.py", "import aiohttp\n\n\ndef session():\n    return aiohttp.ClientSession()\n"),
    ]);
    let text = architrave(folder.path(), &["routes"]);
    let text = String::from_utf8_lossy(&text.stdout);
    assert_eq!(text, "no routes\nnot read: routes of sanic (shop/api.py)\n");
}
