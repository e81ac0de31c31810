//! Code actions and hovers.

use serde_json::{Value, json};
use tests::client::{Client, Folder, everything, push};

use crate::shop::{LATE, change, open, shop, start};

fn ask(client: &mut Client, uri: &str, only: Value) -> Vec<Value> {
    let params = json!({
        "textDocument": { "uri": uri },
        "range": { "start": { "line": 1, "character": 6 }, "end": { "line": 1, "character": 6 } },
        "context": {
            // Another server's diagnostic with an unknown shape is included.
            "diagnostics": [{
                "range": { "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 1 } },
                "message": "x", "code": 7, "data": [null, { "fingerprint": {} }],
            }],
            "only": only,
        },
    });
    client.request("textDocument/codeAction", &params).as_array().cloned().unwrap_or_default()
}

fn hoist(actions: &[Value]) -> Value {
    let found = actions.iter().find(|action| action["title"].as_str().unwrap().contains("top level"));
    found.unwrap_or_else(|| panic!("{actions:?}")).clone()
}

#[test]
fn edits_are_made_when_an_action_is_chosen_where_the_client_can_wait() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &uri, LATE);
    let action = hoist(&ask(&mut client, &uri, json!(null)));
    assert_eq!((&action["kind"], &action["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(action["edit"], Value::Null);
    // Two lines are inserted above before it is chosen.
    change(&mut client, &uri, 2, json!([{ "text": format!("\n\n{LATE}") }]));
    let action = client.request("codeAction/resolve", &action);
    let document = &action["edit"]["documentChanges"][0];
    assert_eq!(document["textDocument"], json!({ "uri": uri, "version": 2 }));
    assert!(
        document["edits"]
            .as_array()
            .unwrap()
            .iter()
            .any(|edit| edit["newText"].as_str().unwrap().contains("from shop.db import save")),
        "{action}"
    );
    // The finding that it was offered for is gone.
    change(&mut client, &uri, 3, json!([{ "text": "" }]));
    assert_eq!(client.refused("codeAction/resolve", &action)["code"], -32801);
    client.shut_down();
}

#[test]
fn edits_are_there_at_once_where_the_client_can_not_wait() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(push()).start();
    client.indexed();
    open(&mut client, &uri, LATE);
    let actions = ask(&mut client, &uri, json!(null));
    let is_done = |action: &Value| action["edit"].is_object() || action["command"].is_object();
    assert!(actions.iter().all(is_done), "{actions:?}");
    let action = hoist(&actions);
    assert!(action["edit"]["changes"][&uri].is_array(), "it takes no versions: {action}");
    client.shut_down();
}

#[test]
fn only_the_kinds_asked_for_are_offered() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &uri, LATE);
    for (only, expected) in [
        (json!(["quickfix"]), vec!["quickfix"]),
        (json!(["source.fixAll.architrave"]), vec!["source.fixAll.architrave"]),
        // What editors request on every save when other tools are to apply their fixes.
        (json!(["source.fixAll"]), vec![]),
        (json!(["source"]), vec![]),
        (json!(["refactor"]), vec![]),
    ] {
        let actions = ask(&mut client, &uri, only.clone());
        let mut kinds: Vec<&str> = actions.iter().map(|action| action["kind"].as_str().unwrap()).collect();
        kinds.dedup();
        assert_eq!(kinds, expected, "{only}");
    }
    client.shut_down();
}

#[test]
fn fix_all_at_each_save_takes_a_setting() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut starting = start().folder(&folder).capabilities(everything());
    starting.settings = json!({ "fixAll": true });
    let mut client = starting.start();
    client.indexed();
    open(&mut client, &uri, LATE);
    let actions = ask(&mut client, &uri, json!(["source.fixAll"]));
    assert_eq!(actions[0]["kind"], "source.fixAll.architrave");
    client.shut_down();
}

