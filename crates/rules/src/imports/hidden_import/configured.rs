//! Whether Django's settings are there when an import runs. A program has read them by then; a library is loaded without
//! them too, or while the settings themselves are loaded: what needs them may come along only where something needs them
//! already.

use flow::import_time::{SideEffect, Step, Table};
use model::{ModuleId, Orm};
use rustc_hash::FxHashSet;
use view::Context;

use super::verdict::{Verdict, review};

/// The verdict where one of the modules `new`, which the import would load, needs the settings while it is loaded, and none
/// of those that the module loads today does.
pub(super) fn verdict(
    cx: &Context<'_>,
    table: &Table,
    new: &[ModuleId],
    before: &FxHashSet<ModuleId>,
) -> Option<Verdict> {
    if are_read_first(cx) {
        return None;
    }
    let schema = model::query::schema(cx.db, cx.project);
    let models: FxHashSet<ModuleId> = schema
        .entities
        .iter()
        .filter(|(_, entity)| entity.orm == Orm::Django)
        .map(|(class, _)| class.module)
        .collect();
    let asked = |module: ModuleId, surely: bool| {
        table.steps(module).unwrap_or_default().iter().find_map(|step| match step {
            Step::Outside { name, is_sure } if *is_sure || !surely => libraries::reads_settings(name),
            Step::SideEffect(SideEffect::ReadsSettings(name)) => {
                libraries::is_of(name, SETTINGS).then_some(SETTINGS)
            }
            _ => None,
        })
    };
    let (module, what) = new.iter().find_map(|module| {
        let loaded = asked(*module, false).map(|name| format!("loads `{name}`"));
        let what = loaded.or_else(|| models.contains(module).then(|| "defines models".to_owned()))?;
        Some((*module, what))
    })?;
    if before.iter().any(|it| models.contains(it) || asked(*it, true).is_some()) {
        return None;
    }
    Some(review(format!(
        "`{}` {what}, which needs Django's settings: they may not be configured when this module is imported",
        cx.module_name(module)
    )))
}

/// What gives access to the settings.
const SETTINGS: &str = "django.conf.settings";

/// Whether Django reads the settings before anything loads the module: the project has settings of its own, and neither
/// they nor the packages of its apps load it.
fn are_read_first(cx: &Context<'_>) -> bool {
    let early = flow::query::early(cx.db, cx.project);
    early.has_settings && !early.modules.contains(&cx.id)
}
