//! Where relationships are defined and queries begin.

use flow::{Callee, ProblemKind, QueryRef};
use model::ClassRef;
use python::{Name, Scope};
use source::File;
use view::{Context, Draft, Place, wording};

use super::{analysis, hops};

/// Limit on the related places shown for one finding.
pub(crate) const SHOWN: usize = 8;

/// Where a relationship is defined: the variable in the class body, or the class if that is unknown.
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
    let site = *analysis(cx, query.callee()).queries.get(usize::from(query.index))?;
    let file = cx.file_of(query.function.module);
    Some((file, Place::Expr { body: site.body, expr: site.expr }))
}

/// The function that a query is built in.
pub(crate) fn function_name(cx: &Context<'_>, query: QueryRef) -> String {
    super::name_of(cx, query.function)
}

/// The functions whose queries should have loaded what is read row by row, without duplicates.
pub(crate) fn query_functions<'k>(
    cx: &Context<'_>,
    kinds: impl Iterator<Item = &'k ProblemKind>,
) -> Vec<String> {
    let mut names = Vec::new();
    for kind in kinds {
        if let ProblemKind::LazyPerRow { query: Some(query), is_refined: false, .. } = kind {
            let name = function_name(cx, *query);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// Shows each call down to the cause, and the relationship that it reads.
pub(crate) fn relate_way(
    cx: &Context<'_>,
    draft: &mut Draft,
    below: Option<(Callee, u16)>,
    kind: &ProblemKind,
) {
    for hop in hops(cx, below) {
        let does = hop.called.unwrap_or_else(|| "it".to_owned());
        let place = Place::Expr { body: hop.site.body, expr: hop.site.expr };
        draft.related(hop.file, place, format!("`{}` runs {does}", hop.callee));
    }
    if let ProblemKind::LazyPerRow { owner, relationship, .. } = kind
        && let Some((file, place)) = relationship_place(cx, owner, relationship)
    {
        draft.related(file, place, format!("`{}.{relationship}` is defined here", owner.name));
    }
}

/// Shows each query with what it doesn't load.
pub(crate) fn relate_queries<'k>(
    cx: &Context<'_>,
    draft: &mut Draft,
    kinds: impl Iterator<Item = &'k ProblemKind>,
) {
    let mut missing: Vec<(QueryRef, Vec<String>)> = Vec::new();
    for kind in kinds {
        let ProblemKind::LazyPerRow { query: Some(query), relationship, .. } = kind else { continue };
        let name = format!("`{relationship}`");
        match missing.iter_mut().find(|(known, _)| known == query) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => missing.push((*query, vec![name])),
        }
    }
    for (query, names) in missing {
        if let Some((file, place)) = query_place(cx, query) {
            draft.related(file, place, format!("this query doesn't load {}", wording::list(&names)));
        }
    }
}
