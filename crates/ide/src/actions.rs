//! The actions available for the findings at a place, as titles; and the edits of one, made when it is chosen.
//!
//! An action carries the data to find it again ([`ActionData`]): rule and fingerprint, never an offset. Its edits are
//! made from scratch on the current snapshot, so that an action offered before a keystroke does the right thing after
//! it, or nothing.

mod config;
mod findings;
mod ignore;
mod moving;
mod refactor;
mod show;

use std::fmt;

use ::refactor::{Abilities, Changes, FileEdit, Refusal, SymbolMove};
use camino::Utf8PathBuf;
pub use findings::Reach;
pub use refactor::RefusedAction;
use serde::{Deserialize, Serialize};
pub use show::Show;
use source::{File, Span};
use view::{Applicability, Context, Finding};
use workspace::Snapshot;

use crate::fix_all::{apply_fixes, difference, fix_rule, safe_fix};

/// The kind of an action (LSP 3.17, `CodeActionKind`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// `quickfix`
    QuickFix,
    /// `source.fixAll`
    SourceFixAll,
    /// `refactor.extract`: creates something new from a part.
    RefactorExtract,
    /// `refactor.move`: moves something to another module.
    RefactorMove,
    /// `refactor.rewrite`: rewrites in place.
    RefactorRewrite,
}

impl ActionKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::QuickFix,
        Self::SourceFixAll,
        Self::RefactorExtract,
        Self::RefactorMove,
        Self::RefactorRewrite,
    ];
}

/// An action available at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does, in the imperative.
    pub title: String,
    /// Its kind.
    pub kind: ActionKind,
    /// Whether it may be applied without review.
    pub applicability: Applicability,
    /// The default action: a finding's first safe fix, or its first fix if none is safe. Editors apply it with a
    /// dedicated key, one finding at a time and never on save, so it may be a fix for review: its title names what to
    /// check.
    pub is_preferred: bool,
    /// The data to find it again.
    pub data: ActionData,
}

/// The data to find an action again, on this snapshot or a later one. Clients carry it as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ActionData {
    /// The file it was offered in; absolute.
    pub path: Utf8PathBuf,
    /// What to do there.
    pub remedy: Remedy,
}

/// The effect of an action.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// Apply a fix of a finding.
    Fix {
        /// The finding's rule.
        rule: String,
        /// The finding's fingerprint.
        fingerprint: String,
        /// The fix's title, which identifies it among the finding's fixes.
        title: String,
    },
    /// Write an ignore comment for a finding.
    Ignore {
        /// The finding's rule.
        rule: String,
        /// The finding's fingerprint.
        fingerprint: String,
    },
    /// Write a finding into the baseline. No edit of an open document: see [`crate::baseline`].
    Accept {
        /// The finding's rule.
        rule: String,
        /// The finding's fingerprint.
        fingerprint: String,
    },
    /// Apply all safe fixes of the file.
    FixAll,
    /// Apply all safe fixes of one rule.
    FixRule {
        /// The rule.
        rule: String,
        /// In all files of the project; otherwise in the file.
        in_project: bool,
    },
    /// Write a Protocol for a class of the file, and make the class's dependents depend on it.
    ExtractProtocol {
        /// The class.
        class: String,
        /// With only the members that are used, or with all public ones.
        only_used: bool,
        /// Whether it is decorated with `@runtime_checkable`.
        runtime_checkable: bool,
    },
    /// Replace dependencies on a class of the file with dependencies on one of its ports.
    DependOnPort {
        /// The class.
        class: String,
    },
    /// Write the members of a port that a class of the file inherits and lacks.
    ImplementMembers {
        /// The class.
        class: String,
    },
    /// Raise domain errors in place of the HTTP errors of a function of the file.
    RaiseDomainError {
        /// The function: `OrderService.get`.
        function: String,
        /// The index of the raise; `None` for all.
        index: Option<usize>,
    },
    /// Move a class, function or variable of the file to another module.
    Move {
        /// Its name.
        name: String,
        /// The dotted name of the module.
        target: String,
    },
    /// Let the user pick the target module for a class, function or variable of the file. Not an edit by itself: see
    /// [`crate::move_targets`].
    PickTarget {
        /// Its name.
        name: String,
    },
    /// Replace a word of a configuration file with the nearest known one.
    Respell {
        /// The problem's message.
        problem: String,
        /// Where it was, to distinguish it from others with the same message.
        near: u32,
    },
}

