//! How many queries a call runs, behind it: `1 + N(orders) queries`. Shown in route handlers, where their sum is the cost of
//! a request.

use flow::FunctionRef;
use source::{File, Span};
use workspace::Snapshot;

use crate::queries;

/// Words behind an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlayHint {
    /// The byte after the call.
    pub offset: u32,
    /// The words.
    pub label: String,
    /// Each query with the way to it, as Markdown.
    pub tooltip: String,
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
            // A site may lie in a function inside: that one has a body of its own.
            let span = cx.module.spans.expr(site.body, site.expr);
            if span.is_empty() || span.end < range.start || span.start > range.end {
                continue;
            }
            let calls = analysis.calls.iter().filter(|(at, _)| *at == site);
            let mut reasons: Vec<String> = Vec::new();
            for (_, callee) in calls {
                reasons.extend(queries::reasons(snapshot, cx.project, *callee));
            }
            let tooltip: Vec<String> = reasons.into_iter().map(|reason| format!("- {reason}")).collect();
            hints.push(InlayHint {
                offset: span.end,
                label: queries::words(&cost),
                tooltip: tooltip.join("\n"),
            });
        }
    }
    hints.sort_by_key(|hint| hint.offset);
    hints
}

#[cfg(test)]
mod tests;
