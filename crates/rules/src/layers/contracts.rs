//! Declared contracts, checked import by import: shared by several rules.
//!
//! Terms and semantics are import-linter's, so that its users can keep their contracts. Invariants:
//! - an import named in `ignore_imports` doesn't count, neither by itself nor as a step of a path;
//! - a path is reported where it leaves the module bound by the contract, so each breach has one place;
//! - names are matched segment by segment ([`config::ModulePattern`]), never as text;
//! - each pair of names that a contract makes (source and forbidden, protected and importer) is checked by itself: what
//!   one pair exempts, another still forbids.

mod forbidden;
mod independence;
mod layered;
mod outside;
mod position;
mod private;
mod problems;
mod protected;
pub(super) mod standing;
mod tach;

use config::{Contract, ModulePattern};
use model::{Edge, EdgeKind, ModuleId};
use python::Name;
use source::Span;
use view::{Context, Findings, Key};

pub(super) use forbidden::breaches as forbidden;
pub(super) use independence::breaches as independence;
pub(super) use layered::breaches as layered;
pub(super) use private::breaches as private;
pub(crate) use problems::problems;
pub(super) use protected::breaches as protected;
pub(super) use tach::{imports as tach_imports, interfaces as tach_interfaces, layers as tach_layers};

use super::way;

/// A contract that the checked module breaks.
pub(super) struct Breach<'c> {
    /// The contract.
    pub(super) contract: &'c Contract,
    /// The import.
    pub(super) span: Span,
    /// One sentence, without the contract's guidance.
    pub(super) words: String,
    /// The modules of the project from the checked one to the end of the path; empty if no import is involved.
    pub(super) way: Vec<ModuleId>,
    /// The end of the path, if it is outside the project.
    pub(super) outside: Option<Name>,
    /// The level at which it is reported.
    pub(super) level: config::Level,
    /// The number of the statement, if several of its names break the same contract.
    statement: Option<u32>,
}

impl<'c> Breach<'c> {
    /// A breach between modules of the project.
    fn new(contract: &'c Contract, span: Span, words: String, way: Vec<ModuleId>) -> Self {
        Self { contract, span, words, way, outside: None, level: contract.level, statement: None }
    }
}

/// Reports breaches as findings of the current rule.
pub(super) fn tell(cx: &Context<'_>, out: &mut Findings<'_>, breaches: Vec<Breach<'_>>) {
    for breach in breaches {
        let message = match &breach.contract.guidance {
            Some(guidance) => format!("{}: {guidance}", breach.words),
            None => breach.words,
        };
        let mut names: Vec<Name> =
            breach.way.iter().map(|id| cx.architecture.modules[*id].name.clone()).collect();
        names.extend(breach.outside);
        let ends = names.last().cloned().unwrap_or_default();
        let key = Key::new(format!("{} {ends}", breach.contract.name));
        let draft = out.add(breach.span, key, message);
        draft.declared(breach.level).modules(names);
        if breach.way.len() > 1 {
            way::show(cx, draft, &breach.way[1..]);
        }
    }
}

/// What `patterns` match in `name`: the module itself and, if they count as packages, the packages around it, outermost
/// first.
fn named<'n>(patterns: &[ModulePattern], name: &'n str, as_packages: bool) -> impl Iterator<Item = &'n str> {
    prefixes(name)
        .filter(move |prefix| as_packages || prefix.len() == name.len())
        .filter(|prefix| patterns.iter().any(|pattern| pattern.matches(prefix)))
}

/// Whether `patterns` match `name`, or a package around it if they count as packages.
fn is_named(patterns: &[ModulePattern], name: &str, as_packages: bool) -> bool {
    named(patterns, name, as_packages).next().is_some()
}

/// The part of `name` that `pattern` matches: the module itself, or a package around it.
fn matched<'n>(pattern: &ModulePattern, name: &'n str) -> Option<&'n str> {
    named(std::slice::from_ref(pattern), name, true).next()
}

/// The part of `name` that any of `patterns` matches.
fn matched_by_any<'n>(patterns: &[ModulePattern], name: &'n str) -> Option<&'n str> {
    patterns.iter().find_map(|pattern| matched(pattern, name))
}

/// `a`, `a.b`, `a.b.c` for `a.b.c`.
fn prefixes(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('.').map(|(dot, _)| &name[..dot]).chain(std::iter::once(name))
}

/// Whether `name` is `package` or inside it.
pub(super) fn lies_in(name: &str, package: &str) -> bool {
    name.strip_prefix(package).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether the contract counts this import between modules of its graph.
pub(super) fn counts(contract: &Contract, importer: &str, imported: &str, type_checking: bool) -> bool {
    contract.view.holds(importer)
        && contract.view.holds(imported)
        && !(type_checking && contract.exclude_type_checking)
        && !is_ignored(contract, importer, imported)
}

/// Whether `ignore_imports` matches this import.
fn is_ignored(contract: &Contract, importer: &str, imported: &str) -> bool {
    contract
        .ignore_imports
        .iter()
        .any(|edge| edge.importer.matches(importer) && edge.imported.matches(imported))
}

/// The same for an edge of the graph.
fn counts_edge(cx: &Context<'_>, contract: &Contract, importer: ModuleId, edge: Edge) -> bool {
    let type_checking = edge.kind == EdgeKind::TypeChecking;
    counts(contract, cx.module_name(importer), cx.module_name(edge.to), type_checking)
}

/// The end of a path, as the subject of a message: `` `shop.db` ``, or `` `shop.db` (reached through `shop.tools`) ``.
fn end_of(cx: &Context<'_>, way: &[ModuleId]) -> String {
    match way {
        [] => String::new(),
        [end] | [_, end] => format!("`{}`", cx.module_name(*end)),
        [_, between @ .., end] => reached(cx, cx.module_name(*end), between),
    }
}

/// The same for an end outside the project.
fn reached(cx: &Context<'_>, end: &str, between: &[ModuleId]) -> String {
    format!("`{end}` (reached through {})", way::shown(cx, between))
}
