//! `class Meta`: the entity that a serializer renders, and the selected fields.

use model::{ClassRef, Project};
use python::{Arg, ClassId, Expr, ExprId, Literal, Name};

use super::written::Written;
use crate::{Db, Kind};

/// Expressions and `Meta` classes are followed to this depth.
const MAX_DEPTH: usize = 8;

/// The contents of `Meta`.
#[derive(Debug, Default, Clone)]
pub(super) struct Meta {
    /// The class whose body contains it.
    pub(super) class: Option<ClassRef>,
    /// `model`
    pub(super) model: Option<ClassRef>,
    /// `fields`
    pub(super) fields: Names,
    /// `exclude`
    pub(super) exclude: Vec<Name>,
    /// `depth`
    pub(super) depth: i64,
    /// `include_relationships`
    pub(super) includes_relationships: bool,
    /// `list_serializer_class`
    pub(super) list: Option<ClassRef>,
}

/// The names in `fields`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) enum Names {
    /// There is no such attribute.
    #[default]
    Missing,
    /// `"__all__"`
    All,
    /// These names, as far as they can be read.
    These(Vec<Name>),
}

/// Reads the `Meta` of the nearest of these classes that has one.
pub(super) fn read(db: &dyn Db, project: Project, classes: &[Written]) -> Meta {
    let Some((written, id)) = classes.iter().find_map(|class| Some((class, class.inner("Meta")?))) else {
        return Meta::default();
    };
    let mut meta = of(db, project, written, id, 0);
    meta.class = Some(written.class.clone());
    meta
}

fn of(db: &dyn Db, project: Project, written: &Written, id: ClassId, depth: usize) -> Meta {
    let mut meta = Meta::default();
    if depth > MAX_DEPTH {
        return meta;
    }
    if let Some((written, id)) = base_of(db, project, written, id) {
        meta = of(db, project, &written, id, depth + 1);
    }
    for (before, variable) in written.variables_of(id).enumerate() {
        let Some(value) = variable.value else { continue };
        let names = || Reader { db, project, written, id, before }.names(value, depth);
        match variable.name.as_str() {
            "model" => meta.model = written.class_at(db, project, value),
            "list_serializer_class" => meta.list = written.class_at(db, project, value),
            "fields" => meta.fields = names(),
            "exclude" => {
                meta.exclude = match names() {
                    Names::These(names) => names,
                    Names::Missing | Names::All => Vec::new(),
                };
            }
            "depth" => {
                if let Expr::Literal(Literal::Int(depth)) = written.definitions[value] {
                    meta.depth = depth;
                }
            }
            "include_relationships" => {
                let value = &written.definitions[value];
                meta.includes_relationships = matches!(value, Expr::Literal(Literal::Bool(true)));
            }
            _ => {}
        }
    }
    meta
}

/// The `Meta` class that one inherits from.
fn base_of(db: &dyn Db, project: Project, written: &Written, id: ClassId) -> Option<(Written, ClassId)> {
    written.definitions[id].bases.iter().find_map(|base| match base {
        Arg::Positional(base) => meta_at(db, project, written, *base),
        _ => None,
    })
}

/// The `Meta` class that `Base.Meta` refers to.
fn meta_at(db: &dyn Db, project: Project, written: &Written, expr: ExprId) -> Option<(Written, ClassId)> {
    let Expr::Attribute { value, name } = &written.definitions[expr] else { return None };
    if name != "Meta" {
        return None;
    }
    let class = written.class_at(db, project, *value)?;
    let classes = Written::with_ancestors(db, project, &class);
    classes.into_iter().find_map(|class| {
        let id = class.inner("Meta")?;
        Some((class, id))
    })
}

/// An expression of a `Meta` class, whose body defines the names before it.
#[derive(Clone, Copy)]
struct Reader<'a> {
    db: &'a dyn Db,
    project: Project,
    written: &'a Written,
    /// The class.
    id: ClassId,
    /// How many of its variables come before.
    before: usize,
}

