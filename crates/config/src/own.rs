//! Our own table: `architrave.toml`, or `[tool.architrave]` in a `pyproject.toml`.

mod rules;

use std::collections::HashMap;

use smol_str::SmolStr;
use source::Span;

use crate::contract::declared::{self, Session};
use crate::problem::{Problems, nearest};
use crate::reader::{Dialect, Reader, Text};
use crate::tree::{Entry, Table};
use crate::{
    Config, Contract, ContractKind, Layer, Level, ModulePattern, Override, PathPattern, Style, word,
};

/// Reads the table into `config`.
pub(crate) fn read(table: &Table, problems: &Problems, config: &mut Config) {
    let mut reader = Reader::new(table, problems, Dialect::Own);
    config.source_roots = reader
        .strings("source-roots")
        .unwrap_or_default()
        .iter()
        .filter_map(|root| word::folder(*root, problems))
        .collect();
    config.exclude = reader
        .strings("exclude")
        .unwrap_or_default()
        .into_iter()
        .filter(|text| {
            word::path(Text { text: text.text.trim_start_matches('!'), ..*text }, problems).is_some()
        })
        .map(|text| text.text.to_owned())
        .collect();
    config.style = reader.string("style").and_then(|word| style(word, problems));
    config.layers = layers(&mut reader);
    config.contexts = reader
        .strings("contexts")
        .unwrap_or_default()
        .into_iter()
        .filter_map(|text| word::module(text, problems))
        .collect();
    config.fail_on =
        reader.string("fail-on").and_then(|word| word::level(word, problems)).unwrap_or(config.fail_on);
    config.require_reasons = reader.boolean("require-reasons").unwrap_or(config.require_reasons);
    config.report_unused_ignores =
        reader.boolean("report-unused-ignores").unwrap_or(config.report_unused_ignores);
    config.presets = reader
        .strings("presets")
        .unwrap_or_default()
        .into_iter()
        .map(|name| (name.text.into(), name.span))
        .collect();
    config.style = config.style.or_else(|| style_of_presets(&config.presets));
    config.rules = reader.table("rules").map(|table| rules::read(table, problems)).unwrap_or_default();
    config.overrides = reader
        .tables("overrides", "[[overrides]]")
        .into_iter()
        .filter_map(|table| override_of(table, problems))
        .collect();
    config.contracts = contracts(&mut reader);
    reader.finish("the configuration");
}

fn style(word: Text<'_>, problems: &Problems) -> Option<Style> {
    let style = Style::ALL.into_iter().find(|style| style.as_str() == word.text);
    if style.is_none() {
        word::unknown("style", word, &Style::ALL.map(Style::as_str), problems);
    }
    style
}

/// A preset named after a style implies that style. The last such preset counts.
fn style_of_presets(presets: &[(SmolStr, Span)]) -> Option<Style> {
    let named = |name: &str| Style::ALL.into_iter().find(|style| style.as_str() == name);
    presets.iter().rev().find_map(|(name, _)| named(name))
}

fn layers(reader: &mut Reader<'_>) -> Vec<(Layer, Vec<ModulePattern>)> {
    let (problems, Some(table)) = (reader.problems, reader.table("layers")) else { return Vec::new() };
    table
        .entries
        .iter()
        .filter_map(|entry| {
            let layer = layer(entry, problems)?;
            let texts = reader.list_of_strings(&entry.node)?;
            let patterns = texts.into_iter().filter_map(|text| word::module_or_path(text, problems));
            Some((layer, patterns.collect()))
        })
        .collect()
}

fn layer(entry: &Entry, problems: &Problems) -> Option<Layer> {
    let layer = Layer::ALL.into_iter().find(|layer| layer.as_str() == entry.key);
    if layer.is_none() {
        let known = Layer::ALL.map(Layer::as_str);
        let near = nearest(&entry.key, known);
        let message = match near {
            Some(near) => format!("unknown layer `{}`, did you mean `{near}`?", entry.key),
            None => format!("unknown layer `{}`; known are {}", entry.key, known.join(", ")),
        };
        problems.add(Level::Error, entry.key_span, message, near.map(str::to_owned));
    }
    layer
}

fn override_of(table: &Table, problems: &Problems) -> Option<Override> {
    let mut reader = Reader::new(table, problems, Dialect::Own);
    let paths = reader.strings("paths");
    if paths.is_none() && table.get("paths").is_none() {
        problems.error(table.span, "an override needs `paths`");
    }
    let paths: Vec<PathPattern> =
        paths.unwrap_or_default().into_iter().filter_map(|text| word::path(text, problems)).collect();
    let rules = reader.table("rules").map(|table| rules::read(table, problems)).unwrap_or_default();
    reader.finish("an override");
    (!paths.is_empty()).then_some(Override { paths, rules })
}

fn contracts(reader: &mut Reader<'_>) -> Vec<Contract> {
    let problems = reader.problems;
    let mut names = HashMap::new();
    let mut contracts = Vec::new();
    for table in reader.tables("contracts", "[[contracts]]") {
        let Some(contract) =
            declared::read(Reader::new(table, problems, Dialect::Own), &Session::default(), None)
        else {
            continue;
        };
        let is_of_modules = |contract: &Contract| matches!(contract.kind, ContractKind::Tach(_));
        if is_of_modules(&contract) && contracts.iter().any(is_of_modules) {
            let message =
                "another contract of the type `modules` is declared above: put all modules into one";
            problems.error(contract.span, message);
            continue;
        }
        if names.insert(contract.name.clone(), contract.span).is_some() {
            problems.error(contract.span, format!("another contract is called \"{}\" too", contract.name));
        }
        contracts.push(contract);
    }
    contracts
}
