//! Recording of effects.

use model::{ClassRef, Orm};
use python::{ExprId, Name};

use super::statements::End;
use super::{MAX_EFFECTS, MAX_PROBLEMS, Walker};
use crate::{Blocking, Callee, Deps, Effect, EffectKind, Loop, ModelRef, Problem, ProblemKind, Site, Touch};

/// An effect of a callee: the callee, the index of the effect there, and its depth from here.
pub(super) type Below = (Callee, u16, u8);

impl Walker<'_> {
    /// Records that a query runs at `expr`. `what` describes it, `deps` are its dependencies.
    pub(crate) fn runs(&mut self, expr: ExprId, what: &str, model: ModelRef, deps: Deps) {
        self.runs_below(expr, what.into(), model, deps, None);
    }

    /// Records that a query runs in a callee.
    pub(super) fn runs_below(
        &mut self,
        expr: ExprId,
        what: Name,
        model: ModelRef,
        deps: Deps,
        below: Option<Below>,
    ) {
        let around = self.own_loop_of(deps).map(|frame| (frame.site, frame.info.clone()));
        if around.is_some() {
            let kind = ProblemKind::QueryPerRow { what: what.clone(), model: model.clone() };
            self.problem_below(expr, kind, around, below);
        }
        self.effect(expr, EffectKind::Query { what, model }, deps, below);
    }

    /// Records that a call at `expr` blocks the thread.
    pub(crate) fn blocks(&mut self, expr: ExprId, what: &str, why: Blocking) {
        self.blocks_below(expr, what.into(), why, None);
    }

    pub(super) fn blocks_below(&mut self, expr: ExprId, what: Name, why: Blocking, below: Option<Below>) {
        if self.around.threads > 0 {
            return;
        }
        if self.is_async {
            self.problem_below(expr, ProblemKind::BlocksInAsync { what, why }, None, below);
        } else {
            self.effect(expr, EffectKind::Blocks { what, why }, Deps::NONE, below);
        }
    }

    /// Records that Django runs a query synchronously, which raises in a coroutine.
    pub(crate) fn runs_in_place(&mut self, expr: ExprId, what: &str) {
        if self.is_async && self.around.threads == 0 && !self.around.is_awaiting && !self.is_awaited(expr) {
            let kind = ProblemKind::BlocksInAsync { what: what.into(), why: Blocking::IsRefused };
            self.problem_below(expr, kind, None, None);
        }
    }

    /// Records that a synchronous function of the project runs a query of Django for a coroutine that calls it.
    pub(super) fn refused_below(
        &mut self,
        expr: ExprId,
        what: &Name,
        model: &ModelRef,
        below: Option<Below>,
    ) {
        let Some((callee, ..)) = below.filter(|_| self.is_async && self.around.threads == 0) else { return };
        let facts = self.definitions_of(callee.function);
        let facts = facts.functions.get(callee.function.function.0 as usize);
        let is_of_django =
            model.class().and_then(|class| self.entity(class)).is_some_and(|it| it.orm == Orm::Django);
        if is_of_django && facts.is_some_and(|facts| !facts.is_async && !facts.is_generator) {
            let kind = ProblemKind::BlocksInAsync { what: what.clone(), why: Blocking::IsRefused };
            self.problem_below(expr, kind, None, below);
        }
    }

    /// Records that an attribute is read from a value that callers hold, once per path.
    pub(super) fn touch(&mut self, expr: ExprId, touch: Touch, deps: Deps) {
        if self.is_touched(expr, &touch, deps) {
            return;
        }
        self.effect(expr, EffectKind::Touch(touch), deps, None);
    }

    pub(super) fn effect(&mut self, expr: ExprId, kind: EffectKind, deps: Deps, below: Option<Below>) {
        // What is kept for good is written once, not for each element.
        if self.around.lasting_memos == 0
            && matches!(&kind, EffectKind::Query { what, .. } if crate::library::writes(what))
        {
            self.around.frames.iter_mut().for_each(|frame| frame.writes = true);
        }
        if self.recorder.effects.len() >= MAX_EFFECTS {
            return;
        }
        let effect = Effect {
            kind,
            deps: Deps { params: deps.params, loops: 0 },
            loops: self.around.frames.iter().map(|frame| frame.info.clone()).collect(),
            is_conditional: self.around.branches > 0 || self.around.memos > 0,
            is_memo: self.around.lasting_memos > 0,
            kept: self.around.kept,
            is_pending: false,
            guards: self.guards_here(),
            arms: self.around.arms.iter().take(super::MAX_ARMS).copied().collect(),
            depth: below.map_or(0, |(_, _, depth)| depth),
        };
        let hop = (self.site(expr), below.map(|(function, index, _)| (function, index)));
        // One call may run the same query twice; reading the same attribute twice counts as one read.
        let is_touch = matches!(effect.kind, EffectKind::Touch(_));
        let is_same = |known: &Effect| {
            known.kind == effect.kind
                && known.deps == effect.deps
                && known.loops == effect.loops
                && known.is_conditional == effect.is_conditional
                && known.is_memo == effect.is_memo
                && known.kept == effect.kept
                && known.guards == effect.guards
        };
        let is_known = is_touch
            && self
                .recorder
                .effects
                .iter()
                .zip(&self.recorder.hops)
                .any(|(known, at)| *at == hop && is_same(known));
        if !is_known {
            self.recorder.effects.push(effect);
            self.recorder.hops.push(hop);
        }
    }

    pub(super) fn problem(&mut self, expr: ExprId, kind: ProblemKind, around: Option<(Site, Loop)>) {
        self.problem_below(expr, kind, around, None);
    }

    pub(super) fn problem_below(
        &mut self,
        expr: ExprId,
        kind: ProblemKind,
        around: Option<(Site, Loop)>,
        below: Option<Below>,
    ) {
        if (around.is_some() && self.around.memos > 0) || self.recorder.problems.len() >= MAX_PROBLEMS {
            return;
        }
        // What an inner function does per element is reported at its call in the loop.
        let loop_body = around.as_ref().map(|(site, _)| site.body);
        let caller = self.around.callers.iter().find(|caller| Some(caller.body) == loop_body);
        let site = caller.copied().unwrap_or_else(|| self.site(expr));
        let known = self.recorder.problems.iter().position(|known| {
            known.around == around
                && match (&known.kind, &kind) {
                    (ProblemKind::QueryPerRow { .. }, ProblemKind::QueryPerRow { .. })
                    | (ProblemKind::BlocksInAsync { .. }, ProblemKind::BlocksInAsync { .. }) => {
                        known.site == site
                    }
                    (known, kind) => {
                        std::mem::discriminant(known) == std::mem::discriminant(kind)
                            && relationship_of(known) == relationship_of(kind)
                    }
                }
        });
        let below = below.map(|(function, index, _)| (function, index));
        let (is_conditional, rendered) = (self.around.branches > 0, self.around.rendering.clone());
        let problem = Problem { kind, site, around, below, is_conditional, rendered };
        if problem.around.is_some() {
            self.notes_modifying(site);
        }
        match known {
            None => self.recorder.problems.push(problem),
            Some(known) if merges_asked(&mut self.recorder.problems[known].kind, &problem.kind) => {}
            // Of the queries of one call, one that runs unconditionally is the most relevant.
            Some(known) if self.recorder.problems[known].is_conditional && !is_conditional => {
                self.recorder.problems[known] = problem;
            }
            Some(_) => {}
        }
    }

    /// Effects in a block that leaves its loop happened once, not once per element.
    pub(super) fn at_most_once(&mut self, end: End, first_effect: usize, first_problem: usize) {
        let own = self.around.frames.iter().rposition(|frame| !frame.is_below);
        let Some(innermost) = own.filter(|innermost| *innermost >= self.around.outside) else { return };
        let outermost = match end {
            End::LeavesLoop => innermost,
            End::LeavesFunction => self.around.outside,
            End::Open | End::NextElement => return,
        };
        let left: Vec<Site> =
            self.around.frames[outermost..=innermost].iter().map(|frame| frame.site).collect();
        let is_left =
            |problem: &Problem| problem.around.as_ref().is_some_and(|(site, _)| left.contains(site));
        let mut index = 0;
        self.recorder.problems.retain(|problem| {
            index += 1;
            index <= first_problem || !is_left(problem)
        });
        let arms = self.around.frames[outermost].arms;
        for effect in self.recorder.effects.iter_mut().skip(first_effect) {
            let end = (innermost + 1).min(effect.loops.len());
            if outermost < end {
                effect.loops.drain(outermost..end);
                // Other rounds take the other arm.
                effect.arms.truncate(arms);
            }
        }
    }
}

/// Merges what is requested of the rows of a relationship. Returns whether that changes the known problem.
fn merges_asked(known: &mut ProblemKind, new: &ProblemKind) -> bool {
    let (
        ProblemKind::LazyPerRow { asked: known, traits: known_traits, .. },
        ProblemKind::LazyPerRow { asked, traits, .. },
    ) = (known, new)
    else {
        return false;
    };
    let merged = (known.and(*asked), *known_traits | *traits);
    let is_new = merged != (*known, *known_traits);
    (*known, *known_traits) = merged;
    is_new
}

fn relationship_of(kind: &ProblemKind) -> Option<(&ClassRef, &Name)> {
    match kind {
        ProblemKind::LazyPerRow { owner, relationship, .. }
        | ProblemKind::LazyInAsync { owner, relationship, .. } => Some((owner, relationship)),
        _ => None,
    }
}
