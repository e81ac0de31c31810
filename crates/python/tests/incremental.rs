//! For any sequence of edits, a tree reparsed after each edit lowers to the same facts as a fresh one.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use python::{Lowered, Tree};

/// The texts that are typed, including some that make a text unbalanced.
const PIECES: &[&str] = &[
    "",
    "",
    "",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "\"\"\"",
    "f\"",
    "t'",
    "\\",
    "\n",
    "\n\n",
    "\n    ",
    "\n        ",
    "\r\n",
    " ",
    "\t",
    ":",
    ",",
    ".",
    "=",
    ":=",
    "*",
    "#",
    "# architrave: ignore[x]\n",
    "@",
    "->",
    "é",
    "日本",
    "\u{1f600}",
    "x",
    "1",
    "import ",
    "import q.r as s\n",
    "from . import t\n",
    "lazy ",
    "lazy import u\n",
    "def f():\n",
    "class A(B):\n",
    "if TYPE_CHECKING:\n",
    "else:\n",
    "try:\n",
    "except E, F:\n",
    "match x:\n",
    "case ",
    "lambda a: ",
    "async ",
    "await ",
    "yield ",
    "return ",
    "type X = ",
    "global g\n",
    "print ",
    "exec ",
    "pass",
    "...",
    "[x for x in y]",
    "importlib.import_module('v')",
];

const TEXTS: &[&str] = &[
    include_str!("incremental/service.py"),
    include_str!("incremental/syntax.py"),
    include_str!("incremental/package.py"),
    "",
];

#[derive(Debug, Clone)]
struct Edit {
    /// The position, in 65,536ths of the text; a position near the previous one continues typing.
    at: u16,
    /// Whether it follows the previous edit.
    near: bool,
    /// The number of characters removed.
    removed: usize,
    inserted: &'static str,
}

fn edit() -> impl Strategy<Value = Edit> {
    let removed = prop_oneof![3 => Just(0usize), 1 => 1usize..4, 1 => 1usize..60];
    (any::<u16>(), prop::bool::weighted(0.6), removed, prop::sample::select(PIECES))
        .prop_map(|(at, near, removed, inserted)| Edit { at, near, removed, inserted })
}

