//! Levels and options of rules, as written. Whether a rule exists is checked where the rules are known.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::RuleSettings;
use crate::problem::Problems;
use crate::reader::Text;
use crate::tree::{Entry, Table, Value};
use crate::word::level;

/// Reads `rule-id = "level"` and `[rules.rule-id]`. Ids and option names may be written in `snake_case`, and are
/// converted to kebab-case.
pub(super) fn read(table: &Table, problems: &Problems) -> BTreeMap<SmolStr, RuleSettings> {
    let mut rules = BTreeMap::new();
    for entry in &table.entries {
        if rules.insert(kebab(&entry.key), settings(entry, problems)).is_some() {
            problems.error(entry.key_span, format!("`{}` is set twice", entry.key));
        }
    }
    rules
}

fn settings(entry: &Entry, problems: &Problems) -> RuleSettings {
    let mut settings = RuleSettings { span: entry.key_span, ..RuleSettings::default() };
    match &entry.node.value {
        Value::String(word) => settings.level = level(Text { text: word, span: entry.node.span }, problems),
        Value::Table(table) => {
            for Entry { key, key_span, node } in &table.entries {
                match (key.as_str(), &node.value) {
                    ("level", Value::String(word)) => {
                        settings.level = level(Text { text: word, span: node.span }, problems);
                    }
                    ("level", other) => {
                        problems.error(node.span, format!("expected a level, found {}", other.kind()));
                    }
                    (name, value) => {
                        settings.options.insert(kebab(name), (value.plain(), *key_span));
                    }
                }
            }
        }
        other => {
            let message = format!("expected a level or a table with options, found {}", other.kind());
            problems.error(entry.node.span, message);
        }
    }
    settings
}

fn kebab(key: &str) -> SmolStr {
    key.replace('_', "-").into()
}
