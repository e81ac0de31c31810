//! What can be done about the findings at a place, as titles; and the edits of one, made when it is chosen.
//!
//! An action carries what finds it again ([`ActionData`]): rule and fingerprint, never an offset. Its edits are made
//! from scratch on the snapshot of the moment, so that an action offered before a keystroke does the right thing after
//! it, or nothing.

mod config;
mod ignore;
mod moving;
mod refactor;

use camino::Utf8PathBuf;
use rules::{Abilities, Applicability, Changes, FileEdit, Finding, SymbolMove};
use serde::{Deserialize, Serialize};
use source::{File, Span};
use workspace::Snapshot;

use crate::fix_all::{difference, mend, safe_fix};

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
    /// The one to take where only one is taken: the first safe fix of a finding.
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
    /// Write the nearest known word in a configuration file.
    Respell {
        /// The problem's message.
        problem: String,
        /// Where it was, to tell it from others with the same words.
        near: u32,
    },
}

/// What can be done in `range` of `file`, a module or a configuration file; a cursor is an empty range. `kinds` limits what is asked for; none is all.
pub fn actions(snapshot: &Snapshot, file: File, range: Span, kinds: &[ActionKind]) -> Vec<Action> {
    let path = file.path(snapshot.db());
    let wanted = |kind| kinds.is_empty() || kinds.contains(&kind);
    let Some((project, file)) = snapshot.project_of(path) else {
        let respellings = config::actions(snapshot, path, range);
        return if wanted(ActionKind::QuickFix) { respellings.collect() } else { Vec::new() };
    };
    let findings = snapshot.check(project, file);
    let mut out = Vec::new();
    if wanted(ActionKind::QuickFix) {
        let here = findings
            .iter()
            .filter(|finding| finding.span.start <= range.end && range.start <= finding.span.end);
        let (mut fixes, mut ignores, mut accepts) = (Vec::new(), Vec::new(), Vec::new());
        for finding in here {
            fixes.extend(fix_actions(path, finding));
            ignores.push(ignore_action(path, finding));
            if snapshot.accepted(file, &finding.fingerprint.0).is_none() {
                accepts.push(accept_action(path, finding));
            }
        }
        out.append(&mut fixes);
        out.append(&mut ignores);
        out.append(&mut accepts);
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
    out
}

fn fix_actions(path: &Utf8PathBuf, finding: &Finding) -> impl Iterator<Item = Action> {
    let preferred = safe_fix(finding);
    finding.fixes.iter().map(move |fix| Action {
        title: fix.title.clone(),
        kind: ActionKind::QuickFix,
        applicability: fix.applicability,
        is_preferred: preferred == Some(fix),
        data: ActionData {
            path: path.clone(),
            remedy: Remedy::Fix {
                rule: finding.rule.to_owned(),
                fingerprint: finding.fingerprint.0.clone(),
                title: fix.title.clone(),
            },
        },
    })
}

fn ignore_action(path: &Utf8PathBuf, finding: &Finding) -> Action {
    Action {
        title: format!("Ignore {} here with a reason", finding.rule),
        kind: ActionKind::QuickFix,
        applicability: Applicability::Review,
        is_preferred: false,
        data: ActionData {
            path: path.clone(),
            remedy: Remedy::Ignore {
                rule: finding.rule.to_owned(),
                fingerprint: finding.fingerprint.0.clone(),
            },
        },
    }
}

fn accept_action(path: &Utf8PathBuf, finding: &Finding) -> Action {
    Action {
        title: format!("Accept {} into the baseline", finding.rule),
        kind: ActionKind::QuickFix,
        applicability: Applicability::Review,
        is_preferred: false,
        data: ActionData {
            path: path.clone(),
            remedy: Remedy::Accept {
                rule: finding.rule.to_owned(),
                fingerprint: finding.fingerprint.0.clone(),
            },
        },
    }
}

/// What an action changes on the current text, for a client with these abilities. Nothing where the finding is gone or its
/// fix no longer fits.
pub fn resolve(snapshot: &Snapshot, data: &ActionData, abilities: Abilities) -> Option<Changes> {
    if let Remedy::Respell { problem, near } = &data.remedy {
        return config::edits(snapshot, &data.path, problem, *near);
    }
    let cx = crate::context(snapshot, snapshot.file(&data.path)?)?;
    match &data.remedy {
        Remedy::Respell { .. } | Remedy::Accept { .. } => None,
        Remedy::Fix { rule, fingerprint, title } => {
            let findings = snapshot.check(cx.project, cx.file);
            let fix = find(&findings, rule, fingerprint)?.fixes.iter().find(|fix| fix.title == *title)?;
            rules::changes(&cx, fix, abilities)
        }
        Remedy::Ignore { rule, fingerprint } => {
            let findings = snapshot.check(cx.project, cx.file);
            let edit = ignore::edit(&cx, find(&findings, rule, fingerprint)?)?;
            Some(FileEdit { file: cx.file, edits: vec![edit] }.into())
        }
        Remedy::FixAll => {
            let mended = mend(&cx)?;
            let edits = vec![difference(cx.text.as_str(), &mended.contents)];
            Some(FileEdit { file: cx.file, edits }.into())
        }
        Remedy::Move { name, target } => {
            let wanted = SymbolMove { name, target, with_helpers: false };
            rules::move_symbol(&cx, wanted, abilities).ok()
        }
        Remedy::ExtractProtocol { .. }
        | Remedy::DependOnPort { .. }
        | Remedy::ImplementMembers { .. }
        | Remedy::RaiseDomainError { .. } => {
            rules::carry_out(&cx, &refactor::kind(&cx, &data.remedy)?, abilities)
        }
    }
}

fn find<'f>(findings: &'f [Finding], rule: &str, fingerprint: &str) -> Option<&'f Finding> {
    findings.iter().find(|finding| finding.rule == rule && finding.fingerprint.0 == fingerprint)
}

#[cfg(test)]
mod tests;
