//! Presets held against the list of rules.

use config::Level;
use view::Preset;
use view::presets::table::{OPTIONS, TABLE};

use crate::{ALL, by_id};

#[test]
fn each_rule_has_a_row_and_a_preset_that_turns_it_on() {
    let ids: Vec<&str> = TABLE.iter().map(|row| row.id).collect();
    assert_eq!(ids, ALL.iter().map(|rule| rule.id).collect::<Vec<_>>(), "presets/table.rs has a row a rule");
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
    for (preset, rule) in Preset::ALL.iter().flat_map(|preset| ALL.iter().map(move |rule| (preset, rule))) {
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
