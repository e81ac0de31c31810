//! What serializers and schemas render.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ClassRef, Project};

use super::functions::MAX_ROUNDS;
use crate::library::django::admin::AdminList;
use crate::serializers::{Fields, ListView, Rendering};
use crate::{Db, FunctionRef};

/// The fields of a serializer or schema.
#[salsa::tracked(returns(clone))]
pub(crate) fn fields(db: &dyn Db, project: Project, class: ClassRef) -> Arc<Fields> {
    Arc::new(crate::serializers::fields(db, project, &class))
}

/// The effects of rendering a row with a serializer or schema: a row of `model`, or of the entity that the class names.
#[salsa::tracked(returns(clone), cycle_fn = recover_rendering, cycle_initial = renders_nothing)]
pub fn rendering(db: &dyn Db, project: Project, class: ClassRef, model: Option<ClassRef>) -> Arc<Rendering> {
    Arc::new(crate::serializers::rendering(db, project, &class, model.as_ref()))
}

fn renders_nothing(_: &dyn Db, _: salsa::Id, _: Project, _: ClassRef, _: Option<ClassRef>) -> Arc<Rendering> {
    Arc::default()
}

fn recover_rendering(
    _: &dyn Db,
    cycle: &salsa::Cycle<'_>,
    last: &Arc<Rendering>,
    value: Arc<Rendering>,
    _: Project,
    _: ClassRef,
    _: Option<ClassRef>,
) -> Arc<Rendering> {
    if cycle.iteration() >= MAX_ROUNDS { Arc::clone(last) } else { value }
}

/// The query and the serializers of a view that lists rows; `None` if the class isn't one.
#[salsa::tracked(returns(clone))]
pub fn list_view(db: &dyn Db, project: Project, class: ClassRef) -> Option<Arc<ListView>> {
    crate::serializers::list_view(db, project, &class).map(Arc::new)
}

/// The list that a class of Django's admin shows; nothing where it is none.
#[salsa::tracked(returns(clone), cycle_result = no_list)]
pub(crate) fn admin_list(db: &dyn Db, project: Project, class: ClassRef) -> Option<Arc<AdminList>> {
    crate::library::django::admin::admin_list(db, project, &class).map(Arc::new)
}

/// Whether the settings of the project let views count all rows before they give a page of them.
#[salsa::tracked(returns(copy))]
pub(crate) fn counts_by_default(db: &dyn Db, project: Project) -> bool {
    crate::serializers::count_by_default(db, project)
}

fn no_list(_: &dyn Db, _: salsa::Id, _: Project, _: ClassRef) -> Option<Arc<AdminList>> {
    None
}

/// Whether a class is one of Django's admin whose list shows columns: its body does something for each row.
pub fn shows_rows(db: &dyn Db, project: Project, class: ClassRef) -> bool {
    admin_list(db, project, class).is_some_and(|list| list.site.is_some())
}

/// Whether the list of an admin class of the same module shows what a function returns.
pub fn is_column(db: &dyn Db, project: Project, function: FunctionRef) -> bool {
    crate::query::has_django(db, project)
        && crate::library::django::admin::lists_function(db, project, function).is_some()
}

/// The entity that a serializer declares.
#[salsa::tracked(returns(clone))]
pub fn rendered_model(db: &dyn Db, project: Project, class: ClassRef) -> Option<ClassRef> {
    fields(db, project, class).model.clone()
}
