//! Reads `[[modules]]`.

use smol_str::SmolStr;

use super::glob::{Glob, is_glob};
use super::project::{TachDependency, TachModule};
use crate::reader::{Dialect, Reader, Text};
use crate::tree::{Node, Table, Value};
use crate::word;

/// Reads `[[modules]]`; `layers` are the names of all layers, if they are known.
pub(super) fn read(reader: &mut Reader<'_>, layers: Option<&[&str]>) -> Vec<TachModule> {
    let problems = reader.problems;
    let tables = reader.tables("modules", "[[modules]]");
    let dialect = reader.dialect;
    let modules = |table| {
        let mut reader = Reader::new(table, problems, dialect);
        let path = match dialect {
            Dialect::Own => reader.string("path").map(|path| vec![path]),
            Dialect::Foreign => reader.strings("path"),
        };
        let paths: Vec<Text<'_>> = path.into_iter().chain(reader.strings("paths")).flatten().collect();
        if paths.is_empty() {
            problems.warning(reader.table.span, "a module without a `path` is not checked");
        }
        self::modules(reader, &paths, layers)
    };
    tables.into_iter().flat_map(modules).collect()
}

/// `paths` declares several modules with the same settings.
pub(super) fn modules(
    mut reader: Reader<'_>,
    paths: &[Text<'_>],
    layers: Option<&[&str]>,
) -> Vec<TachModule> {
    let problems = reader.problems;
    let layer = reader.string("layer").filter(|name| {
        let is_known = layers.is_none_or(|layers| layers.contains(&name.text));
        if !is_known {
            word::unknown("layer", *name, layers.unwrap_or_default(), problems);
        }
        is_known
    });
    let names = |list: Vec<Text<'_>>| -> Vec<SmolStr> { list.into_iter().map(|it| it.text.into()).collect() };
    let depends_on = dependencies(&mut reader, "depends-on");
    let cannot_depend_on = dependencies(&mut reader, "cannot-depend-on").unwrap_or_default();
    let depends_on_external = reader.strings("depends-on-external").map(names);
    let cannot_depend_on_external =
        reader.strings("cannot-depend-on-external").map(names).unwrap_or_default();
    let visibility = reader
        .strings("visibility")
        .map(|list| list.into_iter().filter_map(|who| Glob::of_texts(who.text)).collect());
    let utility = reader.boolean("utility").unwrap_or(false);
    let unchecked = reader.boolean("unchecked").unwrap_or(false);
    reader.finish("a module");
    let module = |path: &Text<'_>| {
        let glob = Glob::of_modules(path.text);
        if glob.is_none() && is_glob(path.text) {
            problems.error(path.span, format!("`{}` is no glob that can be used here", path.text));
            return None;
        }
        Some(TachModule {
            path: path.text.into(),
            glob,
            depends_on: depends_on.clone(),
            cannot_depend_on: cannot_depend_on.clone(),
            depends_on_external: depends_on_external.clone(),
            cannot_depend_on_external: cannot_depend_on_external.clone(),
            layer: layer.map(|name| name.text.into()),
            visibility: visibility.clone(),
            utility,
            unchecked,
            span: path.span,
            file: problems.path().to_owned(),
        })
    };
    paths.iter().filter_map(module).collect()
}

/// Paths, or tables with a `path`. `None` if one of them can't be understood, because it might permit an import.
fn dependencies(reader: &mut Reader<'_>, key: &'static str) -> Option<Vec<TachDependency>> {
    let node = &reader.entry(key)?.node;
    let Value::Array(items) = &node.value else { return reader.expected("a list of modules", node) };
    let found: Vec<Option<TachDependency>> = items
        .iter()
        .map(|item| dependency(reader, item).map(|text| TachDependency::new(text.text.into(), text.span)))
        .collect();
    found.into_iter().collect()
}

fn dependency<'t>(reader: &Reader<'t>, item: &'t Node) -> Option<Text<'t>> {
    match &item.value {
        Value::String(text) => Some(Text { text, span: item.span }),
        Value::Table(table) => dependency_table(table, reader),
        _ => reader.expected("a module's path, or a table with `path`", item),
    }
}

fn dependency_table<'t>(table: &'t Table, outer: &Reader<'t>) -> Option<Text<'t>> {
    let mut reader = Reader::new(table, outer.problems, outer.dialect);
    let path = reader.string("path");
    reader.skip(&["deprecated"]);
    reader.finish("a dependency");
    path
}
