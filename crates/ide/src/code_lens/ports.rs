//! Lenses above an interface with its implementations and consumers, and above an implementation with its interfaces;
//! each opens the list.

use std::fmt::Write as _;

use model::ClassRef;
use view::Context;
use workspace::Snapshot;

use super::CodeLens;
use crate::place::of_class;
use crate::ports::{consumers, place_of};

/// A class with more interfaces shows only the first ones.
const MAX_NAMES: usize = 3;

/// The lenses of the classes of a file, in source order.
pub(super) fn lenses(snapshot: &Snapshot, cx: &Context<'_>, out: &mut Vec<CodeLens>) {
    let db = snapshot.db();
    let definitions = &cx.module.definitions;
    for (id, facts) in definitions.classes() {
        if definitions.class_named(&facts.name) != Some(id) {
            continue;
        }
        let class = ClassRef::new(cx.id, facts.name.clone());
        let span = cx.module.spans.class_name(id);
        let place = |class: &ClassRef| of_class(snapshot, cx.project, class);
        if model::query::port(db, cx.project, class.clone()).is_some() {
            let adapters = model::query::adapters(db, cx.project, class.clone());
            let consumers = consumers(snapshot, cx.project, &class);
            let title = words(adapters.len(), consumers.len());
            let mut places: Vec<_> = adapters.iter().filter_map(|adapter| place(&adapter.class)).collect();
            places.extend(consumers.iter().map(|consumer| place_of(snapshot, cx.project, consumer)));
            out.push(CodeLens { span, title, places });
        }
        let ports = model::query::ports_of(db, cx.project, class);
        if !ports.is_empty() {
            let names: Vec<&str> =
                ports.iter().take(MAX_NAMES).map(|port| port.class.name.as_str()).collect();
            let mut title = format!("implements {}", names.join(", "));
            if ports.len() > MAX_NAMES {
                let _ = write!(title, " and {} more", ports.len() - MAX_NAMES);
            }
            let places = ports.iter().filter_map(|port| place(&port.class)).collect();
            out.push(CodeLens { span, title, places });
        }
    }
}

/// `implemented by 2, used by 5`
fn words(adapters: usize, consumers: usize) -> String {
    match (adapters, consumers) {
        (0, 0) => "neither implemented nor used".to_owned(),
        (0, used) => format!("not implemented, used by {used}"),
        (implemented, 0) => format!("implemented by {implemented}, not used"),
        (implemented, used) => format!("implemented by {implemented}, used by {used}"),
    }
}
