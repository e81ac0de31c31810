//! The facts about a module: layer with evidence, style, allowed importers, coupling, cycles.

use std::fmt::Write as _;

use config::{Layer, Style};
use model::{Component, Coupling, ModuleId, Verdict};
use python::naming::counted;
use view::Context;

use crate::{Words, place};

/// Limit on the reasons shown for a layer; the strongest come first.
const REASONS: usize = 4;

/// The text about a module.
pub(super) fn of_module(cx: &Context<'_>, id: ModuleId) -> Words {
    let info = &cx.architecture.modules[id];
    let mut out = Words::default();
    out.push("**");
    out.place(&format!("`{}`", info.name), place::of_module(&cx.architecture.modules, id));
    out.push("**");
    match cx.verdict(id) {
        Some(verdict) => layer(&mut out, verdict),
        None => out.push(" · no layer: not enough evidence\n"),
    }
    style(&mut out, cx, id);
    if let Some(context) = cx.bounded_context(id) {
        let _ = writeln!(out, "\nBounded context `{context}`");
    }
    let (modules, graph) = (&cx.architecture.modules, &cx.architecture.graph);
    let of_it = if info.is_package {
        Coupling::of_package(modules, graph, &info.name)
    } else {
        Coupling::of_module(graph, id)
    };
    coupling(&mut out, of_it);
    for component in
        cx.architecture.cycles.components.iter().filter(|component| component.modules.contains(&id))
    {
        cycle(&mut out, cx, component);
    }
    out.trim_end();
    out
}

/// The text about a package without a file.
pub(super) fn of_namespace(cx: &Context<'_>, name: &str) -> Words {
    let (modules, graph) = (&cx.architecture.modules, &cx.architecture.graph);
    let inside = |module: &str| module.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    let members = modules.iter().filter(|(_, info)| inside(&info.name)).count();
    let mut out = Words::from(format!(
        "**`{name}`** · a package without `__init__.py`, {}\n",
        counted(members, "module")
    ));
    coupling(&mut out, Coupling::of_package(modules, graph, name));
    out.trim_end();
    out
}

fn layer(out: &mut Words, verdict: &Verdict) {
    match verdict.confidence.0 {
        100.. => _ = writeln!(out, " · {}", verdict.layer),
        percent => _ = writeln!(out, " · {}, {percent} % sure", verdict.layer),
    }
    let reasons = verdict.evidence.iter().filter(|evidence| evidence.layer == verdict.layer).take(REASONS);
    for (index, evidence) in reasons.enumerate() {
        let _ = writeln!(out, "{}- {}", if index == 0 { "\n" } else { "" }, evidence);
    }
}

fn style(out: &mut Words, cx: &Context<'_>, id: ModuleId) {
    let layers = &cx.architecture.layers;
    let Some(scope) = layers.scope_style(id) else { return };
    let _ = writeln!(out, "\nStyle `{}`: {}", scope.style, scope.reason());
    if let Some(importers) = layers.layer(id).and_then(|layer| importers(scope.style, layer)) {
        let _ = writeln!(out, "\n{importers}");
    }
}

/// The layers that may import a module of `layer`, in words.
fn importers(style: Style, layer: Layer) -> Option<String> {
    let allowed: Vec<&str> = Layer::ALL
        .into_iter()
        .filter(|importer| is_layer(*importer) && view::may_import(style, *importer, layer))
        .map(Layer::as_str)
        .collect();
    is_layer(layer).then(|| format!("May be imported by {}, and by composition and tests", join(&allowed)))
}

fn is_layer(layer: Layer) -> bool {
    matches!(layer, Layer::Presentation | Layer::Application | Layer::Domain | Layer::Infrastructure)
}

/// `a, b and c`.
fn join(words: &[&str]) -> String {
    match words {
        [] => "nobody else".to_owned(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn coupling(out: &mut Words, coupling: Coupling) {
    let _ = write!(out, "\nCa {} (imported by), Ce {} (imports)", coupling.afferent, coupling.efferent);
    match coupling.instability() {
        Some(instability) => _ = writeln!(out, ", instability {instability:.2}"),
        None => out.push("\n"),
    }
}

fn cycle(out: &mut Words, cx: &Context<'_>, component: &Component) {
    let closed = component.shortest.iter().chain(component.shortest.first());
    let when = if component.at_import_time { "" } else { ", closed by imports inside functions alone" };
    let _ = write!(out, "\nIn a cycle of {}{when}: ", counted(component.modules.len(), "module"));
    for (index, id) in closed.enumerate() {
        out.push(if index == 0 { "" } else { " → " });
        out.place(&format!("`{}`", cx.module_name(*id)), place::of_module(&cx.architecture.modules, *id));
    }
    out.push("\n");
}
