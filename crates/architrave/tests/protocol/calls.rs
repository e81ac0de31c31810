//! Call hierarchies of queries, and workspace symbols.

use serde_json::{Value, json};
use tests::client::everything;

use crate::costs::{API, REPOSITORY, orders};
use crate::shop::{open, start};

#[test]
fn from_a_query_to_the_route_in_units_of_the_client() {
    for (encoding, column) in [("utf-8", 23), ("utf-16", 21), ("utf-32", 20)] {
        let folder = orders();
        let (api, repository) = (folder.uri("shop/api.py"), folder.uri("shop/repository.py"));
        let mut capabilities = everything();
        capabilities["general"]["positionEncodings"] = json!([encoding]);
        let mut client = start().folder(&folder).capabilities(capabilities).start();
        client.indexed();
        assert_eq!(client.capabilities["callHierarchyProvider"], true);
        // Before the call a name of four bytes, two UTF-16 units and one character.
        let text = API.replace("return repository", "x = '\u{1d538}'; return repository");
        open(&mut client, &api, &text);
        open(&mut client, &repository, REPOSITORY);
        let at =
            json!({ "textDocument": { "uri": repository }, "position": { "line": 11, "character": 30 } });
        let items = client.request("textDocument/prepareCallHierarchy", &at);
        assert_eq!(items[0]["name"], "a query for Order", "{items}");
        let calls = client.request("callHierarchy/incomingCalls", &json!({ "item": items[0] }));
        assert_eq!(calls[0]["from"]["name"], "OrderRepository.recent", "{calls}");
        let calls = client.request("callHierarchy/incomingCalls", &json!({ "item": calls[0]["from"] }));
        let listed = &calls[0]["from"];
        assert_eq!(listed["name"], "listed", "{calls}");
        // `x = '…'; return repository.recent()`: the call site is in the caller.
        let start = &calls[0]["fromRanges"][0]["start"];
        assert_eq!(*start, json!({ "line": 10, "character": column }), "{encoding}");
        let calls = client.request("callHierarchy/incomingCalls", &json!({ "item": listed }));
        assert_eq!(calls[0]["from"]["name"], "GET /orders", "{calls}");
        assert_eq!(calls[0]["from"]["detail"], "1 query");
        let down = client.request("callHierarchy/outgoingCalls", &json!({ "item": listed }));
        assert_eq!(down[0]["to"]["name"], "OrderRepository.recent", "{down}");
        assert_eq!(down[0]["fromRanges"][0]["start"]["character"], column, "{down}");
        client.shut_down();
    }
}

#[test]
fn items_of_others_are_not_answered() {
    let folder = orders();
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 1 } });
    let uri = folder.uri("shop/api.py");
    let item = json!({ "name": "x", "kind": 12, "uri": uri, "range": range, "selectionRange": range });
    for method in ["callHierarchy/incomingCalls", "callHierarchy/outgoingCalls"] {
        assert_eq!(client.request(method, &json!({ "item": item })), Value::Null);
    }
    client.shut_down();
}

#[test]
fn routes_and_entities_are_found_by_name() {
    let folder = orders();
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    let found = client.request("workspace/symbol", &json!({ "query": "get /ord" }));
    let handler = json!({ "start": { "line": 9, "character": 4 }, "end": { "line": 9, "character": 10 } });
    let location = json!({ "uri": folder.uri("shop/api.py"), "range": handler });
    let route = json!({
        "name": "GET /orders",
        "kind": 24,
        "location": location,
        "containerName": "listed · shop.api",
    });
    assert_eq!(found, json!([route]));
    let found = client.request("workspace/symbol", &json!({ "query": "Order" }));
    let names: Vec<&Value> = found.as_array().unwrap().iter().map(|symbol| &symbol["name"]).collect();
    assert_eq!(names, ["Order", "GET /orders"]);
    assert_eq!(client.request("workspace/symbol", &json!({ "query": "nobody" })), json!([]));
    client.shut_down();
}
