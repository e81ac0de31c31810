//! The progress display while the project is read, and a user who cancels it.

use serde_json::{Value, json};
use tests::client::everything;

use crate::shop::{pull_until, shop, start};

#[test]
fn the_index_is_shown_from_beginning_to_end() {
    let folder = shop();
    let mut client = start().folder(&folder).capabilities(everything()).start();
    let token = client.told("window/workDoneProgress/create", |_| true)["token"].clone();
    let begin = client.told("$/progress", |params| params["value"]["kind"] == "begin");
    assert_eq!((&begin["token"], &begin["value"]["cancellable"]), (&token, &json!(true)));
    let end = client.told("$/progress", |params| params["value"]["kind"] == "end");
    assert_eq!(end["token"], token);
    client.shut_down();
}

#[test]
fn it_says_what_is_done_after_the_last_file_too() {
    let folder = shop();
    let body = crate::shop::bulk().lines().take(60).collect::<Vec<_>>().join("\n");
    for number in 0..300 {
        folder.write(&format!("shop/many/m{number}.py"), &body);
    }
    let mut client = start().folder(&folder).capabilities(everything()).start();
    client.told("$/progress", |params| params["value"]["kind"] == "end");
    client.settle();
    let (mut seen, mut before) = (Vec::new(), 0);
    for report in client.heard("$/progress") {
        let Some(message) =
            report["value"]["message"].as_str().filter(|_| report["value"]["kind"] == "report")
        else {
            continue;
        };
        let phases = ["reading", "resolving imports", "working out the architecture", "checking"];
        seen.push(phases.iter().position(|words| message.starts_with(words)).unwrap());
        let percentage = report["value"]["percentage"].as_u64().unwrap();
        assert!((before..=100).contains(&percentage), "{report}");
        before = percentage;
    }
    // The progress token may have been requested only after the files were read.
    assert!(seen.is_sorted() && seen.ends_with(&[3]), "{seen:?}");
    client.shut_down();
}

#[test]
fn a_client_that_refuses_is_shown_nothing() {
    let folder = shop();
    let mut starting = start().folder(&folder).capabilities(everything());
    starting.grants_progress = false;
    let mut client = starting.start();
    client.indexed();
    client.settle();
    assert_eq!(client.heard("$/progress"), Vec::<Value>::new());
    client.shut_down();
}

#[test]
fn it_can_be_stopped_and_single_files_are_still_judged() {
    let folder = shop();
    let body = crate::shop::bulk();
    for number in 0..600 {
        folder.write(&format!("shop/many/m{number}.py"), &body);
    }
    let mut client = start().folder(&folder).capabilities(everything()).start();
    let token = client.told("$/progress", |params| params["value"]["kind"] == "begin")["token"].clone();
    client.notify("window/workDoneProgress/cancel", &json!({ "token": token }));
    let end = client.told("$/progress", |params| params["value"]["kind"] == "end");
    assert_eq!(end["value"]["message"], "stopped");
    let late = folder.uri("shop/late.py");
    crate::shop::open(&mut client, &late, crate::shop::LATE);
    pull_until(&mut client, &late, &["hidden-import"]);
    let report = client.request("workspace/diagnostic", &json!({ "previousResultIds": [] }));
    assert_eq!(report["items"], json!([]));
    client.shut_down();
}

#[test]
fn without_a_folder_it_is_over_at_once() {
    let mut client = start().capabilities(everything()).start();
    client.indexed();
    let facts =
        client.request("workspace/executeCommand", &json!({ "command": "architrave.debugInformation" }));
    assert!(facts.as_str().unwrap().contains(r#""projects": []"#), "{facts}");
    client.shut_down();
}
