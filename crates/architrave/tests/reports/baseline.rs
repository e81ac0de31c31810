//! `architrave baseline`, and `check` with one.

use crate::shell::{MENDED, ORDERS, Project};

const FILE: &str = ".architrave-baseline.json";

#[test]
fn only_new_findings_fail() {
    let project = Project::shop();
    assert_eq!(project.run(&["check"]).code, 1);
    assert_eq!(project.read(FILE), None, "check never creates one");
    let written = project.run(&["baseline"]);
    assert_eq!(
        (written.code, written.out.as_str()),
        (0, ".architrave-baseline.json: 2 accepted (2 added, 0 taken out)\n")
    );
    let before = project.read(FILE).unwrap();

    let run = project.run(&["check", "--output-format", "concise"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert_eq!(run.err, "baseline: 2 accepted, 0 fixed since, 0 new\n");
    // Lines are added and removed above: it is still the same.
    project.write("shop/orders.py", &format!("\n\n# words\n{ORDERS}"));
    project.write("shop/late.py", "def late():\n    from shop.prices import price\n\n    return price\n");
    let run = project.run(&["check", "--output-format", "concise"]);
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("shop/late.py:2:10 ") && run.out.lines().count() == 1, "{}", run.out);
    assert!(run.err.ends_with("baseline: 2 accepted, 0 fixed since, 1 new\n"), "{}", run.err);
    assert_eq!(project.read(FILE).unwrap(), before, "it isn't touched where it needs no change");

    let report = project.run(&["check", "--output-format", "json"]).json();
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1));
    let expected = serde_json::json!({ "path": FILE, "accepted": 2, "fixed": 0, "new": 1 });
    assert_eq!(report["baseline"], expected);

    let run = project.run(&["check", "--no-baseline", "--output-format", "concise"]);
    assert_eq!((run.code, run.out.lines().count(), run.err.as_str()), (1, 3, ""));
    let again = project.run(&["baseline"]);
    assert_eq!(again.out, ".architrave-baseline.json: 3 accepted (1 added, 0 taken out)\n");
    assert_eq!(project.run(&["check"]).code, 0);
}

#[test]
fn it_shrinks_and_in_ci_it_is_an_error_that_it_could() {
    let project = Project::shop();
    project.run(&["baseline"]);
    let before = project.read(FILE).unwrap();
    project.write("shop/orders.py", MENDED);
    for (arguments, ci) in [
        (&["check"][..], Some("true")),
        (&["check", "--locked"], None),
        (&["check", "--locked", "--output-format", "json"], Some("1")),
    ] {
        let run = project.run_with(arguments, ci);
        assert_eq!(run.code, 1, "{arguments:?}");
        assert!(run.err.contains("no longer found: shop/orders.py [hidden-import]"), "{}", run.err);
        assert!(run.err.contains("error: run `architrave check`"), "{}", run.err);
        assert!(run.err.ends_with("baseline: 1 accepted, 1 fixed since, 0 new\n"), "{}", run.err);
        assert_eq!(project.read(FILE).unwrap(), before);
    }
    let run = project.run_with(&["check"], Some("false"));
    assert_eq!(run.code, 0);
    assert!(run.err.contains("note: taken out of .architrave-baseline.json"), "{}", run.err);
    let after = project.read(FILE).unwrap();
    let gone: Vec<&str> = before.lines().filter(|line| !after.contains(line)).collect();
    assert!(gone.len() == 1 && gone[0].contains("shop/orders.py"), "{gone:?}");
    assert_eq!(before.lines().count(), after.lines().count() + 1);
    assert_eq!(project.run_with(&["check"], Some("true")).code, 0);
    // A fixed finding can't come back unnoticed.
    project.write("shop/orders.py", ORDERS);
    assert_eq!(project.run(&["check"]).code, 1);
    // The entries of a removed file are removed.
    project.remove("shop/taxes.py");
    project.write("shop/orders.py", MENDED);
    assert_eq!(project.run(&["check"]).code, 0);
    assert!(!project.read(FILE).unwrap().contains("fingerprint"));
}