/// The effect of an action on the current text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The edits, undone in one step.
    pub changes: Changes,
    /// What to check afterwards, for fixes for review.
    pub caution: Option<String>,
    /// What to show once the edits are applied.
    pub show: Option<Show>,
}

impl From<Changes> for Resolved {
    fn from(changes: Changes) -> Self {
        Self { changes, caution: None, show: None }
    }
}

/// The actions available in `range` of `file`, a module or a configuration file; a cursor is an empty range. `kinds`
/// restricts the kinds; empty means all. In menu order: fixes, refactorings, and finally suppressions.
pub fn actions(
    snapshot: &Snapshot,
    file: File,
    range: Span,
    kinds: &[ActionKind],
    reach: Reach,
) -> Vec<Action> {
    let path = file.path(snapshot.db());
    let wanted = |kind| kinds.is_empty() || kinds.contains(&kind);
    let Some((project, file)) = snapshot.project_of(path) else {
        let is_wanted = wanted(ActionKind::QuickFix);
        return if is_wanted { config::actions(snapshot, path, range) } else { Vec::new() };
    };
    let findings = snapshot.check(project, file);
    let mut out = Vec::new();
    if wanted(ActionKind::QuickFix) {
        out.extend(findings::fixes(snapshot, file, &findings, range));
        if let Some(cx) = crate::context(snapshot, file) {
            out.extend(findings::fixes_of_others(snapshot, &cx, &findings, range, reach));
        }
        out.extend(findings::fixes_of_rules(snapshot, file, &findings, range, reach));
    }
    if (wanted(ActionKind::RefactorExtract) || wanted(ActionKind::RefactorRewrite))
        && let Some(cx) = crate::context(snapshot, file)
    {
        out.extend(refactor::actions(&cx, range).into_iter().filter(|action| wanted(action.kind)));
    }
    if wanted(ActionKind::RefactorMove)
        && let Some(cx) = crate::context(snapshot, file)
    {
        out.extend(moving::actions(&cx, range));
    }
    if wanted(ActionKind::SourceFixAll) && findings.iter().any(|finding| safe_fix(finding).is_some()) {
        out.push(Action {
            title: "Fix all safe findings in this file".to_owned(),
            kind: ActionKind::SourceFixAll,
            applicability: Applicability::Safe,
            is_preferred: false,
            data: ActionData { path: path.clone(), remedy: Remedy::FixAll },
        });
    }
    if wanted(ActionKind::QuickFix) {
        out.extend(findings::suppressions(snapshot, file, &findings, range));
    }
    out
}

/// The fixes and refactorings that could be expected in `range` but can't be carried out, with the reason.
pub fn refused_actions(
    snapshot: &Snapshot,
    file: File,
    range: Span,
    abilities: Abilities,
) -> Vec<RefusedAction> {
    let Some(cx) = crate::context(snapshot, file) else { return Vec::new() };
    let mut refused = findings::refused(snapshot, &cx, range, abilities);
    refused.extend(refactor::refused(&cx, range, abilities));
    refused
}

/// The effect of an action on the current text, for a client with these capabilities. `None` if the finding is gone or
/// its fix can't be made.
pub fn resolve(snapshot: &Snapshot, data: &ActionData, abilities: Abilities) -> Option<Resolved> {
    attempt(snapshot, data, abilities).ok()
}

/// Why an action has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// What it was offered for is gone: the code has changed since.
    Gone,
    /// It can't be carried out.
    Refused(Refusal),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => f.write_str("what it was offered for is gone"),
            Self::Refused(reason) => reason.fmt(f),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(reason: Refusal) -> Self {
        Self::Refused(reason)
    }
}

