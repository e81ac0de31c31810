//! Misspelt keys and words of a configuration file, replaced with the nearest known ones.

use camino::Utf8Path;
use config::Problem;
use refactor::{Changes, FileEdit};
use source::{Span, TextEdit};
use view::Applicability;
use workspace::Snapshot;

use super::{Action, ActionData, ActionKind, Remedy};

/// The actions for the problems in `range` of the configuration file at `path`.
pub(super) fn actions(snapshot: &Snapshot, path: &Utf8Path, range: Span) -> Vec<Action> {
    let here = |problem: &Problem| problem.span.start <= range.end && range.start <= problem.span.end;
    problems(snapshot, path)
        .into_iter()
        .filter(here)
        .filter_map(|problem| {
            let suggestion = problem.suggestion?;
            Some(Action {
                title: format!("Replace with \"{}\"", suggestion.trim_matches('"')),
                kind: ActionKind::QuickFix,
                // The suggestion is a guess, though a close one.
                applicability: Applicability::Review,
                is_preferred: true,
                data: ActionData {
                    path: problem.path,
                    remedy: Remedy::Respell { problem: problem.message, near: problem.span.start },
                },
            })
        })
        .collect()
}

/// The edit for the problem with this message; of several, the nearest to its old position.
pub(super) fn edits(snapshot: &Snapshot, path: &Utf8Path, message: &str, near: u32) -> Option<Changes> {
    let alike = problems(snapshot, path).into_iter().filter(|problem| problem.message == message);
    let problem = alike.min_by_key(|problem| problem.span.start.abs_diff(near))?;
    let edits = vec![TextEdit { span: problem.span, insert: problem.suggestion? }];
    Some(FileEdit { file: snapshot.file(path)?, edits }.into())
}

/// Problems of the file itself, and of what it states about the project.
fn problems(snapshot: &Snapshot, path: &Utf8Path) -> Vec<Problem> {
    let own = snapshot.config_problems().iter().cloned();
    own.chain(snapshot.contract_problems()).filter(|problem| problem.path == path).collect()
}
