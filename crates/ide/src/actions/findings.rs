//! The actions for findings: their fixes, also from related places, and ignore comments and baseline entries that
//! suppress them.

use std::collections::{BTreeSet, HashSet};

use camino::Utf8PathBuf;
use model::{ClassRef, ModuleId};
use refactor::Abilities;
use source::{File, PositionEncoding, Span};
use view::{Applicability, Context, Finding, Fix, FixKind};
use workspace::Snapshot;

use super::{Action, ActionData, ActionKind, RefusedAction, Remedy, safe_fix};

/// How far to search for findings to which a place is related.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Only the file's own findings: cheap enough for every cursor movement.
    File,
    /// Also those of the files that lead here: for explicit requests.
    Project,
}

/// Limit on the fixes offered for findings elsewhere.
const MOST_ELSEWHERE: usize = 5;

/// Limit on the files searched for findings to which a place is related.
const MOST_FILES: usize = 64;

/// The fixes of the findings in `range`, with the preferred one of each first.
pub(super) fn fixes(
    snapshot: &Snapshot,
    file: File,
    findings: &[Finding],
    range: Span,
) -> impl Iterator<Item = Action> {
    let path = file.path(snapshot.db());
    let near = near(snapshot, file, range);
    findings.iter().filter(move |finding| touches(finding.span, near)).flat_map(move |finding| {
        let preferred = preferred(finding);
        let others = finding.fixes.iter().filter(move |fix| Some(*fix) != preferred);
        preferred.into_iter().chain(others).map(move |fix| Action {
            is_preferred: preferred == Some(fix),
            ..of_fix(path, finding, fix, fix.label())
        })
    })
}

/// The fixes of the findings in `range` that can't be carried out, and why. Tries each: for opened menus, not for every
/// cursor movement.
pub(super) fn refused(
    snapshot: &Snapshot,
    cx: &Context<'_>,
    range: Span,
    abilities: Abilities,
) -> Vec<RefusedAction> {
    let near = near(snapshot, cx.file, range);
    let findings = snapshot.check(cx.project, cx.file);
    let attempt = |fix: &Fix| {
        let reason = refactor::attempt(cx, &fix.kind, abilities).err()?.to_string();
        Some(RefusedAction { title: fix.label(), kind: ActionKind::QuickFix, reason })
    };
    let here = findings.iter().filter(|finding| touches(finding.span, near));
    here.flat_map(|finding| finding.fixes.iter().filter_map(attempt)).collect()
}

/// The fixes of findings elsewhere to which `range` is related: the query of an N+1 that a loop runs, the class that a
/// consumer should not depend on. The title names the finding.
pub(super) fn fixes_of_others(
    snapshot: &Snapshot,
    cx: &Context<'_>,
    own: &[Finding],
    range: Span,
    reach: Reach,
) -> Vec<Action> {
    let mut out = Vec::new();
    let near = near(snapshot, cx.file, range);
    let mut known: HashSet<(Option<File>, FixKind)> = HashSet::new();
    let mut look = |file: File, findings: &[Finding]| {
        for finding in findings {
            let is_here = file == cx.file && touches(finding.span, near);
            if finding.fixes.is_empty() || !is_explained_by(cx, finding, range) {
                continue;
            }
            for fix in &finding.fixes {
                let key = (is_about_its_file(&fix.kind).then_some(file), fix.kind.clone());
                // Fixes offered for the finding itself are not offered again.
                if known.insert(key) && !is_here && out.len() < MOST_ELSEWHERE {
                    let place = place(snapshot, file, finding);
                    let title = fix.label_with(&format!(", for {} at {place}", finding.rule));
                    out.push(of_fix(file.path(snapshot.db()), finding, fix, title));
                }
            }
        }
    };
    let here: Vec<Finding> = own.iter().filter(|finding| touches(finding.span, near)).cloned().collect();
    look(cx.file, &here);
    look(cx.file, own);
    if reach == Reach::Project {
        for module in leading_here(cx) {
            let file = cx.file_of(module);
            look(file, &snapshot.check(cx.project, file));
        }
    }
    out
}

/// All safe fixes of the rules that have one in `range`: in the file and, for explicit requests, in the project.
pub(super) fn fixes_of_rules(
    snapshot: &Snapshot,
    file: File,
    findings: &[Finding],
    range: Span,
    reach: Reach,
) -> Vec<Action> {
    let path = file.path(snapshot.db());
    let near = near(snapshot, file, range);
    let fixable = || findings.iter().filter(|finding| safe_fix(finding).is_some());
    let rules: BTreeSet<&str> =
        fixable().filter(|finding| touches(finding.span, near)).map(|finding| finding.rule).collect();
    let all = |rule: &str, place: &str, in_project: bool| Action {
        title: format!("Fix all `{rule}` in {place}"),
        kind: ActionKind::QuickFix,
        applicability: Applicability::Safe,
        is_preferred: false,
        data: ActionData {
            path: path.clone(),
            remedy: Remedy::FixRule { rule: rule.to_owned(), in_project },
        },
    };
    let mut out = Vec::new();
    for rule in rules {
        if fixable().filter(|finding| finding.rule == rule).count() > 1 {
            out.push(all(rule, "this file", false));
        }
        if reach == Reach::Project {
            out.push(all(rule, "the project", true));
        }
    }
    out
}

