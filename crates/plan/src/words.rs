//! Instructions for removing a dependency.

use std::collections::BTreeMap;

use view::wording;

use crate::facts::{Facts, Pair, Used, What};
use crate::steps::{Edit, Place};
use crate::ways::{Way, ways};

/// How a dependency is removed manually. `root` is the composition root.
pub(crate) fn edit(facts: &Facts, pair: Pair, root: Option<&str>) -> Option<Edit> {
    let architecture = &facts.architecture;
    let (from, to) = (architecture.modules.get(pair.0 as usize)?, architecture.modules.get(pair.1 as usize)?);
    let imports = architecture.imports.iter();
    let behind = imports.filter(|import| (import.from, import.to) == pair && report::deps::runs(import));
    let imports = behind.map(|import| Place {
        file: from.path.to_string(),
        line: import.line,
        when: import.when.into(),
        names: import.names.clone(),
    });
    let ways = ways(facts, pair);
    let home = if from.is_package {
        &from.name
    } else {
        from.name.rsplit_once('.').map_or(from.name.as_str(), |(package, _)| package)
    };
    let saying = Saying { from: &from.name, is_package: from.is_package, home, to: &to.name, root };
    let advice = saying.advice(&ways);
    let named = |names: Vec<&Used>| names.into_iter().map(|used| used.name.clone()).collect();
    Some(Edit {
        importer: from.name.clone(),
        imported: to.name.clone(),
        ways: ways.into_iter().map(|(way, names)| (way, named(names))).collect(),
        advice,
        imports: imports.collect(),
        pair,
    })
}

struct Saying<'s> {
    from: &'s str,
    is_package: bool,
    /// The package of the importer.
    home: &'s str,
    to: &'s str,
    root: Option<&'s str>,
}

impl Saying<'_> {
    fn advice(&self, ways: &BTreeMap<Way, Vec<&Used>>) -> String {
        let mut sentences = Vec::new();
        for (way, names) in ways {
            let (tables, others): (Vec<&Used>, Vec<&Used>) =
                names.iter().partition(|used| *way == Way::Port && used.what == What::Table);
            let (functions, others): (Vec<&Used>, Vec<&Used>) =
                others.into_iter().partition(|used| *way == Way::Port && used.what == What::Function);
            if !tables.is_empty() {
                sentences.push(format!(
                    "put what is asked of {} into a class of `{}`, and depend on it by a Protocol in `{}`",
                    self.shown(&tables),
                    package(self.to),
                    self.home
                ));
            }
            if !functions.is_empty() {
                sentences.push(format!("take {} as a parameter{}", self.shown(&functions), self.given()));
            }
            if !others.is_empty() {
                sentences.push(self.sentence(*way, &others));
            }
        }
        if sentences.is_empty() {
            sentences.push(self.sentence(Way::Unused, &[]));
        }
        sentences.join("; ")
    }

    fn shown(&self, names: &[&Used]) -> String {
        let names: Vec<&str> =
            names.iter().map(|used| used.name.as_str()).filter(|name| !name.is_empty()).collect();
        if names.is_empty() { format!("`{}`", self.to) } else { wording::codes(&names) }
    }

    fn given(&self) -> String {
        self.root.map_or_else(String::new, |root| format!(" that `{root}` gives"))
    }

    fn sentence(&self, way: Way, names: &[&Used]) -> String {
        let Saying { from, is_package, home, to, root } = self;
        let shown = self.shown(names);
        let (it, it_needs) = if names.len() > 1 { ("them", "they need") } else { ("it", "it needs") };
        match way {
            Way::Unused if *is_package => {
                format!("`{from}` only hands on {shown}: let whoever wants {it} import {it} from `{to}`")
            }
            Way::Unused => format!(
                "nothing of {shown} is used: take the import out, or, if it is there for what happens as `{to}` is \
                 loaded, import it in {}",
                root.map_or_else(
                    || "the module that starts the program".to_owned(),
                    |root| format!("`{root}`")
                )
            ),
            Way::Types => format!("only annotations need {shown}: import {it} under `if TYPE_CHECKING:`"),
            Way::Event => {
                let is = if names.len() > 1 { "are" } else { "is" };
                format!("{shown} {is} only started: publish an event in `{home}` that `{to}` subscribes to")
            }
            Way::Down => {
                format!(
                    "move {shown}, with what {it_needs}, into `{home}`, from where `{to}` may import {it}"
                )
            }
            Way::Port => format!(
                "declare what is used of {shown} as a Protocol in `{home}`, and take {it} as a parameter{}",
                self.given()
            ),
        }
    }
}

fn package(module: &str) -> &str {
    module.rsplit_once('.').map_or(module, |(package, _)| package)
}
