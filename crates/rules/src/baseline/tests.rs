#![allow(clippy::unwrap_used)]

use super::*;

fn entry(path: &str, fingerprint: &str) -> Entry {
    Entry::new(path, "hidden-import", fingerprint, "words")
}

const TEXT: &str = r#"{
  "schema": 1,
  "accepted": [
    {"path": "a.py", "rule": "hidden-import", "fingerprint": "01", "message": "words"},
    {"path": "b.py", "rule": "hidden-import", "fingerprint": "00", "message": "words"},
    null
  ]
}
"#;

#[test]
fn text_is_sorted_and_one_entry_a_line() {
    let baseline = Baseline::of([entry("b.py", "00"), entry("a.py", "01"), entry("b.py", "00")]);
    assert_eq!(baseline.to_text(None), TEXT);
    assert_eq!(Baseline::parse(TEXT).unwrap(), baseline);
    assert_eq!(baseline.to_text(Some("{\r\n}")), TEXT.replace('\n', "\r\n"));
    assert_eq!(Baseline::parse(&baseline.to_text(Some("\r\n"))).unwrap(), baseline);
}

/// Whatever text a message contains survives the round trip.
#[test]
fn words_survive() {
    for words in ["a \"b\" \\ c", "ünï\u{2028}", "tab\tand \u{1}", ""] {
        let baseline = Baseline::of([Entry::new("a b/ü.py", "r", "0", words)]);
        assert_eq!(Baseline::parse(&baseline.to_text(None)).unwrap(), baseline, "{words:?}");
    }
    let long = Entry::new("a", "r", "0", &"ü".repeat(500));
    assert_eq!(long.message.chars().count(), SHORT + 1);
    assert_eq!(Entry::new("a", "r", "0", "one\ntwo").message, "one");
}

/// Two branches that each remove an entry, or add one elsewhere, touch no common line.
#[test]
fn an_entry_is_one_line_of_a_diff() {
    let less = Baseline::parse(TEXT).unwrap().without(|entry| entry.path == "b.py");
    let text = less.to_text(None);
    let gone: Vec<&str> = TEXT.lines().filter(|line| !text.contains(line)).collect();
    assert_eq!(gone.len(), 1);
    assert_eq!(TEXT.lines().count(), text.lines().count() + 1);
    let more = less.with(entry("c.py", "02")).to_text(None);
    assert_eq!(more.lines().filter(|line| !text.contains(line)).count(), 1);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let cases = [
        ("", 1, "not a baseline (EOF"),
        ("[]", 1, "not a baseline"),
        ("{\n  \"schema\": 1,\n  \"accepted\": [\n    {\"path\": 1}\n  ]\n}\n", 4, "expected a string"),
        ("{\n  \"schema\": 1\n}\n", 3, "missing field `accepted`"),
        ("{\n  \"schema\": 2,\n  \"accepted\": []\n}\n", 2, "schema 2 is not known"),
        (
            "{\n\"schema\": 1,\n\"accepted\": [\n<<<<<<< HEAD\nnull\n=======\nnull\n>>>>>>> b\n]}",
            4,
            "keep the entries",
        ),
        ("{\r\n  \"schema\": 1,\r\n=======\r\n}", 3, "keep the entries"),
    ];
    for (text, line, words) in cases {
        let broken = Baseline::parse(text).unwrap_err();
        assert_eq!(broken.line, line, "{text}: {}", broken.message);
        assert!(broken.message.contains(words), "{text}: {}", broken.message);
    }
    let deep = format!("{{\"schema\": 1, \"accepted\": {}", "[".repeat(100_000));
    assert!(Baseline::parse(&deep).is_err());
}

/// A merge may leave duplicate entries, unsorted entries, or no closing `null`.
#[test]
fn what_a_merge_leaves_is_read() {
    let merged = "\u{feff}{\"schema\": 1, \"accepted\": [\n\
        {\"path\": \"b.py\", \"rule\": \"hidden-import\", \"fingerprint\": \"00\", \"message\": \"words\"},\n\
        {\"path\": \"b.py\", \"rule\": \"hidden-import\", \"fingerprint\": \"00\", \"message\": \"others\"},\n\
        {\"path\": \"a.py\", \"rule\": \"hidden-import\", \"fingerprint\": \"01\", \"message\": \"words\"}\n]}";
    assert_eq!(Baseline::parse(merged).unwrap().to_text(None), TEXT);
}

#[test]
fn findings_are_covered_by_their_own_path_or_one_that_is_gone() {
    let baseline = Baseline::of([entry("a.py", "1"), entry("b.py", "1"), entry("c.py", "2")]);
    let there: &[&str] = &["a.py", "b.py", "new/c.py"];
    // Path and fingerprint of a finding, and the path of the entry that accepts it.
    let cases = [
        ("a.py", "1", Some("a.py")),
        ("b.py", "1", Some("b.py")),
        ("new/c.py", "2", Some("c.py")),
        ("d.py", "1", None),
        ("a.py", "3", None),
    ];
    for (path, fingerprint, expected) in cases {
        let entry = baseline.covers(path, fingerprint, |path| there.contains(&path));
        assert_eq!(entry.map(|entry| entry.path.as_str()), expected, "{path} {fingerprint}");
    }
}
