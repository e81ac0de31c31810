//! The dependencies of the moved code in the target module.

use model::{Export, Target};
use python::{Import, ImportId, ImportKind, Name, Scope, UseContext};
use rustc_hash::FxHashMap;
use source::{Span, TextEdit};
use view::ImportView;

use super::block::Piece;
use super::logger::{self, Logger};
use super::{Move, probe};
use crate::moves::after::Own;
use crate::moves::{Refusal, chain, relative};
use crate::rewrite::{At, Home as Whose};

/// The dependencies of the moved code.
#[derive(Default)]
pub(super) struct Needs {
    pub(super) imports: Vec<Needed>,
    /// Names that the source module imports for it, and perhaps for nothing else.
    pub(super) leaves: Vec<Name>,
    /// Names that it needs at import time, and that the target module binds.
    pub(super) from_home: Vec<Name>,
    /// Edits of the moved code, in the text of the source module.
    pub(super) edits: Vec<TextEdit>,
    /// Loggers named after their module: it gets its own.
    pub(super) loggers: Vec<Logger>,
    /// Whether its annotations must not be evaluated (PEP 563).
    pub(super) deferred: bool,
}

/// An import that is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Needed {
    /// The part after `from`; `None` for `import item`.
    pub(super) clause: Option<String>,
    /// The name with its alias.
    pub(super) item: String,
    /// The name that is bound.
    pub(super) bound: Name,
    /// The full name that it refers to.
    pub(super) absolute: Name,
    pub(super) at: At,
    pub(super) whose: Whose,
}

/// The dependencies of the pieces.
pub(super) fn of(it: &Move<'_, '_>, pieces: &[Piece]) -> Result<Needs, Refusal> {
    let mut needs = Needs::default();
    let mut own: Vec<Name> = Vec::new();
    imported(it, pieces, &mut needs, &mut own)?;
    local_imports(it, pieces, &mut needs);
    of_its_module(it, pieces, &mut needs, &mut own)?;
    Ok(needs)
}

fn is_inside(pieces: &[Piece], span: Span) -> bool {
    pieces.iter().any(|piece| piece.span.contains(span))
}

/// Names that the module imports at top level.
fn imported(
    it: &Move<'_, '_>,
    pieces: &[Piece],
    needs: &mut Needs,
    own: &mut Vec<Name>,
) -> Result<(), Refusal> {
    let cx = it.source;
    let mut used: FxHashMap<ImportId, bool> = FxHashMap::default();
    let mut order: Vec<ImportId> = Vec::new();
    let defers = probe::defers_annotations(&cx.module.imports);
    for name_use in cx.module.uses.iter().filter(|name_use| is_inside(pieces, name_use.span)) {
        let Some(view) = cx.import(name_use.import) else { continue };
        if view.import.context.scope != Scope::Module || strips_home(it, &view, name_use, needs) {
            continue;
        }
        if !used.contains_key(&view.id) {
            order.push(view.id);
        }
        *used.entry(view.id).or_default() |= name_use.function.is_none();
        needs.deferred |=
            defers && view.import.context.type_checking && name_use.context == UseContext::Annotation;
    }
    for id in order {
        let Some(view) = cx.import(id) else { continue };
        let Some(bound) = view.import.bound_name() else { continue };
        let at_import = used.get(&id).copied().unwrap_or_default();
        let context = view.import.context;
        if context.optional || context.conditional {
            // A name that may differ from its import is taken from the source module, where its value was decided.
            own.push(bound.into());
        } else if is_home(it, &view) {
            if view.import.alias.as_deref().is_some_and(|alias| Some(alias) != view.import.name.as_deref()) {
                return Err(Refusal::new(format!("`{bound}` is called otherwise in {}", it.home.name())));
            }
            needs.leaves.push(bound.into());
            if at_import {
                needs.from_home.push(bound.into());
            }
        } else {
            needs.leaves.push(bound.into());
            needs.imports.push(copied(it, &view, bound)?);
        }
    }
    Ok(())
}

