//! The project module that a command names.

use super::Evidence;
use super::launch::Launch;

/// What the module name in a command refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A module, by index.
    Module(usize),
    /// It would belong to the project, but doesn't exist.
    Missing,
    /// A library's, an ambiguous one, or unknown.
    Unknown,
}

/// The module that a launch starts.
pub(super) fn target(evidence: &Evidence, launch: &Launch) -> Target {
    let Some(name) = launch.module.as_deref() else { return Target::Unknown };
    let service = &evidence.services()[launch.service];
    let wanted: Vec<&str> = name.split('.').collect();
    let context = service.built_from.as_deref();
    // A path in an image may start with the image's folders: `/app/shop/main.py`.
    let is_path = launch.program.is_none_or(|it| it.names == libraries::Names::File);
    let shortest = if is_path { 1 } else { wanted.len() };
    for skipped in 0..=wanted.len().saturating_sub(shortest) {
        let found = ending_with(evidence, &wanted[skipped..]);
        match among(evidence, found, context) {
            Some(Ok(at)) => return Target::Module(at),
            Some(Err(())) => return Target::Unknown,
            None => {}
        }
    }
    if let Some((_, package)) = wanted.split_last().filter(|(_, package)| !package.is_empty()) {
        // `shop.main.app`: an attribute after a dot.
        if let Some(Ok(at)) = among(evidence, ending_with(evidence, package), context)
            && !evidence.sources[at].path.ends_with("__init__.py")
        {
            return Target::Module(at);
        }
    }
    if is_missing(evidence, launch, &wanted) { Target::Missing } else { Target::Unknown }
}

/// The modules whose paths have this suffix, possibly as packages.
fn ending_with(evidence: &Evidence, wanted: &[&str]) -> Vec<usize> {
    let ends = |path: &str| {
        let stem = path.strip_suffix(".py").unwrap_or(path);
        let stem = stem.strip_suffix("/__init__").or_else(|| stem.strip_suffix("/__main__")).unwrap_or(stem);
        let mut parts = stem.rsplit('/');
        wanted.iter().rev().all(|it| parts.next() == Some(it))
    };
    (0..evidence.sources.len()).filter(|at| ends(&evidence.sources[*at].path)).collect()
}

/// The intended one: the nearest to the folder that the image is built from. `None` if there is none, an error if it is
/// ambiguous.
fn among(evidence: &Evidence, found: Vec<usize>, context: Option<&str>) -> Option<Result<usize, ()>> {
    let main = found.iter().find(|at| evidence.sources[**at].stem() == "__main__");
    let found: Vec<usize> = match (main, found.as_slice()) {
        (Some(main), [_, _]) => vec![*main],
        _ => found,
    };
    match found.as_slice() {
        [] => return None,
        [only] => return Some(Ok(*only)),
        _ => {}
    }
    let below = |at: &usize| {
        let path = &evidence.sources[*at].path;
        context.is_some_and(|folder| folder.is_empty() || path.starts_with(&format!("{folder}/")))
    };
    let depth = |at: &usize| evidence.sources[*at].path.matches('/').count();
    let mut near: Vec<usize> = found.iter().copied().filter(below).collect();
    near.sort_by_key(|at| (depth(at), *at));
    match near.as_slice() {
        [only] => Some(Ok(*only)),
        [first, second, ..] if depth(first) < depth(second) => Some(Ok(*first)),
        _ => Some(Err(())),
    }
}

/// Whether a missing module would be the project's own: its package has modules, or it has no package and nothing
/// installed has its name.
fn is_missing(evidence: &Evidence, launch: &Launch, wanted: &[&str]) -> bool {
    let service = &evidence.services()[launch.service];
    if !evidence.is_whole
        || launch.is_conditional
        || launch.folder.as_deref().is_some_and(|it| it.contains('$'))
    {
        return false;
    }
    let Some((last, package)) = wanted.split_last() else { return false };
    if model::is_standard(wanted[0]) || evidence.locked.is_installed(wanted[0]) {
        return false;
    }
    if package.is_empty() {
        let is_anywhere = evidence.sources.iter().any(|it| it.stem() == *last || it.folder().ends_with(last));
        return service.built_from.is_some()
            && launch.attribute.is_some()
            && !is_anywhere
            && !evidence.is_made(last);
    }
    let beside = |path: &str| {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts = folder.rsplit('/');
        package.iter().rev().all(|it| parts.next() == Some(it))
    };
    evidence.sources.iter().any(|it| beside(&it.path)) && !evidence.is_made(last)
}
