//! The meaning of a configuration key, determined by the keys that lead to it.

use config::document::Entry;
use config::schema::{self, ContractType, Key, Takes};
use config::{Layer, Level};
use view::{OptionSpec, Rule};

/// The meaning of a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    /// A key of the configuration, an override or a contract.
    Key(&'static Key),
    /// `type` of a contract whose type is known, or a contract as a whole.
    Contract(&'static ContractType),
    /// The list of a layer in the table `layers`.
    Layer(Layer),
    /// A rule in a table `rules`.
    Rule(&'static Rule),
    /// `level` in the table of a rule.
    RuleLevel,
    /// An option of a rule.
    Option(&'static OptionSpec),
}

/// The meaning of the last key of `path`. `siblings` are the entries of the table that contains it.
pub(super) fn of(path: &[String], siblings: &[Entry<'_>]) -> Option<Meaning> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.as_slice() {
        [name] => find(schema::CONFIGURATION, name),
        ["layers", name] => Layer::ALL.into_iter().find(|layer| layer.as_str() == *name).map(Meaning::Layer),
        ["overrides", name] => find(schema::OVERRIDE, name),
        ["rules", rest @ ..] | ["overrides", "rules", rest @ ..] => of_rule(rest),
        ["contracts", table, name] if below(table).is_some() => find(below(table)?, name),
        ["contracts", name] => {
            let kind = contract_type(siblings);
            if let (Some(kind), "type") = (kind, *name) {
                return Some(Meaning::Contract(kind));
            }
            let own = kind.into_iter().chain(schema::CONTRACT_TYPES);
            find(schema::CONTRACT, name).or_else(|| own.into_iter().find_map(|kind| find(kind.keys, name)))
        }
        _ => None,
    }
}

/// The keys of a table inside a contract.
fn below(table: &str) -> Option<&'static [Key]> {
    let of_modules = ContractType::by_name("modules")?.keys;
    match of_modules.iter().find(|key| key.name == table)?.takes {
        Takes::DeclaredModules => Some(schema::MODULE),
        Takes::Interfaces => Some(schema::INTERFACE),
        Takes::External => Some(schema::EXTERNAL),
        Takes::ModuleLayers => Some(schema::MODULE_LAYER),
        _ => None,
    }
}

fn of_rule(path: &[&str]) -> Option<Meaning> {
    match path {
        [id] => rules::by_id(id).map(Meaning::Rule),
        [_, "level"] => Some(Meaning::RuleLevel),
        [id, option] => rules::by_id(id)?.option(option).map(Meaning::Option),
        _ => None,
    }
}

fn find(keys: &'static [Key], name: &str) -> Option<Meaning> {
    keys.iter().find(|key| key.name == name).map(Meaning::Key)
}

/// The type of the contract whose entries these are.
pub(super) fn contract_type(entries: &[Entry<'_>]) -> Option<&'static ContractType> {
    ContractType::by_name(Entry::find(entries, "type")?.as_text()?)
}

/// The keys that are valid in the table at `path`; empty if the table isn't ours.
pub(super) fn keys_of(path: &[String], siblings: &[Entry<'_>]) -> Vec<(&'static str, Meaning)> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let of_keys = |keys: &'static [Key]| keys.iter().map(|key| (key.name, Meaning::Key(key)));
    match path.as_slice() {
        [] => of_keys(schema::CONFIGURATION).collect(),
        ["layers"] => Layer::ALL.map(|layer| (layer.as_str(), Meaning::Layer(layer))).into(),
        ["rules"] | ["overrides", "rules"] => {
            rules::ALL.iter().map(|rule| (rule.id, Meaning::Rule(rule))).collect()
        }
        ["rules", id] | ["overrides", "rules", id] => {
            let Some(rule) = rules::by_id(id) else { return Vec::new() };
            let options = rule.options.iter().map(|spec| (spec.name, Meaning::Option(spec)));
            std::iter::once(("level", Meaning::RuleLevel)).chain(options).collect()
        }
        ["overrides"] => of_keys(schema::OVERRIDE).collect(),
        ["contracts", table] => below(table).map(|keys| of_keys(keys).collect()).unwrap_or_default(),
        ["contracts"] => {
            let mut keys: Vec<_> = of_keys(schema::CONTRACT).collect();
            let kinds = match contract_type(siblings) {
                Some(kind) => std::slice::from_ref(kind),
                None => schema::CONTRACT_TYPES,
            };
            for key in kinds.iter().flat_map(|kind| kind.keys) {
                if keys.iter().all(|(name, _)| *name != key.name) {
                    keys.push((key.name, Meaning::Key(key)));
                }
            }
            keys
        }
        _ => Vec::new(),
    }
}

impl Meaning {
    /// One line: from the schema, or the summary of a rule or option.
    pub(super) fn summary(self) -> &'static str {
        match self {
            Meaning::Key(key) => key.summary,
            Meaning::Contract(kind) => kind.summary,
            Meaning::Layer(layer) => layer.summary(),
            Meaning::Rule(rule) => rule.summary,
            Meaning::RuleLevel => schema::RULE_LEVEL,
            Meaning::Option(spec) => spec.summary,
        }
    }

    /// The values that it takes, in words.
    pub(super) fn takes(self) -> &'static str {
        match self {
            Meaning::Key(key) => key.takes.words(),
            Meaning::Contract(_) => Takes::ContractType.words(),
            Meaning::Layer(_) => "a list of patterns over modules or paths",
            Meaning::Rule(_) => "a level, or a table of a level and options",
            Meaning::RuleLevel => Takes::Level.words(),
            Meaning::Option(spec) => spec.takes(),
        }
    }
}

/// The names of levels with their meanings.
pub(super) fn levels() -> impl Iterator<Item = (&'static str, &'static str)> {
    Level::ALL.into_iter().rev().map(|level| (level.as_str(), level.summary()))
}
