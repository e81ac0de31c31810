//! Patterns over modules: which modules each matches, and which to propose.

use std::collections::BTreeMap;

use camino::Utf8Path;
use config::ModulePattern;
use model::{ModuleInfo, Modules};

/// Limit on the proposals at once; typing on narrows them.
pub(super) const MOST: usize = 200;

/// A pattern to propose.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) pattern: String,
    /// How many modules it matches.
    pub(super) modules: usize,
}

/// The modules that a pattern matches: those it names, and all below. `path` makes a module's path relative to the
/// configuration's folder.
pub(super) fn covered<'m>(
    modules: &'m Modules,
    pattern: &ModulePattern,
    path: impl Fn(&'m ModuleInfo) -> Option<&'m Utf8Path>,
) -> Vec<&'m ModuleInfo> {
    let covers = |info: &ModuleInfo| pattern.matches_or_contains(&info.name);
    let lies_in = |info: &'m ModuleInfo| path(info).is_some_and(|path| pattern.matches_path(path.as_str()));
    modules.list.iter().filter(|info| if pattern.is_path() { lies_in(info) } else { covers(info) }).collect()
}

/// Proposals for `typed`, the start of a pattern: packages and modules one segment further, all packages below, and a
/// wildcard. With `base` the names are those of its children, like the slots of a contract.
pub(super) fn candidates(modules: &Modules, base: Option<&ModulePattern>, typed: &str) -> Vec<Candidate> {
    let outer = typed.rsplit_once('.').map_or("", |(outer, _)| outer);
    let Ok(outer_pattern) = ModulePattern::new(if outer.is_empty() { "*" } else { outer }) else {
        return Vec::new();
    };
    // After a `**` the number of matched segments is unknown.
    if outer.contains("**") {
        return Vec::new();
    }
    let depth = if outer.is_empty() { 0 } else { outer.split('.').count() };
    let mut found: BTreeMap<(usize, String), usize> = BTreeMap::new();
    // With whether there are submodules: modules further down are too many to propose.
    let mut packages: BTreeMap<(usize, String), (usize, bool)> = BTreeMap::new();
    let mut all = 0;
    for info in &modules.list {
        let Some(name) = inside(&info.name, base) else { continue };
        let segments: Vec<&str> = name.split('.').filter(|segment| !segment.is_empty()).collect();
        if segments.len() <= depth || (depth > 0 && !outer_pattern.matches(&segments[..depth].join("."))) {
            continue;
        }
        all += 1;
        let written = |until: usize| {
            let rest = segments[depth..until].join(".");
            if outer.is_empty() { rest } else { format!("{outer}.{rest}") }
        };
        *found.entry((0, written(depth + 1))).or_default() += 1;
        for until in depth + 2..=segments.len() {
            let package = packages.entry((until - depth - 1, written(until))).or_default();
            package.0 += 1;
            package.1 |= until < segments.len();
        }
    }
    if found.len() > 1 && depth > 0 {
        found.insert((usize::MAX, format!("{outer}.*")), all);
    }
    found.extend(
        packages.into_iter().filter(|(_, (_, has_more))| *has_more).map(|(key, (count, _))| (key, count)),
    );
    found.into_iter().map(|((_, pattern), modules)| Candidate { pattern, modules }).collect()
}

/// The rest of a name below the modules that `base` matches.
fn inside<'n>(name: &'n str, base: Option<&ModulePattern>) -> Option<&'n str> {
    let Some(base) = base else { return Some(name) };
    let mut ends = name.match_indices('.').map(|(dot, _)| dot);
    ends.find(|dot| base.matches(&name[..*dot])).map(|dot| &name[dot + 1..])
}
