//! tach's modules, layers and interfaces, translated to contracts.
//!
//! Source: the documentation of tach 0.35, "Configuration", "Layers", "Interfaces" and "Unchecked modules". A module
//! there is the nearest declared one: `shop` without `shop.orders` where both are declared ([`Modules`]). Only direct
//! imports count, and code outside of declared modules is free (`root_module = "ignore"`).
//!
//! Not translated, and told where present: other values of `root_module`, `data_types`, unknown keys. Not translated
//! and not told, because it says nothing about imports between modules: `exact`, `cache`, `external`, `map`, `plugins`,
//! `rules`, `respect_gitignore`, `include_string_imports`, `forbid_circular_dependencies` (it looks at `depends_on`
//! only; cycles of imports are found anyway), `depends_on_external`. Modules that one glob declares are not checked
//! against each other, unchecked ones have no layer, and `tach.domain.toml` is not read.

mod interfaces;
mod modules;
mod translate;

use camino::Utf8PathBuf;

use crate::Config;
use crate::problem::Problems;
use crate::reader::{Dialect, Reader, Text};
use crate::tree::{Table, Value};
use crate::word;

use modules::Modules;

/// More modules than anybody declares; beyond, the work would grow with their square.
const MOST_MODULES: usize = 5_000;

/// What holds for all modules.
struct Session<'t> {
    /// Highest first.
    layers: Vec<DeclaredLayer<'t>>,
    /// Imports from a higher layer to a lower one have to be declared too.
    explicit: bool,
    exclude_type_checking: bool,
}

struct DeclaredLayer<'t> {
    name: Text<'t>,
    closed: bool,
}

/// Reads the table into `config`.
pub(crate) fn read(table: &Table, problems: &Problems, config: &mut Config) {
    let mut reader = Reader::new(table, problems, Dialect::Foreign);
    config.source_roots = source_roots(&mut reader);
    config.exclude = excludes(&mut reader);
    let session = Session {
        layers: layers(&mut reader),
        explicit: reader.boolean("layers-explicit-depends-on").unwrap_or(false),
        exclude_type_checking: reader.boolean("ignore-type-checking-imports").unwrap_or(true),
    };
    if let Some(root) = reader.string("root-module")
        && root.text != "ignore"
    {
        problems.info(root.span, "code outside of declared modules is not checked here");
    }
    let modules = modules::read(&mut reader, &session);
    let interfaces = interfaces::read(&mut reader);
    reader.skip(&[
        "exact",
        "cache",
        "external",
        "map",
        "plugins",
        "rules",
        "respect-gitignore",
        "include-string-imports",
        "forbid-circular-dependencies",
        "disable-logging",
    ]);
    reader.finish("the configuration of tach");
    if modules.len() > MOST_MODULES {
        problems.warning(
            table.span,
            format!("more than {MOST_MODULES} modules are declared; they are not checked"),
        );
        return;
    }
    let modules = Modules::new(modules);
    config.contracts.extend(translate::layers(&session, &modules));
    config.contracts.extend(translate::dependencies(&session, &modules));
    config.contracts.extend(interfaces::contracts(&session, &modules, &interfaces));
}

/// Those without wildcards; the rest is found without being told.
fn source_roots(reader: &mut Reader<'_>) -> Vec<Utf8PathBuf> {
    let roots = reader.strings("source-roots").unwrap_or_default();
    if roots.iter().any(|root| root.text.contains(['*', '?', '[', '{'])) {
        return Vec::new();
    }
    roots.into_iter().filter_map(|root| word::folder(root, reader.problems)).collect()
}

/// tach's globs begin at the folder of its file, which a leading `/` says in the syntax of `.gitignore`.
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

fn layers<'t>(reader: &mut Reader<'t>) -> Vec<DeclaredLayer<'t>> {
    let problems = reader.problems;
    let Some(entry) = reader.entry("layers") else { return Vec::new() };
    let Value::Array(items) = &entry.node.value else {
        return reader.expected("a list of layers", &entry.node).unwrap_or_default();
    };
    items
        .iter()
        .filter_map(|item| match &item.value {
            Value::String(text) => {
                Some(DeclaredLayer { name: Text { text, span: item.span }, closed: false })
            }
            Value::Table(table) => {
                let mut layer = Reader::new(table, problems, Dialect::Foreign);
                let (name, closed) = (layer.string("name"), layer.boolean("closed").unwrap_or(false));
                layer.finish("a layer");
                Some(DeclaredLayer { name: name?, closed })
            }
            _ => reader.expected("a layer's name, or a table with `name` and `closed`", item),
        })
        .collect()
}
