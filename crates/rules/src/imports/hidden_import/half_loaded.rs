//! Libraries that a move would leave half loaded: while loading, they look a module up by a name in the settings.

use flow::import_time::{Step, Table};
use view::Context;

use super::verdict::{Verdict, review};

/// The verdict where a library loads the module by a name in the settings, and would itself still be loading.
pub(super) fn verdict(cx: &Context<'_>, table: &Table, loads: &[Step]) -> Option<Verdict> {
    let looked_up = flow::query::looked_up(cx.db, cx.project);
    let (mut starts, mut outside) = (Vec::new(), Vec::new());
    for step in loads {
        match step {
            Step::Load { module, .. } => starts.push(*module),
            Step::Outside { name, .. } => outside.push(name.clone()),
            Step::Reads { .. } | Step::SideEffect(_) => {}
        }
    }
    let half = looked_up.half_loaded(&cx.architecture.modules, table, cx.id, &starts, &outside)?;
    let named = format!(
        "`{}`, which `{}` names",
        cx.module_name(half.lookup.named),
        cx.module_name(half.lookup.settings)
    );
    Some(if half.is_sure {
        Verdict::Wrong(format!("`{}` would be imported while it is loading {named}", half.name))
    } else {
        review(format!("`{}` may be imported while a library is loading {named}", half.name))
    })
}
