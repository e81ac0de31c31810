//! From the description of a fix to its edits: dispatches by kind.

use python::Name;
use view::{Context, Fix, FixKind};

use crate::{
    Abilities, Changes, FileEdit, Refusal, SymbolMove, add_member, await_relationship, bind_parameters,
    depend_on_port, domain_error, fetch, freeze, hoist, implement, import_from, inject, load, make_static,
    move_symbol, move_to_config, protocol, remove_ignore, type_checking,
};

/// The names that a fix binds at module level, each with the absolute name that it refers to. Two fixes that bind one
/// name to different objects must not be applied to the same text: each alone is right, together they aren't.
pub fn names_at_top_level(cx: &Context<'_>, fix: &Fix) -> Vec<(Name, Name)> {
    let import = match &fix.kind {
        FixKind::HoistImport { import, .. } | FixKind::MoveUnderTypeChecking { import, .. } => *import,
        FixKind::ImportFrom { .. }
        | FixKind::MakeStatic { .. }
        | FixKind::BindParameters(_)
        | FixKind::Load { .. }
        | FixKind::Count(_)
        | FixKind::FetchBefore(_)
        | FixKind::LoadInClass { .. }
        | FixKind::AwaitRelationship { .. }
        | FixKind::ExtractProtocol(_)
        | FixKind::DependOnPort { .. }
        | FixKind::DependOnPortEverywhere { .. }
        | FixKind::ImplementMembers { .. }
        | FixKind::AddMember { .. }
        | FixKind::MoveDefinition { .. }
        | FixKind::Freeze(_)
        | FixKind::RaiseDomainError(_)
        | FixKind::InjectCollaborator(_)
        | FixKind::MoveToConfig(_)
        | FixKind::RemoveIgnore { .. } => return Vec::new(),
    };
    let Some(statement) = cx.import(import).map(|view| view.import.statement) else { return Vec::new() };
    cx.imports()
        .filter(|view| view.import.statement == statement)
        .filter_map(|view| Some((view.import.bound_name()?.into(), view.resolved.absolute.clone())))
        .collect()
}

/// The changes of a fix on the current text. `None` if the fix no longer fits.
pub fn changes(cx: &Context<'_>, fix: &Fix, abilities: Abilities) -> Option<Changes> {
    carry_out(cx, &fix.kind, abilities)
}

/// Whether a refactoring applies, judging by the definition alone; cheap.
pub fn is_offered(cx: &Context<'_>, kind: &FixKind) -> bool {
    match kind {
        FixKind::ExtractProtocol(extract) => protocol::is_offered(cx, extract),
        FixKind::DependOnPortEverywhere { class } => {
            !model::query::ports_of(cx.db, cx.project, class.clone()).is_empty()
                && model::query::port(cx.db, cx.project, class.clone()).is_none()
                && !model::query::dependents(cx.db, cx.project, class.clone()).is_empty()
        }
        FixKind::ImplementMembers { class, port, names } => {
            !names.is_empty() || !implement::lacking(cx, class, port).is_empty()
        }
        FixKind::InjectCollaborator(inject) => inject::is_offered(cx, inject),
        FixKind::MoveToConfig(moved) => move_to_config::is_offered(cx, *moved),
        _ => true,
    }
}

/// Whether users may look for a refactoring here, although it may be refused: the class is injected somewhere, or could
/// be.
pub fn may_suggest_itself(cx: &Context<'_>, kind: &FixKind) -> bool {
    match kind {
        FixKind::ExtractProtocol(extract) => protocol::may_suggest_itself(cx, extract),
        other => is_offered(cx, other),
    }
}

/// The changes of a fix or a refactoring on the current text. `None` if it doesn't fit.
pub fn carry_out(cx: &Context<'_>, kind: &FixKind, abilities: Abilities) -> Option<Changes> {
    attempt(cx, kind, abilities).ok()
}

