//! How a dependency can be removed, depending on the importer's use of it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::facts::{Facts, Pair, Role, Used, What};

/// A method, the easiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Nothing of it is used.
    Unused,
    /// The imported module only hands it on to the package that defines it.
    Direct,
    /// Only annotations need it.
    Types,
    /// A background task is started, and its result isn't used.
    Event,
    /// The definition belongs further inside, where the importer is: constants, errors, bases.
    Down,
    /// The importer's callee is injected.
    Port,
}

impl Way {
    /// Whether the imported module changes too.
    pub fn changes_the_imported(self) -> bool {
        matches!(self, Self::Down | Self::Event)
    }

    /// Its relative difficulty.
    pub fn cost(self) -> u32 {
        match self {
            Self::Unused | Self::Direct | Self::Types => 2,
            Self::Event => 3,
            Self::Down => 4,
            Self::Port => 5,
        }
    }
}

/// The names that an importer uses, by the method that removes each.
pub(crate) fn ways(facts: &Facts, pair: Pair) -> BTreeMap<Way, Vec<&Used>> {
    let mut found: BTreeMap<Way, Vec<&Used>> = BTreeMap::new();
    for used in facts.uses.get(&pair).into_iter().flatten() {
        found.entry(way(facts, pair, used)).or_default().push(used);
    }
    found
}

/// The hardest of them; nothing used is the easiest.
pub(crate) fn hardest(facts: &Facts, pair: Pair) -> Way {
    ways(facts, pair).into_keys().next_back().unwrap_or(Way::Unused)
}

fn way(facts: &Facts, (from, to): Pair, used: &Used) -> Way {
    let module = |index: u32| facts.modules.get(index as usize);
    let only = |allowed: &[Role]| used.roles.iter().all(|role| allowed.contains(role));
    if used.roles.is_empty() {
        return Way::Unused;
    }
    if used.origin.is_some_and(|origin| is_at_home(facts, from, origin)) {
        return Way::Direct;
    }
    if only(&[Role::Annotation]) && !module(from).is_some_and(|module| module.reads_annotations) {
        return Way::Types;
    }
    if only(&[Role::Annotation, Role::Member]) && module(to).is_some_and(|module| module.has_tasks) {
        return Way::Event;
    }
    let is_constant = used.what == What::Variable
        && used.name.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit() || letter == '_');
    let belongs_inside = [Role::Base, Role::Load, Role::Error].iter().any(|role| used.roles.contains(role));
    if used.what != What::Table && (belongs_inside || is_constant || used.what == What::Data) {
        return Way::Down;
    }
    Way::Port
}

/// Whether a module is in the package of another.
fn is_at_home(facts: &Facts, module: u32, other: u32) -> bool {
    let modules = &facts.architecture.modules;
    let (Some(module), Some(other)) = (modules.get(module as usize), modules.get(other as usize)) else {
        return false;
    };
    let home = if module.is_package { Some(module.name.as_str()) } else { package(&module.name) };
    home.is_some_and(|home| other.name.strip_prefix(home).is_some_and(|rest| rest.starts_with('.')))
}

/// The package of a module; `None` if it is in none.
fn package(module: &str) -> Option<&str> {
    module.rsplit_once('.').map(|(package, _)| package)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn used(name: &str, roles: &[Role]) -> Used {
        let roles = roles.iter().copied().collect();
        Used { name: name.to_owned(), roles, what: What::Unknown, origin: None }
    }

    #[test]
    fn what_is_done_with_a_name_says_how_it_goes() {
        let mut facts = fixture::facts("shop.a -> shop.b", "layered");
        let table: [(Used, Way); 11] = [
            (used("Order", &[]), Way::Unused),
            (used("Order", &[Role::Annotation]), Way::Types),
            (used("Order", &[Role::Annotation, Role::Call]), Way::Port),
            (used("Missing", &[Role::Error]), Way::Down),
            (used("Base", &[Role::Base]), Way::Down),
            (Used { what: What::Variable, ..used("LIMIT", &[Role::Value]) }, Way::Down),
            (used("LIMIT", &[Role::Value]), Way::Port),
            (Used { what: What::Variable, ..used("limit", &[Role::Value]) }, Way::Port),
            (used("send", &[Role::Member]), Way::Port),
            (Used { what: What::Data, ..used("Size", &[Role::Value]) }, Way::Down),
            (Used { what: What::Table, ..used("Order", &[Role::Base]) }, Way::Port),
        ];
        for (used, expected) in table {
            let shown = format!("{used:?}");
            facts.uses = [((0, 1), vec![used])].into();
            assert_eq!(hardest(&facts, (0, 1)), expected, "{shown}");
        }
        facts.modules[1].has_tasks = true;
        facts.uses = [((0, 1), vec![used("send", &[Role::Member])])].into();
        assert_eq!(hardest(&facts, (0, 1)), Way::Event, "a task that is only started");
        facts.modules[0].reads_annotations = true;
        facts.uses = [((0, 1), vec![used("Order", &[Role::Annotation])])].into();
        assert_eq!(
            hardest(&facts, (0, 1)),
            Way::Event,
            "annotations are read at run time: never for types alone"
        );
    }
}
