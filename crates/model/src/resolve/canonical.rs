//! One name for what libraries offer under several.

use python::Name;

/// The name used here for the full name of something outside of the project: `sqlalchemy.select` for
/// `sqlalchemy.future.select`.
pub fn canonical(full: &str) -> Name {
    match libraries::canonical(full) {
        Some((module, Some(name))) => super::join(module, name),
        Some((name, None)) => Name::new_static(name),
        None => full.into(),
    }
}
