//! The packages of each layer, and the contracts between layers and contexts that currently hold.

use std::collections::{BTreeMap, BTreeSet};

use model::{Architecture, Layer, ModuleId, PathRole};

use super::entries::{Entry, list, quoted};

/// Limit on the patterns written for a layer; a layer spread more widely stays inferred.
const MOST: usize = 40;

/// Limit on the packages named in a contract.
const PROMISED: usize = 12;

/// A layer with the packages that contain nothing else.
pub(super) struct Found {
    pub(super) layer: Layer,
    pub(super) packages: Vec<String>,
    pub(super) entry: Entry,
}

/// The packages of each layer: the largest in which every module certainly belongs to the layer.
pub(super) fn entries(architecture: &Architecture) -> Vec<Found> {
    let modules = &architecture.modules;
    // The contents at and below each name: its layers, and whether any is unknown.
    let mut below: BTreeMap<&str, BTreeSet<Option<Layer>>> = BTreeMap::new();
    for (id, info) in modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
        let layer = architecture.layers.verdict(id).filter(|it| it.speaks()).map(|it| it.layer);
        // A package that only marks a folder is what its contents are.
        if info.is_package && layer.is_none() && is_mere(architecture, id) {
            continue;
        }
        let name = info.name.as_str();
        let prefixes = name.match_indices('.').filter_map(|(dot, _)| name.get(..dot));
        for prefix in prefixes.chain([name]) {
            below.entry(prefix).or_default().insert(layer);
        }
    }
    let pure = |name: &str| -> Option<Layer> {
        let layers = below.get(name)?;
        if layers.len() == 1 { layers.first().copied().flatten() } else { None }
    };
    let mut found: BTreeMap<Layer, Vec<String>> = BTreeMap::new();
    for name in below.keys() {
        let Some(layer) = pure(name) else { continue };
        let is_covered = name.rsplit_once('.').is_some_and(|(parent, _)| pure(parent) == Some(layer));
        if !is_covered && !matches!(layer, Layer::Tests | Layer::Migrations) {
            found.entry(layer).or_default().push((*name).to_owned());
        }
    }
    let kept = found.into_iter().filter(|(_, packages)| packages.len() <= MOST);
    kept.map(|(layer, packages)| Found { entry: entry(architecture, layer, &packages), layer, packages })
        .collect()
}

fn is_mere(architecture: &Architecture, id: ModuleId) -> bool {
    architecture.graph.imports(id).is_empty()
}

fn entry(architecture: &Architecture, layer: Layer, packages: &[String]) -> Entry {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = 0;
    for (id, _) in architecture.modules.iter() {
        let Some(verdict) = architecture.layers.verdict(id).filter(|it| it.layer == layer && it.speaks())
        else {
            continue;
        };
        count += 1;
        if let Some(first) = verdict.evidence.iter().find(|evidence| evidence.layer == layer) {
            *reasons.entry(first.to_string()).or_default() += 1;
        }
    }
    let mut reasons: Vec<(String, usize)> = reasons.into_iter().collect();
    reasons.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    let shown: Vec<String> =
        reasons.iter().take(3).map(|(reason, count)| format!("{reason} ({count})")).collect();
    Entry {
        table: "layers",
        key: layer.as_str().to_owned(),
        toml: format!("{layer} = {}", list(packages)),
        why: vec![format!("{count} modules: {}.", shown.join("; "))],
        is_comment: false,
        is_optional: false,
    }
}

/// Candidate contracts: whether they hold is verified later.
pub(super) fn promises(architecture: &Architecture, found: &[Found]) -> Vec<Entry> {
    let of = |wanted: &[Layer]| -> Vec<String> {
        found.iter().filter(|it| wanted.contains(&it.layer)).flat_map(|it| it.packages.clone()).collect()
    };
    let mut entries = Vec::new();
    let domain = of(&[Layer::Domain]);
    let outer = of(&[Layer::Presentation, Layer::Application, Layer::Infrastructure]);
    if is_few(&domain) && is_few(&outer) {
        entries.push(promise(
            "the domain is independent",
            &format!("type = \"forbidden\"\nsource-modules = {}\nforbidden-modules = {}\nallow-indirect-imports = true", list(&domain), list(&outer)),
        ));
    }
    let lower = of(&[Layer::Application, Layer::Domain, Layer::Infrastructure]);
    let presentation = of(&[Layer::Presentation]);
    if is_few(&lower) && is_few(&presentation) {
        entries.push(promise(
            "nothing below imports the presentation",
            &format!("type = \"forbidden\"\nsource-modules = {}\nforbidden-modules = {}\nallow-indirect-imports = true", list(&lower), list(&presentation)),
        ));
    }
    let contexts: Vec<String> = architecture.layers.contexts.iter().map(ToString::to_string).collect();
    if contexts.len() >= 2 && is_few(&contexts) {
        entries.push(promise(
            "bounded contexts are independent",
            &format!("type = \"independence\"\nmodules = {}", list(&contexts)),
        ));
    }
    entries
}

fn is_few(packages: &[String]) -> bool {
    !packages.is_empty() && packages.len() <= PROMISED
}

fn promise(name: &str, rest: &str) -> Entry {
    Entry {
        table: "[[contracts]]",
        key: name.to_owned(),
        toml: format!("name = {}\n{rest}", quoted(name)),
        why: vec!["Holds today.".to_owned()],
        is_comment: false,
        is_optional: true,
    }
}
