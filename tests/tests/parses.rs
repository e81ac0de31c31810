//! A cold check parses each file at most once, tested with more files than the parse cache holds: for a closed file
//! that is no longer in memory, rules read what the first parse left behind.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use camino::Utf8PathBuf;
use rules::ALL;
use source::MemoryFileSystem;
use tests::{cases, sections};
use workspace::{Change, Workspace};

/// How many files are parsed how often while everything is read and checked, and the number of findings.
fn cold_check(
    files: Vec<(Utf8PathBuf, String)>,
    folders: Vec<Utf8PathBuf>,
) -> (BTreeMap<usize, usize>, usize) {
    let parsed: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
    let noted = Arc::clone(&parsed);
    let listener = Box::new(move |query: &str| {
        if query.starts_with("module(") {
            *noted.lock().expect("nobody panics here").entry(query.to_owned()).or_default() += 1;
        }
    });
    let memory = MemoryFileSystem::with_files(files);
    let mut workspace = Workspace::with_listener(Arc::new(memory), listener);
    workspace.apply(folders.into_iter().map(Change::AddFolder).collect());
    workspace.index(|_| {}).expect("nothing panics");
    let snapshot = workspace.snapshot();
    let findings = snapshot.check_all().iter().map(|(_, findings)| findings.len()).sum();
    let mut by_parses = BTreeMap::new();
    for count in parsed.lock().expect("nobody panics here").values() {
        *by_parses.entry(*count).or_default() += 1;
    }
    (by_parses, findings)
}

/// The examples of all pages, each in a separate folder: they include everything that makes a rule look at a body, a
/// use or a place.
fn examples() -> (Vec<(Utf8PathBuf, String)>, Vec<Utf8PathBuf>) {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for rule in ALL {
        for (number, case) in cases(&sections(rule.docs)).expect("pages are cases").into_iter().enumerate() {
            let folder = Utf8PathBuf::from(format!("/{}-{number}", rule.id));
            files.extend(case.files.into_iter().map(|file| (folder.join(file.path), file.text)));
            folders.push(folder);
        }
    }
    (files, folders)
}

#[test]
fn a_cold_check_parses_each_file_once() {
    let (files, folders) = examples();
    let count = files.len();
    let (by_parses, findings) = cold_check(files, folders);
    assert!(count > 500 && findings > 500, "{findings} findings in {count} files");
    assert!(by_parses.keys().all(|parses| *parses == 1), "files by how often each is parsed: {by_parses:?}");
}
