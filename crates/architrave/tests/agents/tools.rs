//! Each tool once, in a session.

use serde_json::json;

use crate::session::{Client, Shop, rules};

#[test]
fn context_says_what_is_around() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    let file = client.answer("context", json!({ "target": "shop/application/services/order_service.py" }));
    assert_eq!(file["layer"]["name"], "application", "{file}");
    assert_eq!(file["may_import_layers"], json!(["application", "domain"]));
    assert_eq!(file["injected"][0]["asks"], "shop/domain/ports.py:OrderRepository");
    assert_eq!(file["injected"][0]["implemented_by"][0], "shop/infrastructure/orders.py:SqlOrderRepository");
    assert_eq!(file["routes"][0]["route"], "GET /orders/{number}");
    assert_eq!(file["pattern"][0]["path"], "shop/application/services/customer_service.py");
    let layers: Vec<&str> =
        file["used_by"].as_array().unwrap().iter().filter_map(|row| row["layer"].as_str()).collect();
    assert_eq!(layers.len(), 2, "{file}");
    assert!(layers.contains(&"presentation"), "{file}");

    let domain = client.answer("context", json!({ "target": "shop.domain.order" }));
    assert_eq!(domain["contracts"][0]["name"], "pure domain");
    let symbol = client.answer("context", json!({ "target": "OrderRepository" }));
    assert_eq!(symbol["ports"][0]["kind"], "Protocol");
    assert_eq!(symbol["ports"][0]["members"], json!(["add", "get"]));
    assert_eq!(symbol["defined_at"], "shop/domain/ports.py:6");
}

#[test]
fn context_says_who_handles_and_who_makes_a_message() {
    let shop = Shop::new();
    shop.write(
        "shop/domain/events.py",
        "class Event:\n    pass\n\n\nclass Placed(Event):\n    pass\n\n\nclass Lost(Event):\n    pass\n",
    );
    shop.write(
        "shop/application/listen.py",
        "from shop.domain.events import Lost, Placed\n\n\ndef mail(event: Placed) -> None:\n    print(event)\n\n\n\
         EVENT_HANDLERS = {Placed: [mail]}\n\n\ndef place() -> Placed:\n    return Placed()\n",
    );
    let mut client = Client::start(shop.path());
    for target in ["Placed", "shop/application/listen.py", "shop.application.listen.mail"] {
        let answer = client.answer("context", json!({ "target": target }));
        let row = &answer["messages"][0];
        assert_eq!(
            (row["message"].as_str(), row["kind"].as_str()),
            (Some("Placed"), Some("event")),
            "{answer}"
        );
        assert_eq!(row["handled_by"], json!(["shop.application.listen.mail"]), "{answer}");
        assert_eq!(row["made_by"], json!(["shop.application.listen.place"]), "{answer}");
    }
    let order = client.answer("context", json!({ "target": "shop.domain.order" }));
    assert!(order.get("messages").is_none(), "{order}");
}

#[test]
fn may_import_says_no_and_what_is_lawful() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    let service = "shop/application/services/order_service.py";
    let no = client.answer("may_import", json!({ "from": service, "to": "SqlOrderRepository" }));
    assert_eq!(no["allowed"], false, "{no}");
    assert_eq!(no["import"], "from shop.infrastructure.orders import SqlOrderRepository");
    assert!(rules(&no["breaks"]).contains(&"layer-violation"), "{no}");
    let port = &no["ways"][0];
    assert_eq!(
        (port["kind"].as_str(), port["import"].as_str()),
        (Some("port"), Some("from shop.domain.ports import OrderRepository"))
    );
    // The way that it names is one that it allows.
    let yes =
        client.answer("may_import", json!({ "from": service, "to": "shop/domain/ports.py:OrderRepository" }));
    assert_eq!(yes["allowed"], true, "{yes}");

    let contract = client.answer(
        "may_import",
        json!({ "from": "shop/domain/order.py", "to": "shop/infrastructure/orders.py" }),
    );
    assert!(rules(&contract["breaks"]).contains(&"forbidden-import"), "{contract}");
    assert_eq!(contract["closes_cycle"].as_array().map(Vec::len), Some(3), "{contract}");
    let new = client.answer(
        "may_import",
        json!({ "from": "shop/application/services/new.py", "to": "SqlOrderRepository" }),
    );
    assert_eq!(new["allowed"], false, "{new}");
    let library = client.answer(
        "may_import",
        json!({ "from": "shop/domain/order.py", "to": "sqlalchemy", "names": ["text"] }),
    );
    assert_eq!(rules(&library["breaks"]), ["framework-in-domain"], "{library}");
}

#[test]
fn place_follows_the_siblings() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    let service = client.answer(
        "place",
        json!({ "kind": "service", "name": "invoice", "uses": ["OrderRepository", "SqlOrderRepository"] }),
    );
    assert_eq!(service["path"], "shop/application/services/invoice_service.py", "{service}");
    assert_eq!(service["class_name"], "InvoiceService");
    assert_eq!(service["siblings_are_imported_in"][0]["path"], "shop/composition.py");
    assert_eq!(service["uses_are_allowed"], false);
    assert_eq!(rules(&service["conflicts"]), ["layer-violation"]);
    let port = client.answer("place", json!({ "kind": "port", "name": "CustomerRepository" }));
    assert_eq!(
        (port["path"].as_str(), port["add_to_existing_file"].as_bool()),
        (Some("shop/domain/ports.py"), Some(true))
    );
}

