//! References between records and the code: the records that ignore comments, contracts and baselines name, and the
//! rules, contracts and findings that records name.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::Arc;

use cache::Store;
use camino::Utf8Path;
use config::{Config, Origin};
use records::{Cited, Log, Problem, Record, Word, citations, named_after};
use source::{DiskFileSystem, FileSystem as _};
use workspace::Snapshot;

use crate::findings::{find, text_of};
use crate::project::load;

/// Problems on either side. Findings that records refer to and that are gone are listed on stderr: the decision may
/// have been carried out.
///
/// # Errors
/// If the project can't be opened.
pub(super) fn problems(log: &Log, project: &Utf8Path, store: &Store) -> anyhow::Result<Vec<Problem>> {
    let loaded = load(&[project.to_owned()], store)?;
    let snapshot = loaded.snapshot();
    let mut found = Vec::new();
    directives(log, &snapshot, &mut found);
    baselines(log, &snapshot, &mut found);
    let configs = configs(&snapshot);
    contracts(log, &configs, &mut found);
    let contract_names: BTreeSet<&str> =
        configs.iter().flat_map(|config| &config.contracts).map(|contract| contract.name.as_str()).collect();
    for record in &log.records {
        for (name, at) in named_after(&record.text, "rule") {
            if rules::ALL.iter().all(|rule| rule.id != name) {
                found.push(problem(&record.path, &record.text, at, format!("there is no rule `{name}`")));
            }
        }
        for (name, at) in named_after(&record.text, "contract") {
            if !contract_names.contains(name) {
                found.push(problem(&record.path, &record.text, at, format!("there is no contract `{name}`")));
            }
        }
    }
    gone(log, &snapshot)?;
    Ok(found)
}

fn configs(snapshot: &Snapshot) -> Vec<Arc<Config>> {
    let all = snapshot.projects().iter();
    all.flat_map(|project| project.configs(snapshot.db()).list.iter().cloned()).collect()
}

/// Ignore comments whose reason names a record.
fn directives(log: &Log, snapshot: &Snapshot, found: &mut Vec<Problem>) {
    for project in snapshot.projects() {
        for (_, file) in project.files(snapshot.db()).list() {
            for directive in python::query::directives(snapshot.db(), *file).iter() {
                for message in wrong(log, &directive.reason) {
                    let text = text_of(snapshot, *file);
                    let path = file.path(snapshot.db());
                    found.push(problem(path, text.as_str(), directive.span.start as usize, message));
                }
            }
        }
    }
}

/// Baseline entries whose message names a record.
fn baselines(log: &Log, snapshot: &Snapshot, found: &mut Vec<Problem>) {
    for accepted in snapshot.baselines().iter() {
        let Ok(baseline) = &accepted.baseline else { continue };
        let text = read(&accepted.path);
        for entry in baseline.entries() {
            for message in wrong(log, &entry.message) {
                let at = text.find(&entry.fingerprint).unwrap_or_default();
                found.push(problem(&accepted.path, &text, at, message));
            }
        }
    }
}

/// Our own configuration may name records anywhere, including comments; other tools' in the texts of contracts.
fn contracts(log: &Log, configs: &[Arc<Config>], found: &mut Vec<Problem>) {
    for config in configs {
        let path = match &config.origin {
            Origin::Inferred => continue,
            Origin::Own(path)
            | Origin::Pyproject(path)
            | Origin::ImportLinter(path)
            | Origin::Tach(path)
            | Origin::TachDomain(path) => path,
        };
        let text = read(path);
        if matches!(config.origin, Origin::Own(_)) {
            for citation in citations(&text) {
                if let Some(message) = wrong_one(log, &text[citation.span.clone()], &citation.record) {
                    found.push(problem(path, &text, citation.span.start, message));
                }
            }
            continue;
        }
        for contract in &config.contracts {
            let guidance = contract.guidance.as_deref().unwrap_or_default();
            for message in wrong(log, &format!("{} {guidance}", contract.name)) {
                found.push(problem(path, &text, contract.span.start as usize, message));
            }
        }
    }
}

/// Problems of the records that a text names.
fn wrong(log: &Log, text: &str) -> Vec<String> {
    let found = citations(text).into_iter();
    found.filter_map(|citation| wrong_one(log, &text[citation.span], &citation.record)).collect()
}

fn wrong_one(log: &Log, written: &str, cited: &Cited) -> Option<String> {
    let meant = log.cited(cited);
    match meant[..] {
        // If records have numbers, a date with a name may be anything.
        [] if matches!(cited, Cited::Name(_)) && log.is_numbered() => None,
        [] => Some(format!("there is no record {written}")),
        [record] => no_longer(log, written, record),
        _ => None,
    }
}

fn no_longer(log: &Log, written: &str, record: &Record) -> Option<String> {
    match record.status.as_ref()?.word? {
        Word::Superseded => Some(match log.successor(record) {
            Some(other) => format!("{written} is superseded by {}", other.id),
            None => format!("{written} is superseded"),
        }),
        Word::Rejected => Some(format!("{written} was rejected")),
        Word::Deprecated => Some(format!("{written} is deprecated")),
        Word::Draft | Word::Proposed | Word::Accepted => None,
    }
}

/// Lists findings that records refer to and that are gone.
fn gone(log: &Log, snapshot: &Snapshot) -> anyhow::Result<()> {
    let named: Vec<(&Record, &str)> = log
        .records
        .iter()
        .flat_map(|record| {
            named_after(&record.text, "finding").into_iter().map(move |(name, _)| (record, name))
        })
        .collect();
    if named.is_empty() {
        return Ok(());
    }
    let found = find(snapshot, |_| true);
    let there: BTreeSet<&str> = found.iter().map(|found| found.diagnostic.fingerprint.0.as_str()).collect();
    for (record, fingerprint) in named {
        if !there.contains(fingerprint) {
            let told = format!("{}: finding `{fingerprint}`, which it rests on, is gone", record.file_name());
            writeln!(std::io::stderr(), "architrave: {told}")?;
        }
    }
    Ok(())
}

fn read(path: &Utf8Path) -> String {
    DiskFileSystem.read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn problem(path: &Utf8Path, text: &str, at: usize, message: String) -> Problem {
    let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
    Problem { path: path.to_owned(), line, message }
}
