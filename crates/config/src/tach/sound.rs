//! Configurations that tach rejects. It then checks nothing, so they are worth reporting.

use std::collections::{BTreeSet, HashMap};

use super::project::{ROOT, Tach, TachModule, TachRoot};
use crate::problem::Problems;

/// Reports modules that are declared twice, and mentions of the root module where they are forbidden.
pub(super) fn check(tach: &Tach, problems: &Problems) {
    let mut seen = BTreeSet::new();
    for module in &tach.modules {
        if !seen.insert(module.path.as_str()) {
            problems.warning(module.span, format!("`{}` is declared twice", module.path));
        }
        let named = module.dependencies().find(|dependency| dependency.path == ROOT);
        let span = match tach.root {
            TachRoot::Forbid if module.path == ROOT => Some(module.span),
            TachRoot::Forbid | TachRoot::DependenciesOnly => named.map(|dependency| dependency.span),
            TachRoot::Allow | TachRoot::Ignore => None,
        };
        if let Some(span) = span {
            problems.warning(span, format!("`{ROOT}` must not be named here: `root_module` says so"));
        }
    }
    if tach.forbids_cycles {
        cycles(&tach.modules, problems);
    }
}

/// Reports modules whose declared dependencies lead back to themselves.
fn cycles(modules: &[TachModule], problems: &Problems) {
    let by_path: HashMap<&str, usize> =
        modules.iter().enumerate().map(|(index, module)| (module.path.as_str(), index)).collect();
    let next = |at: usize| {
        modules[at].dependencies().filter_map(|dependency| by_path.get(dependency.path.as_str()).copied())
    };
    for (start, module) in modules.iter().enumerate() {
        let mut seen = vec![false; modules.len()];
        let mut stack: Vec<usize> = next(start).filter(|to| *to != start).collect();
        let mut is_reached = false;
        while let Some(at) = stack.pop() {
            is_reached |= at == start;
            if !std::mem::replace(&mut seen[at], true) {
                stack.extend(next(at));
            }
        }
        if is_reached {
            let message = format!(
                "`{}` depends on itself, which `forbid_circular_dependencies` rules out",
                module.path
            );
            problems.warning(module.span, message);
        }
    }
}
