//! Whether the imports after a move close a new cycle at import time.

use model::{Edge, EdgeKind, Graph, ModuleId, Orm, Target};
use python::Name;
use rustc_hash::FxHashMap;
use source::File;
use view::{Context, wording};

use super::needs::Needs;
use super::{Failure, Move, starting};
use crate::moves::Refusal;
use crate::moves::early::{self, Early};
use crate::rewrite::Rewrite;

/// Checks every edited file, and the new module if there is one.
pub(super) fn check<'a>(
    it: &Move<'_, 'a>,
    rewrite: &mut Rewrite<'a>,
    touched: &[File],
    (new_module, needs): (Option<&Context<'a>>, &Needs),
) -> Result<(), Failure> {
    let modules = &it.source.architecture.modules;
    let old = &it.source.architecture.graph;
    let mut changed: Vec<(ModuleId, Box<[Edge]>)> = Vec::new();
    let mut fresh: Vec<(ModuleId, ModuleId)> = Vec::new();
    // Tests and examples have no edges in the graph. They are only held to cycles.
    let mut aside: Vec<(ModuleId, Box<[Edge]>)> = Vec::new();
    let mut fresh_aside: Vec<(ModuleId, ModuleId)> = Vec::new();
    let mut to_new: Vec<ModuleId> = Vec::new();
    let files =
        touched.iter().copied().chain([it.source.file]).chain(it.home.id.map(|id| it.source.file_of(id)));
    for file in files {
        let Some(edited) = rewrite.file(file) else { continue };
        let id = edited.cx.id;
        let edges = edges(&edited.cx);
        let known = known_edges(it.source, file, id);
        let is_new = |edge: &&Edge| edge.kind == EdgeKind::Import && !known.contains(*edge);
        let new = edges.iter().filter(is_new).map(|edge| (id, edge.to));
        if it.home.id.is_none() && imports_new(&edited.cx, it) {
            to_new.push(id);
        }
        if modules[id].has_edges() {
            fresh.extend(new);
            changed.push((id, edges.into()));
        } else {
            fresh_aside.extend(new);
            aside.push((id, edges.into()));
        }
    }
    let graph = old.with_edges(changed);
    not_closed(it, needs, &graph, &fresh)?;
    if !fresh_aside.is_empty() {
        not_closed(it, needs, &graph.with_edges(aside), &fresh_aside)?;
    }
    starting::importers_need_an_app(it, &fresh)?;
    if let Some(refusal) = loads_early(it, rewrite, (old, &graph)) {
        return Err(Failure::Refused(refusal));
    }
    let Some(new_module) = new_module else { return Ok(()) };
    // The new module only imports what the old one did, and its importers imported the old one: only the import back is
    // new.
    let needs_old =
        edges(new_module).iter().any(|edge| edge.to == it.source.id && edge.kind == EdgeKind::Import)
            || names_source(new_module, it);
    if needs_old && to_new.contains(&it.source.id) {
        return Err(refused(it, needs, &[it.source.id]));
    }
    Ok(())
}

/// Checks that none of these imports closes a cycle.
fn not_closed(
    it: &Move<'_, '_>,
    needs: &Needs,
    graph: &Graph,
    fresh: &[(ModuleId, ModuleId)],
) -> Result<(), Failure> {
    let modules = &it.source.architecture.modules;
    let cycle = fresh.iter().find_map(|(from, to)| model::closes_cycle(graph, modules, *from, *to));
    cycle.map_or(Ok(()), |cycle| Err(refused(it, needs, &cycle)))
}

/// Why models would be loaded before Django is ready for them.
fn loads_early<'a>(
    it: &Move<'_, 'a>,
    rewrite: &mut Rewrite<'a>,
    (old, new): (&Graph, &Graph),
) -> Option<Refusal> {
    let cx = it.source;
    let before = Early::of(cx.db, cx.project, &cx.architecture.modules)?;
    let mut after = before.clone();
    if let Some(home) = it.home.id {
        let is_model = |name: &Name| {
            let entity = model::query::entity(cx.db, cx.project, cx.id, name.clone());
            entity.is_some_and(|entity| entity.orm == Orm::Django)
        };
        let edited = rewrite.file(cx.file_of(home))?;
        if it.names.iter().any(is_model) || early::imports_models(&edited.cx) {
            after.gets_models(home);
        }
    }
    after.refusal(&before, old, new)
}

fn refused(it: &Move<'_, '_>, needs: &Needs, cycle: &[ModuleId]) -> Failure {
    let shown = it.source.cycle(cycle);
    let shown = if cycle.len() == 1 {
        wording::way(&[it.source.own_name(), it.home.name(), it.source.own_name()])
    } else {
        shown
    };
    let source = it.source.own_name();
    let of_source = |name: &Name| {
        name.strip_prefix(source).is_some_and(|rest| rest.starts_with('.') && !rest[1..].contains('.'))
    };
    let needed: Vec<String> = needs
        .imports
        .iter()
        .filter(|needed| of_source(&needed.absolute))
        .map(|needed| needed.bound.to_string())
        .collect();
    let why = if cycle.contains(&it.source.id) && !needed.is_empty() {
        format!(" (it needs {} of {source})", wording::codes(&needed))
    } else {
        String::new()
    };
    Failure::Cycle(Refusal::new(format!("it would close a cycle at import time: {shown}{why}")))
}

/// The edges of a module before the move, also of tests and examples.
fn known_edges(cx: &Context<'_>, file: File, id: ModuleId) -> Vec<Edge> {
    if cx.architecture.modules[id].has_edges() {
        return cx.architecture.graph.imports(id).to_vec();
    }
    view::query::context(cx.db, cx.project, file).map(|before| edges(&before)).unwrap_or_default()
}

/// The edges of an edited module, sorted.
fn edges(cx: &Context<'_>) -> Vec<Edge> {
    let mut strongest: FxHashMap<ModuleId, EdgeKind> = FxHashMap::default();
    for view in cx.imports() {
        if let Some(to) = view.module().filter(|to| *to != cx.id) {
            let kind = EdgeKind::of(view.import);
            let slot = strongest.entry(to).or_insert(kind);
            *slot = kind.max(*slot);
        }
    }
    let mut edges: Vec<Edge> = strongest.into_iter().map(|(to, kind)| Edge { to, kind }).collect();
    edges.sort_unstable();
    edges
}

/// Whether an edited module imports the new one at import time.
fn imports_new(cx: &Context<'_>, it: &Move<'_, '_>) -> bool {
    let prefix = format!("{}.", it.home.name());
    cx.imports().any(|view| {
        view.import.context.at_import_time()
            && (view.resolved.absolute == *it.home.name() || view.resolved.absolute.starts_with(&prefix))
    })
}

/// The new module is analysed in the place of the old one, so its imports of the old one have no edge.
fn names_source(cx: &Context<'_>, it: &Move<'_, '_>) -> bool {
    cx.imports().any(|view| {
        let own = crate::moves::after::Own { name: it.home.name().clone(), is_package: false };
        let names_it =
            crate::moves::relative::absolute(&own, view.import).as_deref() == Some(it.source.own_name());
        let is_it = matches!(&view.resolved.target, Target::Symbol { module, .. } if *module == it.source.id);
        view.import.context.at_import_time() && (names_it || is_it)
    })
}
