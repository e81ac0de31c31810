//! Distributions that a move would require at startup, where today they are required only when the function is called.

mod names;

use model::ModuleId;
use python::Name;
use view::Context;

/// Why a third-party module that a hoisted import would load first may be missing; `None` if all are required already.
pub(super) fn new_distribution(cx: &Context<'_>, outside: &[(ModuleId, Name)]) -> Option<String> {
    let configs = cx.project.configs(cx.db);
    let packaging = configs.packaging_of(cx.file.path(cx.db));
    let optional = crate::query::optional_imports(cx.db, cx.project);
    outside.iter().find_map(|(module, name)| {
        let (by, first) = (cx.module_name(*module), name.split('.').next().unwrap_or_default());
        if model::is_standard(first) {
            return Some(format!("`{by}` imports `{first}`, which some systems don't have"));
        }
        let is_among = |list: &[String]| list.iter().any(|it| names::provides(it, name));
        let reason = format!("`{by}` imports `{first}`, which not every installation has");
        let Some(packaging) = packaging else {
            return optional.contains(first).then_some(reason);
        };
        if is_among(&packaging.required) {
            return None;
        }
        let is_optional = optional.contains(first)
            || is_among(&packaging.optional)
            || packaging.is_complete && packaging.has_extras;
        is_optional.then_some(reason)
    })
}
