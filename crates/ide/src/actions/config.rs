//! Misspelt keys and words of a configuration file: the nearest known one in their place.

use camino::Utf8Path;
use config::Problem;
use rules::{Applicability, Changes, FileEdit};
use source::{Span, TextEdit};
use workspace::Snapshot;

use super::{Action, ActionData, ActionKind, Remedy};

/// What can be done about the problems in `range` of the configuration file at `path`.
pub(super) fn actions(snapshot: &Snapshot, path: &Utf8Path, range: Span) -> impl Iterator<Item = Action> {
    let here = move |problem: &&Problem| {
        problem.path == path && problem.span.start <= range.end && range.start <= problem.span.end
    };
    snapshot.config_problems().iter().filter(here).filter_map(|problem| {
        let suggestion = problem.suggestion.as_ref()?;
        Some(Action {
            title: format!("Replace by \"{suggestion}\""),
            kind: ActionKind::QuickFix,
            // What was meant is a guess, though a near one.
            applicability: Applicability::Review,
            is_preferred: true,
            data: ActionData {
                path: problem.path.clone(),
                remedy: Remedy::Respell { problem: problem.message.clone(), near: problem.span.start },
            },
        })
    })
}

/// The edit for the problem with this message; of several alike the nearest to where it was.
pub(super) fn edits(snapshot: &Snapshot, path: &Utf8Path, message: &str, near: u32) -> Option<Changes> {
    let alike = snapshot
        .config_problems()
        .iter()
        .filter(|problem| problem.path == path && problem.message == message);
    let problem = alike.min_by_key(|problem| problem.span.start.abs_diff(near))?;
    let insert = problem.suggestion.clone()?;
    let edits = vec![TextEdit { span: problem.span, insert }];
    Some(FileEdit { file: snapshot.file(path)?, edits }.into())
}
