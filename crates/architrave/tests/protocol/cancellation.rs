//! Requests that the client cancels, that an edit makes stale, or that panic.

use serde_json::json;
use tests::client::{everything, pull};

use crate::shop::{LATE, ORDER, change, open, pull_until, shop, start};

#[test]
fn a_hover_that_an_edit_overtakes_is_content_modified_or_answered() {
    let folder = shop();
    let uri = folder.uri("shop/report.py");
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.indexed();
    open(&mut client, &uri, crate::shop::REPORT);
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 11 } });
    let mut asked = Vec::new();
    for version in 2..300 {
        asked.push(client.ask("textDocument/hover", &at));
        let text = format!("{}# {version}\n", crate::shop::REPORT);
        change(&mut client, &uri, version, json!([{ "text": text }]));
    }
    for id in asked {
        let answer = client.answer(id);
        match answer.get("error") {
            None => assert!(
                answer["result"]["contents"]["value"].as_str().unwrap().contains("shop.order"),
                "{answer}"
            ),
            Some(error) => assert_eq!(error["code"], -32801, "{answer}"),
        }
    }
    client.shut_down();
}

#[test]
fn what_waits_for_a_reader_that_an_edit_cuts_off_is_no_panic() {
    let folder = shop();
    let body = crate::shop::bulk();
    let uris: Vec<String> = (0..6)
        .map(|number| {
            let path = format!("shop/big{number}.py");
            folder.write(&path, format!("{}\n{body}", crate::shop::WRONG));
            folder.uri(&path)
        })
        .collect();
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    let text = format!("{}\n{body}", crate::shop::WRONG);
    for uri in &uris {
        open(&mut client, uri, &text);
    }
    // An import typed at the top changes the result of all of them.
    let mut asked = Vec::new();
    for version in 2..152 {
        let typed = if version % 2 == 0 { "import shop.order\n" } else { "" };
        change(&mut client, &uris[0], version, json!([{ "text": format!("{typed}{text}") }]));
        for uri in &uris {
            let document = json!({ "textDocument": { "uri": uri } });
            asked.push(client.ask("textDocument/diagnostic", &document));
            asked.push(client.ask("textDocument/codeLens", &document));
        }
        asked.push(client.ask("workspace/diagnostic", &json!({ "previousResultIds": [] })));
        std::thread::sleep(std::time::Duration::from_millis(u64::from(version.unsigned_abs()) % 23));
    }
    for id in asked {
        let answer = client.answer(id);
        let code = answer["error"]["code"].as_i64();
        assert!(matches!(code, None | Some(-32801 | -32802)), "{answer}");
    }
    client.shut_down();
}

#[test]
fn every_request_is_answered_once_also_when_cancelled() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &uri, LATE);
    let mut asked = Vec::new();
    for number in 0..300 {
        let id = client.ask("textDocument/diagnostic", &json!({ "textDocument": { "uri": uri } }));
        if number % 3 == 0 {
            client.cancel(id);
        }
        asked.push(id);
    }
    for id in asked {
        let answer = client.answer(id);
        assert!(answer.get("result").is_some() || answer["error"]["code"] == -32800, "{answer}");
    }
    client.cancel(999_999);
    pull_until(&mut client, &uri, &["hidden-import"]);
    client.shut_down();
}

#[test]
fn a_panic_is_an_error_and_a_line_in_the_log() {
    let folder = shop();
    let uri = folder.uri("shop/order.py");
    let mut starting = start().folder(&folder).capabilities(pull());
    starting.environment = vec![("ARCHITRAVE_TEST_PANIC", "textDocument/hover".to_owned())];
    let mut client = starting.start();
    client.indexed();
    open(&mut client, &uri, ORDER);
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } });
    for _ in 0..3 {
        let error = client.refused("textDocument/hover", &at);
        assert_eq!(error["code"], -32603);
        assert!(error["message"].as_str().unwrap().contains("a test asked"), "{error}");
    }
    client.told("window/logMessage", |params| {
        params["type"] == 1 && params["message"].as_str().unwrap().contains("textDocument/hover panicked")
    });
    pull_until(&mut client, &uri, &[]);
    client.shut_down();
}
