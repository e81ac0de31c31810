//! The formats of `check`. The SARIF schema is checked in `tests/reports/run.sh`, which fetches it.

use serde_json::Value;

use crate::shell::Project;

/// A shop whose folder has a name with special characters of every format.
fn awkward() -> Project {
    let project = Project::new(&[
        ("srv/sh op&ü/pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("srv/sh op&ü/shop/__init__.py", ""),
        ("srv/sh op&ü/shop/prices.py", "def price(order):\n    return order.total\n"),
        (
            "srv/sh op&ü/shop/orders.py",
            "def total(order):\n    é = 1; from shop.prices import price\n\n    return price(order), é\n",
        ),
    ]);
    project.git(&["init", "-q"]);
    project
}

const FOLDER: &str = "srv/sh op&ü";

fn report(format: &str) -> (i32, String) {
    let run = awkward().run(&["check", "--output-format", format, FOLDER]);
    (run.code, run.out)
}

#[test]
fn github_shows_annotations_in_the_repository() {
    let (code, out) = report("github");
    assert_eq!(code, 1);
    assert!(
        out.starts_with(
            "::warning file=srv/sh op&ü/shop/orders.py,line=2,col=17,endColumn=28,title=architrave%3A hidden-import::`shop.prices` is imported inside `total`"
        ),
        "{out}"
    );
    assert_eq!(out.lines().count(), 1);
}

#[test]
fn gitlab_has_the_fields_that_are_documented() {
    let (code, out) = report("gitlab");
    let issues: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, issues.as_array().unwrap().len()), (1, 1));
    let issue = &issues[0];
    assert_eq!((&issue["check_name"], &issue["severity"]), (&"hidden-import".into(), &"major".into()));
    let location =
        serde_json::json!({ "path": "srv/sh op&ü/shop/orders.py", "lines": { "begin": 2, "end": 2 } });
    assert_eq!(issue["location"], location);
    assert_eq!(issue["fingerprint"].as_str().map(str::len), Some(16));
}

#[test]
fn junit_is_escaped_and_counts() {
    let (code, out) = report("junit");
    assert_eq!(code, 1);
    for words in [
        "<testsuites name=\"architrave\" tests=\"1\" failures=\"1\" errors=\"0\">",
        "<testcase name=\"hidden-import:2:17\" classname=\"shop/orders.py\" file=\"shop/orders.py\" line=\"2\">",
        "a top-level import is safe (no cycle)",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let clean = Project::new(&[("pyproject.toml", ""), ("shop.py", "X = 1\n")]);
    let run = clean.run(&["check", "--output-format", "junit"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("tests=\"1\" failures=\"0\"") && run.out.contains("<testcase "), "{}", run.out);
}

#[test]
fn sarif_says_where_why_and_how_to_mend() {
    let (code, out) = report("sarif");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &report["version"]), (1, &"2.1.0".into()));
    let run = &report["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let base = run["originalUriBaseIds"]["SRCROOT"]["uri"].as_str().unwrap();
    assert!(base.starts_with("file:///") && base.ends_with('/'), "{base}");
    let result = &run["results"][0];
    let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!((&result["ruleId"], &rule["id"]), (&"hidden-import".into(), &"hidden-import".into()));
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("## Why"));
    // The page is part of the report: a link might be broken.
    assert!(rule["helpUri"].is_null() && run["tool"]["driver"]["informationUri"].is_null());
    let at = &result["locations"][0]["physicalLocation"];
    let expected = serde_json::json!({
        "artifactLocation": { "uri": "srv/sh%20op&%C3%BC/shop/orders.py", "uriBaseId": "SRCROOT" },
        "region": { "startLine": 2, "startColumn": 17, "endLine": 2, "endColumn": 28 },
    });
    assert_eq!(*at, expected);
    assert_eq!(result["partialFingerprints"]["architrave/v1"].as_str().map(str::len), Some(16));
    assert!(result["suppressions"].is_null());
    let replacements = &result["fixes"][0]["artifactChanges"][0]["replacements"];
    assert!(replacements.as_array().is_some_and(|list| !list.is_empty()), "{result:#}");
}

/// A rule that is off by default is marked so, and accepted findings are suppressed rather than fixed.
#[test]
fn sarif_suppresses_what_is_accepted() {
    let project = Project::shop();
    project.run(&["baseline"]);
    let run = project.run(&["check", "--output-format", "sarif"]);
    assert_eq!(run.code, 0);
    let results = &run.json()["runs"][0]["results"];
    assert_eq!(results.as_array().map(Vec::len), Some(2));
    for result in results.as_array().unwrap() {
        assert_eq!(
            (&result["suppressions"][0]["status"], &result["level"]),
            (&"accepted".into(), &"warning".into())
        );
        assert!(!result["message"]["text"].as_str().unwrap().contains("accepted"));
    }
    for format in ["github", "gitlab", "junit", "concise"] {
        let out = project.run(&["check", "--output-format", format]).out;
        assert!(!out.contains("hidden-import"), "{format}: {out}");
    }
}

#[test]
fn statistics_count() {
    let project = Project::shop();
    project.write(
        "shop/cart.py",
        "import importlib\n\n\ndef f():\n    return importlib.import_module(\"shop.prices\")\n",
    );
    let run = project.run(&["check", "--statistics"]);
    assert_eq!(run.code, 1);
    let lines: Vec<Vec<&str>> = run.out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(
        lines,
        [
            vec!["findings", "rule", "level", "fixable", "files"],
            vec!["2", "hidden-import", "warning", "100", "%", "2"],
            vec!["1", "dynamic-import", "warning", "0", "%", "1"],
            vec!["3", "all", "66", "%", "3"],
        ]
    );
    let report = project.run(&["check", "--statistics", "--output-format", "json"]).json();
    let expected = serde_json::json!({
        "rule": "hidden-import", "group": "imports", "level": "warning",
        "findings": 2, "fixable": 2, "safely_fixable": 2, "files": 2,
    });
    assert_eq!(report["statistics"][0], expected);
    assert_eq!((&report["schema"], &report["total"]["findings"]), (&1.into(), &3.into()));
    let run = project.run(&["check", "--statistics", "--output-format", "sarif"]);
    assert_eq!(run.code, 2, "there is no such report");
}
