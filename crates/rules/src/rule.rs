//! What a rule is, and the list of all rules.

use config::Level;

use crate::{Context, Findings};

/// Which family a rule belongs to; the folder it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Directions between layers, contexts and frameworks.
    Layers,
    /// How imports are written.
    Imports,
}

/// A rule: data and one function.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case; reads well after "allow".
    pub id: &'static str,
    /// Its family.
    pub group: Group,
    /// One line for lists.
    pub summary: &'static str,
    /// Unless configured otherwise.
    pub level: Level,
    /// The release it came with.
    pub since: &'static str,
    /// The page: documentation and specification.
    pub docs: &'static str,
    /// What can be set.
    pub options: &'static [OptionSpec],
    /// Finds.
    pub check: fn(&Context<'_>, &mut Findings<'_>),
}

/// An option of a rule.
#[derive(Debug)]
pub struct OptionSpec {
    /// Kebab-case key.
    pub name: &'static str,
    /// `bool`, `integer`, `string`, `strings`.
    pub kind: OptionKind,
    /// The default, as TOML.
    pub default: &'static str,
    /// One line.
    pub summary: &'static str,
}

/// What an option holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// `true` or `false`
    Bool,
    /// A whole number.
    Integer,
    /// A string.
    String,
    /// A list of strings.
    Strings,
}

/// All rules, sorted by id.
pub const ALL: &[&Rule] = &[];

/// The rule called `id`.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}
