//! What is known of a module: layer with evidence, style, who may import it, coupling, cycles.

use std::fmt::Write as _;

use config::{Layer, Style};
use model::{Component, EdgeKind, ModuleId, Verdict};
use rules::Context;
use rustc_hash::FxHashSet;

/// So many reasons are shown for a layer; the strongest come first.
const REASONS: usize = 4;

/// The words about a module.
pub(super) fn of_module(cx: &Context<'_>, id: ModuleId) -> String {
    let info = &cx.architecture.modules[id];
    let mut out = format!("**`{}`**", info.name);
    match cx.verdict(id) {
        Some(verdict) => layer(&mut out, verdict),
        None => out.push_str(" · no layer: not enough evidence\n"),
    }
    style(&mut out, cx, id);
    if let Some(context) = cx.bounded_context(id) {
        let _ = writeln!(out, "\nBounded context `{context}`");
    }
    if info.is_package {
        coupling(&mut out, cx, &members(cx, &info.name));
    } else {
        coupling(&mut out, cx, &FxHashSet::from_iter([id]));
    }
    for component in
        cx.architecture.cycles.components.iter().filter(|component| component.modules.contains(&id))
    {
        cycle(&mut out, cx, component);
    }
    out.truncate(out.trim_end().len());
    out
}

/// The words about a package without a file.
pub(super) fn of_namespace(cx: &Context<'_>, name: &str) -> String {
    let members = members(cx, name);
    let mut out = format!("**`{name}`** · a package without `__init__.py`, {} modules\n", members.len());
    coupling(&mut out, cx, &members);
    out.truncate(out.trim_end().len());
    out
}

/// The modules of a package, itself included.
fn members(cx: &Context<'_>, package: &str) -> FxHashSet<ModuleId> {
    let inside =
        |name: &str| name.strip_prefix(package).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    cx.architecture.modules.iter().filter(|(_, info)| inside(&info.name)).map(|(id, _)| id).collect()
}

fn layer(out: &mut String, verdict: &Verdict) {
    match verdict.confidence.0 {
        100.. => _ = writeln!(out, " · {}", verdict.layer),
        percent => _ = writeln!(out, " · {}, {percent} % sure", verdict.layer),
    }
    let reasons = verdict.evidence.iter().filter(|evidence| evidence.layer == verdict.layer).take(REASONS);
    for (index, evidence) in reasons.enumerate() {
        let _ = writeln!(out, "{}- {}", if index == 0 { "\n" } else { "" }, evidence.reason);
    }
}

fn style(out: &mut String, cx: &Context<'_>, id: ModuleId) {
    let layers = &cx.architecture.layers;
    let scope = layers.scopes.get(id.0 as usize).and_then(|scope| layers.styles.get(*scope as usize));
    let Some((style, reason)) = scope else { return };
    let _ = writeln!(out, "\nStyle `{style}`: {reason}");
    if let Some(layer) = layers.layer(id) {
        if let Some(importers) = importers(*style, layer) {
            let _ = writeln!(out, "\n{importers}");
        }
    }
}

/// Who may import a module of `layer`, in words.
fn importers(style: Style, layer: Layer) -> Option<String> {
    let allowed: Vec<&str> = Layer::ALL
        .into_iter()
        .filter(|importer| is_layer(*importer) && may_import(style, *importer, layer))
        .map(Layer::as_str)
        .collect();
    is_layer(layer).then(|| format!("May be imported by {}, and by composition and tests", join(&allowed)))
}

fn is_layer(layer: Layer) -> bool {
    matches!(layer, Layer::Presentation | Layer::Application | Layer::Domain | Layer::Infrastructure)
}

fn may_import(style: Style, importer: Layer, imported: Layer) -> bool {
    let height = |layer: Layer| match (style, layer) {
        (_, Layer::Presentation) => 3,
        (_, Layer::Application) => 2,
        (Style::Layered | Style::Modules, Layer::Infrastructure) => 1,
        (Style::Clean | Style::Hexagonal, Layer::Infrastructure) => 4,
        _ => 0,
    };
    height(importer) >= height(imported)
}

/// `a, b and c`.
fn join(words: &[&str]) -> String {
    match words {
        [] => "nobody else".to_owned(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// Counts modules outside; imports for the type checker alone are no coupling at run time and don't count.
fn coupling(out: &mut String, cx: &Context<'_>, inside: &FxHashSet<ModuleId>) {
    let graph = &cx.architecture.graph;
    let outside = |edges: &[model::Edge]| -> Vec<ModuleId> {
        let running = edges.iter().filter(|edge| edge.kind != EdgeKind::TypeChecking);
        running.map(|edge| edge.to).filter(|other| !inside.contains(other)).collect()
    };
    let afferent: FxHashSet<ModuleId> = inside.iter().flat_map(|id| outside(graph.importers(*id))).collect();
    let efferent: FxHashSet<ModuleId> = inside.iter().flat_map(|id| outside(graph.imports(*id))).collect();
    let coupling = model::Coupling { afferent: afferent.len() as u32, efferent: efferent.len() as u32 };
    let _ = write!(out, "\nCa {} (imported by), Ce {} (imports)", coupling.afferent, coupling.efferent);
    match coupling.instability() {
        Some(instability) => _ = writeln!(out, ", instability {instability:.2}"),
        None => out.push('\n'),
    }
}

fn cycle(out: &mut String, cx: &Context<'_>, component: &Component) {
    let closed = component.shortest.iter().chain(component.shortest.first());
    let names: Vec<String> = closed.map(|id| format!("`{}`", cx.module_name(*id))).collect();
    let when = if component.at_import_time { "" } else { ", closed by imports inside functions alone" };
    let _ = writeln!(out, "\nIn a cycle of {} modules{when}: {}", component.modules.len(), names.join(" → "));
}
