//! Hovers of relationships: the target, the loading strategy, and the queries that load it eagerly.

use model::{ClassRef, Loading, Member, Orm, PathRole, Relationship, Target};
use python::{Name, Scope};
use source::Span;
use view::Context;
use workspace::Snapshot;

use crate::{Place, Words, place};

/// Limit on the loading queries shown.
const MAX_LOADERS: usize = 8;

/// The relationship named at `offset`: at its declaration, as an attribute of the class, or read from a row.
pub(super) fn at(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, ClassRef, Name)> {
    declared(cx, offset)
        .or_else(|| of_class(cx, offset))
        .or_else(|| read(snapshot, cx, offset))
        .filter(|(_, class, name)| relationship(cx, class, name).is_some())
}

fn declared(cx: &Context<'_>, offset: u32) -> Option<(Span, ClassRef, Name)> {
    let index = cx.module.spans.variables.iter().position(|span| span.touches(offset) && !span.is_empty())?;
    let variable = cx.module.definitions.variables.get(index)?;
    let Scope::Class(class) = variable.scope else { return None };
    let class = ClassRef::new(cx.id, cx.module.definitions[class].name.clone());
    Some((cx.module.spans.variables[index], class, variable.name.clone()))
}

/// `customer` in `Order.customer`, of an imported class.
fn of_class(cx: &Context<'_>, offset: u32) -> Option<(Span, ClassRef, Name)> {
    let used = cx.module.uses.iter().find(|used| used.span.touches(offset))?;
    let Target::Symbol { origin, origin_name, .. } = &cx.import(used.import)?.resolved.target else {
        return None;
    };
    let name: Name = used.attributes.split('.').next().filter(|name| !name.is_empty())?.into();
    let dot = cx.text.slice(used.span).find('.')? as u32;
    let start = used.span.start + dot + 1;
    let span = Span::new(start, start + name.len() as u32);
    span.touches(offset).then(|| (span, ClassRef::new(*origin, origin_name.clone()), name))
}

/// `customer` in `order.customer`, if it is known to be read for each row, or not to be loaded.
fn read(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, ClassRef, Name)> {
    let around = super::function::around(cx, offset)?;
    let analysis = flow::query::analysis(snapshot.db(), cx.project, cx.id, around);
    analysis.problems.iter().find_map(|problem| {
        let (flow::ProblemKind::LazyPerRow { owner, relationship, .. }
        | flow::ProblemKind::LazyInAsync { owner, relationship, .. }) = &problem.kind
        else {
            return None;
        };
        let whole = cx.module.spans.expr(problem.site.body, problem.site.expr);
        let span = Span::new(whole.end.saturating_sub(relationship.len() as u32).max(whole.start), whole.end);
        let is_it = span.touches(offset) && cx.text.slice(span) == relationship.as_str();
        is_it.then(|| (span, owner.clone(), relationship.clone()))
    })
}

fn relationship(cx: &Context<'_>, class: &ClassRef, name: &str) -> Option<(Orm, Relationship)> {
    let entity = model::query::entity(cx.db, cx.project, class.module, class.name.clone())?;
    match entity.members.get(name)? {
        Member::Relationship(relationship) => Some((entity.orm, relationship.clone())),
        _ => None,
    }
}

/// The text.
pub(super) fn words(snapshot: &Snapshot, cx: &Context<'_>, class: &ClassRef, name: &str) -> Option<Words> {
    let (orm, it) = relationship(cx, class, name)?;
    let mut words = Words::default();
    words.push("**");
    words.place(&format!("`{}`", class.name), place::of_class(snapshot, cx.project, class));
    words.push(&format!("`.{name}`** · "));
    words.push(if it.is_many { "relationship to many " } else { "relationship to one " });
    match &it.target {
        Some(target) => {
            let place = place::of_class(snapshot, cx.project, target);
            words.place(&format!("`{}`", target.name), place);
        }
        None => words.push("unknown entity"),
    }
    words.push(&format!("\n\n{}", loading(orm, it.loading)));
    if let (Some(inverse), Some(target)) = (&it.inverse, &it.target) {
        words.push(&format!("\n\nThe way back is `{}.{inverse}`", target.name));
    }
    if it.is_reverse {
        words.push("\n\nDeclared by the other side, as ");
        let place = place::of_class(snapshot, cx.project, &it.declared_in);
        words.place(&format!("`{}.{}`", it.declared_in.name, it.declared_as), place);
    }
    loaders(snapshot, cx, class, name, &mut words);
    Some(words)
}

fn loading(orm: Orm, loading: Loading) -> &'static str {
    match (loading, orm) {
        (Loading::Lazy, Orm::Django) => {
            "Loaded lazily: a query when it is first read, once for each row, unless the queryset says \
             `select_related` or `prefetch_related`"
        }
        (Loading::Lazy, _) => {
            "Loaded lazily: a query when it is first read, once for each row, unless the query loads it eagerly"
        }
        (Loading::Eager, _) => "Loaded eagerly, in the statement that fetches the rows (`joined`)",
        (Loading::Apart, _) => "Loaded eagerly, by one more statement for all rows (`selectin`, `subquery`)",
        (Loading::Immediate, _) => "Loaded at once, with a query for each row (`immediate`)",
        (Loading::Raise, _) => "Reading it raises, unless the query loads it eagerly (`raise`)",
        (Loading::Dynamic, _) => {
            "Reading it gives a query, which runs each time it is walked (`dynamic`, `write_only`)"
        }
        (Loading::Never, _) => "Never loaded (`noload`)",
    }
}

/// The functions whose queries load it.
fn loaders(snapshot: &Snapshot, cx: &Context<'_>, class: &ClassRef, name: &str, words: &mut Words) {
    let db = snapshot.db();
    let schema = model::query::schema(db, cx.project);
    let others = schema.entities.values().filter(|entity| entity.relationship(name).is_some());
    let is_only = others.take(2).count() == 1;
    let mut found: Vec<(String, Place)> = Vec::new();
    for (id, info) in cx.architecture.modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
        for site in flow::eager::sites(db, info.file, &class.name, name, is_only) {
            let Some(place) = place::of_site(snapshot, cx.project, id, site) else { continue };
            found.push((place::in_words(snapshot, cx.project, place), place));
        }
    }
    if found.is_empty() {
        return;
    }
    words.push("\n\nLoaded eagerly at\n");
    for (text, place) in found.iter().take(MAX_LOADERS) {
        words.push("\n- ");
        words.place(&format!("`{text}`"), Some(*place));
    }
    if found.len() > MAX_LOADERS {
        words.push(&format!("\n- and {} more", found.len() - MAX_LOADERS));
    }
}

#[cfg(test)]
mod tests;
