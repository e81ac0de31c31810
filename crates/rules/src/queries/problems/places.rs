//! Where relationships are defined and queries begin.

use flow::QueryRef;
use model::ClassRef;
use python::{Name, Scope};
use source::File;
use view::{Context, Place};

use super::analysis;

/// Where a relationship is written: the variable in the class body; the class where that can't be told.
pub(crate) fn relationship_place(cx: &Context<'_>, owner: &ClassRef, name: &Name) -> Option<(File, Place)> {
    let entity = model::query::entity(cx.db, cx.project, owner.module, owner.name.clone())?;
    let relationship = entity.relationship(name)?;
    let file = cx.file_of(relationship.module());
    let definitions = python::query::definitions(cx.db, file);
    let (class, _) = definitions
        .classes()
        .find(|(_, class)| class.scope == Scope::Module && class.name == relationship.declared_in.name)?;
    let variable = definitions.variables.iter().position(|variable| {
        variable.scope == Scope::Class(class) && variable.name == relationship.declared_as
    });
    let place = variable.map_or(Place::Class(class), |index| Place::Variable(index as u32));
    Some((file, place))
}

/// Where a query begins.
pub(crate) fn query_place(cx: &Context<'_>, query: QueryRef) -> Option<(File, Place)> {
    let site = *analysis(cx, query.function).queries.get(usize::from(query.index))?;
    let file = cx.file_of(query.function.module);
    Some((file, Place::Expr { body: site.body, expr: site.expr }))
}

/// The function that a query is built in.
pub(crate) fn function_name(cx: &Context<'_>, query: QueryRef) -> String {
    super::name_of(cx, query.function)
}
