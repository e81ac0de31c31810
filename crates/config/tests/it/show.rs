//! Renders a configuration as text, showing only differences from the default.

use std::fmt::Write as _;

use config::{
    Config, Contract, ContractKind, ModulePattern, NamePattern, Problem, RuleSettings, Tach, TachDependency,
};

pub(crate) fn config(config: &Config, text: &str) -> String {
    let mut out = String::new();
    let default = Config::default();
    for root in &config.source_roots {
        let _ = writeln!(out, "source root {root:?}");
    }
    for exclude in &config.exclude {
        let _ = writeln!(out, "exclude {exclude}");
    }
    if let Some(style) = config.style {
        let _ = writeln!(out, "style {style}");
    }
    for (layer, patterns) in &config.layers {
        let paths = patterns.iter().filter(|pattern| pattern.is_path()).count();
        let _ = writeln!(out, "layer {layer}: {} ({paths} paths)", names(patterns));
    }
    if !config.contexts.is_empty() {
        let _ = writeln!(out, "contexts {}", names(&config.contexts));
    }
    if config.require_reasons != default.require_reasons {
        out += "require reasons\n";
    }
    if config.report_unused_ignores != default.report_unused_ignores {
        out += "keep unused ignores\n";
    }
    for (name, _) in &config.presets {
        let _ = writeln!(out, "preset {name}");
    }
    for (id, settings) in &config.rules {
        rule(&mut out, "", id, settings);
    }
    for entry in &config.overrides {
        let paths: Vec<_> = entry.paths.iter().map(config::PathPattern::as_str).collect();
        let _ = writeln!(out, "override {}", paths.join(", "));
        for (id, settings) in &entry.rules {
            rule(&mut out, "  ", id, settings);
        }
    }
    for contract in &config.contracts {
        self::contract(&mut out, contract, text);
    }
    out
}

fn rule(out: &mut String, indent: &str, id: &str, settings: &RuleSettings) {
    let _ = write!(out, "{indent}rule {id}");
    if let Some(level) = settings.level {
        let _ = write!(out, " {}", level.as_str());
    }
    for (name, (value, _)) in &settings.options {
        let _ = write!(out, " {name}={value}");
    }
    out.push('\n');
}

fn contract(out: &mut String, contract: &Contract, text: &str) {
    let place = place(text, contract.span.start);
    let _ = write!(out, "contract {:?} at {place} {}: ", contract.name, contract.level.as_str());
    match &contract.kind {
        ContractKind::Layers {
            layers,
            containers,
            exhaustive,
            exhaustive_ignores,
            independent,
            closed,
            allow_indirect,
        } => {
            let layers: Vec<String> = layers
                .iter()
                .enumerate()
                .map(|(index, slots)| {
                    let slots: Vec<String> = slots
                        .iter()
                        .map(|slot| {
                            if slot.optional {
                                format!("({})", slot.module.as_str())
                            } else {
                                slot.module.as_str().to_owned()
                            }
                        })
                        .collect();
                    let closed = if closed[index] { "closed " } else { "" };
                    format!("{closed}{}", slots.join(if independent[index] { " | " } else { " : " }))
                })
                .collect();
            let _ = write!(out, "layers {}", layers.join(" > "));
            if !containers.is_empty() {
                let _ = write!(out, " in {}", names(containers));
            }
            if *exhaustive {
                let _ = write!(out, " exhaustive but {exhaustive_ignores:?}");
            }
            if *allow_indirect {
                out.push_str(" direct only");
            }
        }
        ContractKind::Forbidden { sources, forbidden, allow_indirect, as_packages } => {
            let _ = write!(out, "{} never import {}", names(sources), names(forbidden));
            out.push_str(if *allow_indirect { " directly" } else { "" });
            out.push_str(if *as_packages { "" } else { ", modules alone" });
        }
        ContractKind::Independence { modules } => {
            let _ = write!(out, "independent {}", names(modules));
        }
        ContractKind::Protected { protected, allowed, as_packages, exposed } => {
            let _ = write!(out, "only {} import {}", names(allowed), names(protected));
            out.push_str(if *as_packages { "" } else { ", modules alone" });
            if !exposed.is_empty() {
                let exposed: Vec<_> = exposed.iter().map(NamePattern::as_str).collect();
                let _ = write!(out, ", exposed {}", exposed.join(", "));
            }
        }
        ContractKind::Private { packages } => {
            let packages = if packages.is_empty() { "all packages".to_owned() } else { names(packages) };
            let _ = write!(out, "private modules of {packages}");
        }
        ContractKind::Tach(declared) => tach(out, declared),
        ContractKind::Acyclic { ancestors, depth, skip } => {
            let _ = write!(out, "acyclic {} to depth {depth}", names(ancestors));
            if !skip.is_empty() {
                let _ = write!(out, " without {}", names(skip));
            }
        }
    }
    if contract.exclude_type_checking {
        out.push_str(", not under TYPE_CHECKING");
    }
    if !contract.view.roots.is_empty() {
        let _ = write!(out, ", within {}", contract.view.roots.join(", "));
        out.push_str(if contract.view.external { " and what these import" } else { "" });
    }
    if !contract.alerts_unmatched {
        out.push_str(", unmatched exceptions are fine");
    }
    for edge in &contract.ignore_imports {
        let _ = write!(out, ", but {} -> {}", edge.importer.as_str(), edge.imported.as_str());
    }
    if let Some(guidance) = &contract.guidance {
        let _ = write!(out, ", says {guidance:?}");
    }
    out.push('\n');
}

