//! Objections to an import: in a few words for the list, and in full for one entry.

use model::ModuleId;
use rules::Objection;
use view::Context;
use workspace::Snapshot;

use crate::Words;

/// The objection to importing something, in a few words.
pub(super) fn doubt(cx: &Context<'_>, module: &str, name: Option<&str>) -> Option<String> {
    Some(match rules::objection(cx, module, name)? {
        Objection::ClosesCycle => "would close an import cycle".to_owned(),
        Objection::Reported(finding) => {
            let target = cx.architecture.modules.by_name(module, cx.info().root);
            let by_layer = (finding.rule == "layer-violation").then(|| against_layers(cx, target?));
            by_layer.flatten().unwrap_or(finding.message)
        }
    })
}

/// `application must not import infrastructure`, if the direction alone explains it.
fn against_layers(cx: &Context<'_>, target: ModuleId) -> Option<String> {
    let (from, to) = (cx.own_layer()?, cx.layer(target)?);
    (!view::may_import(cx.style()?, from, to)).then(|| format!("{from} must not import {to}"))
}

/// The full text of an entry: the objection, and the facts about its module.
pub(super) fn words(snapshot: &Snapshot, cx: &Context<'_>, module: &str, name: Option<&str>) -> Words {
    let mut words = Words::default();
    match rules::objection(cx, module, name) {
        Some(Objection::ClosesCycle) => {
            let target = cx.architecture.modules.by_name(module, cx.info().root);
            let (graph, modules) = (&cx.architecture.graph, &cx.architecture.modules);
            let cycle = target.and_then(|target| model::closes_cycle(graph, modules, cx.id, target));
            words.push("**Would close an import cycle**");
            if let Some(cycle) = cycle {
                words.push(&format!(": {}", cx.cycle(&cycle)));
            }
            words.push("\n\n");
        }
        Some(Objection::Reported(finding)) => {
            words.push(&format!("**{}**", finding.message));
            if let Some(evidence) = &finding.evidence {
                words.push(&format!("\n\n{evidence}"));
            }
            words.push("\n\n");
        }
        None => {}
    }
    words.append(crate::hover::of_import(snapshot, cx, module, name));
    words
}
