//! `class Meta`: the entity that a serializer renders, and the selected fields.

use model::{ClassRef, Project};
use python::{Arg, ClassId, Expr, ExprId, Literal, Name};

use super::written::{Written, text};
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
    let bases = &written.definitions[id].bases;
    let base = bases.iter().find_map(|base| match base {
        Arg::Positional(base) => meta_at(db, project, written, *base),
        _ => None,
    });
    if let Some((written, id)) = base {
        meta = of(db, project, &written, id, depth + 1);
    }
    for variable in written.variables_of(id) {
        let Some(value) = variable.value else { continue };
        match variable.name.as_str() {
            "model" => meta.model = written.class_at(db, project, value),
            "fields" => meta.fields = names(db, project, written, value, depth),
            "exclude" => {
                meta.exclude = match names(db, project, written, value, depth) {
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

fn names(db: &dyn Db, project: Project, written: &Written, expr: ExprId, depth: usize) -> Names {
    let mut out = Vec::new();
    if text(&written.definitions, expr).is_some_and(|text| text == "__all__") {
        return Names::All;
    }
    if collect(db, project, written, expr, &mut out, depth) { Names::All } else { Names::These(out) }
}

/// Adds the names in an expression. Returns whether one of its parts means all fields.
fn collect(
    db: &dyn Db,
    project: Project,
    written: &Written,
    expr: ExprId,
    out: &mut Vec<Name>,
    depth: usize,
) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    match &written.definitions[expr] {
        Expr::Literal(Literal::Str(name)) => out.push(name.clone()),
        Expr::Tuple(items) | Expr::List(items) | Expr::Set(items) => {
            for item in items {
                if collect(db, project, written, *item, out, depth + 1) {
                    return true;
                }
            }
        }
        Expr::Starred(value) => return collect(db, project, written, *value, out, depth + 1),
        Expr::Binary { left, right, .. } => {
            return collect(db, project, written, *left, out, depth + 1)
                | collect(db, project, written, *right, out, depth + 1);
        }
        Expr::Call { args, .. } => {
            // `tuple(BASE_FIELDS)`
            for arg in args {
                if collect(db, project, written, arg.value(), out, depth + 1) {
                    return true;
                }
            }
        }
        // `Base.Meta.fields`
        Expr::Attribute { value, name } if name == "fields" => {
            if let Some((written, id)) = meta_at(db, project, written, *value) {
                match of(db, project, &written, id, depth + 1).fields {
                    Names::All => return true,
                    Names::These(names) => out.extend(names),
                    Names::Missing => {}
                }
            }
        }
        Expr::Name(name) => {
            match &crate::types::names::at_top_level(db, project, written.class.module, name).kind {
                Kind::Tuple(values) => {
                    out.extend(values.iter().filter_map(|value| match &value.kind {
                        Kind::Text(name) => Some(name.clone()),
                        _ => None,
                    }));
                }
                Kind::Text(name) => out.push(name.clone()),
                _ => {}
            }
        }
        _ => {}
    }
    false
}
