//! Reads of relationships: loaded, lazy, or left to the caller.

use std::sync::Arc;

use model::{ClassRef, Column, Loading, Member, Orm, Relationship};
use python::{ExprId, Name};

use super::Walker;
use crate::{
    EffectKind, Entity, Fetch, Kind, Loads, ModelRef, Origin, ProblemKind, QueryState, Raises, ReadKind,
    Related, RowState, Touch, Value,
};

/// The cost of a read.
enum Reading {
    /// None: the relationship is in memory, with these loads on its target.
    Loaded(Loads),
    /// A query.
    Lazy,
    /// An exception.
    Refused,
}

impl Walker<'_> {
    /// Reads the attribute `name` of an entity if the model declares it; `None` for methods, and for attributes that
    /// yield a queryset rather than rows.
    pub(super) fn read_member(
        &mut self,
        expr: ExprId,
        base: &Value,
        entity: &Entity,
        name: &Name,
    ) -> Option<Value> {
        let facts = self.entity(entity.model.class()?)?;
        let path = || base.path.as_ref().and_then(|path| path.attr(name));
        Some(match facts.members.get(name)? {
            Member::Relationship(relationship) => {
                let is_queryset = facts.orm == Orm::Django && relationship.is_many;
                if is_queryset || relationship.loading == Loading::Dynamic {
                    return None;
                }
                self.reads_expired(expr, base, entity, name);
                self.read_relationship(expr, base, entity, name, relationship, ReadKind::Rows)
            }
            Member::Column(column) => {
                self.reads_expired(expr, base, entity, name);
                if is_deferred(entity, name, *column) {
                    let class = entity.model.class().map_or("", |class| class.name.as_str());
                    let what = format!("the deferred column {class}.{name}");
                    self.runs(expr, &what, entity.model.clone(), base.deps);
                }
                Value::of(super::walks::column_of(base)).at(path()).with_deps(base.deps)
            }
            Member::Proxy { through, attribute } => {
                let middle = self.attribute(expr, base, through);
                if matches!(middle.kind, Kind::Many(_)) {
                    let one = self.element(expr, &middle);
                    self.attribute(expr, &one, attribute).many()
                } else {
                    self.attribute(expr, &middle, attribute)
                }
            }
            Member::Hybrid(_) | Member::Manager { .. } => return None,
            Member::Generic => {
                if matches!(reading_of(entity, name), Reading::Lazy) {
                    self.lazy(expr, base, entity, name, false, ReadKind::Rows);
                }
                Value::UNKNOWN.with_deps(base.deps)
            }
        })
    }

    /// Reads the relationship `relationship`, with the name `name`, from `base` at `expr`.
    pub(super) fn read_relationship(
        &mut self,
        expr: ExprId,
        base: &Value,
        entity: &Entity,
        name: &Name,
        relationship: &Relationship,
        asked: ReadKind,
    ) -> Value {
        let mut loads = match self.reading_here(entity, name, relationship) {
            Reading::Loaded(loads) => loads,
            Reading::Lazy if entity.origin == Origin::Sent && !self.lacks(entity, relationship) => {
                Loads::open()
            }
            Reading::Lazy => {
                self.lazy(expr, base, entity, name, false, asked);
                Loads::default()
            }
            Reading::Refused => {
                self.refused(expr, entity, name, relationship);
                Loads::open()
            }
        };
        loads.is_open |= entity.loads.is_open || entity.origin == Origin::Made;
        let mut leads_to = None;
        if let Some(back) = self.leads_back(entity, relationship) {
            // It is one and the same object for all of them: what is read of it is read once.
            loads.put(back.clone(), Loads { is_open: true, ..entity.loads.clone() });
            leads_to = Some(Arc::new((back, base.clone().into())));
        }
        let model = relationship.target.clone().map_or(ModelRef::Unknown, ModelRef::Known);
        let origin = entity.leading(name);
        let one = Value::of(Kind::Entity(Entity {
            model,
            loads,
            origin,
            is_async: entity.is_async,
            traits: entity.traits,
            back: leads_to,
            state: match entity.state {
                RowState::Detached => RowState::Detached,
                RowState::Attached | RowState::Added | RowState::Expired => RowState::Attached,
            },
        }));
        let path = base.path.as_ref().and_then(|path| path.attr(name));
        let value = if relationship.is_many { one.many() } else { one };
        value.at(path).with_deps(base.deps)
    }

    /// The relationship through which rows reached from a row lead back to it: a session identifies rows by key and
    /// fetches none twice, and Django records the owner.
    pub(crate) fn leads_back(&self, owner: &Entity, relationship: &Relationship) -> Option<Name> {
        let target = self.entity(relationship.target.as_ref()?)?;
        if let Some(inverse) = &relationship.inverse {
            return target.relationship(inverse).filter(|back| !back.is_many).map(|_| inverse.clone());
        }
        let class = owner.model.class().filter(|_| relationship.is_many)?;
        let mut back = target.members.iter().filter_map(|(name, member)| match member {
            Member::Relationship(back) if !back.is_many && back.target.as_ref() == Some(class) => Some(name),
            _ => None,
        });
        back.next().filter(|_| back.next().is_none()).cloned()
    }

    /// What reading a relationship costs here. A read on every way through the function needs what only some of the ways
    /// to the rows load.
    fn reading_here(&self, entity: &Entity, name: &str, relationship: &Relationship) -> Reading {
        let is_always = || self.around.branches == 0 && self.around.arms.is_empty();
        match reading(entity, name, relationship) {
            Reading::Loaded(loads) if loads.is_sometimes && is_always() && entity.query().is_some() => {
                Reading::Lazy
            }
            reading => reading,
        }
    }

    /// Runs the query behind a relationship: an iterated related manager, a dynamic relationship.
    pub(super) fn run_related(&mut self, expr: ExprId, query: &QueryState, related: &Related) -> Value {
        let mut row = query.row();
        let Kind::Entity(owner) = &related.owner.kind else { return self.run_unknown(expr, query, related) };
        let name = &related.relationship;
        let facts = owner.model.class().and_then(|class| self.entity(class));
        let reading = match facts.as_ref().and_then(|facts| facts.relationship(name)) {
            Some(relationship) if related.is_plain => match self.reading_here(owner, name, relationship) {
                Reading::Refused => Reading::Loaded(Loads::open()),
                reading => reading,
            },
            _ if owner.origin == Origin::Made => Reading::Loaded(Loads::open()),
            _ => Reading::Lazy,
        };
        match reading {
            Reading::Loaded(loads) => {
                if let Kind::Entity(row) = &mut row.kind {
                    row.loads.merge(&loads);
                    row.loads.is_open |= owner.loads.is_open;
                    row.origin = owner.leading(name);
                    row.traits = owner.traits;
                }
            }
            Reading::Lazy | Reading::Refused => {
                let base = (*related.owner).clone();
                // If a condition depends on the element, the query differs per element, no matter which object owns the
                // rows.
                let base = if related.is_plain { base } else { base.with_deps(query.deps) };
                self.lazy(expr, &base, owner, name, !related.is_plain, related.asked);
                if !matches!(related.asked, ReadKind::Count | ReadKind::Presence) {
                    self.runs_loads_besides(expr, query, base.deps);
                }
                // A query that loads the rows with their owner can load more with them.
                if related.is_plain
                    && let Kind::Entity(row) = &mut row.kind
                {
                    row.origin = owner.leading(name);
                    row.traits = owner.traits;
                }
            }
        }
        let relationship = facts.as_ref().and_then(|facts| facts.relationship(name));
        if let Kind::Entity(row) = &mut row.kind
            && let Some(back) = relationship.and_then(|relationship| self.leads_back(owner, relationship))
        {
            let is_another = row.loads.get(&back).is_some_and(|loads| loads.fetch == Fetch::Joined);
            row.loads.relationships.entry(back.clone()).or_insert_with(Loads::open);
            if !is_another {
                row.back = Some(Arc::new((back, related.owner.clone())));
            }
        }
        if row.path.is_none() {
            let path = related.owner.path.as_ref().and_then(|path| path.attr(name));
            row.path = path.and_then(|path| path.each());
        }
        row
    }

    /// Records a read of an unloaded relationship.
    pub(super) fn lazy(
        &mut self,
        expr: ExprId,
        base: &Value,
        entity: &Entity,
        name: &Name,
        is_refined: bool,
        asked: ReadKind,
    ) {
        let Some(owner) = entity.model.class().cloned() else { return };
        let is_fetched =
            matches!(entity.origin, Origin::Query(_) | Origin::Relationship(Some(_), _) | Origin::Sent);
        let is_refused = self.is_async
            && self.around.threads == 0
            // `await order.items.acount()`, `async for item in order.items.all()`
            && !self.around.is_awaiting
            && is_fetched
            && self.entity(&owner).is_some_and(|facts| facts.orm == Orm::Django);
        let is_detached = entity.state == RowState::Detached && !is_refined;
        let raises = (entity.is_async && self.around.greenlets == 0) || is_detached;
        if (raises || is_refused) && !is_refined {
            let raised = match entity.origin {
                _ if is_refused => Raises::Coroutine,
                _ if is_detached => Raises::Detached,
                Origin::Sent => Raises::New,
                _ => Raises::Greenlet,
            };
            // What a collection in hand has loaded, the session finds by its key.
            let is_in_hand = raised == Raises::Greenlet && self.is_in_a_collection(&owner, name);
            // While its session lives, it is a query for each.
            let is_row_wise = entity.is_async || self.loop_of(base.deps).is_none();
            if !is_in_hand && (raised != Raises::Detached || is_row_wise) {
                self.raises(expr, entity, name, raised);
            }
        }
        let raises = raises && entity.is_async;
        // A parameter that callers fill: they know what was loaded, unless it is never loaded at all.
        let is_certain =
            is_fetched || is_refined || !crate::eager::mentions(self.db, self.project).contains(name);
        // Under an async session it fails before it is slow.
        let is_per_row = is_certain && (is_refined || !raises);
        let around =
            self.loop_of(base.deps).filter(|_| is_per_row).map(|frame| (frame.site, frame.info.clone()));
        let is_told = around.is_some();
        if !is_refined && entity.chain(name).len() == 1 {
            self.note_each(base, name);
        }
        if is_told {
            let kind = ProblemKind::LazyPerRow {
                owner: owner.clone(),
                relationship: name.clone(),
                chain: entity.chain(name),
                query: entity.query(),
                loads: entity.loads.clone(),
                is_refined,
                asked,
                traits: entity.traits,
            };
            self.problem(expr, kind, around);
        }
        match base.path.as_ref().and_then(|path| path.attr(name)) {
            Some(path) if !is_fetched && !is_told => {
                self.touch(expr, Touch { path, is_refined, asked }, base.deps);
            }
            // A row of unknown origin may have it loaded.
            _ if !is_certain => {}
            _ => {
                let what = format!("the lazy load of {}.{name}", owner.name).into();
                let target = self.entity(&owner).and_then(|facts| facts.relationship(name)?.target.clone());
                let in_rounds = if is_refined { Vec::new() } else { self.leaves_rounds(expr) };
                self.effect(expr, EffectKind::Query { what, model: ModelRef::Known(owner) }, base.deps, None);
                if let Some(target) = target {
                    self.runs_separate_loads(expr, &target, &Loads::default(), base.deps);
                }
                self.around.frames.extend(in_rounds);
            }
        }
    }

    /// Writes down that a relationship is read that raises unless it was loaded.
    fn refused(&mut self, expr: ExprId, entity: &Entity, name: &Name, relationship: &Relationship) {
        // What the session holds by its key isn't read from the database.
        // A schema that reads a relationship with a raising strategy first checks whether it is loaded.
        if matches!(entity.origin, Origin::Query(_))
            && !self.may_hold(relationship)
            && self.around.rendering.is_none()
        {
            self.raises(expr, entity, name, Raises::Forbidden);
        }
    }

    pub(super) fn raises(&mut self, expr: ExprId, entity: &Entity, name: &Name, raises: Raises) {
        let Some(owner) = entity.model.class().cloned() else { return };
        let kind = ProblemKind::LazyInAsync {
            raises,
            owner,
            relationship: name.clone(),
            chain: entity.chain(name),
            query: entity.query(),
            traits: entity.traits,
        };
        self.problem(expr, kind, None);
    }

    /// Whether a new, written row is known to lack a relationship: many rows always, one where a column that leads to
    /// it was given and the session doesn't hold it. Without a key there is nothing to load.
    fn lacks(&self, entity: &Entity, relationship: &Relationship) -> bool {
        crate::serializers::lacks(entity, relationship) && !self.may_hold(relationship)
    }

    /// Whether a name holds rows of another entity that were loaded with a collection of what a relationship to one leads
    /// to: `loan.items` of each loan, before `content.item`.
    fn is_in_a_collection(&self, owner: &ClassRef, name: &Name) -> bool {
        let facts = self.entity(owner);
        let relationship = facts.as_ref().and_then(|facts| facts.relationship(name));
        let Some(target) = relationship.filter(|it| !it.is_many).and_then(|it| it.target.clone()) else {
            return false;
        };
        let has_all = |row: &Entity| {
            let Some(facts) =
                row.model.class().filter(|class| *class != owner).and_then(|it| self.entity(it))
            else {
                return false;
            };
            facts.members.iter().any(|(name, member)| match member {
                Member::Relationship(many) if many.is_many && many.target.as_ref() == Some(&target) => {
                    matches!(many.loading, Loading::Eager | Loading::Apart) || row.loads.get(name).is_some()
                }
                _ => false,
            })
        };
        self.environment.holds(&|held| match &held.kind {
            Kind::Entity(row) => row.is_async && has_all(row),
            Kind::Many(row) => matches!(&row.kind, Kind::Entity(row) if row.is_async && has_all(row)),
            _ => false,
        })
    }

    /// Whether the session may find the row that a relationship leads to by its key.
    fn may_hold(&self, relationship: &Relationship) -> bool {
        !relationship.is_many && relationship.target.as_ref().is_some_and(|target| self.holds_rows_of(target))
    }

    /// Whether the function holds rows of an entity, or has queried some: a session finds them by their keys.
    fn holds_rows_of(&self, class: &ClassRef) -> bool {
        let is_it = |model: &ModelRef| model.class() == Some(class);
        self.recorder.models.iter().any(is_it)
            || self.environment.holds(&|held| match &held.kind {
                Kind::Entity(entity) => is_it(&entity.model),
                Kind::Many(one) => matches!(&one.kind, Kind::Entity(entity) if is_it(&entity.model)),
                _ => false,
            })
            || self.recorder.effects.iter().any(|effect| match &effect.kind {
                EffectKind::Query { model, .. } => is_it(model),
                _ => false,
            })
    }

    /// Drops problems about rows that a query per row fetched: that query is reported, and fixing it fixes these too.
    pub(super) fn drop_secondary(&mut self) {
        let ran = std::mem::take(&mut self.recorder.ran);
        let told: Vec<crate::Site> = self
            .recorder
            .problems
            .iter()
            .filter(|problem| matches!(problem.kind, ProblemKind::QueryPerRow { .. }))
            .filter_map(|problem| problem.around.as_ref().map(|(site, _)| *site))
            .collect();
        self.recorder.problems.retain(|problem| match (&problem.kind, &problem.around) {
            (ProblemKind::LazyPerRow { query: Some(query), .. }, Some((site, _))) => {
                !(told.contains(site) && ran.contains(&(*query, *site)))
            }
            _ => true,
        });
    }
}

