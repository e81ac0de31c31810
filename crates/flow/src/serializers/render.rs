//! Derives the effects of rendering one row of an entity from the fields of a serializer.

use std::sync::Arc;

use model::{ClassRef, Entity, Member, Project};
use python::{Name, Scope};

use super::drf::calls_base;
use super::field::{Field, FieldKind};
use super::shown::Shown;
use crate::types::classes::{self, MethodKind};
use crate::{
    Bound, Callee, Db, Deps, Effect, EffectKind, FunctionRef, Kind, Loads, Loop, ModelRef, Path, ReadKind,
    Root, Step, Summary, Touch,
};

/// The maximum number of effects of one rendering; generated serializers have thousands of fields.
const MAX_EFFECTS: usize = 256;
/// The maximum nesting of serializers.
const MAX_DEPTH: u8 = 6;

/// The effects of rendering one row: those of a function whose first parameter is the row.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Rendering {
    /// The effects, in field order.
    pub list: Vec<Rendered>,
}

/// An effect that happens whenever a row is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The effect; its paths start from the row.
    pub effect: Effect,
    /// The serializer that declares the field.
    pub class: ClassRef,
    /// The field.
    pub field: Name,
    /// The field of the outermost serializer inside which it happens; empty for what the serializer does as a whole.
    pub within: Name,
    /// The function that causes it (of a serializer or of the model), and the index of its effect. `None` if reading
    /// the field is enough.
    pub below: Option<(Callee, u16)>,
    /// The path from the row to the property that causes it.
    pub property: Option<Path>,
}

impl Rendered {
    /// Whether a query with these loads stores a value on its rows that is read instead of calling the property: an
    /// annotation fills a `cached_property`.
    pub(crate) fn is_filled(&self, loads: &Loads) -> bool {
        let Some(property) = &self.property else { return false };
        let mut names = property.steps.iter().filter_map(Step::attribute);
        names.try_fold(loads, |loads, name| loads.get(name)).is_some()
    }
}

/// The effects of rendering a row of `model` with `class`.
pub(crate) fn rendering(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    model: Option<&ClassRef>,
) -> Rendering {
    let fields = crate::query::fields(db, project, class.clone());
    let model = model.or(fields.model.as_ref());
    let Some(entity) = model.and_then(|model| entity(db, project, model)) else {
        return Rendering::default();
    };
    let mut rows = Rows { db, project, class: class.clone(), property: None, out: Vec::new() };
    let overridden = fields.overridden;
    if overridden.is_none_or(|function| calls_base(db, project, function)) {
        for field in &fields.list {
            // What is read of a dictionary is read of no row.
            if fields.flattened.is_none() || field.source.is_empty() {
                let first = rows.out.len();
                rows.field(&entity, field);
                rows.out[first..].iter_mut().for_each(|rendered| rendered.within = field.name.clone());
            }
        }
    }
    if let Some(function) = fields.flattened {
        rows.nested_in(&entity, function, &fields.list);
    }
    if let Some(function) = overridden {
        let field = Name::new_static("to_representation");
        rows.class = class_of(db, project, function).unwrap_or_else(|| class.clone());
        rows.called(&field, function, 1, &Way::start());
        // Conditional queries are assumed to belong to another mode, such as an export or a detail view.
        rows.out.retain(|rendered| {
            let is_query = match &rendered.effect.kind {
                EffectKind::Touch(touch) => touch.is_refined,
                kind => matches!(kind, EffectKind::Query { .. }),
            };
            !(rendered.field == field && is_query && rendered.effect.is_conditional)
        });
    }
    Rendering { list: rows.out }
}

/// The class whose body contains a method.
pub(super) fn class_of(db: &dyn Db, project: Project, function: FunctionRef) -> Option<ClassRef> {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    match definitions.functions.get(function.function.0 as usize)?.scope {
        Scope::Class(id) => Some(ClassRef::new(function.module, definitions[id].name.clone())),
        _ => None,
    }
}

fn entity(db: &dyn Db, project: Project, class: &ClassRef) -> Option<Arc<Entity>> {
    model::query::entity(db, project, class.module, class.name.clone())
}

/// The path from the row to the value that a field reads.
#[derive(Clone)]
struct Way {
    path: Path,
    loops: Vec<Loop>,
    depth: u8,
}

impl Way {
    fn start() -> Self {
        Self { path: Path::param(0), loops: Vec::new(), depth: 0 }
    }