#[test]
fn hovers_come_in_the_format_that_the_client_reads() {
    for (markdown, kind) in [(true, "markdown"), (false, "plaintext")] {
        let folder = shop();
        let uri = folder.uri("shop/report.py");
        let mut can = everything();
        if !markdown {
            can["textDocument"]["hover"]["contentFormat"] = json!(["plaintext"]);
        }
        let mut client = start().folder(&folder).capabilities(can).start();
        client.indexed();
        open(&mut client, &uri, crate::shop::REPORT);
        let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 11 } });
        let hover = client.request("textDocument/hover", &at);
        assert_eq!(hover["contents"]["kind"], kind);
        assert!(hover["contents"]["value"].as_str().unwrap().contains("shop.order"), "{hover}");
        let nothing = json!({ "textDocument": { "uri": uri }, "position": { "line": 4, "character": 0 } });
        assert_eq!(client.request("textDocument/hover", &nothing), Value::Null);
        client.shut_down();
    }
}

/// As [`LATE`], with a reason beside the import: its fix is for review.
const REASONED: &str = "def f():\n    from shop.db import save  # slow to import\n    return save(1)\n";

#[test]
fn a_fix_for_review_is_applied_without_confirmation_and_its_title_says_what_to_look_at() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &uri, REASONED);
    let actions = ask(&mut client, &uri, json!(["quickfix"]));
    let action = &actions[0];
    let title = action["title"].as_str().unwrap();
    assert!(title.ends_with("(review: a comment says why the import is here)"), "{title}");
    assert_eq!(action["isPreferred"], json!(true), "a finding has a fix to take: {action}");
    let silencing = actions.iter().position(|action| action["title"].as_str().unwrap().starts_with("Ignore"));
    assert_eq!(silencing, Some(1), "fixes come first: {actions:?}");
    let resolved = client.request("codeAction/resolve", action);
    let annotations = resolved["edit"]["changeAnnotations"].as_object().unwrap();
    assert_eq!(annotations.len(), 1);
    for annotation in annotations.values() {
        assert_eq!(annotation["label"], json!(title));
        assert_eq!(annotation["needsConfirmation"], json!(false), "{annotation}");
        assert_eq!(annotation["description"], json!("a comment says why the import is here"));
    }
    client.shut_down();
}

#[test]
fn the_cursor_goes_where_the_reason_of_an_ignore_comment_is_to_be_typed() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    for shows in [true, false] {
        let mut can = everything();
        can["window"]["showDocument"] = json!({ "support": shows });
        let mut client = start().folder(&folder).capabilities(can).start();
        client.indexed();
        open(&mut client, &uri, LATE);
        let actions = ask(&mut client, &uri, json!(["quickfix"]));
        let ignore = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with("Ignore"));
        let resolved = client.request("codeAction/resolve", ignore.unwrap());
        let edit = &resolved["edit"]["documentChanges"][0]["edits"][0];
        assert_eq!(edit["newText"], "  # architrave: ignore[hidden-import] TODO: reason");
        if !shows {
            assert_eq!(resolved["command"], Value::Null);
            client.shut_down();
            continue;
        }
        let command = json!({
            "command": resolved["command"]["command"], "arguments": resolved["command"]["arguments"],
        });
        assert_eq!(client.request("workspace/executeCommand", &command), Value::Null);
        let shown = client.told("window/showDocument", |_| true);
        let line = "    from shop.db import save";
        let start = line.len() + "  # architrave: ignore[hidden-import] ".len();
        let end = start + "TODO: reason".len();
        assert_eq!(
            shown,
            json!({
                "uri": uri, "takeFocus": true,
                "selection": {
                    "start": { "line": 1, "character": start }, "end": { "line": 1, "character": end },
                },
            })
        );
        client.shut_down();
    }
}

/// The refactorings of a class in an opened menu.
fn refactorings(capabilities: Value) -> Vec<Value> {
    let folder = Folder::new(&[
        ("pyproject.toml", "[project]\nname = 'shop'\n"),
        ("shop/__init__.py", ""),
        ("shop/orders.py", "class Orders:\n    def get(self): ...\n"),
        (
            "shop/service.py",
            "from shop.orders import Orders\n\n\ndef ship(orders: Orders):\n    notify(orders)\n",
        ),
    ]);
    let mut client = start().folder(&folder).capabilities(capabilities).start();
    client.indexed();
    let place = json!({ "line": 0, "character": 2 });
    let params = json!({
        "textDocument": { "uri": folder.uri("shop/orders.py") },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [], "only": ["refactor.extract"], "triggerKind": 1 },
    });
    let found = client.request("textDocument/codeAction", &params).as_array().cloned().unwrap_or_default();
    client.shut_down();
    found
}

