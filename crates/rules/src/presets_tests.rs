//! Checks presets against the list of rules.

use config::Level;
use view::Preset;

use crate::ALL;

#[test]
fn some_preset_turns_each_rule_on() {
    for rule in ALL {
        let is_on = |preset: &Preset| preset.level(rule).is_some_and(|level| level != Level::Off);
        assert!(Preset::ALL.iter().any(is_on), "no preset turns {} on", rule.id);
    }
}

#[test]
fn options_of_presets_are_options_of_rules() {
    for rule in ALL {
        for (preset, name, value) in rule.presets.options {
            assert!(Preset::by_name(preset).is_some(), "{}: {preset} is no preset", rule.id);
            let spec = rule.option(name).map(|spec| std::mem::discriminant(&spec.default));
            assert_eq!(spec, Some(std::mem::discriminant(value)), "{preset}: {}.{name}", rule.id);
        }
    }
}

#[test]
fn recommended_is_what_holds_without_configuration() {
    for rule in ALL {
        assert_eq!(Preset::ALL[0].level(rule), Some(rule.level), "{}", rule.id);
    }
}

/// A preset may turn a rule off, or raise its level; silently lowering one would hide what its user configured. Imports
/// inside functions are the usual way to break cycles between Django apps.
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
