//! Architectures of a few modules, written as names and arrows.

use std::collections::{BTreeMap, BTreeSet};

use ide::architecture::{
    Architecture, Folder, Import, ImportTime, LeftOut, Module, Picture, SCHEMA, Violation,
};

use crate::facts::Facts;

/// `shop.orders.service domain` declares a module and its layer, `shop.orders.service -> shop.mail` an import, followed
/// by `!` if it is against the direction. Modules are those named, in the order of their names.
pub(crate) fn facts(text: &str, style: &str) -> Facts {
    let mut layers: BTreeMap<String, Option<&'static str>> = BTreeMap::new();
    let mut arrows: Vec<(String, String, bool)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some((from, to)) = line.split_once(" -> ") {
            let (to, wrong) = to.strip_suffix('!').map_or((to, false), |to| (to.trim(), true));
            layers.entry(from.to_owned()).or_default();
            layers.entry(to.to_owned()).or_default();
            arrows.push((from.to_owned(), to.to_owned(), wrong));
        } else {
            let (name, layer) = line.split_once(' ').unwrap_or((line, ""));
            let layer = config::Layer::ALL.iter().map(|layer| layer.as_str()).find(|it| *it == layer);
            layers.insert(name.to_owned(), layer);
        }
    }
    let packages: BTreeSet<String> = layers
        .keys()
        .filter_map(|name| name.rsplit_once('.'))
        .flat_map(|(package, _)| around(package))
        .collect();
    let packages: Vec<String> = packages.into_iter().collect();
    let place = |name: &str| packages.iter().position(|package| package == name).map(|at| at as u32);
    let folders = packages.iter().map(|name| Folder {
        name: name.clone(),
        path: name.replace('.', "/").into(),
        parent: name.rsplit_once('.').and_then(|(parent, _)| place(parent)),
        modules: 0,
        is_context: false,
    });
    let modules: Vec<Module> = layers
        .iter()
        .map(|(name, layer)| Module {
            name: name.clone(),
            path: format!("{}.py", name.replace('.', "/")).into(),
            folder: name.rsplit_once('.').and_then(|(package, _)| place(package)).unwrap_or_default(),
            layer: *layer,
            confidence: layer.map(|_| 90),
            is_sure: layer.is_some(),
            reason: None,
            context: None,
            is_package: false,
        })
        .collect();
    let index =
        |name: &str| modules.iter().position(|module| module.name == name).expect("it is named") as u32;
    let mut imports: Vec<(Import, bool)> = arrows
        .iter()
        .enumerate()
        .map(|(line, (from, to, wrong))| {
            let (from, to, line) = (index(from), index(to), line as u32 + 1);
            (Import { from, to, line, when: ImportTime::Load, names: Vec::new() }, *wrong)
        })
        .collect();
    imports.sort_by_key(|(import, _)| (import.from, import.to, import.line));
    let wrong = imports.iter().enumerate().filter(|(_, (_, wrong))| *wrong);
    let violations = wrong.map(|(at, (import, _))| Violation {
        rule: "layer-violation",
        level: "warning",
        is_accepted: false,
        fails: true,
        message: "wrong".to_owned(),
        module: import.from,
        line: import.line,
        imports: vec![at as u32],
        modules: Vec::new(),
    });
    Facts::of(Architecture {
        schema: SCHEMA,
        name: "shop".to_owned(),
        root: "/project".into(),
        style: style.to_owned(),
        lanes: Vec::new(),
        folders: folders.collect(),
        violations: violations.collect(),
        modules,
        left_out: LeftOut::default(),
        imports: imports.into_iter().map(|(import, _)| import).collect(),
        cycles: Vec::new(),
        picture: Picture {
            shown: Vec::new(),
            rest: Vec::new(),
            folded: None,
            boxes: Vec::new(),
            edges: Vec::new(),
        },
    })
}

fn around(package: &str) -> Vec<String> {
    let ends = package.match_indices('.').map(|(at, _)| at).chain([package.len()]);
    ends.filter_map(|end| package.get(..end)).map(str::to_owned).collect()
}