fn apply(text: &str, edit: &Edit, before: usize) -> (String, usize) {
    let wanted = if edit.near {
        before + usize::from(edit.at % 7)
    } else {
        text.len() * usize::from(edit.at) / 65_535
    };
    let start = floor(text, wanted);
    let end = text[start..].char_indices().nth(edit.removed).map_or(text.len(), |(offset, _)| start + offset);
    (format!("{}{}{}", &text[..start], edit.inserted, &text[end..]), start + edit.inserted.len())
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Applies `edits` to `text`, and compares after each.
fn check(text: &str, edits: &[Edit]) {
    let mut text = text.to_owned();
    let mut at = 0;
    // As for an open buffer, a reparse starts from the last error-free tree, which may be several edits old.
    let mut kept: (String, Tree) = (text.clone(), python::parse(&text));
    let mut lowered = Lowered::after(None, &Arc::from(&*text), &kept.1);
    for edit in edits {
        (text, at) = apply(&text, edit, at);
        let tree = python::reparse(&kept.1, &kept.0, &text);
        let fresh = python::parse(&text);
        assert_eq!(tree.is_whole(), fresh.is_whole(), "{edit:?} led to\n{text}");
        let facts = python::lower(&text, &fresh);
        assert_eq!(python::lower(&text, &tree), facts, "{edit:?} led to\n{text}");
        let whole = python::reparse_whole(Some((&kept.1, &kept.0)), &text, &|| false);
        assert_eq!(whole.is_some(), fresh.is_whole(), "{edit:?} led to\n{text}");
        // Holds for a broken tree too, although such trees are never kept.
        let again = Lowered::after(Some(&lowered), &Arc::from(&*text), whole.as_ref().unwrap_or(&tree));
        assert_eq!(*again.module, facts, "{edit:?} led to\n{text}");
        if let Some(tree) = whole {
            kept = (text.clone(), tree);
            lowered = again;
        }
    }
}

/// The grammar recovers from `lazy` as it can, and recovered differently when an old tree was available for reuse.
#[test]
fn a_tree_with_lazy_imports_is_parsed_again() {
    let before = "def columns():\n    lazy from .tables import COLUMNS\n\n    return COLUMNS\n";
    let after = "def columns():\n    lazy from .tabl\n     import COLUMNS\n\n    return COLUMNS\n";
    let tree = python::reparse(&python::parse(before), before, after);
    let fresh = python::parse(after);
    assert_eq!(tree.is_whole(), fresh.is_whole());
    assert_eq!(python::lower(after, &tree), python::lower(after, &fresh));
}

/// Recovery from an error depends on the reusable parts of an old tree; a fresh parse of a short text is cheap.
#[test]
fn a_short_broken_text_is_parsed_again() {
    let before = format!("# architrave: ignore[x]\n{}", TEXTS[0]);
    let after = before.replacen("BookingService(session).book", "BookingService(session).->book", 1);
    assert_ne!(before, after);
    let tree = python::reparse(&python::parse(&before), &before, &after);
    assert!(
        python::lower(&after, &tree) == python::lower(&after, &python::parse(&after)),
        "the facts differ"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_reparsed_tree_says_what_a_fresh_one_says(
        text in prop::sample::select(TEXTS),
        edits in vec(edit(), 1..20),
    ) {
        check(text, &edits);
    }
}

/// The grammar says so with a node of its own, which no cursor visits.
#[test]
fn a_text_that_lacks_a_line_break_is_broken() {
    assert!(!python::parse("try:\nyield try:\n").is_whole());
}

#[test]
fn the_texts_are_whole() {
    for text in TEXTS {
        assert!(python::parse(text).is_whole(), "{text}");
    }
}

#[test]
fn a_parse_can_be_given_up() {
    let text = TEXTS.concat().repeat(20);
    assert!(python::parse_cancellable(&text, &|| true).is_none());
    let tree = python::parse(&text);
    let changed = format!("x = (\n{text}");
    assert!(python::reparse_cancellable(&tree, &text, &changed, &|| true).is_none());
    // The next parse on this thread starts with its own text.
    assert_eq!(python::lower("import a\n", &python::parse("import a\n")).imports.list.len(), 1);
}

/// Reparses and lowers `new` after `old`, both whole.
fn twice(old: &str, new: &str) -> [Lowered; 2] {
    let tree = python::parse(old);
    let before = Lowered::after(None, &Arc::from(old), &tree);
    let tree = python::reparse_whole(Some((&tree, old)), new, &|| false).expect("it is whole");
    let after = Lowered::after(Some(&before), &Arc::from(new), &tree);
    assert_eq!(*after.module, python::lower(new, &python::parse(new)));
    [before, after]
}

#[test]
fn what_an_edit_leaves_alone_is_not_lowered_again() {
    let text = include_str!("incremental/service.py");
    let [before, after] = twice(text, &text.replacen("range(3)", "range(34)", 1));
    let pairs = before.module.bodies.list.iter().zip(&after.module.bodies.list);
    let made_anew: Vec<_> =
        pairs.filter(|(old, new)| !Arc::ptr_eq(old, new)).map(|(old, _)| old.owner).collect();
    // The module, its classes, and the function that was typed in.
    assert!(before.module.bodies.list.len() > 9 && made_anew.len() <= 4, "{made_anew:?}");
    assert!(Arc::ptr_eq(&before.module.definitions, &after.module.definitions));
}

#[test]
fn an_edit_of_a_comment_leaves_every_fact_the_very_same() {
    let text = include_str!("incremental/service.py");
    let typed = text.replacen("        query = (\n", "        # a word\n        query = (\n", 1);
    assert_ne!(text, typed);
    let [before, after] = twice(text, &typed);
    assert!(Arc::ptr_eq(&before.module.imports, &after.module.imports));
    assert!(Arc::ptr_eq(&before.module.definitions, &after.module.definitions));
    assert!(Arc::ptr_eq(&before.module.bodies, &after.module.bodies));
    assert_ne!(before.module.spans, after.module.spans);
}

/// A function's facts are numbered in the module's lists, and those above it may become more or fewer.
#[test]
fn what_is_copied_is_numbered_anew() {
    let text = TEXTS.concat();
    for head in
        ["import aa\n", "class Q(aa):\n    x = 1\n", "def q(a: b = c):\n    import d\n", "type_checked = 1\n"]
    {
        let longer = format!("{head}{text}");
        twice(&text, &longer);
        twice(&longer, &text);
    }
    let alias = "from typing import TYPE_CHECKING as CHECKS\n";
    let text = format!("{alias}def f():\n    if CHECKS:\n        import a\n    load('b')\n");
    twice(&text, &text.replacen("CHECKS\n", "OTHER\n", 1));
    twice(&text, &format!("from importlib import import_module as load\n{text}"));
}

#[test]
fn a_keystroke_that_breaks_a_text_costs_a_part_of_a_parse() {
    let text = TEXTS[0].repeat(60);
    let tree = python::parse(&text);
    let looks = std::cell::Cell::new(0_u32);
    let count = || {
        looks.set(looks.get() + 1);
        false
    };
    python::parse_cancellable(&text, &count);
    let whole = looks.take();
    for typed in ["(", "\"\"\"", "iimport a\n", "class A:\n  "] {
        let changed = format!("{typed}{text}");
        let found = python::reparse_whole(Some((&tree, &text)), &changed, &count);
        assert!(found.is_none(), "{typed}");
        let looks = looks.take();
        assert!(looks * 5 < whole, "{typed}: {looks} of {whole}");
    }
    let changed = text.replacen("LIMIT: int = 100", "LIMIT: int = 1001", 1);
    let found = python::reparse_whole(Some((&tree, &text)), &changed, &count);
    assert!(found.is_some(), "what was left alone is handed on");
}

/// The longer a text, the more statements a reparse passes over before it comes to the edit.
#[test]
fn a_word_is_read_in_a_text_of_any_length() {
    for times in [1, 20, 200] {
        let text = TEXTS[0].repeat(times);
        let tree = python::parse(&text);
        let places: Vec<usize> = text.match_indices("LIMIT: int = 100").map(|(at, _)| at).collect();
        for place in [places[0], places[places.len() / 2], places[places.len() - 1]] {
            let mut changed = text.clone();
            changed.insert(place, 'X');
            let found = python::reparse_whole(Some((&tree, &text)), &changed, &|| false);
            assert!(found.is_some(), "{} bytes, at {place}", text.len());
        }
    }
}

/// Between two whole texts there are mostly broken ones, and what breaks them is seen in the line.
#[test]
fn a_line_that_is_broken_by_itself_costs_no_parse_of_the_text() {
    let text = TEXTS[0].repeat(60);
    let tree = python::parse(&text);
    let looks = std::cell::Cell::new(0_u32);
    let count = || {
        looks.set(looks.get() + 1);
        false
    };
    let statement = "LIMIT: int = 100";
    let place = text.match_indices(statement).nth(30).expect("it is repeated").0;
    for typed in ["import ", "iimport a; ", "from a import", "x.y z", "x = f(a b) ", "return = "] {
        let changed = format!("{}{typed}\n{}", &text[..place], &text[place..]);
        assert!(python::reparse_whole(Some((&tree, &text)), &changed, &count).is_none(), "{typed}");
        assert_eq!(looks.take(), 0, "{typed}");
    }
    // None of these is an error where it stands, or not by what the line says.
    for (old, new) in [
        ("if a:\n    b = 1\nc = 2\n", "if a:\n    b = 1\nelse:\n    c = 2\n"),
        ("a = 1\ndef f(): pass\n", "@a\ndef f(): pass\n"),
        ("a = '''\nb = 1\n'''\n", "a = '''\nb = = 1\n'''\n"),
        ("a = [\n    b,\n]\n", "a = [\n    b,\n    *c, # (\n]\n"),
        ("a = b\n", "a = \\\n    b\n"),
        ("a = 1 \\\n    + 2\n", "a = 1 \\\n    + 2 + 3\n"),
        ("import a\n", "lazy import a\n"),
        ("match a:\n    case 1:\n        pass\n", "match a:\n    case 1 | 2:\n        pass\n"),
        ("a = 1\nb = 2\n", "a = 1; b = 2\n"),
    ] {
        let tree = python::parse(old);
        assert!(python::reparse_whole(Some((&tree, old)), new, &|| false).is_some(), "{new}");
    }
}
