//! Canonical names for library objects that are available under several names.

use python::Name;

/// The canonical name for the full name of something outside the project: `sqlalchemy.select` for
/// `sqlalchemy.future.select`.
pub fn canonical(full: &str) -> Name {
    match libraries::canonical(full) {
        Some((module, Some(name))) => super::join(module, name),
        Some((name, None)) => Name::new_static(name),
        None => full.into(),
    }
}
