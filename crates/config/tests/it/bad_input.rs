//! Broken, malicious and unusual files: each yields a clear result.

use camino::Utf8Path;
use expect_test::expect;

use crate::check;

#[test]
fn broken_toml_is_told_once_and_nothing_of_it_counts() {
    check(
        "architrave.toml",
        "style = \"clean\"\nexclude = [\"a\"\n\n[rules]\nunknown = 1\n",
        &expect![[r#"
            error 2:14 ["] not valid TOML: missing comma between array elements, expected `,`
        "#]],
    );
    check(
        "architrave.toml",
        "style = \"clean\"\nrequire-reasons = tru\nzzz = 1\n",
        &expect![[r#"
            error 2:19 [tru] not valid TOML: invalid boolean, expected `true`
        "#]],
    );
    check(
        "architrave.toml",
        "style =",
        &expect![[r#"
            error 1:7 [=] not valid TOML: string values must be quoted, expected literal string
        "#]],
    );
    check(
        "architrave.toml",
        "\u{feff}style = 'clean'\nstyle = 'modules'\n",
        &expect![[r#"
            error 2:1 [style] not valid TOML: duplicate key
        "#]],
    );
}

#[test]
fn broken_pyproject_is_ours_only_with_our_table() {
    check(
        "pyproject.toml",
        "[project\nname = 1\n",
        &expect![[r#"
        nothing declared
    "#]],
    );
    check(
        "pyproject.toml",
        "[tool.architrave]\nstyle = 'clean'\n[project]\nname = \n",
        &expect![[r#"
            error 4:6 [=] not valid TOML: string values must be quoted, expected literal string
        "#]],
    );
}

/// Every prefix and every damaged byte of realistic files, for all readers. Only checks that they return, and that
/// spans are within the text at character boundaries.
#[test]
fn nothing_panics() {
    let samples = [
        include_str!("own.rs"),
        include_str!("importlinter.rs"),
        "[[modules]]\npath = 'a'\nlayer = 'x'\n[[interfaces]]\nexpose = ['(']\nfrom = ['\u{e9}']\n",
        "\u{feff}[tool.architrave]\nlayers = { \"d\u{f6}main\" = [\"\u{e9}\u{1f600}*\"] }\n'\u{0}' = '\u{7f}'\n",
        "[importlinter]\n a = b\n\tc\n[importlinter:contract:\u{e9}]\n\u{e9} : \u{e9}\n \u{3000}x\n]\n[\n[]\n",
    ];
    for sample in samples {
        let ends: Vec<usize> = sample.char_indices().map(|(at, _)| at).step_by(97).collect();
        for end in ends {
            answers(&sample[..end]);
            let rest = sample[end..].chars().next().map_or(0, char::len_utf8);
            for damage in ["", "\"", "[", "]", "=", "\n", "'''", "\u{0}", "{"] {
                answers(&format!("{}{damage}{}", &sample[..end], &sample[end + rest..]));
            }
        }
    }
    answers("");
    answers(&"x".repeat(5 << 20));
    answers(&format!("a = [{}]", "\"x\",".repeat(200_000)));
    answers(&format!("[importlinter]\n{}", " x\n".repeat(200_000)));
    answers(&"[a]\n".repeat(10_000));
    answers(&"[".repeat(100_000));
    answers(&format!("[layers]\ndomain = [\"{}\"]", "a.".repeat(50_000)));
    answers(&format!("exclude = [\"{}\"]", "{a,".repeat(10_000)));
    answers(&format!("[[interfaces]]\nexpose = [\"{}\"]", "(".repeat(10_000)));
    answers("[rules.x]\na = 99999999999999999999999\nb = 0x1F\nc = -inf\nd = 07:32:00\n");
}

fn answers(text: &str) {
    for name in ["architrave.toml", "pyproject.toml", ".importlinter", "tach.toml"] {
        let config::Parsed { problems, .. } = config::parse(Utf8Path::new(name), text);
        for problem in problems {
            let (start, end) = (problem.span.start as usize, problem.span.end as usize);
            assert!(text.get(start..end).is_some(), "{name}: {problem:?}");
        }
    }
}
