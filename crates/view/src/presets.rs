//! Presets: named sets of levels and options, as data.
//!
//! Each rule declares what presets set for it ([`InPresets`]), so that a new rule comes with its levels; tests fail if
//! no preset enables a rule. `recommended` is each rule at its own level, so it can't diverge from the rules. A preset
//! leaves the levels that it doesn't set unchanged. The page `presets.md` contains generated tables.

use config::{Config, Level};

use crate::{InPresets, OptionDefault, Rule};

/// The documentation page of the presets: the purpose of each, with the table of levels.
pub const PAGE: &str = include_str!("presets.md");

/// A named set of levels and options.
#[derive(Debug)]
pub struct Preset {
    /// The name, as written in a configuration.
    pub name: &'static str,
    /// A one-line description for lists.
    pub summary: &'static str,
    /// The level that it sets for a rule; `None` for `recommended`, which uses the rules' own levels.
    level: Option<fn(&InPresets) -> Option<Level>>,
}

impl Preset {
    /// All presets, in documentation order.
    pub const ALL: &'static [Preset] = &[
        preset("recommended", "the default without configuration: each rule at its own level", None),
        preset(
            "strict",
            "every rule that is a matter of correctness rather than taste",
            Some(|set| set.strict),
        ),
        preset(
            "layered",
            "routes over services over repositories over models; services may use concrete repositories",
            Some(|set| set.layered),
        ),
        preset(
            "clean",
            "imports point to the domain, which is free of frameworks and the database",
            Some(|set| set.clean),
        ),
        preset(
            "hexagonal",
            "as `clean`, with ports that the application owns and adapters that match them",
            Some(|set| set.hexagonal),
        ),
        preset("fastapi", "problems of an asynchronous web service", Some(|set| set.fastapi)),
        preset(
            "django",
            "problems of a Django project, except for what Django's own style requires",
            Some(|set| set.django),
        ),
    ];

    /// The preset called `name`.
    pub fn by_name(name: &str) -> Option<&'static Preset> {
        Self::ALL.iter().find(|preset| preset.name == name)
    }

    /// The level that it sets for `rule`, if it sets one.
    pub fn level(&self, rule: &Rule) -> Option<Level> {
        match self.level {
            None => Some(rule.level),
            Some(set) => set(&rule.presets),
        }
    }

    /// The option of `rule` called `name`, if it sets it.
    pub fn option(&self, rule: &Rule, name: &str) -> Option<OptionDefault> {
        self.options(rule).find(|(option, _)| *option == name).map(|(_, value)| value)
    }

    /// The options of `rule` that it sets, with their values.
    pub fn options(&self, rule: &Rule) -> impl Iterator<Item = (&'static str, OptionDefault)> {
        let of_this = rule.presets.options.iter().filter(|(preset, ..)| *preset == self.name);
        of_this.map(|(_, name, value)| (*name, *value))
    }
}

// Two presets with the same name are equal: levels are set by functions, which can't be compared.
impl PartialEq for Preset {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Preset {}

const fn preset(
    name: &'static str,
    summary: &'static str,
    level: Option<fn(&InPresets) -> Option<Level>>,
) -> Preset {
    Preset { name, summary, level }
}

/// The presets that a configuration names, in order. Unknown names are skipped; `validate` reports them.
pub fn chosen(config: &Config) -> impl DoubleEndedIterator<Item = &'static Preset> {
    config.presets.iter().filter_map(|(name, _)| Preset::by_name(name))
}
