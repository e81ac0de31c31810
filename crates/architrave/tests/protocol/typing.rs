//! The diagnostics between two keystrokes, and after the last one.

use serde_json::{Value, json};
use tests::client::{Folder, pull, push};

use crate::shop::{LATE, ORDER, WRONG, bulk, change, edit, open, pull_until, pushed, rules, shop, start};

/// Found only when all rules have run.
const UNUSED: &str = "import os  # architrave: ignore[n-plus-one]\n\n\n";

/// Its findings: the first by rules that wait for a pause, the second from the text itself.
const FOUND: [&str; 2] = ["unused-ignore", "hidden-import"];

/// Rule, line and column of a document's diagnostics.
fn places(diagnostics: &Value) -> Vec<(String, u64, u64)> {
    let place = |diagnostic: &Value| {
        let start = &diagnostic["range"]["start"];
        let number = |key: &str| start[key].as_u64().unwrap();
        (diagnostic["code"].as_str().unwrap().to_owned(), number("line"), number("character"))
    };
    diagnostics.as_array().unwrap().iter().map(place).collect()
}

/// The diagnostics of a fresh server for this text.
fn fresh(folder: &Folder, uri: &str, text: &str) -> Value {
    let mut client = start().folder(folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, uri, text);
    let shown = crate::shop::pulled(&mut client, uri);
    client.shut_down();
    shown["items"].clone()
}

/// Waits until nothing is due any more.
fn pause() {
    std::thread::sleep(std::time::Duration::from_millis(600));
}

#[test]
fn what_is_still_true_stays_and_moves_with_the_text() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let text = format!("{UNUSED}{LATE}");
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &uri, &text);
    let before = pull_until(&mut client, &uri, &FOUND);
    let before = places(&before["items"]);
    edit(&mut client, &uri, 2, [0, 0, 0, 0], "\n");
    let mut version = 2;
    let mut typed = String::new();
    for letter in "# what is typed here".chars() {
        version += 1;
        let column = typed.len() as u32;
        edit(&mut client, &uri, version, [0, column, 0, column], &letter.to_string());
        typed.push(letter);
        let shown = places(&crate::shop::pulled(&mut client, &uri)["items"]);
        let expected: Vec<_> =
            before.iter().map(|(rule, line, column)| (rule.clone(), line + 1, *column)).collect();
        assert_eq!(shown, expected, "after {typed:?}");
    }
    // A bracket is opened: what is missing from the broken text was not removed.
    edit(&mut client, &uri, version + 1, [0, 0, 0, 0], "(");
    let shown = places(&crate::shop::pulled(&mut client, &uri)["items"]);
    assert_eq!(shown.len(), 2, "{shown:?}");
    edit(&mut client, &uri, version + 2, [0, 0, 0, 1], "");
    typed.push('\n');
    pause();
    let whole = crate::shop::pulled(&mut client, &uri)["items"].clone();
    assert_eq!(whole, fresh(&folder, &uri, &format!("{typed}{text}")));
    client.shut_down();
}

#[test]
fn an_import_is_judged_with_its_last_letter_and_what_rests_on_it_after_a_pause() {
    let folder = shop();
    let (order, report) = (folder.uri("shop/order.py"), folder.uri("shop/report.py"));
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &report, crate::shop::REPORT);
    open(&mut client, &order, ORDER);
    pull_until(&mut client, &report, &[]);
    pull_until(&mut client, &order, &[]);
    for ((letter, column), version) in WRONG.chars().zip(0_u32..).zip(2..) {
        edit(&mut client, &order, version, [0, column, 0, column], &letter.to_string());
    }
    assert_eq!(rules(&crate::shop::pulled(&mut client, &order)["items"]), ["forbidden-import"]);
    client.told("workspace/diagnostic/refresh", |_| true);
    pull_until(&mut client, &report, &["forbidden-import"]);
    let whole = pull_until(&mut client, &order, &["forbidden-import"]);
    assert_eq!(whole["items"], fresh(&folder, &order, &format!("{WRONG}{ORDER}")));
    client.shut_down();
}

#[test]
fn no_keystroke_cuts_off_the_answer_to_the_one_before() {
    let folder = shop();
    let uri = folder.uri("shop/big.py");
    let text = format!("{WRONG}\n{}", bulk());
    folder.write("shop/big.py", &text);
    let mut client = start().folder(&folder).capabilities(pull()).start();
    client.indexed();
    open(&mut client, &uri, &text);
    crate::shop::pulled(&mut client, &uri);
    let mut cut_off = 0;
    for (round, version) in (0..20).zip((2..).step_by(2)) {
        // An import typed letter by letter, with a request for each letter; the next one comes before the answer.
        let typed = |letters: usize| format!("{}{text}", &"import shop.order"[..letters % 17]);
        change(&mut client, &uri, version, json!([{ "text": typed(2 * round) }]));
        let id = client.ask("textDocument/diagnostic", &json!({ "textDocument": { "uri": uri } }));
        std::thread::sleep(std::time::Duration::from_millis(10));
        change(&mut client, &uri, version + 1, json!([{ "text": typed(2 * round + 1) }]));
        cut_off += usize::from(client.answer(id).get("error").is_some());
    }
    // On a busy machine the answer may not have been started when the next letter comes.
    assert!(cut_off < 10, "{cut_off} of 20 were cut off");
    client.shut_down();
}

#[test]
fn a_pushed_finding_neither_vanishes_nor_stays_behind() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let text = format!("{UNUSED}{LATE}");
    let mut client = start().folder(&folder).capabilities(push()).start();
    open(&mut client, &uri, &text);
    pushed(&mut client, &uri, &FOUND);
    pause();
    for version in 2..52 {
        edit(&mut client, &uri, version, [0, 0, 0, 0], "#\n");
        if version % 10 == 0 {
            client.settle();
        }
    }
    let last =
        client.told("textDocument/publishDiagnostics", |set| set["uri"] == uri && set["version"] == 51);
    assert_eq!(rules(&last["diagnostics"]), FOUND);
    assert_eq!(last["diagnostics"][0]["range"]["start"]["line"], 50);
    pause();
    client.settle();
    let mut before = 1;
    for set in client.heard("textDocument/publishDiagnostics") {
        if set["uri"] == uri && set["version"].as_i64() > Some(1) {
            assert_eq!(rules(&set["diagnostics"]), FOUND, "{set}");
            let version = set["version"].as_i64().unwrap();
            assert!(before <= version, "{set} comes after one of version {before}");
            assert_eq!(set["diagnostics"][0]["range"]["start"]["line"], version - 1, "{set}");
            before = version;
        }
    }
    client.shut_down();
}