/// Whether an import takes a name from the target module.
fn is_home(it: &Move<'_, '_>, view: &ImportView<'_>) -> bool {
    match &view.resolved.target {
        Target::Symbol { module, .. } => Some(*module) == it.home.id,
        _ => false,
    }
}

/// `home.name`, where `home` is the target module: there the plain name is enough.
fn strips_home(
    it: &Move<'_, '_>,
    view: &ImportView<'_>,
    name_use: &python::NameUse,
    needs: &mut Needs,
) -> bool {
    let Some(start) = it.home.id.and_then(|_| chain::bound(it.source, view)) else { return false };
    let reached = chain::follow(it.source, &start, &name_use.attributes);
    let attributes: Vec<&str> =
        name_use.attributes.split('.').filter(|segment| !segment.is_empty()).collect();
    if reached.id != it.home.id || reached.segments >= attributes.len() {
        return false;
    }
    let head = view.import.bound_name().unwrap_or_default();
    let prefix = std::iter::once(head).chain(attributes[..reached.segments].iter().copied());
    let prefix = format!("{}.", prefix.collect::<Vec<_>>().join("."));
    if !it.source.text.slice(name_use.span).starts_with(&prefix) {
        return false;
    }
    let from = name_use.span.start;
    needs.edits.push(TextEdit { span: Span::new(from, from + prefix.len() as u32), insert: String::new() });
    needs.leaves.push(head.into());
    if name_use.function.is_none() {
        needs.from_home.push(attributes[reached.segments].into());
    }
    true
}

/// A top-level import of the source module, adapted to the target.
fn copied(it: &Move<'_, '_>, view: &ImportView<'_>, bound: &str) -> Result<Needed, Refusal> {
    let import: &Import = view.import;
    let source = Own::of(it.source.info());
    let alias = import.alias.as_ref().map(|alias| format!(" as {alias}")).unwrap_or_default();
    let (clause, item) = match (import.kind, &import.name) {
        (ImportKind::Module, _) => (None, format!("{}{alias}", import.module)),
        (ImportKind::From, Some(name)) => {
            let module = relative::absolute(&source, import)
                .ok_or_else(|| Refusal::new(format!("it is not clear where `{bound}` is imported from")))?;
            let clause = relative::written(&it.home.own, &module, import.level > 0);
            (Some(clause), format!("{name}{alias}"))
        }
        _ => return Err(Refusal::new(format!("it is not clear where `{bound}` is imported from"))),
    };
    let whose = match &view.resolved.target {
        Target::Standard(_) => Whose::Standard,
        Target::ThirdParty(_) => Whose::ThirdParty,
        _ => Whose::Project,
    };
    let at = if import.context.type_checking { At::TypeChecking } else { At::RunTime };
    Ok(Needed { clause, item, bound: bound.into(), absolute: view.resolved.absolute.clone(), at, whose })
}

/// Relative imports within the moved code.
fn local_imports(it: &Move<'_, '_>, pieces: &[Piece], needs: &mut Needs) {
    let source = Own::of(it.source.info());
    let mut seen = None;
    for view in it.source.imports() {
        if is_inside(pieces, view.spans.statement)
            && view.import.context.at_import_time()
            && is_home(it, &view)
        {
            needs.from_home.extend(view.import.name.clone());
        }
        let is_first = seen.replace(view.import.statement) != Some(view.import.statement);
        if view.import.level == 0 || !is_first || !is_inside(pieces, view.spans.statement) {
            continue;
        }
        let Some(module) = relative::absolute(&source, view.import) else { continue };
        let written = relative::written(&it.home.own, &module, true);
        let old = format!("{}{}", ".".repeat(usize::from(view.import.level)), view.import.module);
        if written == old {
            continue;
        }
        let text = it.source.text.slice(view.spans.module);
        if let Some(at) = text.find(&old) {
            let start = view.spans.module.start + at as u32;
            needs.edits.push(TextEdit { span: Span::new(start, start + old.len() as u32), insert: written });
        }
    }
}

