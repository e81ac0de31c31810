use camino::Utf8Path;

use super::{FileFormatting, Formatting, Indentation, Quotes, Section, Sorter, WrapMode, parse_formatting};

/// The path and the text of a file.
type File = (&'static str, &'static str);
type Length = Option<usize>;

fn at(files: &[File], path: &str) -> Formatting {
    let read: Vec<FileFormatting> =
        files.iter().filter_map(|(path, text)| parse_formatting(Utf8Path::new(path), text)).collect();
    Formatting::of(read.iter(), Utf8Path::new(path))
}

#[test]
fn line_length_and_quotes() {
    let cases: &[(&[File], Length, Length, Option<Quotes>)] = &[
        (&[], None, None, None),
        (&[("/p/pyproject.toml", "[project]\nname = 'a'")], None, None, None),
        (&[("/p/pyproject.toml", "[tool.ruff]\nline-length = 120")], Some(120), None, Some(Quotes::Double)),
        (&[("/p/ruff.toml", "[format]\nquote-style = 'single'")], Some(88), None, Some(Quotes::Single)),
        (&[("/p/.ruff.toml", "[format]\nquote-style = 'preserve'")], Some(88), None, None),
        (
            &[("/p/pyproject.toml", "[tool.black]\nline-length = 99\nskip-string-normalization = true")],
            Some(99),
            None,
            None,
        ),
        // Ruff checks, black formats.
        (
            &[("/p/pyproject.toml", "[tool.ruff]\nline-length = 320\n[tool.black]\nline_length = 100")],
            Some(100),
            None,
            Some(Quotes::Double),
        ),
        (&[("/p/setup.cfg", "[flake8]\nmax-line-length = 110")], None, Some(110), None),
        (
            &[(
                "/p/.editorconfig",
                "[*]\nmax_line_length = off\n[*.{py,pyi}]\nmax_line_length = 105\n[*.md]\nmax_line_length = 9",
            )],
            None,
            Some(105),
            None,
        ),
        // The nearer file doesn't inherit.
        (
            &[("/pyproject.toml", "[tool.ruff]\nline-length = 120"), ("/p/ruff.toml", "lint.select = ['I']")],
            Some(88),
            None,
            Some(Quotes::Double),
        ),
        // Unless it extends the other one.
        (
            &[
                (
                    "/pyproject.toml",
                    "[tool.ruff]\nline-length = 120\n[tool.ruff.format]\nquote-style = 'single'",
                ),
                ("/p/ruff.toml", "extend = '../pyproject.toml'"),
            ],
            Some(120),
            None,
            Some(Quotes::Single),
        ),
        (&[("/p/pyproject.toml", "[tool.ruff")], None, None, None),
        (&[("/q/pyproject.toml", "[tool.ruff]\nline-length = 120")], None, None, None),
    ];
    for (files, length, limit, quotes) in cases {
        let found = at(files, "/p/a/b.py");
        assert_eq!((found.line_length, found.limit, found.quotes), (*length, *limit, *quotes), "{files:?}");
    }
    let tabs = at(&[("/p/ruff.toml", "[format]\nindent-style = 'tab'")], "/p/b.py");
    assert_eq!(tabs.indentation, Some(Indentation::Tab));
}

#[test]
fn the_order_of_imports() {
    let text = "
[tool.ruff]
src = ['lib']
lint.select = ['E', 'I']
[tool.ruff.lint.isort]
known-first-party = ['shop*']
force-single-line = true
combine-as-imports = true
section-order = ['future', 'standard-library', 'third-party', 'django', 'first-party', 'local-folder']
lines-after-imports = -1
[tool.ruff.lint.isort.sections]
django = ['django', 'rest_framework']
";
    let found = at(&[("/p/pyproject.toml", text)], "/p/a.py");
    let style = &found.imports[0];
    assert_eq!(style.sorter, Sorter::Ruff);
    assert_eq!(style.src, ["/p/lib"]);
    assert!(style.force_single_line && style.combine_as && style.order_by_type);
    assert_eq!(style.sections[3], Section::Custom("django".into()));
    assert_eq!(style.declared("django.db"), Some(&Section::Custom("django".into())));
    assert_eq!(style.declared("shop_web.models"), Some(&Section::FirstParty));
    assert_eq!(style.declared("json"), None);
    assert_eq!(style.lines_after, None);

    let text = "[isort]\nprofile = black\nknown_first_party = shop, users\nknown_app =\n    apps\nline_length = 100\nsections = FUTURE,STDLIB,THIRDPARTY,APP,FIRSTPARTY\nforce_sort_within_sections = True\n";
    let found = at(&[("/p/setup.cfg", text)], "/p/a.py");
    let style = &found.imports[0];
    assert_eq!(
        (style.sorter, style.wrap, style.trailing_comma),
        (Sorter::Isort, WrapMode::VerticalHanging, true)
    );
    assert!(style.force_sort_within_sections && !style.combine_as);
    assert_eq!(found.import_length, Some(100));
    assert_eq!(style.declared("users.models"), Some(&Section::FirstParty));
    assert_eq!(style.declared("apps.a"), Some(&Section::Custom("app".into())));
    assert_eq!(style.src, ["/p/src", "/p"]);

    // The tool that sorts comes first; a tool that only checks has a style too.
    let text = "[tool.ruff]\nline-length = 100\n[tool.isort]\nprofile = 'django'\n";
    let sorters: Vec<Sorter> =
        at(&[("/p/pyproject.toml", text)], "/p/a.py").imports.iter().map(|style| style.sorter).collect();
    assert_eq!(sorters, [Sorter::Isort, Sorter::Ruff]);
}

#[test]
fn comments_above_sections() {
    let isort =
        ("/p/.isort.cfg", "[settings]\nimport_heading_stdlib = Standard Library\nimport_heading_app =\n");
    let base =
        ("/pyproject.toml", "[tool.ruff.lint.isort.import-heading]\nstandard-library = 'Standard Library'\n");
    // Settings of a file that is extended hold too.
    let ruff = ("/p/ruff.toml", "extend = '../pyproject.toml'\n[lint.isort]\ncase-sensitive = true\n");
    let whole = ("/p/ruff.toml", "[lint.isort.import-heading]\nstandard-library = 'Standard Library'\n");
    for files in [&[isort][..], &[whole], &[base, ruff]] {
        let found = at(files, "/p/a.py");
        let style = &found.imports[0];
        assert_eq!(style.heading(&Section::Standard).as_deref(), Some("# Standard Library"), "{files:?}");
        assert_eq!(style.heading(&Section::Custom("app".into())), None);
        assert!(style.is_heading("# Standard Library") && !style.is_heading("# Standard"));
    }
}

#[test]
fn patterns() {
    for (pattern, text, expected) in [
        ("a*", "abc", true),
        ("*c", "abc", true),
        ("a*b*c", "axxbxbc", true),
        ("a?c", "abc", true),
        ("a", "ab", false),
        ("a*d", "abc", false),
        ("**", "", true),
    ] {
        assert_eq!(super::imports::matches(pattern, text), expected, "{pattern} {text}");
    }
}