/// The suppressions of the findings in `range`: ignore comments first, then baseline entries.
pub(super) fn suppressions(
    snapshot: &Snapshot,
    file: File,
    findings: &[Finding],
    range: Span,
) -> impl Iterator<Item = Action> {
    let path = file.path(snapshot.db());
    let near = near(snapshot, file, range);
    let is_shown = move |finding: &&Finding| touches(finding.span, near) && !finding.is_repeated;
    let here = move || findings.iter().filter(is_shown);
    // A comment covers all findings of its rule in the statement.
    let text = snapshot.text(file);
    let mut known: HashSet<(&str, u32)> = HashSet::new();
    let comments = here()
        .filter(move |finding| known.insert((finding.rule, text.line_at(finding.span.start).start)))
        .map(move |finding| {
            suppression(
                path,
                format!("Ignore {} here with a reason", finding.rule),
                Remedy::Ignore { rule: finding.rule.to_owned(), fingerprint: finding.fingerprint.0.clone() },
            )
        });
    let entries = here()
        .filter(move |finding| snapshot.accepted(file, &finding.fingerprint.0).is_none())
        .map(move |finding| {
            suppression(
                path,
                format!("Accept {} into the baseline", finding.rule),
                Remedy::Accept { rule: finding.rule.to_owned(), fingerprint: finding.fingerprint.0.clone() },
            )
        });
    comments.chain(entries)
}

fn suppression(path: &Utf8PathBuf, title: String, remedy: Remedy) -> Action {
    Action {
        title,
        kind: ActionKind::QuickFix,
        applicability: Applicability::Review,
        is_preferred: false,
        data: ActionData { path: path.clone(), remedy },
    }
}

fn of_fix(path: &Utf8PathBuf, finding: &Finding, fix: &Fix, title: String) -> Action {
    Action {
        title,
        kind: ActionKind::QuickFix,
        applicability: fix.applicability,
        is_preferred: false,
        data: ActionData {
            path: path.clone(),
            remedy: Remedy::Fix {
                rule: finding.rule.to_owned(),
                fingerprint: finding.fingerprint.0.clone(),
                title: fix.title.clone(),
            },
        },
    }
}

fn preferred(finding: &Finding) -> Option<&Fix> {
    safe_fix(finding).or(finding.fixes.first())
}

/// The span of the request: for a cursor its whole line, since a finding marks only the word at fault.
fn near(snapshot: &Snapshot, file: File, range: Span) -> Span {
    let text = snapshot.text(file);
    let at = range.start as usize;
    let Some((before, after)) = text.as_str().split_at_checked(at).filter(|_| range.is_empty()) else {
        return range;
    };
    let is_end = |letter: char| letter == '\n' || letter == '\r';
    let start = before.rfind(is_end).map_or(0, |end| end + 1);
    let end = after.find(is_end).map_or(text.as_str().len(), |end| at + end);
    Span::new(start as u32, end as u32)
}

/// A cursor at either end of a span touches it.
fn touches(span: Span, range: Span) -> bool {
    span.start <= range.end && range.start <= span.end
}

/// Whether one of the related places of a finding is in `range`. The top of a file is related to nothing in particular.
fn is_explained_by(cx: &Context<'_>, finding: &Finding, range: Span) -> bool {
    finding.related.iter().any(|related| {
        related.file == cx.file
            && related.place != view::Place::File
            && touches(related.place.span(&cx.module.spans), range)
    })
}

/// Whether a fix refers to the file of its finding: ids of imports and bodies mean something else in other files.
fn is_about_its_file(kind: &FixKind) -> bool {
    !matches!(
        kind,
        FixKind::Load { .. }
            | FixKind::LoadInClass { .. }
            | FixKind::ImplementMembers { .. }
            | FixKind::AddMember { .. }
            | FixKind::MoveDefinition { .. }
            | FixKind::DependOnPortEverywhere { .. }
    )
}

/// `service.py:14`
fn place(snapshot: &Snapshot, file: File, finding: &Finding) -> String {
    let line = snapshot.text(file).position(finding.span.start, PositionEncoding::Utf8).line + 1;
    let path = file.path(snapshot.db());
    format!("{}:{line}", path.file_name().unwrap_or(path.as_str()))
}

/// The modules whose imports lead here, nearest first; including those that know a class here only through its port.
fn leading_here(cx: &Context<'_>) -> Vec<ModuleId> {
    let classes = cx.module.definitions.classes.iter();
    let ports = classes.flat_map(|class| {
        let class = ClassRef::new(cx.id, class.name.clone());
        model::query::ports_of(cx.db, cx.project, class)
            .iter()
            .map(|port| port.class.module)
            .collect::<Vec<_>>()
    });
    let mut found: Vec<ModuleId> = Vec::new();
    let mut seen: HashSet<ModuleId> = HashSet::from([cx.id]);
    let mut next = vec![cx.id];
    for port in ports {
        if seen.insert(port) {
            next.push(port);
        }
    }
    while !next.is_empty() && found.len() < MOST_FILES {
        let importers = next.iter().flat_map(|module| cx.architecture.graph.importers(*module));
        let new: Vec<ModuleId> =
            importers.map(|edge| edge.to).filter(|module| seen.insert(*module)).collect();
        found.extend(&new);
        next = new;
    }
    found.truncate(MOST_FILES);
    found
}
