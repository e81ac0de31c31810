//! Writes that a unit of work holds until it is flushed: `session.add(order)` and `session.commit()`.
//!
//! All rows of a table that are sent together take one statement, however many loops marked them. Rows that are sent
//! within a loop take one statement per round.

use python::{ExprId, Name};

use super::record::Below;
use super::{Frame, MAX_EFFECTS, Walker};
use crate::{Arm, Bound, Deps, Effect, EffectKind, ModelRef, ProblemKind};

/// The writes of a function.
#[derive(Debug, Default)]
pub(super) struct Writes {
    /// The writes that haven't been sent yet.
    marked: Vec<Pending>,
    /// Whether the function sends marked writes.
    pub(super) are_sent: bool,
}

/// A write that hasn't been sent yet.
#[derive(Debug)]
struct Pending {
    /// The index of its effect.
    effect: usize,
    /// For an update, the name of the row whose attribute is set. Each row needs its own statement.
    holder: Option<String>,
    /// The surrounding loops.
    frames: Vec<usize>,
    /// The surrounding branches.
    arms: Vec<Arm>,
}

impl Walker<'_> {
    /// Records that a row is marked at `expr` for the write statement `what`.
    pub(crate) fn marks(&mut self, expr: ExprId, what: &str, model: ModelRef, deps: Deps) {
        let what = match model.class() {
            Some(class) => format!("the {what} of {}", class.name),
            None => format!("the {what} of a row"),
        };
        self.marks_below(expr, what.into(), model, deps, None, None);
    }

    /// Records an attribute set on the row named `holder`.
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
        let kind = EffectKind::Query { what, model };
        let here: Vec<usize> = self.around.frames.iter().map(|frame| frame.index).collect();
        let is_marked = |known: &Pending| {
            known.holder == holder
                && (self.around.arms.starts_with(&known.arms) || known.frames == here)
                && self
                    .recorder
                    .effects
                    .get(known.effect)
                    .is_some_and(|effect| effect.is_pending && effect.kind == kind)
        };
        let marked = self.recorder.writes.marked.iter().position(is_marked);
        if let Some(marked) = marked {
            self.marks_again(marked);
            return;
        }
        if self.recorder.writes.marked.len() >= MAX_EFFECTS {
            return;
        }
        let frames: Vec<Frame> = std::mem::take(&mut self.around.frames);
        let effect = self.recorder.effects.len();
        self.effect(expr, kind, deps, below);
        self.around.frames = frames;
        if let Some(marked) = self.recorder.effects.get_mut(effect) {
            marked.is_pending = true;
            let frames = self.around.frames.iter().map(|frame| frame.index).collect();
            self.recorder.writes.marked.push(Pending {
                effect,
                holder,
                frames,
                arms: self.around.arms.clone(),
            });
        }
    }

    /// What is marked already is marked here too: it is one statement, which is sent if either place is reached.
    fn marks_again(&mut self, marked: usize) {
        let guards = self.guards_here();
        let is_conditional = self.around.branches > 0 || self.around.memos > 0;
        let Some(known) = self.recorder.writes.marked.get_mut(marked) else { return };
        let shared =
            known.arms.iter().zip(&self.around.arms).take_while(|(known, here)| known == here).count();
        known.arms.truncate(shared);
        let Some(effect) = self.recorder.effects.get_mut(known.effect) else { return };
        effect.arms.truncate(shared);
        effect.guards.retain(|guard| guards.contains(guard));
        effect.is_conditional &= is_conditional;
    }

    /// Sends the marked writes at `expr`.
    pub(crate) fn sends(&mut self, expr: ExprId) {
        self.recorder.writes.are_sent = true;
        for pending in std::mem::take(&mut self.recorder.writes.marked) {
            let shared = self
                .around
                .frames
                .iter()
                .zip(&pending.frames)
                .take_while(|(frame, own)| frame.index == **own);
            let shared = shared.count();
            let Some(effect) =
                self.recorder.effects.get_mut(pending.effect).filter(|effect| effect.is_pending)
            else {
                continue;
            };
            effect.is_pending = false;
            effect.loops = self.around.frames.iter().take(shared).map(|frame| frame.info.clone()).collect();
            let EffectKind::Query { what, model } = &effect.kind else { continue };
            let kind = ProblemKind::QueryPerRow { what: what.clone(), model: model.clone() };
            let around = self.around.frames[..shared]
                .iter()
                .rfind(|frame| !frame.is_below && frame.info.bound == Bound::Data)
                .map(|frame| (frame.site, frame.info.clone()));
            if around.is_some() {
                self.problem(expr, kind, around);
                self.around.frames[..shared].iter_mut().for_each(|frame| frame.writes = true);
            }
        }
    }

    /// Applies a write that a callee marked but didn't send.
    pub(super) fn apply_pending(&mut self, expr: ExprId, effect: &Effect, deps: Deps, below: Option<Below>) {
        if let EffectKind::Query { what, model } = &effect.kind {
            let model = if let ModelRef::Known(_) = model { model.clone() } else { ModelRef::Unknown };
            self.marks_below(expr, what.clone(), model, deps, None, below);
        }
    }
}
