//! The declared modules of tach, each of them the nearest to what it holds.

use std::collections::HashMap;
use std::sync::Arc;

use crate::ModulePattern;
use crate::reader::{Dialect, Reader, Text};
use crate::tree::{Node, Table, Value};
use crate::word;

use super::Session;

/// How code outside of all modules is declared; it is not checked here.
const ROOT: &str = "<root>";

/// A declared module.
pub(super) struct Module<'t> {
    pub(super) path: Text<'t>,
    pattern: ModulePattern,
    /// Index into the layers; higher ones first.
    pub(super) layer: Option<usize>,
    /// Nothing where everything is allowed.
    pub(super) depends_on: Option<Vec<Text<'t>>>,
    pub(super) cannot_depend_on: Vec<Text<'t>>,
    pub(super) cannot_depend_on_external: Vec<Text<'t>>,
    /// Nothing where everybody may import it.
    pub(super) visibility: Option<Vec<Text<'t>>>,
    /// Everybody may import it without saying so.
    pub(super) utility: bool,
    /// Its imports are not checked.
    pub(super) unchecked: bool,
}

/// All declared modules.
pub(super) struct Modules<'t> {
    pub(super) list: Vec<Module<'t>>,
    /// What belongs to each: all below it but for what belongs to another that is nearer.
    pub(super) own: Arc<[ModulePattern]>,
    by_path: HashMap<&'t str, usize>,
}

/// Reads `[[modules]]`.
pub(super) fn read<'t>(reader: &mut Reader<'t>, session: &Session<'_>) -> Vec<Module<'t>> {
    let problems = reader.problems;
    let tables = reader.tables("modules", "[[modules]]");
    tables
        .into_iter()
        .flat_map(|table| module(Reader::new(table, problems, Dialect::Foreign), session))
        .collect()
}

/// `paths` declares several modules with the same settings.
fn module<'t>(mut reader: Reader<'t>, session: &Session<'_>) -> Vec<Module<'t>> {
    let problems = reader.problems;
    let paths: Vec<Text<'t>> =
        reader.strings("path").into_iter().chain(reader.strings("paths")).flatten().collect();
    if paths.is_empty() {
        problems.warning(reader.table.span, "a module without a `path` is not checked");
    }
    let layer = reader.string("layer").and_then(|name| layer(name, session, &reader));
    let depends_on = dependencies(&mut reader, "depends-on");
    let cannot_depend_on = dependencies(&mut reader, "cannot-depend-on").unwrap_or_default();
    let cannot_depend_on_external = reader.strings("cannot-depend-on-external").unwrap_or_default();
    let visibility =
        reader.strings("visibility").filter(|list| !list.iter().any(|who| matches!(who.text, "*" | "**")));
    let utility = reader.boolean("utility").unwrap_or(false);
    let unchecked = reader.boolean("unchecked").unwrap_or(false);
    reader.skip(&["depends-on-external"]);
    reader.finish("a module");
    paths
        .into_iter()
        .filter(|path| path.text != ROOT)
        .filter_map(|path| {
            Some(Module {
                path,
                pattern: word::module(path, problems)?,
                layer,
                depends_on: depends_on.clone(),
                cannot_depend_on: cannot_depend_on.clone(),
                cannot_depend_on_external: cannot_depend_on_external.clone(),
                visibility: visibility.clone(),
                utility,
                unchecked,
            })
        })
        .collect()
}

fn layer(name: Text<'_>, session: &Session<'_>, reader: &Reader<'_>) -> Option<usize> {
    let index = session.layers.iter().position(|layer| layer.name.text == name.text);
    if index.is_none() {
        let known: Vec<&str> = session.layers.iter().map(|layer| layer.name.text).collect();
        word::unknown("layer", name, &known, reader.problems);
    }
    index
}

/// Paths, or tables with a `path`. Nothing where one of them is not understood: what it names might be meant.
fn dependencies<'t>(reader: &mut Reader<'t>, key: &'static str) -> Option<Vec<Text<'t>>> {
    let node = &reader.entry(key)?.node;
    let Value::Array(items) = &node.value else { return reader.expected("a list of modules", node) };
    let texts: Vec<Option<Text<'t>>> = items
        .iter()
        .map(|item| dependency(reader, item).filter(|text| is_understood(*text, reader)))
        .collect();
    texts.into_iter().collect()
}

fn is_understood(text: Text<'_>, reader: &Reader<'_>) -> bool {
    text.text == ROOT || word::module(text, reader.problems).is_some()
}

fn dependency<'t>(reader: &Reader<'t>, item: &'t Node) -> Option<Text<'t>> {
    match &item.value {
        Value::String(text) => Some(Text { text, span: item.span }),
        Value::Table(table) => dependency_table(table, reader),
        _ => reader.expected("a module's path, or a table with `path`", item),
    }
}

fn dependency_table<'t>(table: &'t Table, outer: &Reader<'t>) -> Option<Text<'t>> {
    let mut reader = Reader::new(table, outer.problems, Dialect::Foreign);
    let path = reader.string("path");
    reader.skip(&["deprecated"]);
    reader.finish("a dependency");
    path
}

impl<'t> Modules<'t> {
    pub(super) fn new(list: Vec<Module<'t>>) -> Self {
        let by_path = list.iter().enumerate().map(|(index, module)| (module.path.text, index)).collect();
        let own = (0..list.len()).map(|index| own(&list, index)).collect();
        Self { list, own, by_path }
    }

    /// What belongs to the modules that `dependency` names: one by its path, or all that it matches as a glob.
    pub(super) fn named(&self, dependency: Text<'_>) -> Vec<ModulePattern> {
        if let Some(index) = self.by_path.get(dependency.text) {
            return vec![self.own[*index].clone()];
        }
        // What cannot be compiled names nothing that is declared either.
        let Ok(pattern) = ModulePattern::new(dependency.text) else { return Vec::new() };
        if pattern.is_literal() {
            // One of the modules that a glob declares.
            let declared = self.list.iter().any(|module| module.pattern.matches(dependency.text));
            return if declared { vec![pattern.and_below()] } else { Vec::new() };
        }
        let matching = self.list.iter().zip(self.own.iter());
        matching.filter(|(module, _)| pattern.matches(module.path.text)).map(|(_, own)| own.clone()).collect()
    }

    /// All that belongs to some module.
    pub(super) fn all(&self) -> ModulePattern {
        ModulePattern::any_of("modules of tach", Arc::clone(&self.own))
    }

    /// What belongs to the modules for which `is` holds.
    pub(super) fn those(&self, text: &str, is: impl Fn(&Module<'_>) -> bool) -> ModulePattern {
        let own = self.list.iter().zip(self.own.iter());
        ModulePattern::any_of(
            text,
            own.filter(|(module, _)| is(module)).map(|(_, own)| own.clone()).collect(),
        )
    }
}

/// All below a module but for what is declared on its own.
fn own(list: &[Module<'_>], index: usize) -> ModulePattern {
    let module = &list[index];
    let nearer = list.iter().filter(|other| {
        let path = other.path.text;
        path != module.path.text
            && if module.pattern.is_literal() {
                path.strip_prefix(module.path.text).is_some_and(|rest| rest.starts_with('.'))
            } else {
                other.pattern.is_literal() && module.pattern.matches_or_contains(path)
            }
    });
    module.pattern.clone().without(nearer.map(|other| other.pattern.clone())).and_below()
}
