//! Modules or packages that import each other in a circle: none can be understood, tested or moved without the others.

mod packages;

pub(super) use packages::contract_cycles;

use config::Level;
use model::{Component, ModuleId};

use crate::{Context, Findings, Group, OptionDefault, OptionSpec, Place, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "circular-import",
    group: Group::Layers,
    summary: "modules that import each other in a circle",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("circular_import.md"),
    options: &[
        OptionSpec {
            name: "report-deferred",
            default: OptionDefault::Bool(true),
            summary: "report cycles that only imports inside functions close (as info)",
        },
        OptionSpec {
            name: "ignore-smaller-than",
            default: OptionDefault::Integer(2),
            summary: "the number of modules from which on a cycle is reported",
        },
    ],
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let options = cx.options(&RULE);
    let smallest = usize::try_from(options.integer("ignore-smaller-than")).unwrap_or(0);
    for component in &cx.architecture.cycles.components {
        let is_ours = component.shortest.first() == Some(&cx.id);
        let is_wanted = component.at_import_time || options.bool("report-deferred");
        if is_ours && is_wanted && component.modules.len() >= smallest {
            report(cx, out, component);
        }
    }
    packages::check(cx, out);
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, component: &Component) {
    let cycle = &component.shortest;
    let next = cycle.get(1).copied().unwrap_or(cx.id);
    let Some(import) = cx.import_between(cx.id, next).and_then(|id| cx.import(id)) else { return };
    let names: Vec<&str> = component.modules.iter().map(|id| cx.module_name(*id)).collect();
    let draft = out.add(import.mark(), words(cx, component));
    draft.key(key(cx, component)).modules(names);
    if !component.at_import_time {
        draft.at_most(Level::Info);
    }
    for (index, from) in cycle.iter().copied().enumerate() {
        let to = cycle[(index + 1) % cycle.len()];
        let place = cx.import_between(from, to).map_or(Place::File, Place::Import);
        draft.related(
            cx.file_of(from),
            place,
            format!("{} imports {}", cx.module_name(from), cx.module_name(to)),
        );
    }
}

fn words(cx: &Context<'_>, component: &Component) -> String {
    let chain = cx.cycle(&component.shortest);
    let deferred = if component.at_import_time { "" } else { ", closed only by imports inside functions" };
    let among = if component.modules.len() > component.shortest.len() {
        format!(", the shortest among {} modules that all reach each other", component.modules.len())
    } else {
        String::new()
    };
    format!("import cycle {chain}{deferred}{among}{}", cheapest_cuts(cx, component))
}

fn cheapest_cuts(cx: &Context<'_>, component: &Component) -> String {
    const SHOWN: usize = 3;
    let reported = component.shortest.first().copied().zip(component.shortest.get(1).copied());
    let names =
        |(from, to): &(ModuleId, ModuleId)| format!("{} -> {}", cx.module_name(*from), cx.module_name(*to));
    match &component.cuts[..] {
        [] => String::new(),
        [cut] if Some(*cut) == reported => "; this is the import to cut".to_owned(),
        [cut] => format!("; {} is the import to cut", names(cut)),
        cuts => {
            let shown: Vec<String> = cuts.iter().take(SHOWN).map(names).collect();
            let more = match cuts.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("; the cheapest imports to cut are {}{more}", shown.join(", "))
        }
    }
}

/// The shortest cycle names the relationship: another module that joins the component doesn't make it a new finding.
fn key(cx: &Context<'_>, component: &Component) -> String {
    let when = if component.at_import_time { "at import" } else { "deferred" };
    let names: Vec<&str> = component.shortest.iter().map(|id| cx.module_name(*id)).collect();
    format!("{when} {}", names.join(" "))
}
