//! What can be done about the findings at a place, as titles; and the edits of one, made when it is chosen.
//!
//! An action carries what finds it again ([`ActionData`]): rule and fingerprint, never an offset. Its edits are made
//! from scratch on the snapshot of the moment, so that an action offered before a keystroke does the right thing after
//! it, or nothing.

mod config;
mod findings;
mod ignore;
mod moving;
mod refactor;
mod show;

use ::refactor::{Abilities, Changes, FileEdit, Refusal, SymbolMove};
use camino::Utf8PathBuf;
pub use findings::Reach;
pub use refactor::RefusedAction;
use serde::{Deserialize, Serialize};
pub use show::Show;
use source::{File, Span};
use view::{Applicability, Finding};
use workspace::Snapshot;

use crate::fix_all::{difference, fix_rule, mend, safe_fix};

/// What sort of action it is (LSP 3.17, `CodeActionKind`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// `quickfix`
    QuickFix,
    /// `source.fixAll`
    SourceFixAll,
    /// `refactor.extract`: something new is made of a part.
    RefactorExtract,
    /// `refactor.move`: something goes to another module.
    RefactorMove,
    /// `refactor.rewrite`: the same, written otherwise.
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

/// Something that can be done at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does, in the imperative.
    pub title: String,
    /// Its sort.
    pub kind: ActionKind,
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
    /// The one to take where only one is taken: a finding's first safe fix, or its first fix where none is safe. Editors
    /// apply it by a key of its own, one finding at a time and never on save, so that a fix for review may be it: its
    /// title says what to look at.
    pub is_preferred: bool,
    /// What finds it again.
    pub data: ActionData,
}

/// What finds an action again, on this snapshot or a later one. Clients carry it as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ActionData {
    /// The file it was offered in; absolute.
    pub path: Utf8PathBuf,
    /// What is to be done there.
    pub remedy: Remedy,
}

/// What an action does.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// Apply a fix of a finding.
    Fix {
        /// The finding's rule.
        rule: String,
        /// The finding's fingerprint.
        fingerprint: String,
        /// The fix's title, which names it among the finding's fixes.
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
    /// Write a Protocol for a class of the file, and let whoever asks for the class ask for it.
    ExtractProtocol {
        /// The class.
        class: String,
        /// With the members that are used, or with all public ones.
        only_used: bool,
        /// Whether it is decorated with `@runtime_checkable`.
        runtime_checkable: bool,
    },
    /// Ask for a port of a class of the file wherever the class is asked for.
    DependOnPort {
        /// The class.
        class: String,
    },
    /// Write the members that a class of the file lacks of a port that it inherits from.
    ImplementMembers {
        /// The class.
        class: String,
    },
    /// Raise errors of the domain in place of the HTTP errors of a function of the file.
    RaiseDomainError {
        /// The function: `OrderService.get`.
        function: String,
        /// Which of its raises; all without one.
        index: Option<usize>,
    },
    /// Move a class, function or variable of the file to another module.
    Move {
        /// Its name.
        name: String,
        /// The dotted name of the module.
        target: String,
    },
    /// Let the user pick the module that a class, function or variable of the file goes to. No edit by itself: see
    /// [`crate::move_targets`].
    PickTarget {
        /// Its name.
        name: String,
    },
    /// Write the nearest known word in a configuration file.
    Respell {
        /// The problem's message.
        problem: String,
        /// Where it was, to tell it from others with the same words.
        near: u32,
    },
}

/// What an action does on the current text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The edits: one step to undo.
    pub changes: Changes,
    /// What to look at afterwards, for fixes for review.
    pub caution: Option<String>,
    /// What to show once the edits are applied.
    pub show: Option<Show>,
}

impl From<Changes> for Resolved {
    fn from(changes: Changes) -> Self {
        Self { changes, caution: None, show: None }
    }
}

/// What can be done in `range` of `file`, a module or a configuration file; a cursor is an empty range. `kinds` limits what
/// is asked for; none is all. In the order of a menu: fixes, refactorings, and last what silences a finding.
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

/// The refactorings that suggest themselves in `range` and can't be carried out, with the reason.
pub fn refused_actions(
    snapshot: &Snapshot,
    file: File,
    range: Span,
    abilities: Abilities,
) -> Vec<RefusedAction> {
    let cx = crate::context(snapshot, file);
    cx.map(|cx| refactor::refused(&cx, range, abilities)).unwrap_or_default()
}

