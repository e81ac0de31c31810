//! Presets: named sets of levels and options, as data.
//!
//! A preset is a column of [`TABLE`], and a rule a row of it: a new rule is one line here, and tests fail where a rule
//! has none, or where no preset turns it on. `recommended` has no column: it is each rule at its own level, so it can't
//! drift from the rules. What a preset leaves alone keeps the level that it had. Beneath it stands the page
//! `presets.md`, whose tables are held to this data.

mod table;

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
pub(crate) fn chosen(config: &Config) -> impl DoubleEndedIterator<Item = &'static Preset> {
    config.presets.iter().filter_map(|(name, _)| Preset::by_name(name))
}

#[cfg(test)]
mod tests {
    use super::table::TABLE;
    use super::*;
    use crate::{ALL, by_id};

    #[test]
    fn each_rule_has_a_row_and_a_preset_that_turns_it_on() {
        let ids: Vec<&str> = TABLE.iter().map(|row| row.id).collect();
        assert_eq!(
            ids,
            ALL.iter().map(|rule| rule.id).collect::<Vec<_>>(),
            "presets/table.rs has a row a rule"
        );
        for rule in ALL {
            let is_on = |preset: &Preset| preset.level(rule).is_some_and(|level| level != Level::Off);
            assert!(Preset::ALL.iter().any(is_on), "no preset turns {} on", rule.id);
        }
    }

    #[test]
    fn options_of_presets_are_options_of_rules() {
        for (preset, rule, name, value) in OPTIONS {
            assert!(Preset::by_name(preset).is_some(), "{preset}");
            let Some(rule) = by_id(rule) else { panic!("{preset} sets {name} of {rule}, which is no rule") };
            let spec = rule.option(name).map(|spec| std::mem::discriminant(&spec.default));
            assert_eq!(spec, Some(std::mem::discriminant(value)), "{preset}: {}.{name}", rule.id);
        }
    }

    #[test]
    fn recommended_is_what_holds_without_configuration() {
        for rule in ALL {
            assert_eq!(Preset::ALL[0].level(rule), Some(rule.level), "{}", rule.id);
        }
    }

    /// A preset turns a rule off, or up; one that quietly told it lower would hide what its user asked for. Imports inside
    /// functions are how apps of Django get out of each other's way.
    #[test]
    fn presets_turn_rules_off_or_up() {
        let mut down = Vec::new();
        for (preset, rule) in Preset::ALL.iter().flat_map(|preset| ALL.iter().map(move |rule| (preset, rule)))
        {
            if preset.level(rule).is_some_and(|level| level != Level::Off && level < rule.level) {
                down.push((preset.name, rule.id));
            }
        }
        assert_eq!(down, [("django", "hidden-import")]);
    }

    #[test]
    fn strict_turns_nothing_off() {
        let strict = Preset::by_name("strict").expect("there is one");
        let off = ALL.iter().filter(|rule| strict.level(rule) == Some(Level::Off));
        assert_eq!(off.map(|rule| rule.id).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
