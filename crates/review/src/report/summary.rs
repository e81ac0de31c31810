//! A few paragraphs of facts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use libraries::Job;

use super::{Coverage, OfArea, Stack};
use crate::claim::{Kind, Level};
use crate::evidence::Evidence;
use python::naming::counted;

/// Limit on the concerns named in the summary.
const GRAVEST: usize = 3;
/// Limit on the commands named whose target is unknown.
const UNKNOWN: usize = 3;
/// Limit on the contexts named.
const CONTEXTS: usize = 6;

/// The summary.
pub(super) fn summary(
    evidence: &Evidence,
    coverage: &Coverage,
    stack: &Stack,
    areas: &[OfArea],
) -> Vec<String> {
    let mut paragraphs = vec![what_it_is(evidence, coverage, stack)];
    paragraphs.extend(how_it_is_built(evidence));
    paragraphs.extend(how_it_runs(evidence));
    paragraphs.push(what_was_found(areas));
    paragraphs.extend(what_costs(evidence));
    paragraphs.extend(what_is_not_known(evidence, coverage));
    paragraphs
}

fn what_it_is(evidence: &Evidence, coverage: &Coverage, stack: &Stack) -> String {
    let mut by_framework: BTreeMap<&str, usize> = BTreeMap::new();
    for route in &evidence.routes {
        *by_framework.entry(route.framework.as_str()).or_default() += 1;
    }
    let frameworks: Vec<String> =
        by_framework.iter().map(|(name, count)| format!("{} of {name}", counted(*count, "route"))).collect();
    let served = if frameworks.is_empty() { String::new() } else { format!(", {}", frameworks.join(", ")) };
    let named = |purpose: &str| -> Vec<String> {
        let of_it = stack.parts.iter().filter(|it| it.purpose == purpose);
        of_it
            .map(|it| it.version.as_ref().map_or_else(|| it.name.clone(), |v| format!("{} {v}", it.name)))
            .collect()
    };
    let data: Vec<String> =
        ["object mapping", "migrations", "tasks", "messages"].into_iter().flat_map(named).collect();
    let data = if data.is_empty() { String::new() } else { format!(" It uses {}.", data.join(", ")) };
    format!(
        "`{}` has {} of code and {} of tests{served}.{data}",
        evidence.name,
        counted(coverage.modules, "module"),
        coverage.tests
    )
}

fn how_it_runs(evidence: &Evidence) -> Option<String> {
    // One program is described in several files, for several places to run it.
    let mut told: Vec<(String, String, Vec<&str>)> = Vec::new();
    for (launch, module) in evidence.started() {
        let service = evidence.service(launch);
        let job = match launch.job {
            Job::Web => "answers requests",
            Job::Worker => "works off tasks",
            Job::Migration | Job::Script => continue,
        };
        let counts: Vec<String> = evidence.processes(launch).into_iter().map(|it| it.words).collect();
        let counts = if counts.is_empty() { String::new() } else { format!(" ({})", counts.join(", ")) };
        let does = format!("{job} with `{}`{counts}", evidence.sources[module].path);
        match told.iter_mut().find(|(name, it, _)| *name == service.name && *it == does) {
            Some((.., files)) if files.contains(&service.file.as_str()) => {}
            Some((.., files)) => files.push(&service.file),
            None => told.push((service.name.clone(), does, vec![&service.file])),
        }
    }
    let mut lines: Vec<String> = told
        .iter()
        .map(|(name, does, files)| match files.as_slice() {
            [file] => format!("`{name}` of `{file}` {does}"),
            [first, rest @ ..] => {
                format!("`{name}` of `{first}` and {} {does}", counted(rest.len(), "more file"))
            }
            [] => does.clone(),
        })
        .collect();
    let more = lines.len().saturating_sub(6);
    lines.truncate(6);
    if more > 0 {
        lines.push(format!("{more} more start code"));
    }
    (!lines.is_empty()).then(|| format!("{}.", lines.join("; ")))
}