#[test]
fn what_can_not_be_done_is_shown_with_the_reason_where_clients_show_it() {
    let mut capabilities = everything();
    capabilities["textDocument"]["codeAction"]["disabledSupport"] = json!(true);
    let shown = refactorings(capabilities.clone());
    let disabled: Vec<&Value> = shown.iter().filter(|action| action["disabled"].is_object()).collect();
    assert_eq!(disabled.len(), 1, "{shown:?}");
    assert_eq!(disabled[0]["title"], "Extract Protocol from the members used");
    assert_eq!(disabled[0]["disabled"]["reason"], "ship passes it on to where its use can't be followed");
    capabilities["textDocument"]["codeAction"]["disabledSupport"] = json!(false);
    let shown = refactorings(capabilities);
    assert!(shown.iter().all(|action| action["disabled"].is_null()), "{shown:?}");
}

/// A service that builds its repository, and a test that derives from the service: a constructor with another parameter
/// would break it.
const SERVICE: &str = "\
from shop.repositories.orders import OrderRepository


class OrderService:
    def __init__(self, session) -> None:
        self.orders = OrderRepository(session)

    def ship(self, number: str) -> None:
        self.orders.get(number).ship()
";

fn services() -> Folder {
    Folder::new(&[
        ("pyproject.toml", "[project]\nname = 'shop'\n"),
        ("shop/__init__.py", ""),
        ("shop/services/__init__.py", ""),
        ("shop/services/orders.py", SERVICE),
        ("shop/repositories/__init__.py", ""),
        (
            "shop/repositories/orders.py",
            "from sqlalchemy.orm import Session\n\n\nclass OrderRepository:\n    def __init__(self, session: Session) -> None:\n        \
             self.session = session\n\n    def get(self, number: str):\n        return self.session.get(str, number)\n",
        ),
        (
            "shop/main.py",
            "from shop.services.orders import OrderService\n\n\ndef ship(session):\n    OrderService(session).ship(\"7\")\n",
        ),
        (
            "tests/test_orders.py",
            "from shop.services.orders import OrderService\n\n\nclass Quiet(OrderService):\n    pass\n",
        ),
    ])
}

#[test]
fn a_fix_that_can_not_be_made_says_why() {
    let folder = services();
    let uri = folder.uri("shop/services/orders.py");
    let mut capabilities = everything();
    let reason = "tests.test_orders uses OrderService in a way that can't pass the collaborator";
    for shows_disabled in [false, true] {
        capabilities["textDocument"]["codeAction"]["disabledSupport"] = json!(shows_disabled);
        let mut client = start().folder(&folder).capabilities(capabilities.clone()).start();
        client.indexed();
        open(&mut client, &uri, SERVICE);
        let place = json!({ "line": 5, "character": 26 });
        let params = json!({
            "textDocument": { "uri": uri },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [], "only": ["quickfix"], "triggerKind": 1 },
        });
        let actions =
            client.request("textDocument/codeAction", &params).as_array().cloned().unwrap_or_default();
        let is_it = |action: &&Value| action["title"].as_str().unwrap().contains("Inject `OrderRepository`");
        let found: Vec<&Value> = actions.iter().filter(is_it).collect();
        assert_eq!(found.len(), 1, "{actions:?}");
        if shows_disabled {
            assert_eq!(found[0]["disabled"]["reason"], reason);
        } else {
            let error = client.refused("codeAction/resolve", found[0]);
            assert_eq!(error["code"], -32803, "{error}");
            let title = found[0]["title"].as_str().unwrap();
            assert_eq!(error["message"], format!("\"{title}\" can't be done here: {reason}"));
        }
        client.shut_down();
    }
}