impl Reader<'_> {
    fn names(&self, expr: ExprId, depth: usize) -> Names {
        let mut out = Vec::new();
        if self.is_all(expr) {
            return Names::All;
        }
        if self.collect(expr, &mut out, depth) { Names::All } else { Names::These(out) }
    }

    /// `"__all__"`, or the constant of the library that holds it: `serializers.ALL_FIELDS`.
    fn is_all(&self, expr: ExprId) -> bool {
        match &self.written.definitions[expr] {
            Expr::Literal(Literal::Str(text)) => text == "__all__",
            Expr::Attribute { .. } | Expr::Name(_) => {
                let value = self.written.value(self.db, self.project, expr);
                matches!(value.kind, Kind::Foreign(full) if full.ends_with(".ALL_FIELDS"))
            }
            _ => false,
        }
    }

    /// Adds the names in an expression. Returns whether one of its parts means all fields.
    fn collect(&self, expr: ExprId, out: &mut Vec<Name>, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        match &self.written.definitions[expr] {
            Expr::Literal(Literal::Str(name)) => out.push(name.clone()),
            Expr::Tuple(items) | Expr::List(items) | Expr::Set(items) => {
                for item in items {
                    if self.collect(*item, out, depth + 1) {
                        return true;
                    }
                }
            }
            Expr::Starred(value) => return self.collect(*value, out, depth + 1),
            Expr::Binary { left, right, .. } => {
                return self.collect(*left, out, depth + 1) | self.collect(*right, out, depth + 1);
            }
            Expr::Call { args, .. } => {
                // `tuple(BASE_FIELDS)`
                for arg in args {
                    if self.collect(arg.value(), out, depth + 1) {
                        return true;
                    }
                }
            }
            // `Base.Meta.fields`, `Base.Meta.fields_small`
            Expr::Attribute { value, name } => {
                if let Some((written, id)) = meta_at(self.db, self.project, self.written, *value) {
                    match variable_of(self.db, self.project, &written, id, name, depth + 1) {
                        Names::All => return true,
                        Names::These(names) => out.extend(names),
                        Names::Missing => {}
                    }
                }
            }
            Expr::Name(name) => return self.name(name, out, depth),
            _ => {}
        }
        false
    }

    /// Adds the names that a variable of the class body or of the module holds.
    fn name(&self, name: &Name, out: &mut Vec<Name>, depth: usize) -> bool {
        let own = self.written.variables_of(self.id).take(self.before).enumerate();
        if let Some((before, variable)) = own.filter(|(_, variable)| variable.name == *name).last() {
            let Some(value) = variable.value else { return false };
            return match (Reader { before, ..*self }).names(value, depth + 1) {
                Names::All => true,
                Names::These(names) => {
                    out.extend(names);
                    false
                }
                Names::Missing => false,
            };
        }
        match &crate::types::names::at_top_level(self.db, self.project, self.written.class.module, name).kind
        {
            Kind::Tuple(values) => {
                out.extend(values.iter().filter_map(|value| match &value.kind {
                    Kind::Text(name) => Some(name.clone()),
                    _ => None,
                }));
            }
            Kind::Text(name) => out.push(name.clone()),
            _ => {}
        }
        false
    }
}

/// The names that a variable of a `Meta` class or of one that it inherits from holds.
fn variable_of(
    db: &dyn Db,
    project: Project,
    written: &Written,
    id: ClassId,
    name: &Name,
    depth: usize,
) -> Names {
    if depth > MAX_DEPTH {
        return Names::Missing;
    }
    let own = written.variables_of(id).enumerate().filter(|(_, variable)| variable.name == *name).last();
    if let Some((before, variable)) = own {
        let reader = Reader { db, project, written, id, before };
        return variable.value.map_or(Names::Missing, |value| reader.names(value, depth + 1));
    }
    match base_of(db, project, written, id) {
        Some((written, id)) => variable_of(db, project, &written, id, name, depth + 1),
        None => Names::Missing,
    }
}
