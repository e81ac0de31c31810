//! The imports of a file in tach's terms: one dotted path for each imported name, its last segment the name.

use camino::Utf8Path;
use config::{Contract, Tach};
use model::{ModuleId, Modules};
use python::{ImportKind, Scope};
use source::{PositionEncoding, Span};
use view::{Context, ImportView};

/// One dependency of the checked file.
#[derive(Debug)]
pub(super) struct Dependency {
    /// The dotted path, `shop.db.rows` for `from shop.db import rows`, `shop.db.*` for a star.
    pub(super) path: String,
    /// The module of the project.
    pub(super) to: Option<ModuleId>,
    /// Its position in the file.
    pub(super) span: Span,
    /// Shared by the names of one statement.
    pub(super) statement: u32,
    /// The zero-based lines where a comment may be: that of the name, and that of the statement.
    pub(super) lines: [u32; 2],
    /// Whether it is in a function, a class, an `if` or the like.
    pub(super) is_local: bool,
}

impl Dependency {
    /// The dependency of `item` on the module of a distribution.
    pub(super) fn outside(cx: &Context<'_>, item: &ImportView<'_>, name: &str) -> Self {
        of_import(cx, item, name.to_owned())
    }
}

/// The dependencies on modules of the same distribution, imports first, then strings.
pub(super) fn dependencies(cx: &Context<'_>, contract: &Contract, tach: &Tach) -> Vec<Dependency> {
    let modules = &cx.architecture.modules;
    let mut found = Vec::new();
    for item in cx.imports() {
        let import = item.import;
        if (import.context.type_checking && contract.exclude_type_checking)
            || import.kind == ImportKind::Dynamic
        {
            continue;
        }
        let absolute = &item.resolved.absolute;
        let path =
            if import.kind == ImportKind::Star { format!("{absolute}.*") } else { absolute.to_string() };
        if let Some(to) = named(modules, &path)
            && is_same_distribution(cx, to)
        {
            found.push(Dependency { to: Some(to), ..of_import(cx, &item, path) });
        }
    }
    if tach.string_imports {
        found.extend(strings(cx));
    }
    found
}

fn of_import(cx: &Context<'_>, item: &ImportView<'_>, path: String) -> Dependency {
    let context = item.import.context;
    let is_local = context.scope != Scope::Module
        || context.function.is_some()
        || context.conditional
        || context.optional
        || context.type_checking;
    let span = if item.spans.name.is_empty() { item.mark() } else { item.spans.name };
    let lines = [span.start, item.spans.statement.start].map(|at| line(cx, at));
    Dependency { path, to: None, span: item.mark(), statement: item.import.statement, lines, is_local }
}

/// Strings that name a module of the project, or a name in one: with at least two dots, as in tach.
fn strings(cx: &Context<'_>) -> Vec<Dependency> {
    let text = cx.text.as_str();
    let is_path = |text: &str| {
        text.matches('.').count() >= 2
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
    };
    let literals = python::string_literals(text, &python::parse(text));
    let paths = literals.into_iter().filter(|(_, contents)| is_path(contents));
    paths
        .filter_map(|(span, path)| {
            let to = named(&cx.architecture.modules, path).filter(|to| is_same_distribution(cx, *to))?;
            Some(Dependency {
                path: path.to_owned(),
                to: Some(to),
                span,
                // No import statement begins there.
                statement: u32::MAX - span.start,
                lines: [line(cx, span.start); 2],
                is_local: false,
            })
        })
        .collect()
}

fn line(cx: &Context<'_>, offset: u32) -> u32 {
    cx.text.position(offset, PositionEncoding::Utf8).line
}

/// The module that a dotted path names, or that contains the name it ends with.
fn named(modules: &Modules, path: &str) -> Option<ModuleId> {
    let module = |name: &str| modules.by_name.get(name)?.first().map(|(_, id)| *id);
    module(path).or_else(|| module(path.rsplit_once('.')?.0))
}

/// Whether a module belongs to the distribution of the checked file: the nearest folder around its source root with a
/// project file. Imports from another distribution are not imports between modules.
fn is_same_distribution(cx: &Context<'_>, to: ModuleId) -> bool {
    let modules = &cx.architecture.modules;
    let top = cx.project.root(cx.db);
    let configs = cx.project.configs(cx.db);
    let distribution = |id: ModuleId| -> Option<&Utf8Path> {
        let root = top.join(&modules.roots[modules[id].root.0 as usize].path);
        let around = configs.distributions.iter().filter(|folder| {
            root.starts_with(folder) && folder.starts_with(&cx.config.folder) && **folder != cx.config.folder
        });
        around.max_by_key(|folder| folder.as_str().len()).map(Utf8Path::new)
    };
    modules[cx.id].root == modules[to].root || distribution(cx.id) == distribution(to)
}
