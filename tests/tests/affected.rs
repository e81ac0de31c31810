//! The guarantee of `--affected`: if a file changes, findings appear or disappear only in files reported as affected.
//!
//! Each file of each sample backend is emptied, and also cut in half.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use camino::Utf8PathBuf;
use tests::TestProject;
use workspace::Affected;

type Findings = BTreeMap<String, BTreeSet<(String, &'static str)>>;

#[test]
fn findings_change_in_affected_files_alone() {
    let mut wrong = Vec::new();
    let (mut reported, mut changed) = (0, 0);
    for sample in ["orders-async", "orders-django", "orders-sqlalchemy", "orders-sqlmodel", "parcels"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects").join(sample);
        let files = sources(&root);
        let mut project = TestProject::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let before = findings(&project);
        for (path, text) in files.iter().filter(|(path, _)| !path.ends_with("toml")) {
            let lines: Vec<&str> = text.lines().collect();
            let half = lines[..lines.len() / 2].join("\n");
            for other in ["", &half] {
                let mut affected = affected(&project, path);
                project.type_text(path, other);
                affected.extend(self::affected(&project, path));
                let after = findings(&project);
                let differing: Vec<&String> = before
                    .keys()
                    .chain(after.keys())
                    .filter(|file| before.get(*file) != after.get(*file))
                    .collect();
                (reported, changed) = (reported + affected.len(), changed + differing.len());
                let unsaid = differing.into_iter().filter(|file| !affected.contains(*file));
                wrong.extend(
                    unsaid.map(|file| format!("{sample}: {file} when {path} has {} bytes", other.len())),
                );
                project.type_text(path, text);
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(
        wrong.is_empty(),
        "{} of {changed} changes ({reported} files affected):\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(changed > 100, "{changed}");
}

fn findings(project: &TestProject) -> Findings {
    let mut by_file = Findings::new();
    for (path, finding) in project.findings() {
        by_file.entry(path).or_default().insert((finding.fingerprint.0, finding.level.as_str()));
    }
    by_file
}

fn affected(project: &TestProject, path: &str) -> BTreeSet<String> {
    match project.snapshot().affected(&[Utf8PathBuf::from("/project").join(path)]) {
        Affected::Everything(path) => panic!("{path} is no configuration"),
        Affected::Files(files) => {
            files.iter().map(|file| file.as_str().trim_start_matches("/project/").to_owned()).collect()
        }
    }
}

/// The Python and TOML files, by path relative to `root`.
fn sources(root: &Path) -> Vec<(String, String)> {
    let mut folders: Vec<PathBuf> = vec![root.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the samples are there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "py" || kind == "toml") {
                let relative =
                    path.strip_prefix(root).expect("it lies below").to_string_lossy().replace('\\', "/");
                files.push((relative, fs::read_to_string(&path).expect("it is text")));
            }
        }
    }
    files.sort();
    files
}
