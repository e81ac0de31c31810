//! A label of a metric with as many values as there are addresses.

use libraries::{Kind, kind};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "label-without-bound",
    area: Area::Observability,
    title: "Metrics have a bounded number of rows",
    docs: include_str!("label_without_bound.md"),
    asvs: None,
    factor: Some(11),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for (source, call) in evidence.calls().filter(|(_, it)| it.called.method == "labels") {
        let owner = call.called.callee.as_deref().and_then(|it| it.strip_suffix(".labels"));
        let made = owner.and_then(|it| evidence.constant(it));
        let is_metric = made.is_some_and(|(value, _)| {
            let callee = value.call().and_then(|it| it.callee.as_deref());
            callee.and_then(kind) == Some(Kind::Monitoring)
        });
        let open = call.called.arguments.iter().find_map(|(_, value)| match value {
            Value::Name(name) if name.ends_with(".url.path") || name.ends_with("request.path") => {
                Some(name.clone())
            }
            _ => None,
        });
        let Some(value) = open.filter(|_| is_metric) else { continue };
        let metric = owner.and_then(|it| it.rsplit('.').next()).unwrap_or_default();
        let text = format!(
            "`{metric}` has a row for each `{value}`: identifiers in addresses make a new one each, and all stay in memory."
        );
        let claim = out.presence(Level::Medium, &[&source.path, metric], text);
        claim.at(Place::new(source.path.clone(), call.line));
        claim.recommend(format!("Label `{metric}` with the path of the route, as it is declared."));
        claim.example("python", "request.scope[\"route\"].path");
    }
}
