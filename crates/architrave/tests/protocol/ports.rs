//! Ports: lenses that open the places of implementations and consumers, and hovers.

use serde_json::{Value, json};
use tests::client::{Client, Folder, everything};

use crate::shop::{open, start};

/// Before the class a name of four bytes, two UTF-16 units and one character: columns are in the client's units.
const PORTS: &str = "\
from typing import Protocol

x = '\u{1d538}'; y = 1


class Orders(Protocol):
    def add(self, order): ...

    def get(self, key): ...
";

const ADAPTERS: &str = "\
class SqlOrders:
    def add(self, order):
        return 1

    def get(self, key):
        return 1
";

const SERVICE: &str = "\
from shop.ports import Orders


class Service:
    def __init__(self, \u{1d538}, orders: Orders):
        self.orders = orders

    def place(self, order):
        return self.orders.add(order)
";

fn folder() -> Folder {
    Folder::new(&[
        ("pyproject.toml", "[project]\nname = 'shop'\n"),
        ("shop/__init__.py", ""),
        ("shop/ports.py", PORTS),
        ("shop/adapters.py", ADAPTERS),
        ("shop/service.py", SERVICE),
    ])
}

fn asked(client: &mut Client, method: &str, params: &Value) -> Value {
    loop {
        let id = client.ask(method, params);
        let answer = client.answer(id);
        match answer["error"]["code"].as_i64() {
            None => return answer["result"].clone(),
            Some(code) => assert_eq!(code, -32801, "{answer}"),
        }
    }
}

fn range(line: u32, start: u32, end: u32) -> Value {
    json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } })
}

/// The capabilities of clients that have the command; `encoding` is the only unit of columns that they support.
fn capable(encoding: &str) -> Value {
    let mut capabilities = everything();
    capabilities["general"]["positionEncodings"] = json!([encoding]);
    capabilities["experimental"] = json!({ "commands": { "commands": ["architrave.showPlaces"] } });
    capabilities
}

#[test]
fn lenses_open_the_places_in_units_of_the_client() {
    // The consumer follows a character outside the Basic Multilingual Plane.
    for (encoding, column) in [("utf-8", 37), ("utf-16", 35), ("utf-32", 34)] {
        let folder = folder();
        let (ports, adapters) = (folder.uri("shop/ports.py"), folder.uri("shop/adapters.py"));
        let mut client = start().folder(&folder).capabilities(capable(encoding)).start();
        client.indexed();
        open(&mut client, &ports, PORTS);
        let document = json!({ "textDocument": { "uri": ports } });
        let lenses = asked(&mut client, "textDocument/codeLens", &document);
        let locations = json!([
            { "uri": adapters, "range": range(0, 6, 15) },
            { "uri": folder.uri("shop/service.py"), "range": range(4, column, column + 6) },
        ]);
        let command = json!({
            "title": "implemented by 1, used by 1",
            "command": "architrave.showPlaces",
            "arguments": [ports, { "line": 5, "character": 6 }, locations],
        });
        assert_eq!(lenses, json!([{ "range": range(5, 6, 12), "command": command }]), "{encoding}");
        let document = json!({ "textDocument": { "uri": adapters } });
        let lenses = asked(&mut client, "textDocument/codeLens", &document);
        let command = &lenses[0]["command"];
        assert_eq!(command["title"], "implements Orders");
        assert_eq!(command["arguments"][2], json!([{ "uri": ports, "range": range(5, 6, 12) }]));
        client.shut_down();
    }
}

#[test]
fn lenses_are_words_for_clients_without_the_command() {
    let folder = folder();
    let ports = folder.uri("shop/ports.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &ports, PORTS);
    let document = json!({ "textDocument": { "uri": ports } });
    let lenses = asked(&mut client, "textDocument/codeLens", &document);
    let command = json!({ "title": "implemented by 1, used by 1", "command": "" });
    assert_eq!(lenses[0]["command"], command);
    client.shut_down();
}

#[test]
fn a_hover_tells_how_each_is_known() {
    let folder = folder();
    let ports = folder.uri("shop/ports.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &ports, PORTS);
    let at = json!({ "textDocument": { "uri": ports }, "position": { "line": 5, "character": 8 } });
    let hover = asked(&mut client, "textDocument/hover", &at);
    let words = hover["contents"]["value"].as_str().unwrap();
    let (adapters, service) = (folder.uri("shop/adapters.py"), folder.uri("shop/service.py"));
    let adapter = format!("- [`SqlOrders`](<{adapters}#L1>) of `shop.adapters`: has all its members");
    assert!(words.contains(&adapter), "{words}");
    let service =
        format!("- [`Service`](<{service}#L5>) of `shop.service`: depends on it as `orders`, uses `add`");
    assert!(words.contains(&service), "{words}");
    client.shut_down();
}