/// Whether reading a column of a fetched row queries it: the query or the model leaves it out. In an async session that
/// raises instead.
pub(super) fn is_deferred(entity: &Entity, name: &str, column: Column) -> bool {
    let is_fetched = matches!(entity.origin, Origin::Query(_) | Origin::Relationship(Some(_), _));
    let is_left_out = match entity.loads.kept_from(name) {
        Some(fetch) => fetch == Fetch::Lazy,
        None => column.is_deferred && !entity.loads.is_open && entity.loads.get(name).is_none(),
    };
    is_fetched && !entity.is_async && is_left_out
}

fn reading(entity: &Entity, name: &str, relationship: &Relationship) -> Reading {
    match (entity.loads.kept_from(name), relationship.loading) {
        (Some(Fetch::Refused), _) => return Reading::Refused,
        (Some(_), _) => return reading_of(entity, name),
        (None, Loading::Raise) if !entity.loads.is_open && entity.loads.get(name).is_none() => {
            return Reading::Refused;
        }
        (None, _) => {}
    }
    match relationship.loading {
        Loading::Eager | Loading::Apart | Loading::Never | Loading::Raise | Loading::Immediate => {
            Reading::Loaded(entity.loads.get(name).cloned().unwrap_or_default())
        }
        Loading::Lazy | Loading::Dynamic => reading_of(entity, name),
    }
}

fn reading_of(entity: &Entity, name: &str) -> Reading {
    if let Some(loads) = entity.loads.get(name) {
        return Reading::Loaded(loads.clone());
    }
    if entity.loads.is_open || entity.origin == Origin::Made {
        return Reading::Loaded(Loads::open());
    }
    Reading::Lazy
}
