//! `explain`: what a rule requires, or why there is a finding and how to fix it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use source::{File, PositionEncoding};
use workspace::Snapshot;

use crate::answer::{Answer, BUDGET, cut};
use crate::session::{Session, relative};
use crate::{Refused, row};

/// The arguments.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    /// A rule, a fingerprint, or the place of a finding (`shop/orders.py:12`).
    what: String,
    budget: Option<usize>,
}

/// An edit of a fix.
#[derive(Debug, Serialize)]
struct EditRow {
    /// The first and last line replaced.
    place: String,
    text: String,
}

/// Runs the tool.
///
/// # Errors
/// If it is neither a rule nor a finding.
pub(crate) fn run(session: &Session, arguments: &Arguments) -> Result<Value, Refused> {
    let budget = arguments.budget.unwrap_or(BUDGET);
    let what = arguments.what.trim();
    if let Some(rule) = rules::by_id(what) {
        let mut answer = Answer::default();
        answer.field("rule", rule.id);
        answer.field("level", rule.level.as_str());
        answer.field("summary", rule.summary);
        answer.field("page", cut(rule.page().trim_end(), budget.saturating_sub(150)));
        return Ok(answer.fit(budget));
    }
    let answer = {
        let root = session.root();
        session.look(|snapshot| of_finding(snapshot, root, what, budget))??
    };
    Ok(answer.fit(budget))
}

fn of_finding(
    snapshot: &Snapshot,
    root: &camino::Utf8Path,
    what: &str,
    budget: usize,
) -> Result<Answer, Refused> {
    let place = what.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse::<u32>().ok()?)));
    let files: Vec<File> = match place {
        Some((path, _)) => {
            let full = source::absolute(root, camino::Utf8Path::new(path));
            let found = snapshot.project_of(&full).map(|(_, file)| file);
            vec![found.ok_or_else(|| Refused::new(format!("{path} is no Python file of the project")))?]
        }
        None if is_fingerprint(what) => snapshot
            .check_all()
            .into_iter()
            .filter(|(_, found)| found.iter().any(|it| it.fingerprint.0 == what))
            .map(|(file, _)| file)
            .collect(),
        None => {
            let near = config::nearest(what, rules::ALL.iter().map(|rule| rule.id));
            return Err(Refused::new(match near {
                Some(near) => format!("no rule is called `{what}`; did you mean `{near}`?"),
                None => format!(
                    "`{what}` is no rule, no fingerprint of a finding (16 digits) and no place (`shop/orders.py:12`)"
                ),
            }));
        }
    };
    for file in files {
        let diagnostics = ide::diagnostics(snapshot, file);
        let line_of = |offset| snapshot.text(file).position(offset, PositionEncoding::Utf8).line + 1;
        let is_meant = |it: &&ide::Diagnostic| match place {
            Some((_, line)) => (line_of(it.span.start)..=line_of(it.span.end)).contains(&line),
            None => it.fingerprint.0 == what,
        };
        if let Some(diagnostic) = diagnostics.iter().find(is_meant) {
            return Ok(said(snapshot, file, diagnostic, budget));
        }
    }
    Err(Refused::new(format!("there is no finding at {what}; it may be fixed, accepted or on another line")))
}

fn is_fingerprint(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn said(snapshot: &Snapshot, file: File, diagnostic: &ide::Diagnostic, budget: usize) -> Answer {
    let mut answer = Answer::default();
    answer.field("finding", row::row(snapshot, file, diagnostic));
    let chain = diagnostic.related.iter();
    let chain = chain.map(|it| format!("{} {}", row::place(snapshot, it.file, it.span), it.message));
    answer.list("chain", 0, 2, chain);
    answer.list("edits", 0, 2, edits(snapshot, file, diagnostic));
    let rule = rules::by_id(diagnostic.rule);
    answer.maybe("rule", rule.map(|rule| cut(rule.page().trim_end(), budget / 3)));
    answer.maybe("accepted", diagnostic.accepted.map(|_| "the baseline accepts it"));
    answer
}

/// The edits of the first fix.
fn edits(snapshot: &Snapshot, file: File, diagnostic: &ide::Diagnostic) -> Vec<EditRow> {
    let db = snapshot.db();
    let context =
        snapshot.project_of(file.path(db)).and_then(|(project, _)| view::query::context(db, project, file));
    let Some((cx, fix)) = context.zip(diagnostic.fixes.first()) else { return Vec::new() };
    let Some(changes) = refactor::changes(&cx, fix, refactor::Abilities::ALL) else { return Vec::new() };
    let mut rows = Vec::new();
    for change in changes.edits {
        let text = snapshot.text(change.file);
        let path = relative(snapshot, change.file.path(db));
        for edit in change.edits {
            let line = |offset| text.position(offset, PositionEncoding::Utf8).line + 1;
            let (start, end) = (line(edit.span.start), line(edit.span.end));
            rows.push(EditRow { place: format!("{path}:{start}-{end}"), text: edit.insert });
        }
    }
    for created in changes.created {
        let path = relative(snapshot, &created.path).to_owned();
        rows.push(EditRow { place: format!("{path} (new)"), text: created.contents });
    }
    rows
}
