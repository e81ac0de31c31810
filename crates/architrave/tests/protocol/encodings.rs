//! Columns in bytes, UTF-16 code units and characters.

use serde_json::json;

use crate::shop::{edit, open, pull_until, shop, start};

#[test]
fn ranges_and_edits_count_in_the_agreed_unit() {
    // `é` is 2 bytes and 1 unit, `😀` 4 bytes, 2 units and 1 character.
    let text = "def f():\n    x = 'é😀'; from shop.db import save; return save(x)\n";
    let cases = [
        (json!(["utf-16"]), "utf-16", 15),
        (json!(["utf-16", "utf-8"]), "utf-8", 18),
        (json!(["utf-32", "utf-16"]), "utf-32", 14),
        (json!(null), "utf-16", 15),
    ];
    for (offered, agreed, column) in cases {
        let folder = shop();
        let uri = folder.uri("shop/late.py");
        let capabilities =
            json!({ "general": { "positionEncodings": offered }, "textDocument": { "diagnostic": {} } });
        let mut client = start().folder(&folder).capabilities(capabilities).start();
        assert_eq!(client.capabilities["positionEncoding"], agreed);
        client.indexed();
        open(&mut client, &uri, text);
        let set = pull_until(&mut client, &uri, &["hidden-import"]);
        let start = &set["items"][0]["range"]["start"];
        let named = column + "from ".len() as u32;
        assert_eq!((&start["line"], &start["character"]), (&json!(1), &json!(named)), "{agreed}");
        // Removes the import, so that there are no findings; an offset that is wrong by one unit leaves broken code.
        let length = "from shop.db import save; ".len() as u32;
        edit(&mut client, &uri, 2, [1, column, 1, column + length], "");
        pull_until(&mut client, &uri, &[]);
        edit(&mut client, &uri, 3, [1, column, 1, column], "from shop.db import save; ");
        pull_until(&mut client, &uri, &["hidden-import"]);
        client.shut_down();
    }
}

#[test]
fn carriage_returns_are_line_ends() {
    let folder = shop();
    let uri = folder.uri("shop/late.py");
    let mut client = start().folder(&folder).capabilities(tests::client::pull()).start();
    client.indexed();
    open(&mut client, &uri, "def f():\r\n    from shop.db import save\r\n    return save(1)\r\n");
    let set = pull_until(&mut client, &uri, &["hidden-import"]);
    assert_eq!(set["items"][0]["range"]["start"], json!({ "line": 1, "character": 9 }));
    edit(&mut client, &uri, 2, [0, 8, 2, 0], "\r\n");
    pull_until(&mut client, &uri, &[]);
    client.shut_down();
}
