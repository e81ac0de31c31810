//! The technology stack of a project, from the imports in its code and the versions in its lock files.

mod drivers;
mod programs;

use std::collections::{BTreeMap, BTreeSet};

use libraries::Kind;
use programs::Programs;
use python::naming::counted;
use serde::Serialize;

use crate::claim::Place;
use crate::evidence::{Evidence, normalized};

/// The technology stack of a project.
#[derive(Debug, Clone, Serialize)]
pub struct Stack {
    /// By purpose.
    pub parts: Vec<InUse>,
    /// Two libraries for one purpose, conflicting versions, services of two kinds.
    pub notes: Vec<String>,
}

/// A library that code imports, or a service that files run.
#[derive(Debug, Clone, Serialize)]
pub struct InUse {
    /// Its purpose.
    pub purpose: &'static str,
    /// Its name in the package index; for a service its kind.
    pub name: String,
    /// The pinned version.
    pub version: Option<String>,
    /// The file that pins it, or that runs it.
    pub place: Option<Place>,
    /// The number of modules that import it.
    pub modules: usize,
    /// One of these modules.
    pub example: Option<String>,
}

/// The stack of a project.
pub(super) fn stack(evidence: &Evidence) -> Stack {
    let mut users: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, source) in evidence.sources.iter().enumerate() {
        for full in &source.outside {
            let first = full.split('.').next().unwrap_or(full);
            if !model::is_standard(first) {
                users.entry(normalized(&libraries::distribution(full))).or_default().insert(at);
            }
        }
    }
    let named = drivers::named(evidence);
    let mut parts = Vec::new();
    let mut uses: Vec<BTreeSet<usize>> = Vec::new();
    for (purpose, names) in libraries::PURPOSES {
        for name in *names {
            let key = normalized(name);
            let used = users.get(&key).map(|it| of_purpose(evidence, purpose, name, it));
            let used = used.as_ref().filter(|it| !it.is_empty());
            // Programs are started, not imported, and drivers are named.
            let starts = evidence.launches.iter().find(|it| it.program.is_some_and(|it| it.name == *name));
            let named = named.get(&key);
            if used.is_none() && starts.is_none() && named.is_none() {
                continue;
            }
            // `psycopg2` is brought by `psycopg2-binary` as well: what needs it is another thing.
            let known = evidence.locked.packages.contains_key(&key);
            let is_variant = |it: &&String| {
                it.strip_prefix(&key).is_some_and(|it| it.starts_with('-')) && libraries::brings(it, &key)
            };
            let brings = || evidence.locked.packages.keys().find(is_variant).cloned();
            let key = if known { key } else { brings().unwrap_or(key) };
            let package = evidence.locked.version(&key);
            let declared = evidence.locked.packages.get(&key).and_then(|it| it.first());
            uses.push(used.cloned().unwrap_or_default());
            parts.push(InUse {
                purpose,
                name: (*name).to_owned(),
                version: package.and_then(|it| it.version.clone()),
                place: package.or(declared).map(|it| Place::new(it.file.clone(), it.line)),
                modules: used.map_or(0, BTreeSet::len),
                example: used
                    .and_then(|it| it.first())
                    .map(|at| evidence.sources[*at].path.clone())
                    .or_else(|| starts.map(|it| it.at.file.clone()))
                    .or_else(|| named.cloned().flatten()),
            });
        }
    }
    let notes = notes(evidence, &parts, &uses);
    for service in evidence.services() {
        let Some(technology) = service.technology() else { continue };
        let image = service.image.as_deref().unwrap_or_default();
        let name = technology.program(image);
        if parts.iter().any(|it| it.name == name) {
            continue;
        }
        let version =
            image.rsplit('/').next().and_then(|it| it.split_once(':')).map(|(_, tag)| tag.to_owned());
        parts.push(InUse {
            purpose: "services",
            name: name.to_owned(),
            version: version.filter(|it| !it.contains('$')),
            place: Some(Place::from(&service.image_place())),
            modules: 0,
            example: None,
        });
    }
    Stack { parts, notes }
}

/// The modules that use a library for one of its two purposes: a client of HTTP that is a web framework as well.
fn of_purpose(evidence: &Evidence, purpose: &str, name: &str, users: &BTreeSet<usize>) -> BTreeSet<usize> {
    let is_both =
        ["web framework", "HTTP client"].iter().all(|it| libraries::distributions_for(it).contains(&name));
    if !is_both {
        return users.clone();
    }
    let is_wanted = |kind: Option<Kind>| (kind == Some(Kind::Web)) == (purpose == "web framework");
    let uses = |at: &&usize| {
        let source = &evidence.sources[**at];
        let of_it = |full: &&str| normalized(&libraries::distribution(full)) == normalized(name);
        let called = source.calls.iter().filter_map(|it| it.called.callee.as_deref());
        let bases = source.classes.iter().flat_map(|it| &it.foreign).map(AsRef::as_ref);
        // What is imported whole is known by what is used of it.
        let named = source.outside.iter().map(AsRef::as_ref).filter(|it: &&str| it.contains('.'));
        let mut all = called.chain(bases).chain(named).filter(of_it).peekable();
        match all.peek() {
            Some(_) => all.any(|it| is_wanted(libraries::kind(it))),
            None => is_wanted(Some(Kind::Client)),
        }
    };
    users.iter().filter(uses).copied().collect()
}

/// Two libraries for one purpose, and two versions of one, in the same program.
fn notes(evidence: &Evidence, parts: &[InUse], uses: &[BTreeSet<usize>]) -> Vec<String> {
    let mut notes = Vec::new();
    let programs = Programs::of(evidence);
    for (purpose, _) in libraries::PURPOSES.iter().filter(|(it, _)| libraries::is_enough_alone(it)) {
        for program in programs.all() {
            let in_it = |at: &&usize| programs.of_source(**at) == program;
            let all = parts.iter().zip(uses).filter(|(it, _)| it.purpose == *purpose);
            let used = all.map(|(it, uses)| (it, uses.iter().filter(in_it).copied().collect::<Vec<usize>>()));
            let used: Vec<(&InUse, Vec<usize>)> = used.filter(|(_, uses)| !uses.is_empty()).collect();
            let is_part =
                |it: &InUse| used.iter().any(|(other, _)| libraries::rests_on(&other.name, &it.name));
            let each: Vec<String> = used
                .iter()
                .filter(|(it, _)| !is_part(it))
                .map(|(it, uses)| {
                    let example = &evidence.sources[uses[0]].path;
                    format!("{} in {} (`{example}`)", it.name, counted(uses.len(), "module"))
                })
                .collect();
            if each.len() > 1 {
                notes.push(format!("{} are in use for {purpose}: {}.", number(each.len()), each.join(", ")));
            }
        }
    }
    for part in parts {
        let Some(all) = evidence.locked.packages.get(&normalized(&part.name)) else { continue };
        let said = all.iter().filter_map(|it| Some((it.version.as_deref()?, it.file.as_str())));
        let pairs = said
            .clone()
            .enumerate()
            .flat_map(|(index, first)| said.clone().skip(index + 1).map(move |other| (first, other)));
        let mut differing =
            pairs.filter(|((first, one), (second, other))| first != second && programs.are_one(one, other));
        if let Some(((first, one), (second, other))) = differing.next() {
            let name = &part.name;
            notes.push(format!("{name} is {first} in `{one}` and {second} in `{other}`."));
        }
    }
    notes
}

fn number(count: usize) -> String {
    match count {
        2 => "Two".to_owned(),
        3 => "Three".to_owned(),
        4 => "Four".to_owned(),
        count => count.to_string(),
    }
}