fn what_was_found(areas: &[OfArea]) -> String {
    let mut concerns: Vec<_> = areas.iter().flat_map(|it| &it.concerns).collect();
    let of = |level: Level| concerns.iter().filter(|it| it.level == Some(level)).count();
    let counts: Vec<String> = [Level::High, Level::Medium, Level::Low]
        .into_iter()
        .filter(|level| of(*level) > 0)
        .map(|level| format!("{} {}", of(level), level.as_str()))
        .collect();
    let contradictions = concerns.iter().filter(|it| it.kind == Kind::Contradiction).count();
    let contradictions = match contradictions {
        0 => String::new(),
        1 => "; in one of them two places of the repository disagree".to_owned(),
        count => format!("; in {count} of them two places of the repository disagree"),
    };
    let mut text = if counts.is_empty() {
        "No concern was found.".to_owned()
    } else {
        let all = counted(concerns.len(), "concern");
        format!("{all}: {}{contradictions}. The gravest:", counts.join(", "))
    };
    // Of one level first what can be seen to fail, then what concerns most files.
    concerns.sort_by_key(|it| (it.level, it.kind, std::cmp::Reverse(it.files)));
    for claim in concerns.iter().take(GRAVEST) {
        text.push(' ');
        text.push_str(&claim.text);
        // Rule messages have no full stop.
        if !claim.text.ends_with(['.', '!', '?']) {
            text.push('.');
        }
    }
    text
}

/// How the modules are laid out, and what holds.
fn how_it_is_built(evidence: &Evidence) -> Option<String> {
    let structure = &evidence.structure;
    let layers: Vec<String> = structure
        .layers
        .iter()
        .filter_map(|(layer, count)| Some(format!("{} of {}", counted(*count as usize, "module"), (*layer)?)))
        .collect();
    if layers.is_empty() {
        return None;
    }
    let style = if structure.style.is_empty() {
        "It has".to_owned()
    } else {
        format!("Its style is {}, with", structure.style)
    };
    let mut text = format!("{style} {}.", layers.join(", "));
    if structure.between > 0 {
        let against = match structure.against {
            0 => "none of them against its direction".to_owned(),
            count => format!("{count} of them against its direction"),
        };
        let imports = counted(structure.between, "import");
        // Writing to a string never fails.
        let _ = write!(text, " {imports} run between modules whose layers are certain, {against}.");
    }
    let mut contexts = structure.contexts.clone();
    contexts.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), name.clone()));
    if contexts.len() > 1 {
        let shown: Vec<String> =
            contexts.iter().take(CONTEXTS).map(|(name, count)| format!("`{name}` ({count})")).collect();
        let more = contexts.len() - shown.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let _ = write!(
            text,
            " The {} contexts by number of modules: {}{more}.",
            contexts.len(),
            shown.join(", ")
        );
    }
    Some(text)
}

/// The route that grows most.
fn what_costs(evidence: &Evidence) -> Option<String> {
    let growing = || evidence.routes.iter().filter(|it| it.degree > 0);
    let routes = growing().min_by_key(|it| it.rank).map(|route| {
        format!(
            "Queries grow with the data in {} of {}, most in `{}`: up to {}.",
            growing().count(),
            counted(evidence.routes.len(), "route"),
            route.title(),
            route.own
        )
    });
    let shared = evidence.shared.first().map(|it| {
        format!("`{}`, which runs before {} routes, runs up to {} queries.", it.name, it.routes, it.cost)
    });
    let parts: Vec<String> = routes.into_iter().chain(shared).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn what_is_not_known(evidence: &Evidence, coverage: &Coverage) -> Option<String> {
    let mut parts = Vec::new();
    if !coverage.routes_not_read.is_empty() {
        parts.push(format!("routes of {} aren't read", coverage.routes_not_read.join(", ")));
    }
    if !coverage.not_told.is_empty() {
        let shown: Vec<&str> = coverage.not_told.iter().take(UNKNOWN).map(String::as_str).collect();
        let more = match coverage.not_told.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        parts.push(format!("what these start is unknown: `{}`{more}", shown.join("`, `")));
    }
    let included = evidence.unread_settings();
    if !included.is_empty() {
        parts.push(format!("settings that `{}` includes aren't read", included.join("`, `")));
    }
    if !coverage.unread.is_empty() {
        let shown: Vec<&str> = coverage.unread.iter().take(3).map(String::as_str).collect();
        let count = counted(coverage.unread.len(), "file");
        parts
            .push(format!("{count} about deployment can't be read, as templates (`{}`)", shown.join("`, `")));
    }
    if !coverage.is_whole {
        parts.push("some Python files can't be read in whole".to_owned());
    }
    (!parts.is_empty()).then(|| format!("Not known: {}.", parts.join("; ")))
}
