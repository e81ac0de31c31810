//! The diagnostics of one file, as the client is told.

use camino::Utf8Path;
use ide::RelatedPlace;

use crate::proto::{self, Diagnostic, Location, range_of_span};
use crate::view::View;

/// The diagnostics of the file at `path`: the findings of a module, or what is wrong in a configuration file or a
/// baseline.
///
/// Findings below the level that the user wants to see are left out.
///
/// Until the workspace is indexed these are the findings that no other file could refute.
pub(crate) fn of_file(view: &View, path: &Utf8Path) -> Vec<Diagnostic> {
    if let Some(accepted) = view.snapshot.baselines().iter().find(|accepted| accepted.path == path) {
        return accepted.baseline.as_ref().err().map(proto::of_broken_baseline).into_iter().collect();
    }
    let Some(file) = view.snapshot.file(path) else { return Vec::new() };
    if config::kind_of(path).is_some() {
        let of_contracts = if view.is_indexed { view.snapshot.contract_problems() } else { Vec::new() };
        let problems: Vec<_> = view
            .snapshot
            .config_problems()
            .iter()
            .chain(&of_contracts)
            .filter(|problem| problem.path == path)
            .collect();
        if problems.is_empty() {
            return Vec::new();
        }
        let text = view.snapshot.text(file);
        return problems
            .into_iter()
            .map(|problem| proto::of_problem(problem, &text, &view.features))
            .collect();
    }
    let mut findings = if view.is_indexed {
        ide::diagnostics(&view.snapshot, file)
    } else {
        ide::early_diagnostics(&view.snapshot, file)
    };
    findings.retain(|finding| finding.level >= view.settings.minimum_level);
    // What could not be read is said where someone looks at it; of closed files the log tells.
    let problem = view.version(path).and_then(|_| view.snapshot.problem(file));
    let problem = problem.map(|problem| proto::of_unreadable(&problem)).into_iter();
    if findings.is_empty() {
        return problem.collect();
    }
    let text = view.snapshot.text(file);
    let shown = findings.iter().map(|finding| {
        let related = if view.features.related_information {
            finding.related.iter().filter_map(|place| locate(view, place)).collect()
        } else {
            Vec::new()
        };
        proto::of_finding(finding, &text, related, &view.features)
    });
    problem.chain(shown).collect()
}

fn locate(view: &View, place: &RelatedPlace) -> Option<(Location, String)> {
    let (uri, text) = view.uri_and_text(place.file)?;
    let range = range_of_span(&text, place.span, view.encoding());
    Some((Location { uri, range }, place.message.clone()))
}
