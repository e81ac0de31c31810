//! Moves as data: projects before and after, in `moves/*.txt`.
//!
//! A file contains cases, each after a line of `=` signs: a sentence about its purpose, the commands, the project, and
//! after `==>` the files that differ afterwards (or the reason of a refusal). `UPDATE_EXPECT=1` writes the actual
//! results.
//!
//! In addition, each case is checked against what holds for all moves: no import that resolved before is missing after,
//! and with `$ back`, moving back restores the text.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use model::{Export, Target};
use refactor::{Abilities, SymbolMove};
use source::{MemoryFileSystem, apply_edits};
use workspace::{Change, Workspace};

type Files = BTreeMap<String, String>;

/// A command of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Command {
    /// `$ move shop/orders.py:Order shop.domain`
    Move { path: String, name: String, target: String, with_helpers: bool },
    /// `$ rename shop/orders.py shop/sales.py`; several form one request.
    Rename(Vec<(String, String)>),
}

#[allow(clippy::struct_excessive_bools, reason = "each is a line of a case")]
struct Case {
    words: String,
    commands: Vec<Command>,
    goes_back: bool,
    may_dangle: bool,
    /// Lines end with `\r\n`, and all must do so afterwards.
    crlf: bool,
    can_create: bool,
    before: Files,
    /// As written.
    text: String,
    expected: String,
}

fn parse(text: &str) -> Case {
    let (head, rest) = text.split_once("//- ").unwrap();
    let (files, expected) = rest.split_once("==>").unwrap_or((rest, ""));
    let mut case = Case {
        words: String::new(),
        commands: Vec::new(),
        goes_back: false,
        may_dangle: false,
        crlf: false,
        can_create: true,
        before: sections(&format!("//- {files}")),
        text: format!("{head}//- {files}"),
        expected: expected.trim().to_owned(),
    };
    for line in head.lines() {
        let Some(command) = line.strip_prefix("$ ") else {
            case.words.push_str(line);
            continue;
        };
        let words: Vec<&str> = command.split_whitespace().collect();
        match words[..] {
            ["move", place, target] | ["move", place, target, "--with-helpers"] => {
                let (path, name) = place.split_once(':').unwrap();
                case.commands.push(Command::Move {
                    path: path.to_owned(),
                    name: name.to_owned(),
                    target: target.to_owned(),
                    with_helpers: words.len() == 4,
                });
            }
            ["rename", old, new] => match case.commands.last_mut() {
                Some(Command::Rename(all)) => all.push((old.to_owned(), new.to_owned())),
                _ => case.commands.push(Command::Rename(vec![(old.to_owned(), new.to_owned())])),
            },
            ["back"] => case.goes_back = true,
            ["crlf"] => case.crlf = true,
            ["may", "dangle"] => case.may_dangle = true,
            ["without", "creating", "files"] => case.can_create = false,
            _ => panic!("{line}"),
        }
    }
    case
}

fn sections(text: &str) -> Files {
    text.split("//- ")
        .skip(1)
        .map(|section| {
            let (path, contents) = section.split_once('\n').unwrap_or((section, ""));
            let contents = contents.trim_end_matches('\n');
            let contents = if contents.is_empty() { String::new() } else { format!("{contents}\n") };
            (path.trim().to_owned(), contents)
        })
        .collect()
}

fn open(files: &Files) -> Workspace {
    let fs = MemoryFileSystem::new();
    for (path, text) in files {
        fs.insert(Utf8Path::new("/project").join(path), text.as_str());
    }
    let mut workspace = Workspace::new(Arc::new(fs));
    workspace.apply(vec![Change::AddFolder("/project".into())]);
    workspace
}

fn absolute(path: &str) -> Utf8PathBuf {
    Utf8Path::new("/project").join(path)
}

fn run(files: &Files, command: &Command, can_create: bool) -> Result<Files, String> {
    let workspace = open(files);
    let snapshot = workspace.snapshot();
    let changes = match command {
        Command::Move { path, name, target, with_helpers } => {
            let wanted = SymbolMove { name, target, with_helpers: *with_helpers };
            let abilities = Abilities { create_files: can_create };
            ide::move_symbol(&snapshot, &absolute(path), wanted, abilities).map_err(|it| it.to_string())?
        }
        Command::Rename(moves) => {
            let moves: Vec<_> = moves.iter().map(|(old, new)| (absolute(old), absolute(new))).collect();
            if let Some(refusal) = ide::cannot_move_files(&snapshot, &moves) {
                return Err(refusal.to_string());
            }
            ide::move_files(&snapshot, &moves, Abilities { create_files: can_create })
        }
    };
    let mut after = files.clone();
    for edit in changes.edits {
        let path = edit.file.path(snapshot.db()).strip_prefix("/project").unwrap().to_string();
        let text = apply_edits(&after[&path], &edit.edits).unwrap();
        after.insert(path, text);
    }
    for other in changes.others {
        let path = other.path.strip_prefix("/project").unwrap().to_string();
        assert_eq!(*other.before, after[&path]);
        let text = apply_edits(&after[&path], &other.edits).unwrap();
        after.insert(path, text);
    }
    for file in changes.created {
        after.insert(file.path.strip_prefix("/project").unwrap().to_string(), file.contents);
    }
    if let Command::Rename(moves) = command {
        after = after
            .into_iter()
            .map(|(path, text)| {
                let best = moves
                    .iter()
                    .filter(|(old, _)| Utf8Path::new(&path).starts_with(old))
                    .max_by_key(|(old, _)| old.len());
                let new = best.map(|(old, new)| {
                    let rest = Utf8Path::new(&path).strip_prefix(old).unwrap();
                    if rest.as_str().is_empty() { new.clone() } else { format!("{new}/{rest}") }
                });
                (new.unwrap_or(path), text)
            })
            .collect();
    }
    Ok(after)
}

