//! Fingerprints are stable: baselines keep them for years, while messages get reworded.
//!
//! `tests/fingerprints.tsv` contains those of all examples on all pages and of the sample projects. If a row changes,
//! every user who accepted that finding sees it again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rules::ALL;
use tests::{TestProject, cases, sections};

const HEAD: &str = "# What names the findings of all pages' examples and of the sample projects: never edited by hand. After a new \
                    example: UPDATE_PAGES=1 cargo test -p tests --test fingerprints. A row that changes without its \
                    example is a defect.\n";

#[test]
fn fingerprints_are_those_that_baselines_hold() {
    let mut rows = BTreeSet::new();
    for rule in ALL {
        for case in cases(&sections(rule.docs)).unwrap_or_else(|error| panic!("{}.md: {error}", rule.id)) {
            let files = case.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
            add(&mut rows, &case.name, &TestProject::new(files));
        }
    }
    let projects = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects");
    for project in fs::read_dir(&projects).expect("the sample projects are there") {
        let root = project.expect("the folder can be listed").path();
        let mut files = Vec::new();
        read(&root, &root, &mut files);
        let opened = TestProject::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        add(&mut rows, &name, &opened);
    }
    assert!(rows.len() > 500, "{} rows: where are the others?", rows.len());
    let now = rows.iter().fold(HEAD.to_owned(), |text, row| text + row + "\n");
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("fingerprints.tsv");
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::write(&place, now).expect("the table can be written");
        return;
    }
    let stored = fs::read_to_string(&place).expect("the table is there");
    let stored: BTreeSet<&str> = stored.lines().filter(|line| !line.starts_with('#')).collect();
    let now: BTreeSet<&str> = now.lines().filter(|line| !line.starts_with('#')).collect();
    let mut wrong = String::new();
    for row in stored.difference(&now) {
        let _ = writeln!(wrong, "gone  {row}");
    }
    for row in now.difference(&stored) {
        let _ = writeln!(wrong, "new   {row}");
    }
    assert!(wrong.is_empty(), "{wrong}\nAre these new or changed examples? {HEAD}");
}

fn add(rows: &mut BTreeSet<String>, of: &str, project: &TestProject) {
    for (path, finding) in project.findings() {
        rows.insert(format!("{of}\t{path}\t{}\t{}", finding.rule, finding.fingerprint.0));
    }
}

fn read(root: &Path, folder: &PathBuf, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the sample can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            read(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "py" || extension == "toml") {
            let text = fs::read_to_string(&path).expect("the samples are text");
            let inside = path.strip_prefix(root).expect("it lies in the project");
            files.push((inside.to_string_lossy().replace('\\', "/"), text));
        }
    }
}

/// Accepting one of two findings of the same relationship accepts only that one, and adding another one below doesn't
/// change the fingerprint of the first.
#[test]
fn the_same_relationship_twice_has_two_fingerprints() {
    let import = "    from shop.pricing import price\n";
    let fingerprints = |body: &str| -> Vec<String> {
        let orders = format!("def total(order):\n{body}    return price(order)\n");
        let files = [
            ("shop/__init__.py", ""),
            ("shop/pricing.py", "def price(order): ...\n"),
            ("shop/orders.py", &orders),
        ];
        let found = TestProject::new(files).findings();
        found
            .into_iter()
            .filter(|(_, it)| it.rule == "hidden-import")
            .map(|(_, it)| it.fingerprint.0)
            .collect()
    };
    let once = fingerprints(import);
    let twice = fingerprints(&format!("{import}    order.check()\n{import}"));
    assert_eq!((once.len(), twice.len()), (1, 2), "{once:?} {twice:?}");
    assert_eq!(once[0], twice[0]);
    assert_ne!(twice[0], twice[1]);
}