/// The changes of a fix or a refactoring on the current text.
///
/// # Errors
/// Why it can't be carried out.
pub fn attempt(cx: &Context<'_>, kind: &FixKind, abilities: Abilities) -> Result<Changes, Refusal> {
    match kind {
        FixKind::ExtractProtocol(extract) => protocol::changes(cx, extract, abilities),
        FixKind::DependOnPort { class, port, places } => {
            depend_on_port::changes(cx, class, port, places, abilities)
        }
        FixKind::DependOnPortEverywhere { class } => depend_on_port::everywhere(cx, class, abilities),
        FixKind::ImplementMembers { class, port, names } => {
            implement::changes(cx, class, port, names, abilities)
        }
        FixKind::AddMember { port, adapter, name } => add_member::changes(cx, port, adapter, name, abilities),
        FixKind::MoveDefinition { module, name, target } => {
            let file = cx.architecture.modules.get(*module).map(|info| info.file);
            let there = file.and_then(|file| view::query::context(cx.db, cx.project, file));
            let there = there.ok_or_else(|| Refusal::new(format!("the module of {name} is gone")))?;
            move_symbol(&there, SymbolMove { name, target, with_helpers: false }, abilities)
        }
        FixKind::RaiseDomainError(raises) => domain_error::changes(cx, raises, abilities),
        FixKind::InjectCollaborator(inject) => inject::changes(cx, inject, abilities),
        FixKind::MoveToConfig(moved) => move_to_config::changes(cx, *moved, abilities),
        other => others(cx, other).ok_or_else(|| Refusal::new(unfit(other))),
    }
    .map_err(|reason| {
        let needs_a_file = !abilities.create_files && attempt(cx, kind, Abilities::ALL).is_ok();
        if needs_a_file {
            Refusal::new("it needs a new file, which this editor can't create")
        } else {
            reason
        }
    })
}

/// Why one of those that are decided as a whole doesn't fit.
fn unfit(kind: &FixKind) -> &'static str {
    match kind {
        FixKind::HoistImport { .. } | FixKind::ImportFrom { .. } => {
            "a name would mean something else, or a comment among the names would be lost"
        }
        FixKind::MoveUnderTypeChecking { .. } => "something may read the name when the code runs",
        FixKind::Load { .. } | FixKind::LoadInClass { .. } | FixKind::Count(_) => {
            "the query is written in a way that can't be extended"
        }
        FixKind::FetchBefore(_) => "the loop might behave differently with rows that are fetched before it",
        _ => "the code has another shape than this fix can change",
    }
}

/// The changes of those that are decided as a whole.
fn others(cx: &Context<'_>, kind: &FixKind) -> Option<Changes> {
    let edits = match kind {
        FixKind::ExtractProtocol(_)
        | FixKind::DependOnPort { .. }
        | FixKind::DependOnPortEverywhere { .. }
        | FixKind::ImplementMembers { .. }
        | FixKind::AddMember { .. }
        | FixKind::RaiseDomainError(_)
        | FixKind::InjectCollaborator(_)
        | FixKind::MoveToConfig(_)
        | FixKind::MoveDefinition { .. } => return None,
        FixKind::Load { query, loaded, .. } => {
            return load::edits(cx, *query, loaded).map(Changes::from);
        }
        FixKind::LoadInClass { class, site, loaded } => {
            return load::edits_in_class(cx, class.module, *site, loaded).map(Changes::from);
        }
        FixKind::Count(counted) => return load::counted_edits(cx, counted).map(Changes::from),
        FixKind::FetchBefore(fetch) => return fetch::changes(cx, fetch),
        FixKind::AwaitRelationship { site, owner } => await_relationship::edits(cx, *site, owner)?,
        FixKind::HoistImport { import, .. } => hoist::edits(cx, *import)?,
        FixKind::MoveUnderTypeChecking { import, .. } => type_checking::edits(cx, *import)?,
        FixKind::ImportFrom { import, module, name } => import_from::edits(cx, *import, module, name)?,
        FixKind::MakeStatic { import } => make_static::edits(cx, *import)?,
        FixKind::BindParameters(parameters) => bind_parameters::edits(cx, parameters)?,
        FixKind::Freeze(freeze) => freeze::edits(cx, *freeze)?,
        FixKind::RemoveIgnore { directive, rule } => remove_ignore::edits(cx, *directive, rule.as_deref())?,
    };
    Some(FileEdit { file: cx.file, edits }.into())
}

/// The fix, if it fits the current text: rules only offer what can be done.
pub fn that_fits(cx: &Context<'_>, fix: Fix) -> Option<Fix> {
    changes(cx, &fix, Abilities::ALL).is_some().then_some(fix)
}
