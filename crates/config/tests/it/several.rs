//! Several files in one folder.

use camino::Utf8Path;
use config::{Config, Origin, conflicts, kind_of, parse, pick};
use expect_test::expect;

use crate::show;

const FILES: [(&str, &str); 6] = [
    ("tach.toml", "[[modules]]\npath = 'a'\ndepends_on = []\n[[modules]]\npath = 'b'\n"),
    (".importlinter", "[importlinter]\nroot_package = a\n"),
    ("setup.cfg", "[importlinter]\nroot_package = a\n"),
    ("sub/pyproject.toml", "[tool.importlinter]\nroot_package = 'a'\n"),
    ("pyproject.toml", "[tool.architrave]\n"),
    ("architrave.toml", ""),
];

fn read(names: &[&str]) -> Vec<Config> {
    names
        .iter()
        .map(|name| {
            let (_, text) = FILES.iter().find(|(file, _)| file == name).unwrap();
            parse(Utf8Path::new(name), text).config.unwrap()
        })
        .collect()
}

#[test]
fn ours_before_import_linters_before_tachs() {
    for (names, winner) in [
        (&["tach.toml", "architrave.toml", "setup.cfg"][..], "architrave.toml"),
        (&["tach.toml", "pyproject.toml", ".importlinter"], "pyproject.toml"),
        (&["pyproject.toml", "architrave.toml"], "architrave.toml"),
        (&[".importlinter", "setup.cfg", "sub/pyproject.toml"], "setup.cfg"),
        (&["sub/pyproject.toml", ".importlinter"], ".importlinter"),
        (&["tach.toml", "sub/pyproject.toml"], "sub/pyproject.toml"),
        (&["tach.toml"], "tach.toml"),
    ] {
        let picked = pick(read(names)).unwrap();
        let (Origin::Own(path) | Origin::Pyproject(path) | Origin::ImportLinter(path) | Origin::Tach(path)) =
            &picked.origin
        else {
            panic!("no file");
        };
        assert_eq!(path, winner, "{names:?}");
    }
    assert_eq!(pick(Vec::new()), None);
}

#[test]
fn two_of_ours_are_one_too_many() {
    let both = conflicts(&read(&["architrave.toml", "pyproject.toml", "tach.toml"]));
    let shown: String = both.iter().map(|problem| show::problem(problem, FILES[4].1)).collect();
    expect![[r#"
        warning 1:1 [[tool.architrave]] not read: the architrave.toml beside this file configures instead; keep one of the two
    "#]].assert_eq(&shown);
    assert_eq!(conflicts(&read(&["pyproject.toml", "setup.cfg"])), []);
    assert_eq!(conflicts(&read(&["architrave.toml", "tach.toml"])), []);
}

#[test]
fn other_files_are_not_ours() {
    for name in ["Architrave.toml", "architrave.toml.bak", "setup.py", "tach.domains.toml", "", "/"] {
        assert_eq!(kind_of(Utf8Path::new(name)), None, "{name}");
        let nothing = config::Parsed { config: None, problems: Vec::new(), broken: None };
        assert_eq!(parse(Utf8Path::new(name), "style = 1"), nothing, "{name}");
    }
    assert!(kind_of(Utf8Path::new("/x/architrave.toml")).is_some());
}