fn tach(out: &mut String, tach: &Tach) {
    let _ = write!(out, "modules");
    for layer in &tach.layers {
        let _ = write!(out, " {}layer {}", if layer.closed { "closed " } else { "" }, layer.name);
    }
    let switches = [
        (tach.explicit, "explicit"),
        (tach.root != config::TachRoot::Ignore, "root counts"),
        (tach.string_imports, "strings"),
        (tach.local_imports != Some(config::Level::Error), "local imports are quieter"),
    ];
    for (_, word) in switches.iter().filter(|(on, _)| *on) {
        let _ = write!(out, ", {word}");
    }
    for module in &tach.modules {
        let list =
            |list: &[TachDependency]| list.iter().map(|it| it.path.as_str()).collect::<Vec<_>>().join(", ");
        let _ = write!(out, "\n    {}", module.path);
        if module.glob.is_some() {
            out.push_str(" (glob)");
        }
        match &module.depends_on {
            Some(allowed) => drop(write!(out, " needs [{}]", list(allowed))),
            None => out.push_str(" needs anything"),
        }
        if !module.cannot_depend_on.is_empty() {
            let _ = write!(out, " never [{}]", list(&module.cannot_depend_on));
        }
        if let Some(layer) = &module.layer {
            let _ = write!(out, " in {layer}");
        }
        if let Some(globs) = &module.visibility {
            let _ = write!(out, " for {globs:?}");
        }
        out.push_str(if module.utility { " utility" } else { "" });
        out.push_str(if module.unchecked { " unchecked" } else { "" });
    }
    for interface in &tach.interfaces {
        let list = |list: &[NamePattern]| list.iter().map(NamePattern::as_str).collect::<Vec<_>>().join(", ");
        let _ = write!(out, "\n    interface of {}: [{}]", list(&interface.from), list(&interface.expose));
        if let Some(visibility) = &interface.visibility {
            let _ = write!(out, " for [{}]", visibility.join(", "));
        }
        out.push_str(if interface.exclusive { " alone" } else { "" });
    }
}

fn names(patterns: &[ModulePattern]) -> String {
    if patterns.is_empty() {
        return "nobody".to_owned();
    }
    patterns.iter().map(ModulePattern::as_str).collect::<Vec<_>>().join(", ")
}

/// `error 3:7 [text] message (try replacement)`
pub(crate) fn problem(problem: &Problem, text: &str) -> String {
    let span = problem.span.start as usize..problem.span.end as usize;
    let marked = text[span].lines().next().unwrap_or_default();
    let place = place(text, problem.span.start);
    let suggestion = problem.suggestion.as_ref().map_or(String::new(), |with| format!(" (try {with})"));
    format!("{} {place} [{marked}] {}{suggestion}\n", problem.level.as_str(), problem.message)
}

/// One-based line and column.
fn place(text: &str, offset: u32) -> String {
    // A configuration combined from several files has positions in each.
    let before = text.get(..offset as usize).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!("{line}:{column}")
}
