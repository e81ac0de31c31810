//! The description of a rule.

use config::Level;
use model::PathRole;

use crate::{Context, Findings};

/// The family of a rule, which is also its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Directions of imports between layers, contexts and frameworks.
    Layers,
    /// How imports are written.
    Imports,
    /// Database access, its frequency, and blocking calls.
    Queries,
    /// Where the dependencies of a class are created or fetched, and where state is kept.
    Dependencies,
    /// Ports, their consumers, and their adapters.
    Interfaces,
    /// Entities and value objects.
    Domain,
    /// The division of responsibilities between classes and modules.
    Structure,
    /// Access control.
    Security,
    /// Ignore comments themselves.
    Ignores,
}

impl Group {
    /// The name used in lists, which is also the name of the folder.
    pub const fn as_str(self) -> &'static str {
        match self {
            Group::Layers => "layers",
            Group::Imports => "imports",
            Group::Queries => "queries",
            Group::Dependencies => "dependencies",
            Group::Interfaces => "interfaces",
            Group::Domain => "domain",
            Group::Structure => "structure",
            Group::Security => "security",
            Group::Ignores => "ignores",
        }
    }
}

/// A rule: data and one function.
#[derive(Debug)]
pub struct Rule {
    /// The id in kebab-case; reads well after "allow".
    pub id: &'static str,
    /// Its family.
    pub group: Group,
    /// A one-line description for lists.
    pub summary: &'static str,
    /// The default level.
    pub level: Level,
    /// The release that introduced it.
    pub since: &'static str,
    /// The page: documentation and specification.
    pub docs: &'static str,
    /// The options.
    pub options: &'static [OptionSpec],
    /// Whether some of its findings have a fix; the examples of its page are checked against this.
    pub has_fix: bool,
    /// What presets set for it.
    pub presets: InPresets,
    /// The files that it checks, by the roles of their paths.
    pub judges: &'static [PathRole],
    /// The function that finds problems.
    pub check: fn(&Context<'_>, &mut Findings<'_>),
}

impl Rule {
    /// The value of `judges` for nearly every rule: no tests, no migrations, nothing generated.
    pub const CODE: &'static [PathRole] = &[PathRole::Code];
    /// All files.
    pub const EVERYTHING: &'static [PathRole] =
        &[PathRole::Code, PathRole::Tests, PathRole::Migrations, PathRole::Aside];

    /// The part of the page for users; the rest is specification.
    pub fn page(&self) -> &'static str {
        self.docs.split("\n## Edge cases").next().unwrap_or_default()
    }

    /// The option called `name`.
    pub fn option(&self, name: &str) -> Option<&'static OptionSpec> {
        self.options.iter().find(|option| option.name == name)
    }
}

/// The settings of presets for a rule: a level each, or `None` if a preset leaves it unchanged. `recommended` isn't
/// included: it is each rule at its own level.
#[derive(Debug)]
pub struct InPresets {
    /// In `strict`.
    pub strict: Option<Level>,
    /// In `layered`.
    pub layered: Option<Level>,
    /// In `clean`.
    pub clean: Option<Level>,
    /// In `hexagonal`.
    pub hexagonal: Option<Level>,
    /// In `fastapi`.
    pub fastapi: Option<Level>,
    /// In `django`.
    pub django: Option<Level>,
    /// Options set by presets: preset, option, value.
    pub options: &'static [(&'static str, &'static str, OptionDefault)],
}

impl InPresets {
    /// Unchanged by all presets.
    pub const KEEP: Self = Self {
        strict: None,
        layered: None,
        clean: None,
        hexagonal: None,
        fastapi: None,
        django: None,
        options: &[],
    };
}

/// An option of a rule.
#[derive(Debug)]
pub struct OptionSpec {
    /// The key in kebab-case.
    pub name: &'static str,
    /// The default; its type is the option's type.
    pub default: OptionDefault,
    /// A one-line description.
    pub summary: &'static str,
}

/// The default of an option, which also determines the type of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionDefault {
    /// `true` or `false`
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// A string.
    String(&'static str),
    /// A list of strings.
    Strings(&'static [&'static str]),
}
