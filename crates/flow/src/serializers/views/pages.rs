//! Pages: whether a paginator counts all rows before it fetches one page of them.

use model::{ClassRef, PathRole, Project};
use python::{Expr, Literal, Name, Scope};

use super::super::written::Written;
use super::asked::Asked;
use crate::{Db, Kind};

/// The attribute of a view that names its paginator.
const ATTRIBUTE: &str = "pagination_class";
/// The settings of the framework, and the one of them that names the paginator of views that name none.
const SETTINGS: &str = "REST_FRAMEWORK";
const DEFAULT: &str = "DEFAULT_PAGINATION_CLASS";
const SIZE: &str = "PAGE_SIZE";

/// Whether the pages that a view gives are counted.
pub(super) fn are_counted(db: &dyn Db, project: Project, classes: &[Written], asked: &Asked) -> bool {
    let named =
        asked.set(ATTRIBUTE).map(|(written, value)| written.value(db, project, value)).or_else(|| {
            let class = classes.iter().find(|class| class.variable(ATTRIBUTE).is_some())?;
            Some(class.value(db, project, class.variable(ATTRIBUTE)?.value?))
        });
    match named {
        Some(named) => counts(db, project, &named.kind),
        None => crate::query::counts_by_default(db, project),
    }
}

/// Whether a paginator counts: the class, or an instance of it.
pub(crate) fn counts(db: &dyn Db, project: Project, kind: &Kind) -> bool {
    const PAGINATOR: &str = "django_paginator_class";
    const METHOD: &str = "paginate_queryset";
    match kind {
        Kind::Foreign(full) | Kind::ForeignInstance(full) => is_counting(full),
        Kind::Class(class) | Kind::Instance(class, _) => {
            let own = Written::with_ancestors(db, project, class);
            let is_changed = own.iter().any(|class| {
                let method = class.method(METHOD);
                class.variable(PAGINATOR).is_some()
                    || method.is_some_and(|method| !super::calls_super(db, project, method, METHOD))
            });
            let bases = crate::query::types::foreign_ancestors(db, project, class.module, class.name.clone());
            !is_changed && bases.iter().any(|base| is_counting(base))
        }
        _ => false,
    }
}

fn is_counting(full: &str) -> bool {
    libraries::renders(full) == Some(libraries::Renders::CountedPages)
}

/// Whether the settings name a paginator for all views that counts, and how long its pages are.
pub(crate) fn count_by_default(db: &dyn Db, project: Project) -> bool {
    let modules = model::query::modules(db, project);
    modules.iter().filter(|(_, info)| info.role == PathRole::Code).any(|(_, info)| {
        let definitions = python::query::definitions(db, info.file);
        let is_it =
            |variable: &&python::Variable| variable.scope == Scope::Module && variable.name == SETTINGS;
        let Some(Expr::Dict(entries)) =
            definitions.variables.iter().rev().find(is_it).and_then(|it| it.value).map(|it| &definitions[it])
        else {
            return false;
        };
        let entry = |wanted: &str| {
            entries.iter().find_map(|(key, value)| match &definitions[(*key)?] {
                Expr::Literal(Literal::Str(key)) if key == wanted => Some(&definitions[*value]),
                _ => None,
            })
        };
        match entry(DEFAULT) {
            Some(Expr::Literal(Literal::Str(full))) => {
                let is_sized =
                    || matches!(entry(SIZE), Some(size) if !matches!(size, Expr::Literal(Literal::None)));
                match own_class(db, project, full) {
                    Some(class) => counts(db, project, &Kind::Class(class)),
                    None => is_counting(full) && is_sized(),
                }
            }
            _ => false,
        }
    })
}

/// The class of the project that a dotted name in the settings means.
fn own_class(db: &dyn Db, project: Project, full: &str) -> Option<ClassRef> {
    let (module, class) = full.rsplit_once('.')?;
    let modules = model::query::modules(db, project);
    let (module, _) = modules.iter().find(|(_, info)| info.name == module)?;
    let class = ClassRef::new(module, Name::from(class));
    Written::of(db, project, &class).map(|_| class)
}
