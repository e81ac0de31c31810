//! Pictures for every editor: the command, what is offered at a place, and the document shown.

use serde_json::{Value, json};
use tests::client::{Client, everything};

use crate::costs::{API, orders};
use crate::shop::{open, start};

fn showing(commands: &[&str]) -> Value {
    let mut can = everything();
    can["window"]["showDocument"] = json!({ "support": true });
    can["experimental"] = json!({ "commands": { "commands": commands } });
    can
}

fn draw(argument: &Value) -> Value {
    json!({ "command": "architrave.draw", "arguments": [argument] })
}

/// The command, repeated if an edit made it stale.
#[track_caller]
fn drawn(client: &mut Client, argument: &Value) -> Value {
    loop {
        let id = client.ask("workspace/executeCommand", &draw(argument));
        let answer = client.answer(id);
        match answer["error"]["code"].as_i64() {
            None => return answer["result"].clone(),
            Some(code) => assert_eq!(code, -32801, "{answer}"),
        }
    }
}

/// The pictures in the menu at a place.
fn offered(client: &mut Client, uri: &str, line: u32, trigger: u32) -> Vec<Value> {
    let place = json!({ "line": line, "character": 4 });
    let params = json!({
        "textDocument": { "uri": uri },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [], "only": ["architrave.show"], "triggerKind": trigger },
    });
    client.request("textDocument/codeAction", &params).as_array().cloned().unwrap_or_default()
}

#[test]
fn each_picture_is_answered_as_a_document() {
    let folder = orders();
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    for (argument, words) in [
        (json!({ "picture": "architecture" }), "```mermaid\n"),
        (json!({ "picture": "sequence", "route": "GET /orders" }), "a query for Order"),
        (json!({ "picture": "entities", "around": "Order" }), "erDiagram"),
        (json!({ "picture": "dependencies", "package": "shop" }), "# `Imports between the parts of shop`"),
        (
            json!({ "picture": "sequence", "route": "/orders", "form": "svg" }),
            "<title>GET /orders: 1 query</title>",
        ),
        (json!({ "picture": "entities", "form": "svg" }), "</svg>\n"),
    ] {
        let answer = drawn(&mut client, &argument);
        assert_eq!((&answer["ready"], &answer["file"]), (&json!(true), &Value::Null), "{argument}");
        assert!(answer["text"].as_str().unwrap().contains(words), "{argument}: {answer}");
    }
    client.shut_down();
}

