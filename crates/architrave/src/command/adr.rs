//! `architrave adr`: records of decisions.

mod cited;
mod evidence;

use std::io::Write as _;

use anyhow::{Context as _, bail};
use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use python::naming::counted;
use records::{Branches, Changes, Draft, Evidence, Log, Problem, Record, Transition, Word};
use serde::Serialize;
use source::{DiskFileSystem, FileSystem as _, Patience, Transaction, WalkOptions};

use crate::arguments::{Adr, AdrAction, AdrIndex, AdrList, RecordPlace, Renumber, Supersede, TextOrJson};
use crate::exit::Exit;
use crate::finisher;
use crate::output::{diff, write_json, write_table};
use crate::project::root_around;
use crate::repository;

/// Writes a record, or processes existing ones.
///
/// # Errors
/// If a folder or record doesn't exist, a change doesn't fit, or a file can't be written.
pub(crate) fn run(options: &Adr, store: &Store) -> anyhow::Result<Exit> {
    match &options.action {
        None => {
            let title = options.title.as_deref().context("a new record has a title")?;
            new(options, title, store)
        }
        Some(AdrAction::List(options)) => list(options, store),
        Some(AdrAction::Propose(which)) => become_(&which.record, Word::Proposed, &which.place),
        Some(AdrAction::Accept(which)) => become_(&which.record, Word::Accepted, &which.place),
        Some(AdrAction::Reject(which)) => become_(&which.record, Word::Rejected, &which.place),
        Some(AdrAction::Deprecate(which)) => become_(&which.record, Word::Deprecated, &which.place),
        Some(AdrAction::Supersede(options)) => supersede(options),
        Some(AdrAction::Renumber(options)) => renumber(options),
        Some(AdrAction::Index(options)) => index(options),
    }
}

/// The records of a project, and its location.
struct Opened {
    /// The repository around the project, or the project itself: all written files are in it.
    around: Utf8PathBuf,
    log: Log,
    branches: Branches,
}

impl Opened {
    fn of(project: &Utf8Path) -> anyhow::Result<Self> {
        let root = root_around(project)?;
        let around = repository::folder(&root);
        let bases: Vec<Utf8PathBuf> = root
            .ancestors()
            .take_while(|folder| folder.starts_with(&around))
            .map(Utf8Path::to_path_buf)
            .collect();
        source::recover(&DiskFileSystem, &around, Patience::Long)?;
        let home = records::find(&DiskFileSystem, &bases);
        let branches = Branches::read(&home.folder);
        let log = Log::read(&DiskFileSystem, home)?;
        Ok(Self { around, log, branches })
    }

    /// The display form of a path.
    fn shown(&self, path: &Utf8Path) -> String {
        path.strip_prefix(&self.around).unwrap_or(path).as_str().replace('\\', "/")
    }

    /// Writes the changes, all or none, and lists the files; or shows them.
    fn apply(&self, changes: Changes, place: &RecordPlace) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        if place.dry_run {
            for file in &changes.files {
                if file.before.as_ref() != Some(&file.after) {
                    diff::write(&mut out, &self.shown(&file.path), file.before.as_deref(), &file.after)?;
                }
                if let Some(to) = &file.to {
                    writeln!(out, "rename from {}\nrename to {}", self.shown(&file.path), self.shown(to))?;
                }
            }
            return Ok(());
        }
        let mut transaction = Transaction::new(&self.around);
        transaction.watched_by(finisher::start);
        let mut told = Vec::new();
        for file in changes.files {
            told.push(self.shown(file.to.as_ref().unwrap_or(&file.path)));
            match file.before {
                Some(before) => transaction.replace(&file.path, before.into_bytes(), file.after.into_bytes()),
                None => transaction.create(&file.path, file.after.into_bytes()),
            }
            if let Some(to) = file.to {
                transaction.rename(file.path, to);
            }
        }
        transaction.carry_out(&DiskFileSystem, Patience::Long)?;
        for path in told {
            writeln!(out, "{path}")?;
        }
        Ok(())
    }
}

