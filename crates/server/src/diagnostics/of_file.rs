//! The diagnostics of one file, as sent to the client.

use std::sync::Arc;

use camino::Utf8Path;
use ide::RelatedPlace;
use source::{File, Text};

use super::of_open::of_open;
use crate::proto::{self, Diagnostic, Location, Uri, range_of_span};
use crate::view::View;

/// The diagnostics of the file at `path`: the findings of a module, or the problems of a configuration file or a
/// baseline.
///
/// Findings below the user's minimum level are left out.
///
/// While the file is being typed in, they are those that are available at once; see [`super::of_open`].
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
    let (mut findings, typed) = match view.snapshot.typed(path) {
        _ if !view.is_indexed => (ide::early_diagnostics(&view.snapshot, file), None),
        None => (ide::diagnostics(&view.snapshot, file), None),
        Some(typed) => (of_open(view, file, typed), Some(Arc::clone(&typed.text))),
    };
    findings.retain(|finding| finding.level >= view.settings.minimum_level && !finding.is_repeated);
    // Problems of reading are shown in open files; for closed ones they are in the log.
    let problem = view.version(path).and_then(|_| view.snapshot.problem(file));
    let problem = problem.map(|problem| proto::of_unreadable(&problem)).into_iter();
    if findings.is_empty() {
        return problem.collect();
    }
    let text = typed.unwrap_or_else(|| view.snapshot.text(file));
    let here = Here { file, uri: view.documents.uri(path), text: &text };
    let shown = findings.iter().map(|finding| {
        let related = if view.features.related_information {
            finding.listed().0.iter().filter_map(|place| locate(view, &here, place)).collect()
        } else {
            Vec::new()
        };
        proto::of_finding(finding, &text, related, &view.features)
    });
    problem.chain(shown).collect()
}

/// The file, with the text that is shown: queries may see an older one.
struct Here<'a> {
    file: File,
    uri: Option<Uri>,
    text: &'a Arc<Text>,
}

fn locate(view: &View, here: &Here<'_>, place: &RelatedPlace) -> Option<(Location, String)> {
    let (uri, text) = if place.file == here.file {
        (here.uri.clone()?, Arc::clone(here.text))
    } else {
        view.uri_and_text(place.file)?
    };
    let range = range_of_span(&text, place.span, view.encoding());
    Some((Location { uri, range }, place.message.clone()))
}
