//! Enumeration members: a caller that passes one can't pass free text.

use model::{ClassRef, ModuleId, Target};
use python::{BodyId, BodyOwner, Expr, ExprId, Literal, Scope};
use view::ClassKind;
use view::scope::{Meaning, Names};

/// Annotations nested deeper are not read.
const MAX_DEPTH: usize = 4;

/// Whether an annotation of this module names only enumerations of the project: `State`, `State | None`.
pub(super) fn names_enumeration(names: &Names<'_>, annotation: ExprId) -> bool {
    fn read(names: &Names<'_>, annotation: ExprId, depth: usize) -> bool {
        let definitions = &*names.cx.module.definitions;
        match &definitions[annotation] {
            _ if depth > MAX_DEPTH => false,
            Expr::Name(name) => is_enumeration(names, name),
            Expr::Binary { left, right, .. } => [*left, *right].into_iter().all(|side| {
                matches!(&definitions[side], Expr::Literal(Literal::None)) || read(names, side, depth + 1)
            }),
            Expr::Subscript { value, index } => {
                let holds = ["Optional", "list", "List", "Sequence", "Iterable", "set", "Set"];
                matches!(&definitions[*value], Expr::Name(name) if holds.contains(&name.as_str()))
                    && read(names, *index, depth + 1)
            }
            _ => false,
        }
    }
    read(names, annotation, 0)
}

/// Whether the class around a body is an enumeration.
pub(super) fn is_in_enumeration(names: &Names<'_>, body: BodyId) -> bool {
    let definitions = &*names.cx.module.definitions;
    let BodyOwner::Function(function) = names.body(body).owner else { return false };
    let Scope::Class(class) = definitions[function].scope else { return false };
    is_one(names, names.cx.id, &definitions[class].name)
}

fn is_enumeration(names: &Names<'_>, name: &str) -> bool {
    match names.meaning(BodyId(0), name) {
        Meaning::Import(import) => match names.target(import) {
            Some(Target::Symbol { origin, origin_name, .. }) => is_one(names, *origin, origin_name),
            _ => false,
        },
        Meaning::Bound(..) | Meaning::Free => is_one(names, names.cx.id, name),
    }
}

/// Whether a project class is an enumeration, by its ancestors.
fn is_one(names: &Names<'_>, module: ModuleId, class: &str) -> bool {
    let class = ClassRef::new(module, class);
    view::query::class_kind(names.cx.db, names.cx.project, class) == ClassKind::Enum
}
