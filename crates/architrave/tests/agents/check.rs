//! `check`: what is new, worse and fixed; on disk, in a diff, in unsaved text.

use serde_json::{Value, json};

use crate::session::{Client, Shop, rules};

const SERVICE: &str = "shop/application/services/order_service.py";

fn wrong(shop: &Shop) -> String {
    let text = shop.read(SERVICE);
    format!("from shop.infrastructure.orders import SqlOrderRepository\n{text}").replace(
        "self._orders = orders",
        "self._orders = orders\n        self._other = SqlOrderRepository(None)",
    )
}

#[test]
fn one_violation_that_is_put_in_is_found_and_nothing_else() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    assert_eq!(client.answer("check", json!({}))["status"], "nothing checked");
    let good = shop.read(SERVICE);
    shop.write(SERVICE, &format!("{good}\n\nLIMIT = 3\n"));
    let clean = client.answer("check", json!({}));
    assert_eq!(
        (clean["status"].as_str(), clean["counts"]["files_changed"].as_u64()),
        (Some("clean"), Some(1)),
        "{clean}"
    );

    shop.write(
        SERVICE,
        &good.replacen("from", "from shop.infrastructure.orders import SqlOrderRepository\nfrom", 1),
    );
    let found = client.answer("check", json!({}));
    assert_eq!(found["status"], "findings");
    assert_eq!(rules(&found["new"]), ["layer-violation"], "{found}");
    assert_eq!(found["new"][0]["place"], format!("{SERVICE}:1"));
    // The index is warm and checks for changes at each call.
    shop.write(SERVICE, &good);
    assert_eq!(client.answer("check", json!({}))["status"], "nothing checked");
}

#[test]
fn unsaved_text_and_diffs_are_checked_as_if_they_were_saved() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    let before = shop.read(SERVICE);
    let unsaved = client.answer("check", json!({ "contents": { SERVICE: wrong(&shop) } }));
    assert_eq!(unsaved["status"], "findings", "{unsaved}");
    assert!(rules(&unsaved["new"]).contains(&"layer-violation"), "{unsaved}");
    let diff = format!(
        "--- a/{SERVICE}\n+++ b/{SERVICE}\n@@ -1,2 +1,3 @@\n from shop.domain.order import Order\n+from shop.infrastructure.orders import SqlOrderRepository\n from shop.domain.ports import OrderRepository\n"
    );
    let patched = client.answer("check", json!({ "diff": diff }));
    assert_eq!(rules(&patched["new"]), ["layer-violation"], "{patched}");
    assert_eq!(shop.read(SERVICE), before, "nothing is written");
    let refused = client.refusal("check", json!({ "diff": diff.replace("domain.order", "domain.nothing") }));
    assert!(refused.contains("doesn't fit"), "{refused}");

    // What `git diff` prints where nothing is changed.
    for nothing in ["", "\n"] {
        let unchanged = client.answer("check", json!({ "diff": nothing }));
        assert_eq!(unchanged["status"], "nothing checked", "{unchanged}");
        let (code, _, err) = shop.run(&["tool", "check", &json!({ "diff": nothing }).to_string()], "");
        assert_eq!(code, 0, "{err}");
    }

    let broken = client.answer("check", json!({ "contents": { SERVICE: "def f(:\n" } }));
    assert_eq!(broken["status"], "incomplete", "{broken}");
    assert!(broken["not_looked_at"][0]["reason"].as_str().unwrap().contains("syntax errors"));
    let gone = client.answer("check", json!({ "contents": { "shop/domain/order.py": Value::Null } }));
    assert_eq!(gone["status"], "findings", "what imports it is broken: {gone}");
    let new = client.answer("check", json!({ "contents": { "shop/domain/new.py": "import sqlalchemy\n" } }));
    assert_eq!(rules(&new["new"]), ["framework-in-domain"], "{new}");
}

