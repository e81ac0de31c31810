//! The shortest path from one module or package to another.

use std::collections::{BTreeSet, VecDeque};

use ide::architecture::Architecture;
use serde::Serialize;

use super::links::runs;
use crate::graph::Import;

/// A path: each import leads to the module of the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    /// Its start, as given.
    pub from: String,
    /// Its end, as given.
    pub to: String,
    /// The imports in order; empty if there is no path.
    pub imports: Vec<Import>,
}

/// Why no path can be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// The unknown name.
    pub name: String,
    /// Suggestions.
    pub nearest: Vec<String>,
}

impl std::fmt::Display for PathError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no module or package is called `{}`", self.name)?;
        if !self.nearest.is_empty() {
            write!(f, "; there is {}", self.nearest.join(", "))?;
        }
        Ok(())
    }
}

impl std::error::Error for PathError {}

/// The shortest path from `from` to `to`: dotted names or paths of modules or packages.
///
/// # Errors
/// If a name is unknown.
pub fn path(architecture: &Architecture, from: &str, to: &str) -> Result<Path, PathError> {
    let (starts, goals) = (members(architecture, from)?, members(architecture, to)?);
    let imports = way(architecture, &starts, &goals);
    let imports = imports.into_iter().map(|index| super::import(architecture, index)).collect();
    Ok(Path { from: from.to_owned(), to: to.to_owned(), imports })
}

fn members(architecture: &Architecture, name: &str) -> Result<BTreeSet<u32>, PathError> {
    let path = name.trim_end_matches('/');
    let is_meant = |module: &ide::architecture::Module| {
        let below = module.name.strip_prefix(name);
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) || module.path.starts_with(path)
    };
    let modules = architecture.modules.iter().enumerate();
    let found: BTreeSet<u32> =
        modules.filter(|(_, module)| is_meant(module)).map(|(index, _)| index as u32).collect();
    if found.is_empty() {
        return Err(PathError { name: name.to_owned(), nearest: nearest(architecture, name) });
    }
    Ok(found)
}

/// A few names that contain the last part of the given one.
fn nearest(architecture: &Architecture, name: &str) -> Vec<String> {
    let last = name.rsplit(['.', '/']).find(|part| !part.is_empty()).unwrap_or(name);
    let last = last.to_lowercase();
    let names =
        architecture.folders.iter().map(|it| &it.name).chain(architecture.modules.iter().map(|it| &it.name));
    let mut found: Vec<String> =
        names.filter(|it| it.to_lowercase().contains(&last)).map(|it| format!("`{it}`")).collect();
    found.sort_by_key(|it| (it.len(), it.clone()));
    found.dedup();
    found.truncate(3);
    found
}

/// Breadth first, from all starts at once.
fn way(architecture: &Architecture, starts: &BTreeSet<u32>, goals: &BTreeSet<u32>) -> Vec<u32> {
    let imports = &architecture.imports;
    let mut reached: Vec<Option<Option<u32>>> = vec![None; architecture.modules.len()];
    let mut queue: VecDeque<u32> = VecDeque::new();
    for start in starts.iter().filter(|start| !goals.contains(start)) {
        reached[*start as usize] = Some(None);
        queue.push_back(*start);
    }
    while let Some(module) = queue.pop_front() {
        let begin = imports.partition_point(|import| import.from < module);
        let of_module = imports[begin..].iter().take_while(|import| import.from == module);
        for (offset, import) in of_module.enumerate().filter(|(_, import)| runs(import)) {
            let slot = &mut reached[import.to as usize];
            if slot.is_some() {
                continue;
            }
            *slot = Some(Some((begin + offset) as u32));
            if goals.contains(&import.to) {
                let mut way = Vec::new();
                let mut at = import.to;
                while let Some(Some(index)) = reached[at as usize] {
                    way.push(index);
                    at = imports[index as usize].from;
                }
                way.reverse();
                return way;
            }
            queue.push_back(import.to);
        }
    }
    Vec::new()
}
