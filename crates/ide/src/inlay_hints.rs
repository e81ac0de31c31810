//! Inlay hints with the number of queries of a call, after it: `1 + N(orders) queries`. Shown in route handlers, where
//! their sum is the cost of a request.

use flow::FunctionRef;
use source::{File, Span};
use workspace::Snapshot;

use crate::{Place, Words, queries};

/// Text after an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlayHint {
    /// The byte after the call.
    pub offset: u32,
    /// The text in parts, each term with its query.
    pub label: Vec<(String, Option<Place>)>,
    /// Each query with the path to it.
    pub tooltip: Words,
    /// The places that it opens: loops and queries, in order of execution.
    pub places: Vec<Place>,
}

/// The hints of a file within `range`, in source order.
pub fn inlay_hints(snapshot: &Snapshot, file: File, range: Span) -> Vec<InlayHint> {
    let Some(cx) = crate::context(snapshot, file) else { return Vec::new() };
    let mut hints = Vec::new();
    for (id, _) in cx.module.definitions.functions() {
        let reference = FunctionRef { module: cx.id, function: id };
        if queries::routes_of(snapshot, cx.project, reference).is_empty() {
            continue;
        }
        let analysis = flow::query::analysis(snapshot.db(), cx.project, cx.id, id);
        for (site, cost) in queries::by_site(&analysis) {
            // A site may be in a nested function, which has its own body.
            let span = cx.module.spans.expr(site.body, site.expr);
            if span.is_empty() || span.end < range.start || span.start > range.end {
                continue;
            }
            let mut tooltip = Words::default();
            let reasons = queries::reasons(snapshot, cx.project, reference, Some(site));
            for (index, reason) in reasons.iter().enumerate() {
                tooltip.push(if index == 0 { "- " } else { "\n- " });
                queries::explain(snapshot, cx.project, reason, &mut tooltip);
            }
            let places = queries::path(&reasons);
            hints.push(InlayHint {
                offset: span.end,
                label: queries::terms(&cost, &reasons),
                tooltip,
                places,
            });
        }
    }
    hints.sort_by_key(|hint| hint.offset);
    hints
}

#[cfg(test)]
mod tests;
