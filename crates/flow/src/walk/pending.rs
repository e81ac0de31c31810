//! Writes that a unit of work holds until somebody sends them: `session.add(order)` and `session.commit()`.
//!
//! All rows of a table that are sent together are one statement, however many loops marked them; rows that are sent within
//! a loop are one statement for each round.

use python::{ExprId, Name};

use super::record::Below;
use super::{Frame, MAX_EFFECTS, Walker};
use crate::{Arm, Bound, Deps, Effect, EffectKind, ModelRef, ProblemKind};

/// The writes of a function.
#[derive(Debug, Default)]
pub(super) struct Writes {
    /// Those that aren't sent yet.
    marked: Vec<Pending>,
    /// Whether the function sends what is marked.
    pub(super) are_sent: bool,
}

/// A write that isn't sent yet.
#[derive(Debug)]
struct Pending {
    /// The index of its effect.
    effect: usize,
    /// Whose attribute is set, where it is an update: each row has its own.
    holder: Option<String>,
    /// The loops around it.
    frames: Vec<usize>,
    /// The branches around it.
    arms: Vec<Arm>,
    /// Whether it is a new row of this function's.
    is_own_insert: bool,
}

impl Walker<'_> {
    /// Writes down that a row is marked at `expr` to be written by the statement `what`.
    pub(crate) fn marks(&mut self, expr: ExprId, what: &str, model: ModelRef, deps: Deps) {
        let what = match model.class() {
            Some(class) => format!("the {what} of {}", class.name),
            None => format!("the {what} of a row"),
        };
        self.marks_below(expr, what.into(), model, deps, None, None);
    }

    /// The same for an attribute that is set on the row that `holder` names.
    pub(super) fn marks_update(&mut self, expr: ExprId, model: ModelRef, holder: String, deps: Deps) {
        let Some(class) = model.class() else { return };
        let what = format!("the UPDATE of {}", class.name).into();
        self.marks_below(expr, what, model, deps, Some(holder), None);
    }

    pub(super) fn marks_below(
        &mut self,
        expr: ExprId,
        what: Name,
        model: ModelRef,
        deps: Deps,
        holder: Option<String>,
        below: Option<Below>,
    ) {
        let is_own_insert = below.is_none() && what.starts_with("the INSERT");
        let kind = EffectKind::Query { what, model };
        let is_marked = |known: &Pending| {
            known.holder == holder
                && self.arms.starts_with(&known.arms)
                && self
                    .effects
                    .get(known.effect)
                    .is_some_and(|effect| effect.is_pending && effect.kind == kind)
        };
        if self.writes.marked.len() >= MAX_EFFECTS || self.writes.marked.iter().any(is_marked) {
            return;
        }
        let frames: Vec<Frame> = std::mem::take(&mut self.frames);
        let effect = self.effects.len();
        self.effect(expr, kind, deps, below);
        self.frames = frames;
        if let Some(marked) = self.effects.get_mut(effect) {
            marked.is_pending = true;
            let frames = self.frames.iter().map(|frame| frame.index).collect();
            self.writes.marked.push(Pending {
                effect,
                holder,
                frames,
                arms: self.arms.clone(),
                is_own_insert,
            });
        }
    }

    /// Sends what is marked, at `expr`.
    pub(crate) fn sends(&mut self, expr: ExprId) {
        self.writes.are_sent = true;
        for pending in std::mem::take(&mut self.writes.marked) {
            let shared =
                self.frames.iter().zip(&pending.frames).take_while(|(frame, own)| frame.index == **own);
            let shared = shared.count();
            let Some(effect) = self.effects.get_mut(pending.effect).filter(|effect| effect.is_pending) else {
                continue;
            };
            effect.is_pending = false;
            effect.loops = self.frames.iter().take(shared).map(|frame| frame.info.clone()).collect();
            let EffectKind::Query { what, model } = &effect.kind else { continue };
            let kind = ProblemKind::QueryPerRow { what: what.clone(), model: model.clone() };
            let around = self.frames[..shared]
                .iter()
                .rfind(|frame| !frame.is_below && frame.info.bound == Bound::Data)
                .map(|frame| (frame.site, frame.info.clone()));
            // Updates that are sent one by one may be meant to hold one by one.
            if around.is_some() && pending.is_own_insert {
                self.problem(expr, kind, around);
            }
        }
    }

    /// A write that a callee has marked and not sent.
    pub(super) fn apply_pending(&mut self, expr: ExprId, effect: &Effect, deps: Deps, below: Option<Below>) {
        if let EffectKind::Query { what, model } = &effect.kind {
            let model = if let ModelRef::Known(_) = model { model.clone() } else { ModelRef::Unknown };
            self.marks_below(expr, what.clone(), model, deps, None, below);
        }
    }
}