fn new(options: &Adr, title: &str, store: &Store) -> anyhow::Result<Exit> {
    let opened = Opened::of(&options.place.project)?;
    let evidence = if let Some(fingerprint) = &options.from_finding {
        evidence::of_finding(&options.place.project, fingerprint, store)?
    } else if let Some(base) = &options.from_diff {
        evidence::of_changes(&options.place.project, base, store)?
    } else {
        Evidence::default()
    };
    let replaced = options.supersedes.as_deref().map(|name| opened.log.named(name)).transpose()?;
    let date = options.date.clone().unwrap_or_else(records::today);
    write_new(&opened, title, date, evidence, replaced, &options.place)
}

fn write_new(
    opened: &Opened,
    title: &str,
    date: String,
    evidence: Evidence,
    replaced: Option<&Record>,
    place: &RecordPlace,
) -> anyhow::Result<Exit> {
    let draft = Draft { title: title.to_owned(), date, evidence, status: None };
    let changes = records::draft(&opened.log, &opened.branches, &draft, replaced)?;
    let mut err = std::io::stderr().lock();
    if opened.log.records.is_empty() {
        let folder = opened.shown(&opened.log.home.folder);
        writeln!(err, "architrave: the first record in `{folder}`: {}", opened.log.home.why)?;
    }
    let highest = opened.log.numbers().max().unwrap_or_default();
    if opened.log.is_numbered() {
        for (number, file, branch) in opened.branches.numbers().filter(|(number, ..)| *number > highest) {
            writeln!(err, "architrave: {number:04} is taken by {file} on branch {branch}")?;
        }
    }
    opened.apply(changes, place)?;
    Ok(Exit::Clean)
}

fn become_(name: &str, word: Word, place: &RecordPlace) -> anyhow::Result<Exit> {
    let opened = Opened::of(&place.project)?;
    let record = opened.log.named(name)?;
    opened.apply(records::transition(&opened.log, record, &Transition::To(word))?, place)?;
    Ok(Exit::Clean)
}

fn supersede(options: &Supersede) -> anyhow::Result<Exit> {
    let opened = Opened::of(&options.place.project)?;
    let record = opened.log.named(&options.record)?;
    if let Some(by) = &options.by {
        let other = opened.log.named(by)?;
        let changes = records::transition(&opened.log, record, &Transition::SupersededBy(other))?;
        opened.apply(changes, &options.place)?;
        return Ok(Exit::Clean);
    }
    let title = options.title.as_deref().context("a record that takes its place has a title")?;
    write_new(&opened, title, records::today(), Evidence::default(), Some(record), &options.place)
}

fn renumber(options: &Renumber) -> anyhow::Result<Exit> {
    let opened = Opened::of(&options.place.project)?;
    let only = options.record.as_deref().map(|name| opened.log.named(name)).transpose()?;
    let is_wanted = |name: &str| records::may_name(Utf8Path::new(name));
    let found = source::walk_texts(&DiskFileSystem, &opened.around, &WalkOptions::default(), &is_wanted);
    let elsewhere = found.into_iter().filter(|(path, _)| path.parent() != Some(&opened.log.home.folder));
    // Files that aren't UTF-8 name no record.
    let texts: Vec<(Utf8PathBuf, String)> = elsewhere
        .filter_map(|(path, _)| {
            let text = String::from_utf8(DiskFileSystem.read(&path).ok()?).ok()?;
            Some((path, text))
        })
        .collect();
    let (changes, told) = records::renumber(&opened.log, &opened.branches, only, &texts)?;
    let mut err = std::io::stderr().lock();
    if told.is_empty() {
        writeln!(err, "architrave: no two records have one number")?;
    }
    for record in &told {
        writeln!(err, "architrave: {} -> {}", record.from, record.to)?;
        for (path, line) in &record.unclear {
            writeln!(err, "architrave: {}:{line} may mean either record, and stays", opened.shown(path))?;
        }
    }
    opened.apply(changes, &options.place)?;
    Ok(Exit::Clean)
}

