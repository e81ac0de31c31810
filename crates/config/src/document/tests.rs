//! Places in finished and half-typed documents.
#![allow(clippy::unwrap_used)]

use super::{Document, Role};

/// The element at `$0`: its role, the keys before it, the typed part, and the text on either side of its span.
fn place(text: &str) -> String {
    let offset = text.find("$0").unwrap() as u32;
    let text = text.replacen("$0", "", 1);
    let document = Document::parse(&text);
    let Some(place) = document.place(offset) else { return "nothing".to_owned() };
    let role = match place.role {
        Role::Header { is_list, is_last } => {
            format!(
                "header{}{}",
                if is_list { " of a list" } else { "" },
                if is_last { "" } else { ", inner" }
            )
        }
        Role::Key { has_value, is_inline, is_last } => format!(
            "key{}{}{}",
            if has_value { " with a value" } else { "" },
            if is_inline { ", inline" } else { "" },
            if is_last { "" } else { ", inner" }
        ),
        Role::Value => "value".to_owned(),
        Role::Item => "item".to_owned(),
    };
    let written = &text[place.span.start as usize..place.span.end as usize];
    format!("{role} at {}: {written}", place.path.join("/"))
}

#[test]
fn finished() {
    for (text, expected) in [
        ("$0", "key at : "),
        ("st$0yle = 'clean'", "key with a value at : style"),
        ("style$0 = 'clean'", "key with a value at : style"),
        ("style = 'cl$0ean'", "value at style: 'clean'"),
        ("style = 'clean'$0", "value at style: 'clean'"),
        ("style = 'clean' $0", "nothing"),
        ("style = 'clean' # x$0", "nothing"),
        ("# $0", "nothing"),
        ("# x\n$0", "key at : "),
        ("[ru$0les]\n", "header at : rules"),
        ("[[con$0tracts]]\n", "header of a list at : contracts"),
        ("[tool.archi$0trave.rules]\n", "header, inner at tool: architrave"),
        ("[rules]$0\n", "nothing"),
        ("[rules]\n$0\n[layers]\n", "key at rules: "),
        ("[rules]\nhidden-import = 'o$0ff'\n[layers]\n", "value at rules/hidden-import: 'off'"),
        ("[layers]\ndomain = ['a', 'b$0']", "item at layers/domain: 'b'"),
        ("[layers]\ndomain = ['a', $0]", "item at layers/domain: "),
        ("[layers]\ndomain = [\n  'a',\n  $0\n]", "item at layers/domain: "),
        ("[layers]\ndomain = ['a']$0", "nothing"),
        ("rules = { hidden-import = $0'off', a = 1 }", "value at rules/hidden-import: 'off'"),
        ("rules = { hidden-import = 'off', l$0 }", "key, inline at rules: l"),
        ("rules = { $0 }", "key, inline at rules: "),
        ("rules = { hidden-import = 'off', $0 }", "key, inline at rules: "),
        ("contracts = [\n { name = 'x', type = '$0' }\n]", "value at contracts/type: ''"),
        ("rules.hid$0 = 'off'", "key with a value at rules: hid"),
        ("ru$0les.hidden-import = 'off'", "key with a value, inner at : rules"),
        ("\"st$0yle\" = 'clean'", "key with a value at : \"style\""),
        ("depth = 1$02\n", "value at depth: 12"),
    ] {
        assert_eq!(place(text), expected, "{text}");
    }
}

#[test]
fn half_typed() {
    for (text, expected) in [
        ("sty$0", "key at : sty"),
        ("style = $0", "value at style: "),
        ("style =$0", "value at style: "),
        ("style = $0\nexclude = []", "value at style: "),
        ("style = cl$0\n", "value at style: cl"),
        ("style = 'cl$0\nexclude = []\n", "value at style: 'cl"),
        ("style = 'cl\nexclu$0 = []\n", "key with a value at : exclu"),
        ("[ru$0", "header at : ru"),
        ("[$0", "header at : "),
        ("[$0]", "header at : "),
        ("[[$0]]", "header of a list at : "),
        ("[rules.$0", "header at rules: "),
        ("[rules.$0]\n", "header at rules: "),
        ("[rules\nhidden$0\n", "key at rules: hidden"),
        ("rules.$0", "key at rules: "),
        ("[layers]\ndomain = [$0\napplication = ['a']\n", "item at layers/domain: "),
        ("[layers]\ndomain = ['a$0\napplication = ['a']\n", "item at layers/domain: 'a"),
        ("[layers]\ndomain = ['a', $0\n\n[rules]\n", "item at layers/domain: "),
        ("[layers]\ndomain = ['a',\n$0\n\n[rules]\n", "item at layers/domain: "),
        ("[layers]\ndomain = ['a',\n\n[rules]\nhid$0", "key at rules: hid"),
        ("[layers]\ndomain = ['a'\napplication = ['$0']\n", "item at layers/application: ''"),
        ("rules = { hidden-import = $0\n", "value at rules/hidden-import: "),
        ("rules = { hid$0\n\n[layers]", "key, inline at rules: hid"),
        ("rules = { $0\n\n[layers]", "key, inline at rules: "),
        ("contracts = [\n { name = 'x', $0\n", "key, inline at contracts: "),
        ("contracts = [\n { name = 'x', type = '$0\n", "value at contracts/type: '"),
        ("= 1\nsty$0", "key at : sty"),
        (")(\nsty$0", "key at : sty"),
        ("x = '''\nsty$0\n", "value at x: '''\nsty\n"),
    ] {
        assert_eq!(place(text), expected, "{text}");
    }
}

/// Every offset of every prefix of realistic and malformed text yields a result with a span within the text.
#[test]
fn anything_is_read() {
    let texts = [
        "source-roots = ['src']\n[[contracts]]\nname = \"a\"\nlayers = [\n 'x', # y\n 'é'\n]\n[rules]\na = { level = 'off', b = [1, {c = 2}] }\n",
        "[[[[\n]]]]\n{{{{\n====\n....\n,,,,\n'''\n\"\"\"\\\u{feff}\u{1f600}\r\n\t[a.\r\n",
    ];
    for text in texts {
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            let document = Document::parse(&text[..end]);
            for offset in 0..=(end + 2) as u32 {
                if let Some(place) = document.place(offset) {
                    assert!(text[..end].get(place.span.start as usize..place.span.end as usize).is_some());
                }
            }
        }
    }
    for deep in ["a = [[", "a = {b={b=", "[[a.a."] {
        Document::parse(&deep.repeat(5000)).place(20_000);
    }
}
