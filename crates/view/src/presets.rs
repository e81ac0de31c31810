//! Presets: named sets of levels and options, as data.
//!
//! A preset is a column of [`TABLE`], and a rule a row of it: a new rule is one line here, and tests fail where a rule
//! has none, or where no preset turns it on. `recommended` has no column: it is each rule at its own level, so it can't
//! drift from the rules. What a preset leaves alone keeps the level that it had. Beneath it stands the page
//! `presets.md`, whose tables are held to this data.

pub mod table;

use config::{Config, Level};

use crate::{OptionDefault, Rule};
use table::OPTIONS;

/// The page on presets: what each is for, with the table of levels.
pub const PAGE: &str = include_str!("presets.md");

/// A named set of levels and options.
#[derive(Debug, PartialEq, Eq)]
pub struct Preset {
    /// As written in a configuration.
    pub name: &'static str,
    /// One line for lists.
    pub summary: &'static str,
    column: Option<usize>,
}

impl Preset {
    /// All presets, in the order of documents.
    pub const ALL: &'static [Preset] = &[
        preset("recommended", "what holds without configuration: each rule at its own level", None),
        preset("strict", "every rule that is a matter of being right and not of taste", Some(0)),
        preset(
            "layered",
            "routes over services over repositories over models; the services may use them",
            Some(1),
        ),
        preset(
            "clean",
            "imports point to the domain, which is free of frameworks and of the database",
            Some(2),
        ),
        preset(
            "hexagonal",
            "as `clean`, with ports that the application owns and adapters that fit them",
            Some(3),
        ),
        preset("fastapi", "what hurts in an asynchronous web service", Some(4)),
        preset("django", "what hurts in a Django project, without what its own style asks for", Some(5)),
    ];

    /// The preset called `name`.
    pub fn by_name(name: &str) -> Option<&'static Preset> {
        Self::ALL.iter().find(|preset| preset.name == name)
    }

    /// The level it sets for `rule`, if it sets one.
    pub fn level(&self, rule: &Rule) -> Option<Level> {
        match self.column {
            None => Some(rule.level),
            Some(column) => table::row(rule.id)?.levels[column],
        }
    }

    /// The option of `rule` called `name`, if it sets it.
    pub fn option(&self, rule: &Rule, name: &str) -> Option<OptionDefault> {
        self.options().find(|(id, option, _)| *id == rule.id && *option == name).map(|(_, _, value)| value)
    }

    /// All options it sets: rule, name, value.
    pub fn options(&self) -> impl Iterator<Item = (&'static str, &'static str, OptionDefault)> {
        let of_this = OPTIONS.iter().filter(|(preset, ..)| *preset == self.name);
        of_this.map(|(_, rule, name, value)| (*rule, *name, *value))
    }
}

const fn preset(name: &'static str, summary: &'static str, column: Option<usize>) -> Preset {
    Preset { name, summary, column }
}

/// Whether some findings of `rule` come with a fix.
pub fn has_fix(rule: &Rule) -> bool {
    table::row(rule.id).is_some_and(|row| row.has_fix)
}

/// The presets that a configuration names, in its order. Unknown names are left out; `validate` tells of them.
pub fn chosen(config: &Config) -> impl DoubleEndedIterator<Item = &'static Preset> {
    config.presets.iter().filter_map(|(name, _)| Preset::by_name(name))
}