/// Imports of the project itself that don't resolve, as text.
fn dangling(files: &Files) -> Vec<String> {
    let workspace = open(files);
    let snapshot = workspace.snapshot();
    let db = snapshot.db();
    let mut found = Vec::new();
    for project in snapshot.projects() {
        let modules = model::query::modules(db, *project);
        for (_, info) in modules.iter() {
            let resolved = model::query::resolved(db, *project, info.file);
            for resolved in resolved.iter() {
                match &resolved.target {
                    Target::Missing(name) => found.push(name.to_string()),
                    Target::Symbol { origin, origin_name, .. } if !origin_name.is_empty() => {
                        let exports = model::query::exports(db, modules[*origin].file);
                        let is_there = !matches!(exports.get(origin_name), None | Some(Export::Import(_)));
                        if !is_there && resolved.foreign.is_none() && !exports.is_dynamic {
                            found.push(resolved.absolute.to_string());
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    found.sort();
    found
}

fn reversed(files: &Files, command: &Command) -> Command {
    match command {
        Command::Move { path, name, target, with_helpers } => {
            let workspace = open(files);
            let snapshot = workspace.snapshot();
            let project = snapshot.projects()[0];
            let modules = model::query::modules(snapshot.db(), project);
            let place =
                |name: &str| modules.iter().find(|(_, info)| info.name == name).unwrap().1.path.to_string();
            let (_, old) = modules.iter().find(|(_, info)| info.path == *path).unwrap();
            Command::Move {
                path: place(target),
                name: name.clone(),
                target: old.name.to_string(),
                with_helpers: *with_helpers,
            }
        }
        Command::Rename(moves) => {
            Command::Rename(moves.iter().map(|(old, new)| (new.clone(), old.clone())).collect())
        }
    }
}

fn show(before: &Files, outcome: &Result<Files, String>) -> String {
    let after = match outcome {
        Ok(after) => after,
        Err(reason) => return format!("refused: {reason}"),
    };
    let mut out = String::new();
    for path in before.keys().filter(|path| !after.contains_key(*path)) {
        writeln!(out, "//- {path} is gone").unwrap();
    }
    for (path, text) in after.iter().filter(|(path, text)| before.get(*path) != Some(text)) {
        write!(out, "//- {path}\n{text}").unwrap();
    }
    if out.is_empty() { "nothing".to_owned() } else { out.trim_end().to_owned() }
}

fn check(case: &Case) -> String {
    let mut files = case.before.clone();
    if case.crlf {
        for text in files.values_mut() {
            *text = text.replace('\n', "\r\n");
        }
    }
    let mut outcome = Ok(files.clone());
    let had = dangling(&files);
    for command in &case.commands {
        outcome = run(&files, command, case.can_create);
        let Ok(after) = &outcome else { break };
        let has = dangling(after);
        let fresh: Vec<_> = has.iter().filter(|name| !had.contains(name)).collect();
        assert!(
            case.may_dangle || fresh.is_empty(),
            "{}: {fresh:?} lead nowhere:\n{}",
            case.words,
            show(&files, &outcome)
        );
        if case.goes_back {
            let back = run(after, &reversed(after, command), true);
            let mut back = back.unwrap_or_else(|reason| panic!("{}: no way back: {reason}", case.words));
            back.retain(|path, text| files.contains_key(path) || !text.trim().is_empty());
            assert!(back == files, "{}: the way back gives\n{}", case.words, show(&files, &Ok(back)));
        }
        files.clone_from(after);
    }
    if case.crlf {
        for text in outcome.iter_mut().flat_map(BTreeMap::values_mut) {
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{}: {text:?}", case.words);
            *text = text.replace("\r\n", "\n");
        }
    }
    show(&case.before, &outcome)
}

fn fixtures(name: &str) {
    let path = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/moves").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let rule = "====================\n";
    let mut parts = text.split(rule);
    let mut written = parts.next().unwrap().to_owned();
    let mut wrong = String::new();
    for part in parts {
        let case = parse(part);
        let found = check(&case);
        if found != case.expected {
            writeln!(wrong, "{}\n{found}\n--- instead of\n{}\n", case.words, case.expected).unwrap();
        }
        write!(written, "{rule}{}==>\n{found}\n", case.text).unwrap();
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, written).unwrap();
    } else {
        assert!(wrong.is_empty(), "{path}\n{wrong}");
    }
}

#[test]
fn definitions() {
    fixtures("definitions.txt");
}

#[test]
fn importers() {
    fixtures("importers.txt");
}

#[test]
fn refusals() {
    fixtures("refusals.txt");
}

#[test]
fn files() {
    fixtures("files.txt");
}

#[test]
fn references() {
    fixtures("references.txt");
}

#[test]
fn places() {
    fixtures("places.txt");
}

#[test]
fn texts() {
    fixtures("texts.txt");
}
