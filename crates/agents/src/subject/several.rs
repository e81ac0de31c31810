//! One name for several subjects.

use model::{ModuleId, Modules, PathRole};

use super::{CANDIDATES, Subject};
use crate::Refused;

/// The modules that are called `name`, one for each root: within a root, a package shadows a module, and a source file
/// its stub. Names relative to an outer root count only if nothing else has that name.
pub(super) fn modules(modules: &Modules, name: &str) -> Vec<ModuleId> {
    let all = modules.by_name.get(name).map_or(&[][..], Vec::as_slice);
    let is_own = |(root, id): &&(model::RootId, ModuleId)| modules[*id].root == *root;
    let mut found: Vec<_> = all.iter().filter(is_own).collect();
    if found.is_empty() {
        found = all.iter().collect();
    }
    found.dedup_by_key(|(root, _)| *root);
    found.into_iter().map(|(_, id)| *id).collect()
}

/// Code alone if tests have the name too.
pub(super) fn code_first(modules: &Modules, mut found: Vec<Subject>) -> Vec<Subject> {
    let is_code = |subject: &Subject| modules[subject.module].role == PathRole::Code;
    if found.iter().any(is_code) {
        found.retain(is_code);
    }
    found
}

/// The choices, in words.
pub(super) fn refused(text: &str, modules: &Modules, many: &[Subject]) -> Refused {
    let place = |subject: &Subject| {
        let path = &modules[subject.module].path;
        match &subject.symbol {
            Some(symbol) => format!("`{path}:{}`", symbol.name),
            None => format!("`{path}`"),
        }
    };
    let places: Vec<String> = many.iter().take(CANDIDATES).map(place).collect();
    let more = many.len().saturating_sub(CANDIDATES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Refused::new(format!("`{text}` is ambiguous: give one of {}{more}", places.join(", ")))
}
