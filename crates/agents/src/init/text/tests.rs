use super::*;

fn entry(table: &'static str, key: &str, toml: &str) -> Entry {
    Entry {
        table,
        key: key.to_owned(),
        toml: toml.to_owned(),
        why: vec!["why".to_owned()],
        is_comment: false,
        is_optional: false,
    }
}

fn three() -> [Entry; 3] {
    [
        entry("", "style", "style = \"clean\""),
        entry("layers", "shared", "shared = [\"y\"]"),
        entry(
            "[[contracts]]",
            "c",
            "name = \"c\"\ntype = \"modules\"\n\n[[contracts.modules]]\npath = \"x\"",
        ),
    ]
}

/// Each line of the old text is in the new one, in order; the new one declares all entries, once.
#[track_caller]
fn added(before: &str, entries: &[Entry]) -> String {
    let after = composed(Some(before), entries);
    let mut lines = after.lines();
    for line in before.lines() {
        assert!(lines.any(|it| it == line), "{line} is lost or elsewhere in\n{after}");
    }
    assert!(after.parse::<DocumentMut>().is_ok(), "{after}");
    for entry in entries {
        assert!(!holds(before, entry) && holds(&after, entry), "{} in\n{after}", entry.key);
    }
    after
}

#[test]
fn what_stands_there_stays() {
    let before = "# mine\nexclude = [\n    \"a\",\n]\n\n[layers] # mine too\ndomain = [\"x\"]\n\n[rules]\nn-plus-one = \"off\"";
    assert_eq!(
        added(before, &three()),
        "# mine\nexclude = [\n    \"a\",\n]\n\n# why\nstyle = \"clean\"\n\n[layers] # mine too\ndomain = [\"x\"]\n# why\nshared = [\"y\"]\n\n[rules]\nn-plus-one = \"off\"\n\n# why\n[[contracts]]\nname = \"c\"\ntype = \"modules\"\n\n[[contracts.modules]]\npath = \"x\"\n"
    );
    assert!(holds(before, &entry("layers", "domain", "")) && !holds(before, &entry("", "domain", "")));
}

#[test]
fn a_comment_at_the_head_stays_there() {
    for (before, after) in [
        ("# mine\n", "# mine\n\n# why\nstyle = \"clean\"\n"),
        ("", "# why\nstyle = \"clean\"\n"),
        ("# mine\n\n# of rules\n[rules]\n", "# mine\n\n# why\nstyle = \"clean\"\n\n# of rules\n[rules]\n"),
        ("# of rules\n[rules]\n", "# why\nstyle = \"clean\"\n\n# of rules\n[rules]\n"),
        ("exclude = []\n# bye\n", "exclude = []\n# bye\n\n# why\nstyle = \"clean\"\n"),
        (
            "# one\n\n[a.b]\nx = 1\n\n[[c]]\ny = 1\n# end\n",
            "# one\n\n# why\nstyle = \"clean\"\n\n[a.b]\nx = 1\n\n[[c]]\ny = 1\n# end\n",
        ),
    ] {
        assert_eq!(added(before, &three()[..1]), after);
    }
}

#[test]
fn tables_are_found_whichever_way_they_are_written() {
    let [_, layer, contract] = three();
    for before in [
        "layers = { domain = [\"x\"] }\n",
        "layers.domain = [\"x\"]\n\n[rules]\na = 1\n",
        "[ layers ]\n\"domain\" = [\"x\"] # shared = here\n",
        "[layers.modules]\nx = [\"a\"]\n\n[rules]\na = 1\n",
        "[layers]\n",
        "text = \"\"\"\n[layers]\n\"\"\"\n",
    ] {
        let after = composed(Some(before), std::slice::from_ref(&layer));
        assert!(holds(&after, &layer) && !holds(before, &layer), "{after}");
        let document: DocumentMut = after.parse().expect("it is TOML");
        assert_eq!(document["layers"]["shared"][0].as_str(), Some("y"), "{after}");
    }
    let before = "contracts = [{ name = \"one\" }]\n";
    let after = composed(Some(before), std::slice::from_ref(&contract));
    assert!(holds(&after, &contract) && holds(&after, &entry("[[contracts]]", "one", "")), "{after}");
    let document: DocumentMut = after.parse().expect("it is TOML");
    assert_eq!(document["contracts"][1]["modules"][0]["path"].as_str(), Some("x"), "{after}");
}

#[test]
fn what_is_only_a_comment_stays_one_and_is_known() {
    let comments = three().map(|it| Entry { is_comment: true, ..it });
    for before in
        ["", "# mine\n", "exclude = []\n\n[layers]\ndomain = [\"x\"]\n\n[rules]\n", "[rules]\na = 1\n"]
    {
        let after = composed(Some(before), &comments[..2]);
        assert!(after.contains("# style = \"clean\"\n") && after.contains("# shared = [\"y\"]\n"), "{after}");
        assert!(comments[..2].iter().all(|entry| holds(&after, entry)), "{after}");
        let plain = |text: &str| text.parse::<toml_edit::DocumentMut>().map(|it| it.as_table().len()).ok();
        assert!(plain(&after) <= plain(before).map(|count| count + 1), "{after}");
        assert!(after.find("# style") < after.find("[layers]"), "{after}");
    }
}

#[test]
fn line_endings_and_a_byte_order_mark_stay() {
    let after = composed(Some("\u{feff}# mine\r\nexclude = []\r\n"), &three());
    assert!(after.starts_with("\u{feff}# mine\r\nexclude = []\r\n\r\n# why\r\nstyle = "), "{after:?}");
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    assert_eq!(composed(Some("no [ TOML"), &three()), "no [ TOML");
}
