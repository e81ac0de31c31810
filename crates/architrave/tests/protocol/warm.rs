//! A server that finds what earlier ones have kept says what one says that keeps nothing.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tests::client::{Folder, pull};

use crate::shop::{WRONG, shop, start};

/// All diagnostics of the workspace, sorted by document.
fn diagnostics(folder: &Folder, kept: Option<&Path>) -> Vec<(String, Value)> {
    let mut start = start().folder(folder).capabilities(pull());
    if let Some(kept) = kept {
        start.environment = vec![
            ("ARCHITRAVE_NO_CACHE", String::new()),
            ("ARCHITRAVE_CACHE_DIR", kept.to_str().unwrap().to_owned()),
        ];
    }
    let mut client = start.start();
    client.indexed();
    let report = client.request("workspace/diagnostic", &json!({ "previousResultIds": [] }));
    client.shut_down();
    let items = report["items"].as_array().unwrap().iter();
    let mut found: Vec<(String, Value)> =
        items.map(|item| (item["uri"].to_string(), item["items"].clone())).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[test]
fn it_says_the_same() {
    let folder = shop();
    let place = tempfile::tempdir().unwrap();
    let kept = place.path().join("kept");
    for (change, path, text) in [
        ("at first", "shop/db.py", "def save(row):\n    return row\n"),
        ("an import is new", "shop/order.py", WRONG),
        ("a file is new", "shop/more.py", "def f():\n    from shop.late import f\n    return f()\n"),
        ("it is empty", "shop/order.py", ""),
    ] {
        folder.write(path, text);
        let expected = diagnostics(&folder, None);
        assert_eq!(diagnostics(&folder, Some(&kept)), expected, "{change}");
        assert!(fs::read_dir(&kept).unwrap().next().is_some(), "something is kept");
        assert_eq!(diagnostics(&folder, Some(&kept)), expected, "{change}, kept before");
    }
}