/// Names that the module defines itself, or receives from a star import.
fn of_its_module(
    it: &Move<'_, '_>,
    pieces: &[Piece],
    needs: &mut Needs,
    own: &mut Vec<Name>,
) -> Result<(), Refusal> {
    let cx = it.source;
    let exports = model::query::exports(cx.db, cx.file);
    let text: String = pieces.iter().map(|piece| cx.text.slice(piece.span)).collect();
    let defined: Vec<&str> = exports
        .names
        .iter()
        .filter(|(_, export)| !matches!(export, Export::Import(_)))
        .map(|(name, _)| name.as_str())
        .collect();
    let defers = probe::defers_annotations(&cx.module.imports);
    for name_use in probe::uses(&text, defined.iter().copied()) {
        if it.goes(&name_use.name) {
            // Its own name in its own annotations.
            needs.deferred |= defers && name_use.context == UseContext::Annotation && !name_use.is_quoted;
            continue;
        }
        let is_known = needs.loggers.iter().any(|logger| logger.name == name_use.name);
        if is_known || own.contains(&name_use.name) {
            continue;
        }
        let Some((logger, imports)) = logger::of(it, &name_use.name) else {
            own.push(name_use.name);
            continue;
        };
        for view in imports {
            let bound = view.import.bound_name().unwrap_or_default();
            needs.imports.push(copied(it, &view, bound)?);
        }
        needs.loggers.push(logger);
    }
    for name in own.drain(..) {
        needs.imports.push(Needed {
            clause: Some(relative::written(&it.home.own, cx.own_name(), prefers_relative(it))),
            item: name.to_string(),
            absolute: format!("{}.{name}", cx.own_name()).into(),
            bound: name,
            at: At::RunTime,
            whose: Whose::Project,
        });
    }
    through_stars(it, &text, &exports, needs)
}

/// Names that a star import provides.
fn through_stars(
    it: &Move<'_, '_>,
    text: &str,
    exports: &model::Exports,
    needs: &mut Needs,
) -> Result<(), Refusal> {
    let cx = it.source;
    for star in &exports.stars {
        let Some(view) = cx.import(*star) else { continue };
        let Target::Module(id) = view.resolved.target else {
            return Err(Refusal::new(format!(
                "{} imports everything from {}, and what it needs of that can't be seen",
                cx.own_name(),
                view.resolved.absolute
            )));
        };
        let file = cx.file_of(id);
        let offered = model::query::exports(cx.db, file);
        let names: Vec<&str> = offered
            .names
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| offered.is_public(name) && exports.get(name).is_none())
            .collect();
        let clause = relative::written(&it.home.own, cx.module_name(id), view.import.level > 0);
        for name_use in probe::uses(text, names) {
            let is_known = needs.imports.iter().any(|needed| needed.bound == name_use.name);
            if !is_known && Some(id) != it.home.id {
                needs.imports.push(Needed {
                    clause: Some(clause.clone()),
                    item: name_use.name.to_string(),
                    absolute: format!("{}.{}", cx.module_name(id), name_use.name).into(),
                    bound: name_use.name,
                    at: At::RunTime,
                    whose: Whose::Project,
                });
            }
        }
    }
    Ok(())
}

/// Whether the source module uses relative imports for its neighbours.
pub(super) fn prefers_relative(it: &Move<'_, '_>) -> bool {
    let of_project = |view: &ImportView<'_>| {
        view.import.level > 0 || matches!(view.resolved.target, Target::Module(_) | Target::Symbol { .. })
    };
    let mut imports = it.source.imports().filter(of_project).peekable();
    imports.peek().is_some() && imports.all(|view| view.import.level > 0)
}
