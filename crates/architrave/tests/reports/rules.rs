//! `architrave rules`.

use crate::shell::Project;

#[test]
fn all_rules_are_listed_with_their_levels() {
    let project = Project::new(&[]);
    let run = project.run(&["rules"]);
    assert_eq!(run.code, 0);
    let mut lines = run.out.lines();
    let head: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    assert_eq!(
        head,
        [
            "rule",
            "group",
            "recommended",
            "strict",
            "layered",
            "clean",
            "hexagonal",
            "fastapi",
            "django",
            "fix",
            "since"
        ]
    );
    let hidden = lines.find(|line| line.starts_with("hidden-import ")).unwrap();
    let cells: Vec<&str> = hidden.split_whitespace().collect();
    assert_eq!(
        cells,
        ["hidden-import", "imports", "warning", "warning", "-", "-", "-", "-", "info", "fix", "0.1.0"]
    );

    let report = project.run(&["rules", "--output-format", "json"]).json();
    assert_eq!(report["schema"], 1);
    let rows = report["rules"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == "hidden-import").unwrap();
    for (key, expected) in [("group", "imports"), ("level", "warning"), ("since", "0.1.0")] {
        assert_eq!(row[key], expected);
    }
    assert_eq!((&row["presets"]["django"], &row["has_fix"]), (&"info".into(), &true.into()));
    assert!(row["presets"]["layered"].is_null());
}

#[test]
fn a_preset_shows_what_it_makes_of_them() {
    let project = Project::new(&[]);
    let run = project.run(&["rules", "--preset", "django"]);
    assert!(run.out.starts_with("django: "), "{}", run.out);
    assert!(
        run.out.lines().any(|line| line.starts_with("hidden-import ") && line.contains(" info ")),
        "{}",
        run.out
    );
    let run = project.run(&["rules", "--preset", "strict"]);
    assert!(run.out.contains("blocking-call-in-async: files = true"), "{}", run.out);
    let run = project.run(&["rules", "--preset", "strct"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("did you mean `strict`?"), "{}", run.err);
}

/// A configured preset, and one that doesn't exist.
#[test]
fn presets_are_chosen_in_configuration() {
    let project = Project::shop();
    project.write("architrave.toml", "presets = [\"django\"]\n");
    let run = project.run(&["check", "--level", "info", "--output-format", "concise"]);
    assert!(run.out.contains(" info[hidden-import] "), "{}", run.out);
    project.write("architrave.toml", "presets = [\"djanga\"]\n");
    let run = project.run(&["check"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("architrave.toml:1:12 unknown preset \"djanga\", did you mean \"django\"?"),
        "{}",
        run.err
    );
}
