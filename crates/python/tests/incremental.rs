//! Whatever is typed, a tree that was reparsed after each edit lowers to the same facts as a fresh one.

use proptest::collection::vec;
use proptest::prelude::*;
use python::Tree;

/// What is typed, and what unbalances a text.
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
    /// Where, in 65,536ths of the text; a number near the one before is typing on.
    at: u16,
    /// Whether it follows the edit before.
    near: bool,
    /// How many characters go.
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

/// Types `edits` into `text`, and compares after each.
fn check(text: &str, edits: &[Edit]) {
    let mut text = text.to_owned();
    let mut at = 0;
    // As for an open buffer: a reparse starts from the last whole tree, which may be several edits ago.
    let mut kept: (String, Tree) = (text.clone(), python::parse(&text));
    for edit in edits {
        (text, at) = apply(&text, edit, at);
        let tree = python::reparse(&kept.1, &kept.0, &text);
        let fresh = python::parse(&text);
        assert_eq!(tree.is_whole(), fresh.is_whole(), "{edit:?} led to\n{text}");
        assert_eq!(python::lower(&text, &tree), python::lower(&text, &fresh), "{edit:?} led to\n{text}");
        if tree.is_whole() {
            kept = (text.clone(), tree);
        }
    }
}

/// The grammar recovers from `lazy` as it can, and from what an old tree offers it recovered otherwise.
#[test]
fn a_tree_with_lazy_imports_is_parsed_again() {
    let before = "def columns():\n    lazy from .tables import COLUMNS\n\n    return COLUMNS\n";
    let after = "def columns():\n    lazy from .tabl\n     import COLUMNS\n\n    return COLUMNS\n";
    let tree = python::reparse(&python::parse(before), before, after);
    let fresh = python::parse(after);
    assert_eq!(tree.is_whole(), fresh.is_whole());
    assert_eq!(python::lower(after, &tree), python::lower(after, &fresh));
}

/// Recovery from an error depends on what an old tree offers for reuse; a fresh parse of a short text costs nothing.
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
    // The next parse on this thread begins from its own text.
    assert_eq!(python::lower("import a\n", &python::parse("import a\n")).imports.list.len(), 1);
}
