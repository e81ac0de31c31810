//! The queries that rendering a row runs because the query that fetched it doesn't load them.

use std::sync::Arc;

use model::{ClassRef, Entity, Loading, Member, Orm, Project};
use python::Name;

use super::{Rendered, Rendering};
use crate::{Bound, Callee, Db, EffectKind, Fetch, Loads, Path, ProblemKind, QueryRef, Step, Traits};

/// A query that runs for each rendered row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The kind: [`ProblemKind::LazyPerRow`] or [`ProblemKind::QueryPerRow`].
    pub kind: ProblemKind,
    /// The serializer that declares the field.
    pub class: ClassRef,
    /// The field.
    pub field: Name,
    /// The function that runs the query, and the index of its effect; `u16::MAX` if the function returns the query.
    pub below: Option<(Callee, u16)>,
    /// Whether the query runs only conditionally.
    pub is_conditional: bool,
    /// How many fields run it again.
    pub times: u32,
    /// The relationships of many on the way from the row: it happens for each of theirs.
    pub between: Vec<Name>,
}

/// The queries that `rendering` has to run for rows of `model`, fetched with `loads` by a query with these traits.
pub fn missing(
    db: &dyn Db,
    project: Project,
    rendering: &Rendering,
    model: &ClassRef,
    loads: &Loads,
    (query, traits): (Option<QueryRef>, Traits),
) -> Vec<Missing> {
    let mut out: Vec<Missing> = Vec::new();
    for rendered in rendering.list.iter().filter(|rendered| !rendered.is_filled(loads)) {
        let mut is_end = true;
        let found = match &rendered.effect.kind {
            EffectKind::Touch(touch) => {
                let names = touch.path.steps.iter().filter(|step| matches!(step, Step::Attr(_))).count();
                lazy(db, project, model, loads, &touch.path, touch.is_refined).map(|lazy| {
                    is_end = lazy.chain.len() == names;
                    let kind = ProblemKind::LazyPerRow {
                        owner: lazy.owner,
                        relationship: lazy.relationship,
                        chain: lazy.chain,
                        query,
                        loads: loads.clone(),
                        is_refined: lazy.is_refined,
                        asked: touch.asked,
                        traits,
                    };
                    (kind, lazy.between)
                })
            }
            EffectKind::Query { what, model } if counts(rendered) => {
                let around = rendered.effect.loops.iter().filter(|around| around.bound == Bound::Data);
                let kind = ProblemKind::QueryPerRow { what: what.clone(), model: model.clone() };
                Some((kind, around.map(|around| around.label.clone()).collect()))
            }
            _ => None,
        };
        let Some((kind, between)) = found else { continue };
        if let Some(known) = out.iter_mut().find(|known| is_same(&known.kind, &kind)) {
            // What lies behind a relationship is read of the rows that reading it gave.
            known.times = known.times.saturating_add(u32::from(is_end && is_anew(db, project, &kind)));
        } else {
            out.push(Missing {
                kind,
                class: rendered.class.clone(),
                field: rendered.field.clone(),
                below: rendered.below,
                is_conditional: rendered.effect.is_conditional,
                times: 1,
                between,
            });
        }
    }
    out
}

/// Like `missing`, including the queries that appear once those are loaded: the relationships below the missing ones.
pub fn missing_in_depth(
    db: &dyn Db,
    project: Project,
    rendering: &Rendering,
    model: &ClassRef,
    loads: &Loads,
    query: (Option<QueryRef>, Traits),
) -> Vec<Missing> {
    const LEVELS: usize = 3;
    let mut all = missing(db, project, rendering, model, loads, query);
    let mut loads = loads.clone();
    let mut known = 0;
    for _ in 0..LEVELS {
        // Most views load what they render, so nothing further is missing.
        if all.len() == known {
            break;
        }
        known = all.len();
        for found in &all {
            if let ProblemKind::LazyPerRow { chain, is_refined: false, .. } = &found.kind {
                loads.add(chain.iter().map(Name::as_str));
            }
        }
        for deeper in missing(db, project, rendering, model, &loads, query) {
            if !all.iter().any(|found| is_same(&found.kind, &deeper.kind)) {
                all.push(deeper);
            }
        }
    }
    all
}

