//! Uses through the module: `orders.Order`, and `setattr(orders, "Order", ...)`.

use python::{Arg, Expr, ImportId, ImportKind, Literal, Name, NameUse, Scope};
use source::{Span, TextEdit};
use view::ImportView;

use super::importers::{Follower, below};
use crate::bindings;
use crate::moves::after::Own;
use crate::moves::chain::{self, Chain};
use crate::moves::files::has_word;
use crate::moves::{Refusal, relative};
use crate::statement::Statement;

/// Redirects uses through the old module to the new one.
pub(super) fn follow(follower: &mut Follower<'_, '_, '_>) -> Result<(), Refusal> {
    let cx = follower.edited.cx.clone();
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut emptied: Vec<Name> = Vec::new();
    let mut added: Vec<(Scope, String)> = Vec::new();
    for view in cx.imports() {
        let Some(start) = chain::bound(&cx, &view) else { continue };
        let uses: Vec<&NameUse> = cx.module.uses.iter().filter(|it| it.import == view.id).collect();
        let hits: Vec<Hit> = uses.iter().filter_map(|it| hit(follower, &view, &start, it)).collect();
        if hits.is_empty() {
            continue;
        }
        if hits.len() == uses.len() {
            emptied.extend(view.import.bound_name().map(Name::from));
        }
        let module = if follower.is_home() {
            None
        } else {
            Some(expression(follower, &view, &start, &mut added, &mut edits)?)
        };
        for hit in hits {
            let insert = match (&module, hit.name) {
                (Some(module), Some(name)) => format!("{module}.{name}"),
                (Some(module), None) => module.clone(),
                (None, Some(name)) => name.to_string(),
                (None, None) => {
                    return Err(Refusal::new(format!(
                        "{} sets it through {}, where it no longer is",
                        cx.own_name(),
                        follower.it.source.own_name()
                    )));
                }
            };
            edits.push(TextEdit { span: hit.span, insert });
        }
    }
    if edits.is_empty() {
        return Ok(());
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits.dedup();
    follower.apply(&edits)?;
    for name in emptied {
        drop_module(follower, &name)?;
    }
    Ok(())
}

/// A position that follows.
struct Hit {
    /// The span to replace.
    span: Span,
    /// The name after the module; `None` if the module is used by itself.
    name: Option<Name>,
}

fn hit(follower: &Follower<'_, '_, '_>, view: &ImportView<'_>, start: &Chain, used: &NameUse) -> Option<Hit> {
    let cx = &follower.edited.cx;
    let reached = chain::follow(cx, start, &used.attributes);
    if reached.id != Some(follower.it.source.id) {
        return None;
    }
    let head = view.import.bound_name()?;
    let segments: Vec<&str> = used.attributes.split('.').filter(|it| !it.is_empty()).collect();
    let module: String = std::iter::once(head)
        .chain(segments[..reached.segments].iter().copied())
        .collect::<Vec<_>>()
        .join(".");
    let written = cx.text.slice(used.span);
    if let Some(name) = segments.get(reached.segments) {
        let text = format!("{module}.{name}");
        let follows = follower.it.goes(name) || follower.left.dropped.iter().any(|it| it == name);
        let fits = follows && written.starts_with(&text);
        let span = Span::new(used.span.start, used.span.start + text.len() as u32);
        return fits.then(|| Hit { span, name: Some((*name).into()) });
    }
    // `monkeypatch.setattr(orders, "Order", fake)` refers to the module in which code looks the name up.
    let name = named_beside(follower, used.span)?;
    let moves = follower.it.goes(&name) && !follower.left.kept.contains(&name)
        || follower.left.dropped.contains(&name)
        || follower.left.looked_up.contains(&name);
    (moves && written == module).then_some(Hit { span: used.span, name: None })
}

/// The string that follows an argument: `"Order"` in `setattr(orders, "Order")`.
fn named_beside(follower: &Follower<'_, '_, '_>, span: Span) -> Option<Name> {
    let module = &follower.edited.cx.module;
    module.bodies.list.iter().zip(&module.spans.bodies).find_map(|(body, spans)| {
        body.exprs.list.iter().find_map(|expr| {
            let Expr::Call { args, .. } = expr else { return None };
            let [Arg::Positional(first), Arg::Positional(second), ..] = &**args else { return None };
            let Expr::Literal(Literal::Str(name)) = &body[*second] else { return None };
            (spans.exprs.get(first.0 as usize) == Some(&span)).then(|| name.clone())
        })
    })
}

/// The expression for the new module in place of an import of the old one; the import that it needs is added.
fn expression(
    follower: &Follower<'_, '_, '_>,
    view: &ImportView<'_>,
    start: &Chain,
    added: &mut Vec<(Scope, String)>,
    edits: &mut Vec<TextEdit>,
) -> Result<String, Refusal> {
    let cx = &follower.edited.cx;
    let refusal = || Refusal::new(format!("an import in {} can't be changed", cx.own_name()));
    let statement = Statement::of(cx, view.id).ok_or_else(refusal)?;
    if view.import.kind == ImportKind::Module && view.import.alias.is_none() {
        let home = follower.home_as(&view.import.module);
        let is_there = cx.imports().any(|other| {
            other.import.kind == ImportKind::Module
                && other.import.alias.is_none()
                && other.import.module == home.as_str()
                && other.import.context.scope == view.import.context.scope
        });
        let scope = view.import.context.scope;
        if !is_there && !added.contains(&(scope, home.clone())) {
            added.push((scope, home.clone()));
            edits.push(below(&statement, &format!("import {home}")));
        }
        return Ok(home);
    }
    let known = cx.imports().find(|other| {
        let reached = chain::bound(cx, other)
            .filter(|_| other.import.kind == ImportKind::From || other.import.alias.is_some());
        reached.is_some_and(|reached| reached.id.is_some() && reached.id == follower.it.home.id)
            && other.import.context.scope == view.import.context.scope
    });
    if let Some(name) = known.and_then(|other| other.import.bound_name().map(str::to_owned)) {
        return Ok(name);
    }
    let home = follower.home_as(&start.module);
    let (package, name) = home.rsplit_once('.').unwrap_or(("", &home));
    let scope = view.import.context.scope;
    if added.contains(&(scope, name.to_owned())) {
        return Ok(name.to_owned());
    }
    if has_word(cx.text.as_str(), name) || bindings::is_builtin_name(name) {
        return Err(Refusal::new(format!("`{name}` means something else in {}", cx.own_name())));
    }
    let own = Own::of(cx.info());
    let text = if package.is_empty() {
        format!("import {name}")
    } else {
        format!("from {} import {name}", relative::written(&own, package, view.import.level > 0))
    };
    added.push((scope, name.to_owned()));
    edits.push(below(&statement, &text));
    Ok(name.to_owned())
}

/// Removes imports of the old module that are no longer used.
fn drop_module(follower: &mut Follower<'_, '_, '_>, name: &str) -> Result<(), Refusal> {
    let local = |follower: &Follower<'_, '_, '_>| -> Option<ImportId> {
        let cx = &follower.edited.cx;
        cx.imports()
            .find(|view| {
                view.import.bound_name() == Some(name)
                    && view.import.context.function.is_some()
                    && chain::bound(cx, view).is_some_and(|it| it.id == Some(follower.it.source.id))
                    && !cx.module.uses.iter().any(|used| used.import == view.id)
            })
            .map(|view| view.id)
    };
    while let Some(id) = local(follower) {
        let cx = follower.edited.cx.clone();
        let edits = Statement::of(&cx, id)
            .and_then(|statement| statement.without(&[id]))
            .ok_or_else(|| Refusal::new(format!("an import in {} can't be taken out", cx.own_name())))?;
        follower.apply(&edits)?;
    }
    follower
        .edited
        .drop_unused(name)
        .ok_or_else(|| Refusal::new(format!("the import of `{name}` can't be taken out")))
}
