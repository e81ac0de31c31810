//! Members of enumerations: whoever passes one can't pass a text of his own.

use model::Target;
use python::{Arg, BodyId, BodyOwner, Definitions, Expr, ExprId, Scope};
use view::scope::{Meaning, Names};

/// Annotations and bases nested deeper are not read.
const MAX_DEPTH: usize = 4;

/// Whether an annotation of this module names enumerations of the project alone: `State`, `State | None`.
pub(super) fn names_enumeration(names: &Names<'_>, annotation: ExprId) -> bool {
    fn read(names: &Names<'_>, annotation: ExprId, depth: usize) -> bool {
        let definitions = &*names.cx.module.definitions;
        match &definitions[annotation] {
            _ if depth > MAX_DEPTH => false,
            Expr::Name(name) => is_enumeration(names, name),
            Expr::Binary { left, right, .. } => [*left, *right].into_iter().all(|side| {
                matches!(&definitions[side], Expr::Literal(python::Literal::None))
                    || read(names, side, depth + 1)
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
    has_base(definitions, &definitions[class].name)
}

fn is_enumeration(names: &Names<'_>, name: &str) -> bool {
    match names.meaning(BodyId(0), name) {
        Meaning::Import(import) => match names.target(import) {
            Some(Target::Symbol { origin, origin_name, .. }) => {
                let file = names.cx.file_of(*origin);
                has_base(&python::query::definitions(names.cx.db, file), origin_name)
            }
            _ => false,
        },
        Meaning::Bound(..) | Meaning::Free => has_base(&names.cx.module.definitions, name),
    }
}

/// Whether a class of these definitions has a base of the module `enum`, or one that is called like it.
fn has_base(definitions: &Definitions, class: &str) -> bool {
    let class = definitions.classes.iter().find(|it| it.scope == Scope::Module && it.name == class);
    class.is_some_and(|class| {
        class.bases.iter().any(|base| match base {
            Arg::Positional(base) => matches!(
                &definitions[*base],
                Expr::Name(name) | Expr::Attribute { name, .. }
                    if name.ends_with("Enum") || matches!(name.as_str(), "TextChoices" | "IntegerChoices" | "Flag" | "IntFlag")
            ),
            _ => false,
        })
    })
}
