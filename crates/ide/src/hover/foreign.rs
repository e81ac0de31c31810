//! Hovers of third-party imports: the distribution to look for in the project's dependencies.

/// The text about a dotted third-party name.
pub(super) fn of_third_party(name: &str) -> String {
    format!(
        "`{name}`: third party, distribution `{}`; no code of this project",
        libraries::distribution(name)
    )
}
