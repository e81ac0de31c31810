//! Imports that don't exist yet: the edits that write one.

use python::Name;
use rustc_hash::FxHashSet;
use source::TextEdit;
use view::Context;

use crate::bindings;
use crate::rewrite::{Home, Import as Wanted, import_edits};

/// The names already bound in the module: at its top level, in a function, or built in. `None` if a star import may
/// bind any name.
pub fn bound_names(cx: &Context<'_>) -> Option<FxHashSet<Name>> {
    bindings::bound_names(cx)
}

/// Whether Python binds a name everywhere.
pub fn is_builtin_name(name: &str) -> bool {
    bindings::is_builtin_name(name)
}

/// The edits that import `name` from the project's module `module` at the top level of the module of `cx`, in the
/// position and form of its existing imports. `None` if that is impossible.
pub fn import_name(cx: &Context<'_>, module: &str, name: &str) -> Option<Vec<TextEdit>> {
    import_edits(cx, Wanted { module, name, home: Home::Project })
}
