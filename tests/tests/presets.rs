//! Presets: the pages name them, and declarations override each other in the right order.

use tests::TestProject;
use view::{Preset, presets};

#[test]
fn the_page_tells_of_each_preset() {
    for preset in Preset::ALL {
        let heading = format!("\n## {}\n", preset.name);
        assert!(presets::PAGE.contains(&heading), "the page doesn't tell of {}", preset.name);
    }
}

#[test]
fn the_readme_names_each_preset() {
    let readme = include_str!("../../README.md");
    for preset in Preset::ALL {
        let row = format!("| `{}` | {} |", preset.name, preset.summary);
        assert!(readme.contains(&row), "README.md lacks: {row}");
    }
}

/// `hidden-import` is a warning by default and information in `django`.
#[test]
fn what_is_nearer_wins() {
    const PRESETS: &str = "presets = [\"strict\", \"django\"]\n";
    let cases = [
        ("", Some("warning")),
        ("presets = [\"django\"]\n", Some("info")),
        (PRESETS, Some("info")),
        ("presets = [\"django\", \"recommended\"]\n", Some("warning")),
        ("presets = [\"django\", \"fastapi\"]\n", Some("info")),
        ("presets = [\"django\"]\nrules = { hidden-import = \"error\" }\n", Some("error")),
        ("presets = [\"django\"]\nrules = { hidden-import = { entry-points = [] } }\n", Some("info")),
        (
            "presets = [\"django\"]\nrules = { hidden-import = \"error\" }\n\
             [[overrides]]\npaths = [\"shop/\"]\nrules = { hidden-import = \"hint\" }\n",
            Some("hint"),
        ),
        ("presets = [\"django\"]\nrules = { hidden-import = \"off\" }\n", None),
    ];
    for (toml, expected) in cases {
        let project = TestProject::new([
            ("architrave.toml", toml),
            ("shop/__init__.py", ""),
            ("shop/prices.py", "def price(): ...\n"),
            ("shop/orders.py", "def total():\n    from shop.prices import price\n\n    return price()\n"),
        ]);
        assert_eq!(project.config_problems(), Vec::<String>::new(), "{toml}");
        let found = project.findings();
        let level = found.iter().find(|(_, finding)| finding.rule == "hidden-import");
        assert_eq!(level.map(|(_, finding)| finding.level.as_str()), expected, "{toml}");
    }
}

/// The options of a preset yield to those set for the rule.
#[test]
fn options_are_set_by_presets_too() {
    let body =
        "import fastapi\n\n\nasync def read():\n    with open(\"a\") as file:\n        return file.read()\n";
    for (toml, expected) in [
        ("", 0),
        ("presets = [\"strict\"]\n", 1),
        ("presets = [\"strict\"]\nrules = { blocking-call-in-async = { files = false } }\n", 0),
    ] {
        let project = TestProject::new([("architrave.toml", toml), ("shop/files.py", body)]);
        let found = project.findings();
        let count = found.iter().filter(|(_, finding)| finding.rule == "blocking-call-in-async").count();
        assert_eq!(count, expected, "{toml}: {found:#?}");
    }
}

#[test]
fn unknown_presets_name_the_nearest() {
    for (name, words) in
        [("hexagnal", "did you mean \"hexagonal\"?"), ("zzzz", "known are recommended, strict")]
    {
        let project = TestProject::new([("architrave.toml", format!("presets = [\"{name}\"]\n").as_str())]);
        let problems = project.config_problems().join("\n");
        assert!(problems.contains(words), "{problems}");
    }
}