#[test]
fn entries_outside_of_the_given_paths_hold() {
    let project = Project::shop();
    project.run(&["baseline"]);
    let before = project.read(FILE).unwrap();
    project.write("shop/orders.py", MENDED);
    let run = project.run_with(&["check", "shop/taxes.py"], Some("true"));
    assert_eq!((run.code, run.err.as_str()), (0, "baseline: 1 accepted, 0 fixed since, 0 new\n"));
    assert_eq!(project.read(FILE).unwrap(), before);
    // Writing for one path leaves the others unchanged.
    let written = project.run(&["baseline", "shop/taxes.py"]);
    assert!(written.out.ends_with("2 accepted (0 added, 0 taken out)\n"), "{}", written.out);
    assert_eq!(project.read(FILE).unwrap(), before);
    let written = project.run(&["baseline", "shop/orders.py"]);
    assert!(written.out.ends_with("1 accepted (0 added, 1 taken out)\n"), "{}", written.out);
}

#[test]
fn a_file_may_be_named() {
    let project = Project::shop();
    project.write("ci/keep", "");
    assert_eq!(project.run(&["baseline", "--baseline", "ci/known.json"]).code, 0);
    assert_eq!(project.read(FILE), None);
    assert!(project.read("ci/known.json").unwrap().contains("\"path\": \"shop/orders.py\""));
    assert_eq!(project.run(&["check"]).code, 1);
    assert_eq!(project.run(&["check", "--baseline", "ci/known.json"]).code, 0);
    project.write("shop/orders.py", MENDED);
    assert_eq!(project.run(&["check", "--baseline", "ci/known.json"]).code, 0);
    assert!(!project.read("ci/known.json").unwrap().contains("shop/orders.py"));
}

#[test]
fn a_broken_file_is_no_success() {
    for (text, words) in [
        ("", ".architrave-baseline.json:1: not a baseline"),
        (
            "{\n\"schema\": 1,\n\"accepted\": [\n<<<<<<< HEAD\n",
            ".architrave-baseline.json:4: a merge was left here",
        ),
        ("{\n\"schema\": 7, \"accepted\": []}", ".architrave-baseline.json:2: schema 7"),
    ] {
        let project = Project::shop();
        project.write(FILE, text);
        for command in ["check", "baseline"] {
            let run = project.run(&[command]);
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{text}");
            assert!(run.err.contains(words), "{text}: {}", run.err);
        }
        assert_eq!(project.read(FILE).unwrap(), text, "it isn't written over");
        assert_eq!(project.run(&["check", "--no-baseline"]).code, 1);
    }
    // One of another folder is ignored.
    let project = Project::shop();
    project.write("web/pyproject.toml", "");
    project.write(&format!("web/{FILE}"), "");
    assert_eq!(project.run(&["check", "shop"]).code, 1);
    assert_eq!(project.run(&["check"]).code, 2);
    let run = project.run(&["check", "--baseline", "nowhere.json"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is no baseline"), "{}", run.err);
}

#[test]
fn nothing_to_accept_writes_nothing() {
    let project = Project::new(&[("pyproject.toml", ""), ("shop.py", "X = 1\n")]);
    let run = project.run(&["baseline"]);
    assert_eq!((run.code, project.read(FILE)), (0, None), "{}", run.out);
}

/// A project in a repository with one baseline for all.
#[test]
fn the_nearest_upwards_counts() {
    let project = Project::shop();
    project.git(&["init", "-q"]);
    project.write("web/pyproject.toml", "[project]\nname = \"web\"\n");
    project.write("web/site/__init__.py", "");
    project.write("web/site/a.py", "def f():\n    from site.b import g\n\n    return g\n");
    project.write("web/site/b.py", "def g(): ...\n");
    let accepted = project.run(&["baseline"]);
    let below = project.run(&["check", "web"]);
    assert_eq!(below.code, 0, "{}{}{}", accepted.out, below.out, below.err);
    // Nothing is removed from below: names could start elsewhere there.
    project.write("web/site/a.py", "");
    let before = project.read(FILE).unwrap();
    let run = project.run(&["check", "web"]);
    assert_eq!((run.code, project.read(FILE).unwrap()), (0, before), "{}", run.err);
    assert_eq!(project.run(&["check"]).code, 0);
    assert!(!project.read(FILE).unwrap().contains("web/site/a.py"));
}