/// What an action does on the current text, for a client with these abilities. Nothing where the finding is gone or its
/// fix no longer fits.
pub fn resolve(snapshot: &Snapshot, data: &ActionData, abilities: Abilities) -> Option<Resolved> {
    attempt(snapshot, data, abilities).ok()
}

/// The same with the reason where nothing can be done.
///
/// # Errors
/// Why the action can't be carried out.
pub fn attempt(snapshot: &Snapshot, data: &ActionData, abilities: Abilities) -> Result<Resolved, Refusal> {
    if !matches!(
        data.remedy,
        Remedy::Move { .. }
            | Remedy::ExtractProtocol { .. }
            | Remedy::DependOnPort { .. }
            | Remedy::ImplementMembers { .. }
            | Remedy::RaiseDomainError { .. }
    ) {
        return resolved(snapshot, data, abilities).ok_or_else(|| Refusal::new("it no longer fits the code"));
    }
    let file = snapshot.file(&data.path);
    let cx = file.and_then(|file| crate::context(snapshot, file));
    let cx = cx.ok_or_else(|| Refusal::new(format!("{} is no module of the project", data.path)))?;
    if let Remedy::Move { name, target } = &data.remedy {
        let wanted = SymbolMove { name, target, with_helpers: false };
        return ::refactor::move_symbol(&cx, wanted, abilities).map(Resolved::from);
    }
    let kind = refactor::kind(&cx, &data.remedy).ok_or_else(|| {
        Refusal::new(match &data.remedy {
            Remedy::ImplementMembers { class } => {
                format!("{class} lacks no member of a port that it inherits from")
            }
            Remedy::RaiseDomainError { function, .. } => format!("{function} raises no HTTP error"),
            _ => "it no longer fits the code".to_owned(),
        })
    })?;
    let changes = ::refactor::attempt(&cx, &kind, abilities)?;
    let show = show::created(&kind, &changes);
    Ok(Resolved { changes, caution: None, show })
}

/// What the actions do that give no reason where they can't.
fn resolved(snapshot: &Snapshot, data: &ActionData, abilities: Abilities) -> Option<Resolved> {
    if let Remedy::Respell { problem, near } = &data.remedy {
        return config::edits(snapshot, &data.path, problem, *near).map(Resolved::from);
    }
    let cx = crate::context(snapshot, snapshot.file(&data.path)?)?;
    match &data.remedy {
        Remedy::Fix { rule, fingerprint, title } => {
            let findings = snapshot.check(cx.project, cx.file);
            let fix = find(&findings, rule, fingerprint)?.fixes.iter().find(|fix| fix.title == *title)?;
            let changes = ::refactor::changes(&cx, fix, abilities)?;
            let show = show::created(&fix.kind, &changes);
            Some(Resolved { changes, caution: fix.caution().map(str::to_owned), show })
        }
        Remedy::Ignore { rule, fingerprint } => {
            let findings = snapshot.check(cx.project, cx.file);
            let comment = ignore::comment(&cx, find(&findings, rule, fingerprint)?)?;
            let show = show::reason(&cx, &comment);
            let changes = FileEdit { file: cx.file, edits: vec![comment.edit] }.into();
            Some(Resolved { changes, caution: None, show })
        }
        Remedy::FixAll => {
            let mended = mend(&cx, None)?;
            let edits = vec![difference(cx.text.as_str(), &mended.contents)];
            Some(Changes::from(FileEdit { file: cx.file, edits }).into())
        }
        Remedy::FixRule { rule, in_project: false } => {
            let mended = mend(&cx, Some(rule))?;
            let edits = vec![difference(cx.text.as_str(), &mended.contents)];
            Some(Changes::from(FileEdit { file: cx.file, edits }).into())
        }
        Remedy::FixRule { rule, in_project: true } => {
            let changes = fix_rule(snapshot, cx.project, rule);
            (!changes.edits.is_empty()).then(|| changes.into())
        }
        Remedy::Respell { .. }
        | Remedy::Accept { .. }
        | Remedy::PickTarget { .. }
        | Remedy::Move { .. }
        | Remedy::ExtractProtocol { .. }
        | Remedy::DependOnPort { .. }
        | Remedy::ImplementMembers { .. }
        | Remedy::RaiseDomainError { .. } => None,
    }
}

fn find<'f>(findings: &'f [Finding], rule: &str, fingerprint: &str) -> Option<&'f Finding> {
    findings.iter().find(|finding| finding.rule == rule && finding.fingerprint.0 == fingerprint)
}

#[cfg(test)]
mod tests;