#[test]
fn what_is_mended_is_said_and_what_is_elsewhere_is_found() {
    let shop = Shop::new();
    shop.write(SERVICE, &wrong(&shop));
    let mut client = Client::start(shop.path());
    let mended = shop
        .read(SERVICE)
        .replace("from shop.infrastructure.orders import SqlOrderRepository\n", "")
        .replace("\n        self._other = SqlOrderRepository(None)", "");
    let fixed = client.answer("check", json!({ "contents": { SERVICE: mended } }));
    assert_eq!(fixed["status"], "clean", "{fixed}");
    assert!(fixed["fixed"].to_string().contains("layer-violation"), "{fixed}");
    // The class no longer implements the port that others depend on by name.
    let cycle = client.answer("check", json!({ "contents": { "shop/domain/order.py": "from shop.domain.ports import OrderRepository\n\n\nclass Order:\n    pass\n" }, "level": "info" }));
    assert!(rules(&cycle["new"]).contains(&"circular-import"), "{cycle}");
}

/// Each group of modules that reach each other is told as its shortest cycle, so joining two of them takes a finding away
/// and changes another, about imports that nobody touched.
#[test]
fn the_cycle_that_a_change_closes_is_told_and_none_that_was_there() {
    let module = |import: &str, name: &str| format!("import {import}\n\n\nclass {name}:\n    pass\n");
    let (a, b) = (module("app.b", "A"), module("app.a", "B").replacen('\n', "\nimport app.c\n", 1));
    let (c, d) = (module("app.d", "C"), module("app.c", "D"));
    let joined = d.replacen('\n', "\nimport app.a\n", 1);
    let with = |d: &str| {
        Shop::with(&[
            ("pyproject.toml", "[project]\nname = \"app\"\n"),
            ("app/__init__.py", ""),
            ("app/a.py", &a),
            ("app/b.py", &b),
            ("app/c.py", &c),
            ("app/d.py", d),
        ])
    };
    let shop = with(&d);
    let mut client = Client::start(shop.path());
    let closed = client.answer("check", json!({ "contents": { "app/d.py": joined } }));
    assert_eq!(rules(&closed["new"]), ["circular-import"], "{closed}");
    let row = &closed["new"][0];
    assert_eq!(row["place"], "app/d.py:2", "{closed}");
    let words = row["message"].as_str().unwrap_or_default();
    assert!(words.contains("`app.d → app.a → app.b → app.c → app.d`, closed by this change"), "{closed}");
    assert_eq!(
        (closed["counts"]["fixed"].as_u64(), closed["counts"]["worse"].as_u64()),
        (Some(0), Some(0)),
        "{closed}"
    );
    // An import within a group, or out of it, closes no cycle that matters.
    let other = c.replacen('\n', "\nfrom app import d\n", 1);
    let within = client.answer("check", json!({ "contents": { "app/c.py": other } }));
    assert_eq!(within["status"], "clean", "{within}");

    let shop = with(&joined);
    let mut client = Client::start(shop.path());
    let parted = client.answer("check", json!({ "contents": { "app/d.py": d } }));
    assert_eq!(parted["status"], "clean", "what is left was there: {parted}");
    let mended = client.answer("check", json!({ "contents": { "app/d.py": "class D:\n    pass\n" } }));
    assert_eq!(mended["status"], "clean", "{mended}");
}

/// A session remembers what it found in a state of the project: until the disk or the baseline changes.
#[test]
fn what_was_found_holds_until_the_disk_changes() {
    let shop = Shop::new();
    let mut client = Client::start(shop.path());
    let good = shop.read(SERVICE);
    let question = json!({ "contents": { SERVICE: wrong(&shop) } });
    let first = client.answer("check", question.clone());
    assert_eq!(first["status"], "findings", "{first}");
    assert_eq!(client.answer("check", question.clone()), first, "the same again");
    let may = json!({ "from": SERVICE, "to": "SqlOrderRepository" });
    let no = client.answer("may_import", may.clone());
    assert_eq!((client.answer("may_import", may.clone()), no["allowed"].as_bool()), (no, Some(false)));

    shop.write(SERVICE, &wrong(&shop));
    let saved = client.answer("check", question);
    assert_eq!(saved["status"], "clean", "it is what is on the disk now: {saved}");
    assert_eq!(client.answer("check", json!({}))["status"], "findings", "compared with the revision");
    assert_eq!(shop.run(&["baseline"], "").0, 0);
    let accepted = client.answer("check", json!({}));
    assert_eq!(accepted["status"], "clean", "{accepted}");
    std::fs::remove_file(shop.path().join(".architrave-baseline.json")).unwrap();
    shop.write(SERVICE, &good);
    assert_eq!(client.answer("may_import", may)["allowed"], false, "the index follows the disk");
}
