//! Whose code an import of a third party is: the distribution to look for in the project's dependencies.

/// The words about a dotted name of a third party.
pub(super) fn of_third_party(name: &str) -> String {
    format!(
        "`{name}`: third party, distribution `{}`; no code of this project",
        libraries::distribution(name)
    )
}
