//! What a rule is.

use config::Level;
use model::PathRole;

use crate::{Context, Findings};

/// Which family a rule belongs to; the folder it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Directions between layers, contexts and frameworks.
    Layers,
    /// How imports are written.
    Imports,
    /// What reaches the database, how often, and what blocks meanwhile.
    Queries,
    /// Who builds or fetches what a class needs, and where state lives.
    Dependencies,
    /// Ports: who asks for what, and what stands between.
    Interfaces,
    /// Entities and value objects.
    Domain,
    /// How responsibilities are cut into classes and modules.
    Structure,
    /// Who may do what.
    Security,
    /// Ignore comments themselves.
    Ignores,
}

impl Group {
    /// The word used in lists; the name of the folder.
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
    /// Whether some of its findings come with a fix; the examples of its page are held to it.
    pub has_fix: bool,
    /// What presets set for it.
    pub presets: InPresets,
    /// Which files it judges, by what their path says.
    pub judges: &'static [PathRole],
    /// Finds.
    pub check: fn(&Context<'_>, &mut Findings<'_>),
}

impl Rule {
    /// What `judges` holds for nearly every rule: no tests, no migrations, nothing generated.
    pub const CODE: &'static [PathRole] = &[PathRole::Code];
    /// Every file.
    pub const EVERYTHING: &'static [PathRole] =
        &[PathRole::Code, PathRole::Tests, PathRole::Migrations, PathRole::Aside];

    /// The part of the page that users read; what follows is specification.
    pub fn page(&self) -> &'static str {
        self.docs.split("\n## Edge cases").next().unwrap_or_default()
    }

    /// The option called `name`.
    pub fn option(&self, name: &str) -> Option<&'static OptionSpec> {
        self.options.iter().find(|option| option.name == name)
    }
}

/// What presets set for a rule: a level each, or nothing where a preset leaves it alone. `recommended` isn't among them: it
/// is each rule at its own level.
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
    /// Options that presets set: preset, option, value.
    pub options: &'static [(&'static str, &'static str, OptionDefault)],
}

impl InPresets {
    /// Left alone by all of them.
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
    /// Kebab-case key.
    pub name: &'static str,
    /// What holds unless it is set; its kind is the option's kind.
    pub default: OptionDefault,
    /// One line.
    pub summary: &'static str,
}

/// The default of an option, which also says what kind of value it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionDefault {
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A string.
    String(&'static str),
    /// A list of strings.
    Strings(&'static [&'static str]),
}