/// Whether each read queries again: a query that code runs, the result of filtering a relationship, the rows of a Django
/// to-many relationship. None of them is kept.
fn is_anew(db: &dyn Db, project: Project, kind: &ProblemKind) -> bool {
    let ProblemKind::LazyPerRow { owner, relationship, is_refined, .. } = kind else {
        return matches!(kind, ProblemKind::QueryPerRow { .. });
    };
    let is_queryset = || {
        let entity = model::query::entity(db, project, owner.module, owner.name.clone())?;
        Some(entity.orm == Orm::Django && entity.relationship(relationship)?.is_many)
    };
    *is_refined || is_queryset().unwrap_or_default()
}

/// Whether a query depends on the row, or runs unconditionally.
fn counts(rendered: &Rendered) -> bool {
    rendered.effect.deps.on_param(0) || !rendered.effect.is_conditional
}

fn is_same(left: &ProblemKind, right: &ProblemKind) -> bool {
    match (left, right) {
        (ProblemKind::LazyPerRow { chain: left, .. }, ProblemKind::LazyPerRow { chain: right, .. }) => {
            left == right
        }
        _ => left == right,
    }
}

struct Lazy {
    owner: ClassRef,
    relationship: Name,
    chain: Vec<Name>,
    /// The relationships of many on it, but for the last.
    between: Vec<Name>,
    is_refined: bool,
}

/// The first relationship on the path that isn't in memory.
fn lazy(
    db: &dyn Db,
    project: Project,
    model: &ClassRef,
    loads: &Loads,
    path: &Path,
    is_refined: bool,
) -> Option<Lazy> {
    let mut at: Arc<Entity> = model::query::entity(db, project, model.module, model.name.clone())?;
    let (none, open) = (Loads::default(), Loads::open());
    let (mut loads, mut chain, mut between) = (loads, Vec::new(), Vec::new());
    // The relationship that leads back to the row before.
    let mut back: Option<Name> = None;
    let names: Vec<&Name> = path.steps.iter().filter_map(Step::attribute).collect();
    for (index, name) in names.iter().enumerate() {
        let is_last = index + 1 == names.len();
        chain.push((*name).clone());
        let missing = |owner: &Entity, chain: &[Name], between: &[Name], is_refined: bool| {
            Some(Lazy {
                owner: owner.class.clone(),
                relationship: (*name).clone(),
                chain: chain.to_vec(),
                between: between.to_vec(),
                is_refined,
            })
        };
        // Rows of `Prefetch(to_attr=...)` are those of a relationship of another name.
        let kept = loads.get(name).and_then(|loads| loads.of.as_deref());
        match at.members.get(kept.unwrap_or(*name))? {
            Member::Relationship(relationship) => {
                if is_last && is_refined {
                    return missing(&at, &chain, &between, true);
                }
                let leads_back = back.as_ref() == Some(*name);
                match (loads.get(name), relationship.loading) {
                    (Some(nested), _) => loads = nested,
                    (None, _) if loads.kept_from(name) == Some(Fetch::Lazy) => {
                        return missing(&at, &chain, &between, false);
                    }
                    (None, _) if leads_back => loads = &open,
                    (None, Loading::Eager | Loading::Apart | Loading::Never | Loading::Raise) => {
                        loads = &none;
                    }
                    (None, Loading::Lazy | Loading::Immediate | Loading::Dynamic) => {
                        return if loads.is_open { None } else { missing(&at, &chain, &between, false) };
                    }
                }
                if relationship.is_many {
                    between.push((*name).clone());
                }
                let target = relationship.target.as_ref()?;
                // The rows of a to-many relationship know their owner; in Django so do both sides of a one-to-one
                // relationship.
                let knows = relationship.is_many || at.orm == Orm::Django;
                let next = model::query::entity(db, project, target.module, target.name.clone())?;
                let one = |back: &Name| next.relationship(back).is_some_and(|back| !back.is_many);
                back = relationship.inverse.clone().filter(|back| knows && one(back));
                at = next;
            }
            Member::Generic => {
                let is_loaded = loads.is_open || loads.get(name).is_some();
                return if is_loaded { None } else { missing(&at, &chain, &between, false) };
            }
            _ => return None,
        }
    }
    None
}