#[test]
fn what_is_not_named_is_taken_from_the_place_or_to_be_chosen() {
    let folder = orders();
    let api = folder.uri("shop/api.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    let here = json!({ "picture": "sequence", "document": api, "position": { "line": 10, "character": 4 } });
    assert_eq!(drawn(&mut client, &here)["title"], "GET /orders: 1 query");
    let choices = drawn(&mut client, &json!({ "picture": "sequence" }))["choices"].clone();
    assert_eq!(choices[0]["title"], "GET /orders (listed)", "{choices}");
    assert_eq!(drawn(&mut client, &choices[0]["argument"])["title"], "GET /orders: 1 query");
    let package = json!({ "picture": "dependencies", "document": api });
    assert_eq!(drawn(&mut client, &package)["title"], "Imports between the parts of shop");
    client.shut_down();
}

#[test]
fn what_there_is_not_is_refused_in_words() {
    let folder = orders();
    let mut can = everything();
    can["window"]["showDocument"] = json!({ "support": false });
    let mut client = start().folder(&folder).capabilities(can).start();
    client.indexed();
    for (argument, words) in [
        (json!({ "picture": "sequence", "route": "/order" }), "no route is `/order`; near it: GET /orders"),
        (json!({ "picture": "entities", "around": "Oder" }), "there is no entity or table called `Oder`"),
        (json!({ "picture": "dependencies", "package": "no.such" }), "no package `no.such` has parts"),
        (json!({ "picture": "entities", "show": true }), "the editor shows no documents of servers"),
        (json!({ "picture": "painting" }), "unknown variant `painting`"),
        (json!({ "picture": "entities", "root": "/nowhere" }), "in no opened folder"),
    ] {
        let error = client.refused("workspace/executeCommand", &draw(&argument));
        assert!(error["message"].as_str().unwrap().contains(words), "{argument}: {error}");
    }
    client.shut_down();
}

#[test]
fn pictures_are_offered_where_they_belong_and_to_who_opens_the_menu() {
    let folder = orders();
    let (api, models) = (folder.uri("shop/api.py"), folder.uri("shop/models.py"));
    let mut client = start().folder(&folder).capabilities(showing(&["architrave.showPicture"])).start();
    client.indexed();
    open(&mut client, &api, API);
    let titles = |actions: Vec<Value>| -> Vec<String> {
        actions.iter().map(|action| action["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(offered(&mut client, &api, 10, 1)), ["Show sequence of GET /orders"]);
    assert_eq!(titles(offered(&mut client, &models, 6, 1)), ["Show entities around Order"]);
    assert_eq!(titles(offered(&mut client, &api, 0, 1)), ["Show dependencies of shop", "Show architecture"]);
    assert_eq!(offered(&mut client, &api, 10, 2), [Value::Null; 0], "no lamp at each handler");
    assert_eq!(offered(&mut client, &api, 10, 1)[0]["command"]["command"], "architrave.showPicture");
    client.shut_down();
}

/// The lenses of a file that show pictures: line, title, command.
fn picture_lenses(client: &mut Client, uri: &str) -> Vec<(u64, String, String)> {
    let params = json!({ "textDocument": { "uri": uri } });
    let lenses = client.request("textDocument/codeLens", &params).as_array().cloned().unwrap_or_default();
    let word = |lens: &Value, key: &str| lens["command"][key].as_str().unwrap_or_default().to_owned();
    let row = |lens: &Value| {
        (lens["range"]["start"]["line"].as_u64().unwrap(), word(lens, "title"), word(lens, "command"))
    };
    lenses.iter().map(row).filter(|(_, title, _)| title.starts_with("Show ")).collect()
}

#[test]
fn lenses_show_pictures_to_who_wants_them() {
    let folder = orders();
    let (api, models) = (folder.uri("shop/api.py"), folder.uri("shop/models.py"));
    let mut client = start().folder(&folder).capabilities(showing(&["architrave.showPicture"])).start();
    client.indexed();
    assert_eq!(picture_lenses(&mut client, &api), [], "off, unless they are asked for");
    client.shut_down();

    let mut wanting = start().folder(&folder).capabilities(showing(&["architrave.showPicture"]));
    wanting.settings = json!({ "codeLens": { "pictures": true } });
    let mut client = wanting.start();
    client.indexed();
    let show = "architrave.showPicture".to_owned();
    assert_eq!(
        picture_lenses(&mut client, &api),
        [(9, "Show sequence of GET /orders".to_owned(), show.clone())]
    );
    assert_eq!(picture_lenses(&mut client, &models), [(4, "Show entities around Order".to_owned(), show)]);
    client.shut_down();
    let mut blind = everything();
    blind["window"]["showDocument"] = json!({ "support": false });
    let mut no_pictures = start().folder(&folder).capabilities(blind);
    no_pictures.settings = json!({ "codeLens": { "pictures": true } });
    let mut client = no_pictures.start();
    client.indexed();
    assert_eq!(picture_lenses(&mut client, &api), [], "nothing that the client can't do");
    client.shut_down();
}

#[test]
fn an_editor_without_a_view_of_its_own_is_shown_a_file() {
    let (folder, caches) = (orders(), orders());
    let api = folder.uri("shop/api.py");
    let mut start = start().folder(&folder).capabilities(showing(&[]));
    start.environment = vec![("XDG_CACHE_HOME", caches.path().to_str().unwrap().to_owned())];
    let mut client = start.start();
    client.indexed();
    let action = offered(&mut client, &api, 10, 1).remove(0);
    let command =
        json!({ "command": action["command"]["command"], "arguments": action["command"]["arguments"] });
    let answer = client.request("workspace/executeCommand", &command);
    let shown = client.told("window/showDocument", |_| true);
    assert_eq!((&shown["uri"], &shown["external"]), (&answer["file"], &json!(false)));
    let path = shown["uri"].as_str().unwrap().strip_prefix("file://").unwrap();
    assert!(
        path.starts_with(caches.path().to_str().unwrap()) && path.ends_with("/get-orders-1-query.md"),
        "{path}"
    );
    assert_eq!(std::fs::read_to_string(path).unwrap(), answer["text"].as_str().unwrap());
    // A repeated request yields the same file.
    let again = client.request("workspace/executeCommand", &command);
    assert_eq!(client.told("window/showDocument", |_| true)["uri"], shown["uri"]);
    assert_eq!(again, answer);
    let picture = drawn(&mut client, &json!({ "picture": "entities", "form": "svg", "show": true }));
    assert_eq!(client.told("window/showDocument", |_| true)["external"], true);
    assert!(picture["file"].as_str().unwrap().ends_with("/entities.svg"), "{picture}");
    client.shut_down();
}
