//! `from a import *`: modules that received a moved name through a star import now import it by name.

use model::Target;
use python::{ImportKind, Name, Scope};
use source::TextEdit;
use view::Context;

use super::importers::{Follower, below};
use super::probe;
use crate::moves::Refusal;
use crate::statement::Statement;

/// Adds imports below the star imports that no longer provide the moved names.
pub(super) fn follow(follower: &mut Follower<'_, '_, '_>) -> Result<(), Refusal> {
    let cx = follower.edited.cx.clone();
    let source = follower.it.source;
    let offered = model::query::exports(cx.db, source.file);
    let mut edits: Vec<TextEdit> = Vec::new();
    for view in cx.imports().filter(|view| view.import.kind == ImportKind::Star) {
        let is_it = matches!(view.resolved.target, Target::Module(id) if id == source.id);
        if !is_it || follower.is_home() || view.import.context.scope != Scope::Module {
            continue;
        }
        let Some(statement) = Statement::of(&cx, view.id) else { continue };
        for name in &follower.it.names {
            if !offered.is_public(name) || follower.left.kept.contains(name) {
                continue;
            }
            let is_used = !probe::uses(cx.text.as_str(), [name.as_str()]).is_empty();
            let is_listed = cx.module.definitions.all.iter().flatten().any(|it| it == name);
            let item: Name = if is_used || is_listed {
                name.clone()
            } else if offers(&cx, name) {
                format!("{name} as {name}").into()
            } else {
                continue;
            };
            edits.push(below(&statement, &format!("from {} import {item}", follower.clause(&view))));
        }
    }
    follower.apply(&edits)
}

/// Whether other modules take a name from a module that has it through a star import.
fn offers(cx: &Context<'_>, name: &str) -> bool {
    cx.info().is_package
        || cx.architecture.modules.iter().any(|(id, info)| {
            id != cx.id
                && model::query::resolved(cx.db, cx.project, info.file).iter().any(|resolved| match &resolved
                    .target
                {
                    Target::Symbol { module, name: taken, .. } => *module == cx.id && taken == name,
                    Target::Module(id) => {
                        *id == cx.id && !model::query::exports(cx.db, info.file).stars.is_empty()
                    }
                    _ => false,
                })
        })
}