    /// Extends the path to a relationship and into each of its rows.
    fn onto(&self, name: &Name, is_many: bool) -> Option<Self> {
        let mut way = Self { path: self.path.attr(name)?, ..self.clone() };
        if is_many {
            way.loops.push(Loop {
                label: name.clone(),
                each: name.clone(),
                bound: Bound::Data,
                over: Some(way.path.clone()),
                walks: crate::Walks::Rows,
            });
            way.path = way.path.each()?;
        }
        Some(way)
    }
}

struct Rows<'a> {
    db: &'a dyn Db,
    project: Project,
    class: ClassRef,
    /// The path to the property that is being called.
    property: Option<Path>,
    out: Vec<Rendered>,
}

impl Rows<'_> {
    fn field(&mut self, entity: &Arc<Entity>, field: &Field) {
        self.class = field.class.clone();
        let name = &field.name;
        match &field.kind {
            FieldKind::Resolver(function, index) => {
                self.called(name, *function, usize::from(*index), &Way::start());
            }
            FieldKind::Method(function) => self.called_with(entity, field, *function, 1),
            FieldKind::Function(function) => self.called_with(entity, field, *function, 0),
            FieldKind::Shown(function) => {
                // Of many, the method is given what leads to them.
                let is_many = field
                    .source
                    .last()
                    .and_then(|last| entity.relationship(last))
                    .is_some_and(|it| it.is_many);
                if is_many {
                    self.called_with(entity, field, *function, 1);
                } else if let Some((_, way)) = self.walk(entity, Way::start(), &field.source, name) {
                    self.called(name, *function, 1, &way);
                }
            }
            FieldKind::Ways(ways) => {
                let Some((at, start)) = self.walk(entity, Way::start(), &field.source, name) else { return };
                for way in ways {
                    self.walk(&at, start.clone(), way, name);
                }
            }
            FieldKind::Key => {
                let is_key = |entity: &Entity, last: &Name| {
                    entity.relationship(last).is_some_and(|last| !last.is_many && !last.is_reverse)
                };
                let Some((last, before)) = field.source.split_last() else { return };
                let Some((at, way)) = self.walk(entity, Way::start(), before, name) else { return };
                if !is_key(&at, last) {
                    self.walk(&at, way, std::slice::from_ref(last), name);
                }
            }
            FieldKind::Read => {
                self.walk(entity, Way::start(), &field.source, name);
            }
            FieldKind::Attributes(attributes) => {
                if let Some((at, way)) = self.walk(entity, Way::start(), &field.source, name) {
                    self.walk(&at, way, attributes, name);
                }
            }
            FieldKind::Text => {
                let Some((at, way)) = self.walk(entity, Way::start(), &field.source, name) else { return };
                let text = classes::member(self.db, self.project, &at.class, "__str__");
                if let Some(classes::Member::Method { function, .. }) = text {
                    self.called(name, function, 0, &way);
                }
            }
            FieldKind::Nested(class, shown) => match self.walk(entity, Way::start(), &field.source, name) {
                Some((at, way)) => self.nested(class, shown, &at.class, &way),
                None => self.kept_elsewhere(entity, class, shown, &field.source),
            },
        }
    }

    /// Rows under a name that only queries know: `Prefetch("items", to_attr="open_items")`. The nested serializer says of
    /// which model they are.
    fn kept_elsewhere(&mut self, entity: &Entity, class: &ClassRef, shown: &Shown, source: &[Name]) {
        let [name] = source else { return };
        let is_known = entity.members.contains_key(name)
            || classes::member(self.db, self.project, &entity.class, name).is_some();
        let fields = crate::query::fields(self.db, self.project, class.clone());
        if let (false, Some(model), Some(way)) = (is_known, &fields.model, Way::start().onto(name, true)) {
            self.nested(class, shown, model, &way);
        }
    }

    /// A function that is called with what a field reads, as its parameter `index`.
    fn called_with(&mut self, entity: &Arc<Entity>, field: &Field, function: FunctionRef, index: usize) {
        let mut way = Way::start();
        for name in &field.source {
            let Some(path) = way.path.attr(name) else { return };
            way.path = path;
        }
        if field.source.is_empty()
            || field.source.first().is_some_and(|name| entity.relationship(name).is_some())
        {
            self.called(&field.name, function, index, &way);
        }
    }

    /// Reads one attribute after another; the entity at the end and the way to its rows, where it ends at one.
    fn walk(
        &mut self,
        entity: &Arc<Entity>,
        way: Way,
        source: &[Name],
        field: &Name,
    ) -> Option<(Arc<Entity>, Way)> {
        let (mut at, mut way) = (Arc::clone(entity), way);
        for name in source {
            match at.members.get(name) {
                Some(Member::Relationship(relationship)) => {
                    let (is_many, target) = (relationship.is_many, relationship.target.clone());
                    self.touch(&way, name, false, field, None);
                    way = way.onto(name, is_many)?;
                    at = crate::serializers::render::entity(self.db, self.project, &target?)?;
                }
                // Proxies follow a relationship; what they read from its rows is usually a column.
                Some(Member::Proxy { through, .. }) => {
                    self.touch(&way, through, false, field, None);
                    return None;
                }
                Some(Member::Generic) => {
                    self.touch(&way, name, false, field, None);
                    return None;
                }
                Some(Member::Column(_)) => return None,
                Some(Member::Hybrid(_) | Member::Manager { .. }) | None => {
                    self.computed(&at, name, &way, field);
                    return None;
                }
            }
        }
        Some((at, way))
    }

    /// A property of the entity, or a method that needs no other arguments.
    fn computed(&mut self, entity: &Entity, name: &Name, way: &Way, field: &Name) {
        let member = classes::member(self.db, self.project, &entity.class, name);
        if let Some(classes::Member::Method { function, kind: MethodKind::Property | MethodKind::Instance }) =
            member
        {
            self.property = way.path.attr(name);
            self.called(field, function, 0, way);
            self.property = None;
        }
    }

    /// A function that receives the row as its parameter `index`.
    fn called(&mut self, field: &Name, function: FunctionRef, index: usize, way: &Way) {
        let summary = crate::query::summary(self.db, self.project, function.module, function.function);
        let is_queried = |path: &Path| {
            summary.effects.iter().any(|effect| {
                matches!(&effect.kind, EffectKind::Query { model: ModelRef::Held(held), .. } if held == path)
            })
        };
        // One serializer renders all rows: what it keeps is asked once.
        let is_of_row = |owner: ClassRef| entity(self.db, self.project, &owner).is_some();
        let outlives_rows = !crate::heir::owner(self.db, self.project, function).is_some_and(is_of_row);
        for (at, effect) in summary.effects.iter().enumerate() {
            let Ok(at) = u16::try_from(at) else { return };
            if outlives_rows && effect.kept != crate::Kept::No {
                continue;
            }
            // What is named only to ask it something else isn't read.
            if matches!(&effect.kind, EffectKind::Touch(touch) if !touch.is_refined && is_queried(&touch.path))
            {
                continue;
            }
            if let Some(effect) = moved(effect, index, way) {
                self.push(effect, field, Some((function.into(), at)));
            }
        }
        self.returned(field, function, &summary, index, way);
    }

    /// A query that a function returns runs when it is rendered.
    fn returned(&mut self, field: &Name, function: FunctionRef, summary: &Summary, index: usize, way: &Way) {
        let Kind::Query(query) = &summary.returns.kind else { return };
        if !query.runs_itself {
            return;
        }
        let Some(related) = &query.related else { return };
        let Some(owner) = related.owner.path.as_ref().and_then(|path| rebased(path, index, &way.path)) else {
            return;
        };
        let way = Way { path: owner, ..way.clone() };
        self.touch(&way, &related.relationship, !related.is_plain, field, Some(function));
    }

    /// Rows that a method puts into a dictionary, and that fields render with schemas of their own.
    fn nested_in(&mut self, entity: &Arc<Entity>, function: FunctionRef, fields: &[Field]) {
        let summary = crate::query::summary(self.db, self.project, function.module, function.function);
        let Kind::Record(entries) = &summary.returns.kind else { return };
        for field in fields {
            let FieldKind::Nested(class, shown) = &field.kind else { continue };
            let entry =
                entries.iter().find(|(key, _)| *key == field.name || field.source.first() == Some(key));
            let Some(path) = entry.and_then(|(_, value)| value.path.as_ref()) else { continue };
            let steps = path.steps.iter().map(|step| step.attribute().cloned());
            let Some(source) = steps.collect::<Option<Vec<Name>>>() else { continue };
            self.class = field.class.clone();
            if let Some((at, way)) = self.walk(entity, Way::start(), &source, &field.name) {
                self.nested(class, shown, &at.class, &way);
            }
        }
    }

    fn nested(&mut self, class: &ClassRef, shown: &Shown, model: &ClassRef, way: &Way) {
        if way.path.steps.len() >= usize::from(MAX_DEPTH) {
            return;
        }
        let inner = crate::query::rendering(self.db, self.project, class.clone(), Some(model.clone()));
        for rendered in inner.list.iter().filter(|rendered| shown.has(&rendered.within)) {
            if self.out.len() >= MAX_EFFECTS {
                return;
            }
            if let Some(effect) = moved(&rendered.effect, 0, way) {
                let property =
                    rendered.property.as_ref().and_then(|property| rebased(property, 0, &way.path));
                self.out.push(Rendered { effect, property, ..rendered.clone() });
            }
        }
    }

    fn touch(&mut self, way: &Way, name: &Name, is_refined: bool, field: &Name, by: Option<FunctionRef>) {
        let Some(path) = way.path.attr(name) else { return };
        let effect = Effect {
            kind: EffectKind::Touch(Touch { path, is_refined, asked: ReadKind::Rows }),
            deps: Deps::param(0),
            loops: way.loops.clone(),
            is_conditional: false,
            guards: Vec::new(),
            arms: Vec::new(),
            is_memo: false,
            kept: crate::Kept::No,
            is_pending: false,
            depth: way.depth,
        };
        self.push(effect, field, by.map(|function| (function.into(), u16::MAX)));
    }

    fn push(&mut self, effect: Effect, field: &Name, below: Option<(Callee, u16)>) {
        let is_known = |rendered: &Rendered| rendered.effect.kind == effect.kind && rendered.below == below;
        if self.out.len() < MAX_EFFECTS && !self.out.iter().any(is_known) {
            let (class, field, property) = (self.class.clone(), field.clone(), self.property.clone());
            self.out.push(Rendered { effect, class, field, within: Name::default(), below, property });
        }
    }
}

