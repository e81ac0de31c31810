//! tach's configuration, read unchanged.
//!
//! Source: the documentation and the source code of tach 0.35. The semantics are those of `tach check` and
//! `tach check-external`; the rules implement them. Not supported, and reported if present: `data_types` other than
//! `all`, `exact`, `strict`, plugins, unused and unexplained `# tach-ignore` comments, unknown keys. Libraries that no
//! project file declares are not reported. A source root with a wildcard is inferred instead.

mod domain;
mod glob;
mod interfaces;
mod modules;
mod project;
mod sound;

use std::sync::Arc;

use camino::Utf8PathBuf;
use smol_str::SmolStr;
use source::Span;

use crate::contract::View;
use crate::problem::Problems;
use crate::reader::{Dialect, Reader, Text};
use crate::tree::{Table, Value};
use crate::word;
use crate::{Config, Contract, ContractKind, Level};

pub use domain::with_domains;
pub use glob::Glob as TachGlob;
pub use project::{ROOT as TACH_ROOT, Tach, TachDependency, TachInterface, TachLayer, TachModule, TachRoot};

/// Reads the table into `config`.
pub(crate) fn read(table: &Table, problems: &Problems, config: &mut Config) {
    let mut reader = Reader::new(table, problems, Dialect::Foreign);
    config.source_roots = source_roots(&mut reader);
    config.exclude = excludes(&mut reader);
    let exclude_type_checking = reader.boolean("ignore-type-checking-imports").unwrap_or(true);
    let local_imports = match reader.table("rules") {
        Some(table) => rules(table, problems),
        None => Some(Level::Error),
    };
    let tach = Tach { local_imports, ..declared(&mut reader) };
    for (key, what) in [("exact", "dependencies that are declared and not needed"), ("plugins", "plugins")] {
        if let Some(entry) = reader.entry(key)
            && !matches!(entry.node.value, Value::Boolean(false))
        {
            problems.warning(entry.key_span, format!("{what} are not checked here"));
        }
    }
    reader.skip(&["cache", "map", "respect-gitignore", "disable-logging", "use-regex-matching"]);
    reader.finish("the configuration of tach");
    config.contracts.push(contract(tach, exclude_type_checking, table.span));
}

/// Reads one of our own contracts of type `modules`, which has the same vocabulary.
pub(crate) fn own(reader: &mut Reader<'_>) -> ContractKind {
    let tach = declared(reader);
    let local_imports = match reader.string("local-imports") {
        Some(word) if word.text == Level::Off.as_str() => None,
        Some(word) => word::level(word, reader.problems),
        None => Some(Level::Error),
    };
    ContractKind::Tach(Arc::new(Tach { local_imports, ..tach }))
}

/// The declarations that both formats share: layers, modules and interfaces.
fn declared(reader: &mut Reader<'_>) -> Tach {
    let problems = reader.problems;
    let mut tach = Tach {
        layers: layers(reader),
        explicit: reader.boolean("layers-explicit-depends-on").unwrap_or(false),
        string_imports: reader.boolean("include-string-imports").unwrap_or(false),
        root: root_module(reader),
        forbids_cycles: reader.boolean("forbid-circular-dependencies").unwrap_or(false),
        ..Tach::default()
    };
    let names: Vec<&str> = tach.layers.iter().map(|layer| layer.name.as_str()).collect();
    tach.modules = modules::read(reader, Some(&names));
    tach.interfaces = interfaces::read(reader);
    if let Some(external) = reader.table("external") {
        self::external(Reader::new(external, problems, reader.dialect), &mut tach);
    }
    sound::check(&tach, problems);
    tach
}

/// Reads a domain file.
pub(crate) fn read_domain(table: &Table, problems: &Problems, config: &mut Config) {
    let mut reader = Reader::new(table, problems, Dialect::Foreign);
    let mut found = Vec::new();
    if let Some(root) = reader.table("root") {
        let itself = Text { text: domain::DOMAIN, span: root.span };
        found = modules::modules(Reader::new(root, problems, Dialect::Foreign), &[itself], None);
    }
    found.extend(modules::read(&mut reader, None));
    let interfaces = interfaces::read(&mut reader);
    reader.finish("the configuration of a domain of tach");
    config.contracts.push(contract(domain::of(found, interfaces), true, table.span));
}

