//! One variable with two defaults.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Area, Level};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Setting, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "defaults-disagree",
    area: Area::Organisation,
    title: "A variable has one default",
    docs: include_str!("defaults_disagree.md"),
    asvs: None,
    factor: Some(3),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    // Programs of one repository may each have their own default.
    let mut read: BTreeMap<(String, String), Vec<(&Setting, String)>> = BTreeMap::new();
    for setting in &evidence.settings {
        let source = &evidence.sources[setting.source];
        let Some(default) = setting.default.as_ref().and_then(written) else { continue };
        // The variable that a settings field reads depends on its enclosing prefixes. What a module sets itself, from its
        // command line, others find set.
        let is_set = source.writes.iter().any(|it| it.eq_ignore_ascii_case(&setting.variable));
        if source.role != model::PathRole::Code || setting.field.is_some() || is_set {
            continue;
        }
        let program = source.name.split('.').next().unwrap_or_default().to_owned();
        read.entry((program, setting.variable.to_uppercase())).or_default().push((setting, default));
    }
    for ((_, variable), all) in read {
        let Some((first, _)) = all.first() else { continue };
        // Two defaults in one module have different purposes: the drivers of two databases, a version and a branch.
        let of = |module: usize| -> BTreeSet<&str> {
            all.iter().filter(|(it, _)| it.source == module).map(|(_, default)| default.as_str()).collect()
        };
        let defaults = of(first.source);
        let others: Vec<&Setting> =
            all.iter().map(|(it, _)| *it).filter(|it| of(it.source).is_disjoint(&defaults)).collect();
        let Some(other) = others.first() else { continue };
        let text = format!(
            "`{variable}` has one default in `{}` and another in `{}`: where it isn't set, the two differ.",
            first.place.path, other.place.path
        );
        let claim = out.contradiction(Level::Medium, &[&variable], text);
        claim.at(first.place.clone());
        for other in &others {
            claim.at(other.place.clone());
        }
        claim.files(others.len());
        // Where most look already.
        let users = |it: &Setting| evidence.code().filter(|of| of.imports.contains(&it.source)).count();
        let asked = others.iter().copied().max_by_key(|it| users(it)).filter(|it| users(it) > users(first));
        let path = &asked.unwrap_or(first).place.path;
        claim.recommend(format!("Read `{variable}` once, in `{path}`, and take it from there."));
    }
}

/// A literal default, for comparison; an empty or missing one means that there is no default.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if !text.is_empty() => Some(text.to_ascii_lowercase()),
        Value::Int(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
