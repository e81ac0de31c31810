//! Instructions for removing a dependency.

use std::collections::{BTreeMap, BTreeSet};

use ide::architecture::Module;
use view::wording;

use crate::facts::{Facts, Pair, Used, What};
use crate::graph::Graph;
use crate::make::Maker;
use crate::steps::{Edit, Place};
use crate::ways::{Way, ways};

/// Names that several importers of one step want moved, each into its own package, with the package that holds them all.
pub(crate) type Shared = BTreeMap<(u32, String), String>;

/// These names of the pairs of a step.
pub(crate) fn shared(facts: &Facts, graph: &Graph, pairs: &BTreeSet<Pair>) -> Shared {
    let modules = &graph.architecture().modules;
    let mut homes: BTreeMap<(u32, String), BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in pairs {
        for used in ways(facts, (*from, *to)).remove(&Way::Down).into_iter().flatten() {
            homes.entry((*to, used.name.clone())).or_default().insert(home(&modules[*from as usize]));
        }
    }
    let several = homes.into_iter().filter(|((_, name), homes)| homes.len() > 1 && !name.is_empty());
    let of_all = several.filter_map(|(key, homes)| {
        let to = &modules[key.0 as usize].name;
        let common = homes.into_iter().fold(to.clone(), |common, home| around_both(&common, home));
        (!common.is_empty()).then_some((key, common))
    });
    of_all.collect()
}

/// The innermost package that holds two modules or packages.
fn around_both(one: &str, other: &str) -> String {
    let same = one.split('.').zip(other.split('.')).take_while(|(one, other)| one == other);
    same.map(|(part, _)| part).collect::<Vec<&str>>().join(".")
}

/// The dependencies that come in place of one, where a name is imported from where it is defined.
pub(crate) fn direct(facts: &Facts, graph: &Graph, pair: Pair) -> Vec<(String, String)> {
    let modules = &graph.architecture().modules;
    let names = ways(facts, pair).remove(&Way::Direct).into_iter().flatten();
    let name = |module: u32| modules.get(module as usize).map(|it| it.name.clone());
    let origins: BTreeSet<u32> = names.filter_map(|it| it.origin).filter(|it| *it != pair.0).collect();
    origins.into_iter().filter_map(|origin| Some((name(pair.0)?, name(origin)?))).collect()
}

/// The package of a module.
fn home(module: &Module) -> &str {
    if module.is_package { &module.name } else { package(&module.name) }
}

/// How a dependency is removed manually, once the steps before are done.
pub(crate) fn edit(maker: &Maker<'_>, graph: &Graph, pair: Pair, shared: &Shared) -> Option<Edit> {
    let Maker { facts, roots, .. } = maker;
    let architecture = &facts.architecture;
    let modules = &graph.architecture().modules;
    let path = &architecture.modules.get(pair.0 as usize)?.path;
    let (from, to) = (modules.get(pair.0 as usize)?, modules.get(pair.1 as usize)?);
    let imports = architecture.imports.iter();
    let behind = imports.filter(|import| (import.from, import.to) == pair && report::deps::runs(import));
    let imports = behind.map(|import| Place {
        file: path.to_string(),
        line: import.line,
        when: import.when.into(),
        names: import.names.clone(),
    });
    let ways = ways(facts, pair);
    let root = roots.of(pair.0).and_then(|root| modules.get(root as usize)).map(|it| it.name.as_str());
    let saying = Saying {
        from: &from.name,
        is_package: from.is_package,
        home: home(from),
        to: &to.name,
        root,
        shared: &|name| shared.get(&(pair.1, name.to_owned())).map(String::as_str),
        module: &|index| modules.get(index as usize).map(|it| it.name.as_str()),
    };
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
    /// The module that composes the importer's program.
    root: Option<&'s str>,
    /// The package for a name that several importers of the step want moved.
    shared: &'s dyn Fn(&str) -> Option<&'s str>,
    /// The name of a module.
    module: &'s dyn Fn(u32) -> Option<&'s str>,
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
            for (place, names) in self.places(*way, others) {
                sentences.push(match (way, place) {
                    (Way::Down, Some(package)) => self.towards_one_of_all(&names, package),
                    (Way::Direct, Some(origin)) => {
                        format!("import {} from `{origin}`, where it is defined", self.shown(&names))
                    }
                    _ => self.sentence(*way, &names),
                });
            }
        }
        if sentences.is_empty() {
            sentences.push(self.sentence(Way::Unused, &[]));
        }
        sentences.join("; ")
    }

    /// The names by where they go: for all importers of the step, or to where they are defined; otherwise `None`.
    fn places<'u>(&self, way: Way, names: Vec<&'u Used>) -> BTreeMap<Option<&str>, Vec<&'u Used>> {
        let mut found: BTreeMap<Option<&str>, Vec<&'u Used>> = BTreeMap::new();
        for used in names {
            let place = match way {
                Way::Down => (self.shared)(&used.name),
                Way::Direct => used.origin.and_then(|origin| (self.module)(origin)),
                _ => None,
            };
            found.entry(place).or_default().push(used);
        }
        found
    }

    fn towards_one_of_all(&self, names: &[&Used], package: &str) -> String {
        let (it, it_needs) = if names.len() > 1 { ("them", "they need") } else { ("it", "it needs") };
        format!(
            "move {}, with what {it_needs}, into a module of its own in `{package}`, from where all of them may import {it}",
            self.shown(names)
        )
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
        let Saying { from, is_package, home, to, root, .. } = self;
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
            Way::Direct => format!("import {shown} from where {it} is defined"),
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
