//! Forbidden directions of imports between layers, by style.

use config::{Layer, Style};

/// Why a direction is wrong in a style, which determines what else must be known about the two modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Wrong for all modules.
    Always,
    /// Wrong only if the importer is persistence: repositories and ORM models are below the services that use them,
    /// while a plugin or a client may call back.
    FromPersistence,
    /// Wrong only if the imported module is more than persistence: shared code may have its own tables.
    BesidesPersistence,
}

/// Whether and why `from` must not import `to`.
#[expect(clippy::match_same_arms, reason = "one line for each imported layer")]
pub const fn wrong(style: Style, from: Layer, to: Layer) -> Option<Wrong> {
    use Layer::{Application, Domain, Infrastructure, Presentation, Shared};
    let inward = matches!(style, Style::Clean | Style::Hexagonal);
    match (from, to) {
        (Domain | Application | Infrastructure | Shared, Presentation) => Some(Wrong::Always),
        (Domain | Shared, Application) => Some(Wrong::Always),
        (Domain | Application, Infrastructure) if inward => Some(Wrong::Always),
        (Infrastructure, Application) if !inward => Some(Wrong::FromPersistence),
        (Shared, Infrastructure) => Some(Wrong::BesidesPersistence),
        _ => None,
    }
}

/// Whether modules of layer `from` may import those of layer `to`, for statements about layers in general. A direction
/// that is wrong only for some modules counts as wrong here.
pub const fn may_import(style: Style, from: Layer, to: Layer) -> bool {
    wrong(style, from, to).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_point_inward() {
        use Layer::{Application, Composition, Domain, Infrastructure, Presentation, Shared, Tests};
        let table = [
            (Style::Layered, Presentation, Infrastructure, None),
            (Style::Layered, Application, Infrastructure, None),
            (Style::Layered, Application, Presentation, Some(Wrong::Always)),
            (Style::Layered, Infrastructure, Application, Some(Wrong::FromPersistence)),
            (Style::Layered, Domain, Infrastructure, None),
            (Style::Layered, Domain, Application, Some(Wrong::Always)),
            (Style::Modules, Application, Infrastructure, None),
            (Style::Clean, Application, Infrastructure, Some(Wrong::Always)),
            (Style::Clean, Domain, Infrastructure, Some(Wrong::Always)),
            (Style::Clean, Infrastructure, Application, None),
            (Style::Clean, Infrastructure, Domain, None),
            (Style::Hexagonal, Infrastructure, Presentation, Some(Wrong::Always)),
            (Style::Hexagonal, Presentation, Infrastructure, None),
            (Style::Layered, Shared, Application, Some(Wrong::Always)),
            (Style::Layered, Shared, Domain, None),
            (Style::Layered, Shared, Infrastructure, Some(Wrong::BesidesPersistence)),
            (Style::Clean, Composition, Infrastructure, None),
            (Style::Clean, Tests, Infrastructure, None),
            (Style::Clean, Domain, Composition, None),
        ];
        for (style, from, to, expected) in table {
            assert_eq!(wrong(style, from, to), expected, "{style}: {from} -> {to}");
        }
    }

    #[test]
    fn nobody_breaks_a_direction_within_a_layer() {
        for style in [Style::Layered, Style::Clean, Style::Hexagonal, Style::Modules] {
            for layer in Layer::ALL {
                assert_eq!(wrong(style, layer, layer), None, "{style}: {layer}");
            }
        }
    }
}