/// Combines everything into one contract.
fn contract(tach: Tach, exclude_type_checking: bool, span: Span) -> Contract {
    Contract {
        name: SmolStr::new_static("tach"),
        kind: ContractKind::Tach(Arc::new(tach)),
        ignore_imports: Vec::new(),
        exclude_type_checking,
        view: View::default(),
        alerts_unmatched: true,
        level: Level::Error,
        guidance: None,
        span,
    }
}

fn root_module(reader: &mut Reader<'_>) -> TachRoot {
    let Some(word) = reader.string("root-module") else { return TachRoot::Ignore };
    let found = TachRoot::ALL.into_iter().find(|root| root.as_str() == word.text);
    found.unwrap_or_else(|| {
        let known = TachRoot::ALL.map(TachRoot::as_str);
        word::unknown("treatment of the root module", word, &known, reader.problems);
        TachRoot::Ignore
    })
}

/// Which distributions are excluded, and which have names that differ from their modules.
fn external(mut reader: Reader<'_>, tach: &mut Tach) {
    let problems = reader.problems;
    let exclude = reader.strings("exclude").unwrap_or_default();
    let rename = reader.strings("rename").unwrap_or_default();
    reader.finish("`external`");
    tach.excluded_external = exclude.iter().map(|name| name.text.into()).collect();
    for pair in rename {
        match pair.text.split_once(':') {
            Some((module, name)) => tach.renamed_external.push((module.into(), name.into())),
            None => problems.error(pair.span, format!("`{}` should be written `module:name`", pair.text)),
        }
    }
}

/// The level of reports about local imports; tach's other rules don't concern imports between modules.
fn rules(table: &Table, problems: &Problems) -> Option<Level> {
    const WORDS: [&str; 3] = ["error", "warn", "off"];
    let mut reader = Reader::new(table, problems, Dialect::Foreign);
    let local = reader.string("local-imports");
    for (key, usual) in [("unused-ignore-directives", "warn"), ("require-ignore-directive-reasons", "off")] {
        if let Some(word) = reader.string(key)
            && word.text != usual
            && word.text != "off"
        {
            problems.warning(word.span, "`# tach-ignore` comments are not checked here");
        }
    }
    reader.skip(&["unused-external-dependencies"]);
    reader.finish("`rules` of tach");
    match local.map(|word| (word, word.text)) {
        Some((_, "off")) => None,
        Some((_, "warn")) => Some(Level::Warning),
        None | Some((_, "error")) => Some(Level::Error),
        Some((word, _)) => {
            word::unknown("level", word, &WORDS, problems);
            Some(Level::Error)
        }
    }
}

/// The source roots without wildcards; the others are inferred.
fn source_roots(reader: &mut Reader<'_>) -> Vec<Utf8PathBuf> {
    let roots = reader.strings("source-roots").unwrap_or_default();
    if roots.iter().any(|root| root.text.contains(['*', '?', '[', '{'])) {
        return Vec::new();
    }
    roots.into_iter().filter_map(|root| word::folder(root, reader.problems)).collect()
}

/// tach's globs are relative to the folder of its file, which is written with a leading `/` in the syntax of
/// `.gitignore`.
fn excludes(reader: &mut Reader<'_>) -> Vec<String> {
    let excludes = reader.strings("exclude").unwrap_or_default();
    excludes
        .into_iter()
        .filter(|text| word::path(*text, reader.problems).is_some())
        .map(|text| match text.text.trim_start_matches("./") {
            path if path.starts_with("**") || path.starts_with('/') => path.to_owned(),
            path => format!("/{path}"),
        })
        .collect()
}

fn layers(reader: &mut Reader<'_>) -> Vec<TachLayer> {
    let problems = reader.problems;
    let Some(entry) = reader.entry("layers") else { return Vec::new() };
    let Value::Array(items) = &entry.node.value else {
        return reader.expected("a list of layers", &entry.node).unwrap_or_default();
    };
    items
        .iter()
        .filter_map(|item| match &item.value {
            Value::String(text) => Some(TachLayer { name: text.as_str().into(), closed: false }),
            Value::Table(table) => {
                let mut layer = Reader::new(table, problems, reader.dialect);
                let (name, closed) = (layer.string("name"), layer.boolean("closed").unwrap_or(false));
                layer.finish("a layer");
                Some(TachLayer { name: name?.text.into(), closed })
            }
            _ => reader.expected("a layer's name, or a table with `name` and `closed`", item),
        })
        .collect()
}
