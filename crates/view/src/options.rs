//! Options and levels of rules, in increasing precedence: the rule's default, the presets in their order, `rules`, and
//! the last matching override.

use config::{Config, Level, OptionValue, RuleSettings};

use crate::presets::{self, Preset};
use crate::{Context, OptionDefault, OptionSpec, Rule};

/// The settings of one rule for one file.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    rule: &'static Rule,
    /// The presets, the strongest last.
    presets: Vec<&'static Preset>,
    /// The settings for the rule itself, which take precedence over presets; the strongest last.
    settings: Vec<&'a RuleSettings>,
}

impl<'a> Options<'a> {
    /// The settings of `rule` for the file that `cx` checks.
    pub fn of(cx: &'a Context<'_>, rule: &'static Rule) -> Self {
        let config = &*cx.config;
        let path = cx.path_in_config();
        let for_paths = config
            .overrides
            .iter()
            .filter(|entry| entry.paths.iter().any(|pattern| pattern.matches(path.as_str())))
            .filter_map(|entry| entry.rules.get(rule.id));
        Self {
            rule,
            presets: presets::chosen(config).collect(),
            settings: config.rules.get(rule.id).into_iter().chain(for_paths).collect(),
        }
    }

    /// The level set for the rule or by a preset, if any.
    pub fn declared_level(&self) -> Option<Level> {
        let for_rule = self.settings.iter().rev().find_map(|settings| settings.level);
        for_rule.or_else(|| self.presets.iter().rev().find_map(|preset| preset.level(self.rule)))
    }

    /// The configured level, or the rule's own.
    pub fn level(&self) -> Level {
        self.declared_level().unwrap_or(self.rule.level)
    }

    /// A boolean.
    pub fn bool(&self, name: &str) -> bool {
        self.value(name, OptionValue::as_bool)
            .unwrap_or(matches!(self.default(name), Some(OptionDefault::Bool(true))))
    }

    /// An integer.
    pub fn integer(&self, name: &str) -> i64 {
        self.value(name, OptionValue::as_integer).unwrap_or(match self.default(name) {
            Some(OptionDefault::Integer(number)) => number,
            _ => 0,
        })
    }

    /// A string.
    pub fn string(&self, name: &str) -> &'a str {
        self.value(name, |set| set.as_str()).unwrap_or(match self.default(name) {
            Some(OptionDefault::String(text)) => text,
            _ => "",
        })
    }

    /// A list of strings. A configured list replaces the default.
    pub fn strings(&self, name: &str) -> Vec<&'a str> {
        self.value(name, |set| set.as_array())
            .map(|list| list.iter().filter_map(|item| item.as_str()).collect())
            .unwrap_or(match self.default(name) {
                Some(OptionDefault::Strings(list)) => list.to_vec(),
                _ => Vec::new(),
            })
    }

    /// Whether the option was set, for the rule or by a preset.
    pub fn is_set(&self, name: &str) -> bool {
        self.settings.iter().any(|settings| settings.options.contains_key(name))
            || self.by_preset(name).is_some()
    }

    /// The value if nothing is set for the rule itself: the strongest preset's, or the rule's own.
    fn default(&self, name: &str) -> Option<OptionDefault> {
        let spec = self.rule.option(name);
        debug_assert!(spec.is_some(), "{} has no option {name}", self.rule.id);
        self.by_preset(name).or_else(|| spec.map(|spec| spec.default))
    }

    fn by_preset(&self, name: &str) -> Option<OptionDefault> {
        self.presets.iter().rev().find_map(|preset| preset.option(self.rule, name))
    }

    /// The strongest value of the right type; one of another type is a problem of the configuration and is ignored.
    fn value<T>(&self, name: &str, read: impl Fn(&'a OptionValue) -> Option<T>) -> Option<T> {
        self.settings.iter().rev().find_map(|settings| read(&settings.options.get(name)?.0))
    }
}

/// Where the level of a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelSource {
    /// The rule's own default.
    Rule,
    /// A preset that the configuration names.
    Preset(&'static Preset),
    /// The configuration, for the rule itself.
    Configuration,
}

/// The level of `rule` in `config` and where it comes from, for paths without an override.
pub fn level_in(config: &Config, rule: &Rule) -> (Level, LevelSource) {
    if let Some(level) = config.rules.get(rule.id).and_then(|settings| settings.level) {
        return (level, LevelSource::Configuration);
    }
    let by_preset = presets::chosen(config).rev().find_map(|preset| Some((preset, preset.level(rule)?)));
    match by_preset {
        Some((preset, level)) => (level, LevelSource::Preset(preset)),
        None => (rule.level, LevelSource::Rule),
    }
}

impl OptionSpec {
    /// Whether it accepts a value of this type.
    pub fn accepts(&self, value: &OptionValue) -> bool {
        match self.default {
            OptionDefault::Bool(_) => value.is_bool(),
            OptionDefault::Integer(_) => value.is_integer(),
            OptionDefault::String(_) => value.is_str(),
            OptionDefault::Strings(_) => {
                value.as_array().is_some_and(|list| list.iter().all(OptionValue::is_str))
            }
        }
    }

    /// A description of the accepted values.
    pub fn takes(&self) -> &'static str {
        match self.default {
            OptionDefault::Bool(_) => "true or false",
            OptionDefault::Integer(_) => "a whole number",
            OptionDefault::String(_) => "a string",
            OptionDefault::Strings(_) => "a list of strings",
        }
    }

    /// The default as TOML.
    pub fn default_toml(&self) -> String {
        self.default.to_toml()
    }
}

impl OptionDefault {
    /// The value as TOML.
    pub fn to_toml(self) -> String {
        match self {
            OptionDefault::Bool(switch) => switch.to_string(),
            OptionDefault::Integer(number) => number.to_string(),
            OptionDefault::String(text) => format!("\"{text}\""),
            OptionDefault::Strings(list) => {
                let items: Vec<String> = list.iter().map(|item| format!("\"{item}\"")).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }
}
