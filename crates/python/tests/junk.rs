//! Unrealistic texts, and some common ones: none may cause a panic or a stack overflow.
//!
//! Tests run on threads with 2 MiB of stack, less than any thread of the program has.

use proptest::collection::vec;
use proptest::prelude::*;

fn lowers(text: &str) -> python::Module {
    python::lower(text, &python::parse(text))
}

/// Repeats `open` `depth` times, then `inner`, then `close` `depth` times.
fn nested(depth: usize, open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

/// Blocks inside one another.
fn blocks(depth: usize, head: &str, inner: &str) -> String {
    let mut out = String::new();
    for level in 0..depth {
        out.push_str(&" ".repeat(level));
        out.push_str(head);
        out.push('\n');
    }
    out + &" ".repeat(depth) + inner + "\n"
}

#[test]
fn deep_expressions() {
    let depth = 10_000;
    let texts = [
        nested(depth, "(", "a", ")"),
        nested(depth, "(", "a", ""),
        nested(depth, "", "a", ")"),
        nested(depth, "[", "", "]"),
        nested(depth, "{", "", "}"),
        nested(depth, "f(", "a", ")"),
        nested(depth, "a[", "b", "]"),
        nested(depth, "lambda: ", "a", ""),
        nested(depth, "not ", "a", ""),
        nested(depth, "-", "1", ""),
        nested(depth, "await ", "a", ""),
        nested(depth, "a if b else ", "c", ""),
        nested(depth, "a = ", "b", ""),
        nested(depth, "(a := ", "b", ")"),
        nested(depth, "[a for b in ", "c", "]"),
        nested(depth, "x: list[", "int", "]"),
        nested(depth, "", "a", ".b"),
        nested(depth, "", "a", "()"),
        nested(depth, "", "a", "[0]"),
        nested(depth, "", "a", " + a"),
        nested(depth, "", "a", " or a"),
        nested(depth, "", "a", " < a"),
        nested(depth, "", "'a'", " 'a'"),
        nested(depth, "", "a", ", a"),
        nested(depth, "*", "a", ""),
        format!("def f(a: {}): pass", nested(depth, "list[", "a", "]")),
        format!("match a:\n  case {}: pass", nested(depth, "[", "a", "]")),
        format!("type X = {}", nested(depth, "", "a", " | a")),
        format!("import {}", nested(depth, "", "a", ".a")),
        format!("from {} import a", ".".repeat(depth)),
        format!("with {}: pass", nested(depth, "(", "a as b", ")")),
        format!("import a\nx: {} = 1", nested(depth, "a.b[", "a", "]")),
        nested(300, "f'{", "a", "}'"),
    ];
    for text in texts {
        lowers(&text);
        lowers(&format!("{text}\n"));
    }
}

#[test]
fn deep_blocks() {
    let heads =
        ["if a:", "for a in b:", "while a:", "with a:", "class A:", "def f():", "try:", "match a:", "else:"];
    for head in heads {
        lowers(&blocks(1_000, head, "import a"));
    }
    lowers(&format!("{}import a\n", "if a: ".repeat(1_000)));
}

#[test]
fn imports_are_found_down_to_the_limit() {
    assert_eq!(lowers(&blocks(90, "if a:", "import a")).imports.list.len(), 1);
}

#[test]
fn long_chains() {
    let many = 10_000;
    let texts = [
        format!("if a: b\n{}", "elif a: b\n".repeat(many)),
        format!("try: a\n{}", "except A: b\n".repeat(many)),
        format!("{}def f(): pass\n", "@a\n".repeat(many)),
        format!("def f({}): pass\n", "a, ".repeat(many)),
        format!("class A({}): pass\n", "a, ".repeat(many)),
        format!("match a:\n{}", "  case a: b\n".repeat(many)),
        "a; ".repeat(many),
        "import a\n".repeat(many),
        "# architrave: ignore\n".repeat(2_000),
        "lazy ".repeat(many),
        "\\\n".repeat(many),
    ];
    for text in texts {
        lowers(&text);
    }
    let elifs = lowers(&format!("if a: b\n{}", "elif a: import c\n".repeat(many)));
    assert_eq!(elifs.imports.list.len(), many);
}

#[test]
fn a_line_of_a_megabyte() {
    let size = 1_000_000;
    let texts = [
        "a".repeat(size),
        format!("x = '{}'\n", "a".repeat(size)),
        format!("x = [{}]\n", "1, ".repeat(size / 3)),
        format!("x = f'{}'\n", "{a}".repeat(size / 3)),
        format!("# {}\n", "a".repeat(size)),
        " ".repeat(size),
        format!("import {}\n", "a, ".repeat(size / 3)),
        "\"".repeat(size / 10),
    ];
    for text in texts {
        lowers(&text);
    }
}

#[test]
fn odd_characters() {
    let texts = [
        "\0",
        "a\0b\nimport c\n",
        "\u{feff}import a\n",
        "import a\r\nimport b\r\n",
        "import a\rimport b\r",
        "\u{c}import a\n",
        "é = 'ß'\nimport ñ.ü\n",
        "x = '\u{1f600}\\\u{1f600}'\n",
        "f'\u{1f600}{é}\u{1f600}'",
        "'\\",
        "'\\x",
        "'''\\",
        "b'",
        "f'{",
        "t'{a:{",
        "\u{2028}import a",
        "import\u{a0}a\n",
        "# architrave: ignore[\u{1f600}, \u{a0}x]\n",
        "x: '\u{1f600}.a.'\nimport a\n",
    ];
    for text in texts {
        lowers(text);
    }
    assert_eq!(lowers("\u{feff}lazy import a\r\nimport b\r\n").imports.list.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in vec(any::<u8>(), 0..2_000)) {
        lowers(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn random_words(words in vec(prop::sample::select(WORDS), 0..400)) {
        lowers(&words.concat());
    }
}

const WORDS: &[&str] = &[
    "import ",
    "from ",
    "lazy ",
    "a",
    ".",
    ",",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ";",
    "\n",
    "\n  ",
    "\n    ",
    "=",
    "*",
    "**",
    "->",
    "@",
    "def f",
    "class A",
    "if ",
    "elif ",
    "else",
    "try",
    "except ",
    "finally",
    "with ",
    " as ",
    "for ",
    " in ",
    "while ",
    "match ",
    "case ",
    "lambda ",
    "async ",
    "await ",
    "yield ",
    "return ",
    "raise ",
    "global ",
    "type X ",
    ":=",
    "'",
    "\"",
    "\"\"\"",
    "f'",
    "t\"",
    "rb'",
    "\\",
    "#",
    "# architrave: ignore[",
    "1",
    "é",
    "not ",
    "is ",
    "...",
    "__all__",
    "TYPE_CHECKING",
    "importlib.import_module('",
    "|",
    "~",
    "<",
    "!r",
    "\t",
    "\r\n",
    "print ",
    "exec ",
    "__future__",
];