/// Schema files by subject, events beside commands, and a first word that names a technology in adapters only.
#[test]
fn place_knows_what_files_are_called_after() {
    let shop = Shop::new();
    for subject in ["order", "customer"] {
        let name = if subject == "order" { "Order" } else { "Customer" };
        shop.write(
            &format!("shop/presentation/schemas/{subject}_schema.py"),
            &format!("from pydantic import BaseModel\n\n\nclass {name}In(BaseModel):\n    number: int\n\n\nclass {name}Out(BaseModel):\n    number: int\n"),
        );
        shop.write(
            &format!("shop/infrastructure/{subject}_repository.py"),
            &format!("class Sql{name}Repository:\n    def all(self): return []\n"),
        );
    }
    let dataclass = "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\n";
    shop.write("shop/domain/commands.py", &format!("{dataclass}class PlaceOrder:\n    number: int\n"));
    shop.write("shop/domain/events.py", &format!("{dataclass}class OrderPlaced:\n    number: int\n"));
    let mut client = Client::start(shop.path());
    let mut path = |kind: &str, name: &str| {
        let answer = client.answer("place", json!({ "kind": kind, "name": name }));
        (answer["path"].as_str().unwrap_or_default().to_owned(), answer["class_name"].clone())
    };
    assert_eq!(path("schema", "Invoice").0, "shop/presentation/schemas/invoice_schema.py");
    assert_eq!(path("event", "OrderShipped").0, "shop/domain/events.py");
    let repository = ("shop/infrastructure/invoice_repository.py".to_owned(), json!("SqlInvoiceRepository"));
    assert_eq!(path("repository", "Invoice"), repository);
}

#[test]
fn simulate_moves_and_says_what_would_come_of_it() {
    let shop = Shop::new();
    let before = shop.read("shop/domain/order.py");
    let mut client = Client::start(shop.path());
    let renamed = client.answer(
        "simulate",
        json!({ "moves": [{ "what": "shop/domain/order.py", "to": "shop/domain/orders.py" }] }),
    );
    assert_eq!(renamed["status"], "nothing new", "{renamed}");
    assert_eq!(renamed["before"], renamed["after"]);
    let wrong = client.answer(
        "simulate",
        json!({ "moves": [{ "what": "shop/infrastructure/orders.py:SqlOrderRepository", "to": "shop.domain.ports" }] }),
    );
    assert_eq!(wrong["status"], "findings", "{wrong}");
    let edge = client.answer(
        "simulate",
        json!({ "edges": [{ "from": "shop/domain/order.py", "to": "shop/infrastructure/orders.py" }] }),
    );
    assert_eq!((&edge["before"]["cycles"], &edge["after"]["cycles"]), (&json!(0), &json!(1)), "{edge}");
    let gone = client.answer("simulate", json!({ "contents": { "shop/domain/order.py": null } }));
    assert!(gone["broken_imports"].as_array().is_some_and(|list| list.len() >= 3), "{gone}");
    let places = gone["broken_imports"].to_string();
    assert!(places.contains("shop/domain/ports.py:3 "), "lines are counted from one: {places}");
    assert_eq!(shop.read("shop/domain/order.py"), before, "nothing is written");
    // Nothing of it remains.
    assert_eq!(client.answer("check", json!({}))["status"], "nothing checked");
}

#[test]
fn route_follows_the_port_to_the_query() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    for path in ["/orders/{number}", "GET /orders/{id}", "/orders/12"] {
        let route = client.answer("route", json!({ "path": path }));
        assert_eq!(route["handler"], "shop/presentation/routes.py:show", "{route}");
        let chain = route["chain"].to_string();
        assert!(chain.contains("OrderService.show") && chain.contains("SqlOrderRepository.get"), "{route}");
        assert_eq!(route["queries_per_request"], "1", "{route}");
        assert!(
            route["queries"][0]["place"].as_str().unwrap().starts_with("shop/infrastructure/orders.py:"),
            "{route}"
        );
    }
}

#[test]
fn impact_names_dependants_routes_and_tests() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    let impact = client.answer("impact", json!({ "target": "Order" }));
    assert_eq!(impact["tests"], json!(["tests/test_orders.py"]), "{impact}");
    assert_eq!(impact["counts"]["direct"], 4, "{impact}");
    let method = client.answer("impact", json!({ "target": "SqlOrderRepository.get" }));
    assert_eq!(method["routes"][0]["route"], "GET /orders/{number}", "{method}");
}

#[test]
fn explain_knows_rules_and_findings() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    let rule = client.answer("explain", json!({ "what": "layer-violation" }));
    assert!(rule["page"].as_str().unwrap().contains("## Why"), "{rule}");
    shop.write(
        "shop/domain/order.py",
        &format!(
            "from shop.infrastructure.orders import SqlOrderRepository\n{}",
            shop.read("shop/domain/order.py")
        ),
    );
    let by_place = client.answer("explain", json!({ "what": "shop/domain/order.py:1" }));
    let fingerprint = by_place["finding"]["fingerprint"].as_str().unwrap().to_owned();
    let by_fingerprint = client.answer("explain", json!({ "what": fingerprint }));
    assert_eq!(by_place["finding"], by_fingerprint["finding"]);
}