/// An effect of a function on its first parameter, as one of rendering that.
pub(super) fn of_row(effect: &Effect) -> Option<Effect> {
    moved(effect, 0, &Way::start())
}

/// Translates an effect of a function to an effect on the row that it receives as its parameter `index`.
fn moved(effect: &Effect, index: usize, way: &Way) -> Option<Effect> {
    let kind = match &effect.kind {
        EffectKind::Touch(touch) => {
            EffectKind::Touch(Touch { path: rebased(&touch.path, index, &way.path)?, ..touch.clone() })
        }
        // `instance.items.filter(...)` of a row that the function doesn't know.
        EffectKind::Query { model: ModelRef::Held(path), .. }
            if matches!(path.steps.last(), Some(Step::Attr(_))) =>
        {
            let path = rebased(path, index, &way.path)?;
            EffectKind::Touch(Touch { path, is_refined: true, asked: ReadKind::One })
        }
        EffectKind::Query { what, model } => {
            let model = if let ModelRef::Known(_) = model { model.clone() } else { ModelRef::Unknown };
            EffectKind::Query { what: what.clone(), model }
        }
        EffectKind::Blocks { .. }
        | EffectKind::Calls { .. }
        | EffectKind::Renders { .. }
        | EffectKind::Iterates(_)
        | EffectKind::Loads { .. } => return None,
    };
    let deps = if effect.deps.on_param(index) { Deps::param(0) } else { Deps::NONE };
    let inner = effect.loops.iter().map(|inner| Loop {
        over: inner.over.as_ref().and_then(|over| rebased(over, index, &way.path)),
        ..inner.clone()
    });
    let loops = way.loops.iter().cloned().chain(inner).collect();
    Some(Effect {
        kind,
        deps,
        loops,
        is_conditional: effect.is_conditional,
        guards: effect.guards.clone(),
        // Arms aren't kept, because the function that they belong to isn't.
        arms: Vec::new(),
        is_memo: effect.is_memo,
        kept: effect.kept,
        is_pending: effect.is_pending,
        depth: effect.depth.saturating_add(1),
    })
}

/// Translates a path from the parameter `index` to a path that continues `base`.
fn rebased(path: &Path, index: usize, base: &Path) -> Option<Path> {
    let Root::Param(root) = path.root;
    if usize::from(root) != index {
        return None;
    }
    path.steps.iter().try_fold(base.clone(), |path, step| path.then(step.clone()))
}