fn index(options: &AdrIndex) -> anyhow::Result<Exit> {
    let opened = Opened::of(&options.place.project)?;
    let index = records::index(&opened.log);
    if index.files.is_empty() {
        if options.check {
            bail!("no file in {} holds `<!-- adrlog -->` and `<!-- adrlogstop -->`", opened.log.home.folder);
        }
        std::io::stdout().lock().write_all(index.text.as_bytes())?;
        return Ok(Exit::Clean);
    }
    if options.check {
        for file in &index.changes.files {
            writeln!(
                std::io::stdout(),
                "{} is stale; `architrave adr index` writes it",
                opened.shown(&file.path)
            )?;
        }
        return Ok(if index.changes.files.is_empty() { Exit::Clean } else { Exit::Findings });
    }
    opened.apply(index.changes, &options.place)?;
    Ok(Exit::Clean)
}

/// The list for programs.
#[derive(Debug, Serialize)]
struct Listing {
    schema: u32,
    folder: String,
    records: Vec<Row>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problems: Option<Vec<ProblemRow>>,
}

#[derive(Debug, Serialize)]
struct Row {
    id: String,
    number: Option<u32>,
    title: String,
    status: Option<Word>,
    status_text: Option<String>,
    date: Option<String>,
    path: String,
    superseded_by: Option<String>,
}

#[derive(Debug, Serialize)]
struct ProblemRow {
    path: String,
    line: usize,
    message: String,
}

fn list(options: &AdrList, store: &Store) -> anyhow::Result<Exit> {
    let opened = Opened::of(&options.project)?;
    let problems = options.check.then(|| problems(&opened, &options.project, store)).transpose()?;
    let exit = match &problems {
        Some(problems) if !problems.is_empty() => Exit::Findings,
        _ => Exit::Clean,
    };
    let mut out = std::io::stdout().lock();
    if options.output_format == TextOrJson::Json {
        let rows = problems.map(|problems| {
            let row = |problem: Problem| ProblemRow {
                path: opened.shown(&problem.path),
                line: problem.line,
                message: problem.message,
            };
            problems.into_iter().map(row).collect()
        });
        let folder = opened.shown(&opened.log.home.folder);
        let records = opened.log.records.iter().map(|record| row(&opened, record)).collect();
        write_json(&mut out, &Listing { schema: 1, folder, records, problems: rows })?;
        return Ok(exit);
    }
    if let Some(problems) = problems {
        for problem in &problems {
            writeln!(out, "{}:{} {}", opened.shown(&problem.path), problem.line, problem.message)?;
        }
        let folder = opened.shown(&opened.log.home.folder);
        match (opened.log.records.len(), problems.len()) {
            (0, 0) => writeln!(out, "no records in {folder}: nothing was checked")?,
            (records, 0) => {
                writeln!(out, "nothing is wrong with {} in {folder}", counted(records, "record"))?;
            }
            (records, problems) => {
                let (problems, records) = (counted(problems, "problem"), counted(records, "record"));
                writeln!(out, "{problems} in {folder}, which holds {records}")?;
            }
        }
        return Ok(exit);
    }
    let lines: Vec<Vec<String>> = opened
        .log
        .records
        .iter()
        .map(|record| {
            let row = row(&opened, record);
            let status = row.status_text.unwrap_or_default();
            let word = row.status.map(|word| word.as_str().to_owned());
            vec![
                record.number().map_or_else(|| row.date.clone().unwrap_or_default(), |_| row.id.clone()),
                word.unwrap_or_else(|| status.lines().next().unwrap_or_default().to_owned()),
                row.title,
                row.path,
            ]
        })
        .collect();
    write_table(&mut out, &["record", "status", "title", "file"], &lines)?;
    Ok(exit)
}

fn row(opened: &Opened, record: &Record) -> Row {
    Row {
        id: record.id.to_string(),
        number: record.number(),
        title: record.title.clone(),
        status: record.status.as_ref().and_then(|status| status.word),
        status_text: record.status.as_ref().map(|status| status.text.clone()),
        date: record.date().map(str::to_owned),
        path: opened.shown(&record.path),
        superseded_by: opened.log.successor(record).map(|other| opened.shown(&other.path)),
    }
}

/// Problems of the records themselves, and between them and the code.
fn problems(opened: &Opened, project: &Utf8Path, store: &Store) -> anyhow::Result<Vec<Problem>> {
    let mut found = records::problems(&opened.log, &opened.branches);
    found.extend(cited::problems(&opened.log, project, store)?);
    found.sort();
    Ok(found)
}
