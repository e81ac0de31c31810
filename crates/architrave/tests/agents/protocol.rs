//! The protocol: what is listed, size limits, and unknown tools.

use std::fmt::Write as _;

use serde_json::json;

use crate::session::{Client, Shop};

#[test]
fn the_tools_are_eight_read_only_and_small() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    let answer = client.ask("tools/list", json!({}));
    let listed = answer["result"]["tools"].as_array().unwrap();
    let names: Vec<&str> = listed.iter().filter_map(|tool| tool["name"].as_str()).collect();
    assert_eq!(names, ["context", "may_import", "place", "check", "simulate", "route", "impact", "explain"]);
    for tool in listed {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
        let description = tool["description"].as_str().unwrap();
        assert!((60..600).contains(&description.len()), "{description}");
    }
    let size = agents::answer::tokens(&answer["result"].to_string());
    assert!(size < 2_500, "{size} tokens");
}

#[test]
fn layers_and_contracts_are_resources() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    let listed = client.ask("resources/list", json!({}));
    assert_eq!(listed["result"]["resources"].as_array().map(Vec::len), Some(2), "{listed}");
    let layers = client.ask("resources/read", json!({ "uri": "architrave://layers" }));
    let text = layers["result"]["contents"][0]["text"].as_str().unwrap();
    assert!(text.contains("\"domain\"") && text.contains("clean"), "{text}");
    let contracts = client.ask("resources/read", json!({ "uri": "architrave://contracts" }));
    let text = contracts["result"]["contents"][0]["text"].as_str().unwrap();
    assert!(text.contains("`shop.domain` must not import `shop.infrastructure`"), "{text}");
    assert!(client.ask("resources/read", json!({ "uri": "architrave://nothing" }))["error"].is_object());
}

#[test]
fn what_is_no_tool_is_an_error_and_what_is_no_question_is_an_answer() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    assert!(client.ask("tools/call", json!({ "name": "contxt" }))["error"].is_object());
    let refusals = [
        ("context", json!({ "target": "shop/nothing.py" }), "shop/nothing.py is no Python file"),
        ("context", json!({ "target": "shop/domain/order.py:Ordr" }), "did you mean `Order`?"),
        ("context", json!({ "target": "Nothing" }), "nothing in the project is called `Nothing`"),
        ("context", json!({ "target": "Ordr" }), "did you mean `shop/domain/order.py:Order`?"),
        (
            "context",
            json!({ "target": "OrderService.shwo" }),
            "did you mean `shop/application/services/order_service.py:OrderService.show`?",
        ),
        ("context", json!({ "target": "shop.domain.ordr" }), "did you mean `shop/domain/order.py`?"),
        ("impact", json!({ "target": "shop/domain/ordr.py" }), "there is `shop/domain/order.py`"),
        ("impact", json!({ "target": "shop/domain/order.py:Order.is_fre" }), "did you mean `Order.is_free`?"),
        ("context", json!({}), "missing field `target`"),
        ("may_import", json!({ "from": "../x.py", "to": "Order" }), "outside of the project"),
        ("place", json!({ "kind": "thing", "name": "X" }), "no kind that is known"),
        ("check", json!({ "since": "nowhere" }), "`nowhere` is no revision"),
        ("check", json!({ "diff": "hello" }), "no unified diff"),
        ("simulate", json!({}), "give `moves`, `edges` or `contents`"),
        ("route", json!({ "path": "/nothing" }), "there are `GET /orders/{number}`"),
        ("impact", json!({ "target": "" }), "give a file"),
        ("explain", json!({ "what": "layer-violatio" }), "did you mean `layer-violation`?"),
    ];
    for (tool, arguments, why) in refusals {
        let said = client.refusal(tool, arguments);
        assert!(said.contains(why), "{tool}: {said}");
    }
}

/// No project, no code, and broken code: all of it gets an answer.
#[test]
fn it_answers_where_there_is_nothing() {
    let empty = Shop::with(&[("README.md", "nothing\n")]);
    let mut client = Client::start(empty.path());
    assert_eq!(client.answer("check", json!({}))["status"], "nothing checked");
    assert!(client.refusal("context", json!({ "target": "x.py" })).contains("no Python file"));
    assert_eq!(client.answer("place", json!({ "kind": "service", "name": "Order" }))["sure"], false);
    assert!(client.refusal("route", json!({ "path": "/" })).contains("no routes"));

    let broken =
        Shop::with(&[("shop/__init__.py", ""), ("shop/a.py", "def f(:\n"), ("shop/b.py", "import shop.a\n")]);
    let mut client = Client::start(broken.path());
    assert_eq!(client.answer("context", json!({ "target": "shop/a.py" }))["path"], "shop/a.py");
    assert_eq!(client.answer("impact", json!({ "target": "shop/a.py" }))["counts"]["direct"], 1);
}

/// Large projects have small answers, with a note about what was left out.
#[test]
fn answers_are_small() {
    let shop = Shop::new();
    let mut names = String::new();
    for number in 0..300 {
        let path = format!("shop/application/services/part{number}_service.py");
        let text = format!(
            "from shop.domain.order import Order\nfrom shop.domain.ports import OrderRepository\n\n\nclass Part{number}Service:\n    def __init__(self, orders: OrderRepository) -> None:\n        self._orders = orders\n\n    def run(self, order: Order) -> None:\n        self._orders.add(order)\n"
        );
        shop.write(&path, &text);
        let _ =
            writeln!(names, "from shop.application.services.part{number}_service import Part{number}Service");
    }
    shop.write("shop/everything.py", &names);
    let mut client = Client::start(shop.path());
    let questions = [
        ("context", json!({ "target": "Order" })),
        ("context", json!({ "target": "shop/everything.py" })),
        ("impact", json!({ "target": "shop/domain/order.py" })),
        ("place", json!({ "kind": "service", "name": "Invoice" })),
        ("may_import", json!({ "from": "shop/domain/order.py", "to": "SqlOrderRepository" })),
        ("explain", json!({ "what": "n-plus-one" })),
        ("simulate", json!({ "contents": { "shop/domain/order.py": null } })),
        ("check", json!({ "contents": { "shop/domain/order.py": null } })),
        ("route", json!({ "path": "/orders/{number}" })),
    ];
    for (tool, arguments) in questions {
        let text = client.answer(tool, arguments.clone()).to_string();
        let size = agents::answer::tokens(&text);
        assert!(size <= agents::answer::BUDGET, "{tool} {arguments}: {size} tokens");
    }
    let impact = client.answer("impact", json!({ "target": "shop/domain/order.py", "budget": 400 }));
    assert!(agents::answer::tokens(&impact.to_string()) <= 400);
    assert!(impact["left_out"]["direct"].as_u64().unwrap() > 100, "{impact}");
    assert!(impact["counts"]["direct"].as_u64().unwrap() > 300, "counts are of all: {impact}");
}
