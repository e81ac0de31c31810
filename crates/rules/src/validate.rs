//! Unknown rules, levels, options and presets in a configuration.

use config::{Config, Level, Origin, Problem, nearest};
use view::Preset;

use crate::{ALL, by_id};

/// Problems of the presets, rule ids, levels and options of a configuration.
pub fn validate(config: &Config) -> Vec<Problem> {
    let (Origin::Own(path) | Origin::Pyproject(path)) = &config.origin else { return Vec::new() };
    let problem = |span, message, suggestion: Option<&str>| Problem {
        path: path.clone(),
        span,
        message,
        level: Level::Error,
        suggestion: suggestion.map(str::to_owned),
    };
    let tables = std::iter::once(&config.rules).chain(config.overrides.iter().map(|entry| &entry.rules));
    let mut problems = Vec::new();
    for (name, span) in config.presets.iter().filter(|(name, _)| Preset::by_name(name).is_none()) {
        let near = nearest(name, Preset::ALL.iter().map(|preset| preset.name));
        let mut message = unknown("preset", name, near);
        if near.is_none() {
            let known: Vec<&str> = Preset::ALL.iter().map(|preset| preset.name).collect();
            message = format!("{message}; known are {}", known.join(", "));
        }
        let quoted = near.map(|near| format!("\"{near}\""));
        problems.push(problem(*span, message, quoted.as_deref()));
    }
    for (id, settings) in tables.flatten() {
        let Some(rule) = by_id(id) else {
            let near = nearest(id, ALL.iter().map(|rule| rule.id));
            problems.push(problem(settings.span, unknown("rule", id, near), near));
            continue;
        };
        for (name, (value, span)) in &settings.options {
            let Some(spec) = rule.option(name) else {
                let near = nearest(name, rule.options.iter().map(|option| option.name));
                problems.push(problem(*span, unknown(&format!("option of {id}"), name, near), near));
                continue;
            };
            if !spec.accepts(value) {
                let message = format!("{id}.{name} takes {}, not {}", spec.takes(), value.type_str());
                problems.push(problem(*span, message, None));
            }
        }
    }
    problems
}

/// `unknown rule "hiden-import", did you mean "hidden-import"?`
pub(crate) fn unknown(what: &str, word: &str, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("unknown {what} \"{word}\", did you mean \"{near}\"?"),
        None => format!("unknown {what} \"{word}\""),
    }
}