/// The same with the reason if nothing can be done.
///
/// # Errors
/// Why the action can't be carried out.
pub fn attempt(snapshot: &Snapshot, data: &ActionData, abilities: Abilities) -> Result<Resolved, Failure> {
    if let Remedy::Respell { problem, near } = &data.remedy {
        return config::edits(snapshot, &data.path, problem, *near).map(Resolved::from).ok_or(Failure::Gone);
    }
    let cx = snapshot.file(&data.path).and_then(|file| crate::context(snapshot, file));
    let cx = cx.ok_or_else(|| Refusal::new(format!("{} is no module of the project", data.path)))?;
    match &data.remedy {
        Remedy::Fix { rule, fingerprint, title } => {
            let findings = snapshot.check(cx.project, cx.file);
            let finding = find(&findings, rule, fingerprint).ok_or(Failure::Gone)?;
            let fix = finding.fixes.iter().find(|fix| fix.title == *title).ok_or(Failure::Gone)?;
            let changes = ::refactor::attempt(&cx, &fix.kind, abilities)?;
            let show = show::created(&fix.kind, &changes);
            Ok(Resolved { changes, caution: fix.caution().map(str::to_owned), show })
        }
        Remedy::Ignore { rule, fingerprint } => {
            let findings = snapshot.check(cx.project, cx.file);
            let finding = find(&findings, rule, fingerprint).ok_or(Failure::Gone)?;
            let comment = ignore::comment(&cx, finding)
                .ok_or_else(|| Refusal::new("no line near the finding can take a comment that covers it"))?;
            let show = show::reason(&cx, &comment);
            let changes = FileEdit { file: cx.file, edits: vec![comment.edit] }.into();
            Ok(Resolved { changes, caution: None, show })
        }
        Remedy::FixAll => with_fixes(&cx, None),
        Remedy::FixRule { rule, in_project: false } => with_fixes(&cx, Some(rule)),
        Remedy::FixRule { rule, in_project: true } => {
            let changes = fix_rule(snapshot, cx.project, rule);
            if changes.edits.is_empty() { Err(Failure::Gone) } else { Ok(changes.into()) }
        }
        Remedy::Move { name, target } => {
            let wanted = SymbolMove { name, target, with_helpers: false };
            Ok(::refactor::move_symbol(&cx, wanted, abilities)?.into())
        }
        Remedy::ExtractProtocol { .. }
        | Remedy::DependOnPort { .. }
        | Remedy::ImplementMembers { .. }
        | Remedy::RaiseDomainError { .. } => refactored(&cx, &data.remedy, abilities),
        Remedy::Respell { .. } | Remedy::Accept { .. } | Remedy::PickTarget { .. } => {
            Err(Refusal::new("its command does the work").into())
        }
    }
}

/// The effect of all safe fixes of a file, or those of one rule.
fn with_fixes(cx: &Context<'_>, rule: Option<&str>) -> Result<Resolved, Failure> {
    let fixed = apply_fixes(cx, rule).ok_or(Failure::Gone)?;
    let edits = vec![difference(cx.text.as_str(), &fixed.contents)];
    Ok(Changes::from(FileEdit { file: cx.file, edits }).into())
}

/// The effect of a refactoring of a definition.
fn refactored(cx: &Context<'_>, remedy: &Remedy, abilities: Abilities) -> Result<Resolved, Failure> {
    let kind = refactor::kind(cx, remedy).ok_or_else(|| match remedy {
        Remedy::ImplementMembers { class } => {
            Refusal::new(format!("{class} lacks no member of a port that it inherits from")).into()
        }
        Remedy::RaiseDomainError { function, .. } => {
            Refusal::new(format!("{function} raises no HTTP error")).into()
        }
        _ => Failure::Gone,
    })?;
    let changes = ::refactor::attempt(cx, &kind, abilities)?;
    let show = show::created(&kind, &changes);
    Ok(Resolved { changes, caution: None, show })
}

fn find<'f>(findings: &'f [Finding], rule: &str, fingerprint: &str) -> Option<&'f Finding> {
    findings.iter().find(|finding| finding.rule == rule && finding.fingerprint.0 == fingerprint)
}

#[cfg(test)]
mod tests;
