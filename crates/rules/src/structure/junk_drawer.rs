//! Modules that collect unrelated leftovers.

mod words;

use std::collections::BTreeSet;

use config::Level;
use model::{ClassRef, ModuleId, Target};
use rustc_hash::{FxHashMap, FxHashSet};
use source::Span;
use view::class_kind::ClassKind;
use view::{
    Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule, query, wording,
};

use super::clusters::Clusters;
use super::units::{Outside, Unit, units};

pub(crate) static RULE: Rule = Rule {
    id: "junk-drawer",
    group: Group::Structure,
    summary: "a module of unrelated functions and classes that unrelated packages use",
    level: Level::Off,
    since: "0.1.0",
    docs: include_str!("junk_drawer.md"),
    options: &[
        OptionSpec {
            name: "names",
            default: OptionDefault::Strings(&[
                "utils",
                "util",
                "utilities",
                "helpers",
                "helper",
                "common",
                "misc",
                "tools",
                "shared",
                "lib",
                "models",
            ]),
            summary: "names of such modules",
        },
        OptionSpec {
            name: "groups",
            default: OptionDefault::Integer(4),
            summary: "minimum number of unrelated groups",
        },
        OptionSpec {
            name: "users",
            default: OptionDefault::Integer(4),
            summary: "minimum number of packages that use it",
        },
    ],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Info),
        layered: Some(Level::Info),
        clean: Some(Level::Info),
        hexagonal: Some(Level::Info),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// Fewer definitions are not a collection.
const FEW: usize = 10;
/// A module with one group this dominant has one subject, in percent.
const MOST: usize = 40;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let options = cx.options(&RULE);
    let stem = cx.own_name().rsplit('.').next().unwrap_or_default();
    if !options.strings("names").contains(&stem) {
        return;
    }
    let definitions = &*cx.module.definitions;
    let head = definitions.functions.iter().filter(|it| it.scope == python::Scope::Module).count()
        + definitions.classes.iter().filter(|it| it.scope == python::Scope::Module).count();
    let least = |name: &str| usize::try_from(options.integer(name)).unwrap_or(1);
    if head < FEW || cx.architecture.graph.importers(cx.id).len() < least("users") {
        return;
    }
    let units = units(cx);
    let groups = groups(cx, &units);
    let users = users(cx, &units);
    // Groups that other modules use; an unused group is an internal detail.
    let used: Vec<&Vec<usize>> =
        groups.iter().filter(|group| group.iter().any(|index| users.contains_key(index))).collect();
    let largest = used.first().map_or(0, |group| group.len());
    let packages: BTreeSet<&str> = users.values().flatten().map(|(_, package)| package.as_str()).collect();
    if used.len() < least("groups") || packages.len() < least("users") || largest * 100 > units.len() * MOST {
        return;
    }
    if !serve_different_users(&used, &users) {
        return;
    }
    let message = format!(
        "This module mixes {} unrelated groups of functions and classes, used by {} packages; give each group a module",
        used.len(),
        packages.len()
    );
    let draft = out.add(Span::new(0, 0), Key::new("module"), message);
    draft.evidence(format!("Used by {}", shown(&packages)));
    for group in used.iter().take(SHOWN) {
        let names: Vec<&str> =
            group.iter().take(SHOWN_NAMES).map(|index| units[*index].name.as_str()).collect();
        let more = if group.len() > SHOWN_NAMES {
            format!(" and {} more", group.len() - SHOWN_NAMES)
        } else {
            String::new()
        };
        draft.related(
            cx.file,
            Place::Span(name_span(cx, &units[group[0]])),
            format!("a group: {}{more}", names.iter().map(wording::code).collect::<Vec<_>>().join(", ")),
        );
    }
}

const SHOWN: usize = 6;
const SHOWN_NAMES: usize = 4;

fn name_span(cx: &Context<'_>, unit: &Unit<'_>) -> Span {
    if let Some(id) = unit.class {
        return cx.module.spans.class_name(id);
    }
    let mut functions = cx.module.definitions.functions();
    let found = functions.find(|(_, it)| it.scope == python::Scope::Module && it.name == *unit.name);
    found.map(|(id, _)| cx.module.spans.function_name(id)).unwrap_or_default()
}

fn shown(packages: &BTreeSet<&str>) -> String {
    let names: Vec<String> = packages.iter().take(SHOWN).map(wording::code).collect();
    match packages.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// Groups of units that belong together: they name each other, or share a variable, a word or a library that is
/// specific enough.
fn groups(cx: &Context<'_>, units: &[Unit<'_>]) -> Vec<Vec<usize>> {
    let mut clusters = Clusters::of(units.len());
    let mut by_tie: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (index, unit) in units.iter().enumerate() {
        unit.uses.iter().for_each(|used| clusters.join(index, *used));
        for variable in &unit.variables {
            if !words::is_everybodys_variable(variable) {
                by_tie.entry(format!("variable {variable}")).or_default().push(index);
            }
        }
        for word in words::of(unit.name) {
            by_tie.entry(format!("word {word}")).or_default().push(index);
        }
        for outside in &unit.outside {
            let (kind, name) = match outside {
                Outside::Own(name) => ("own", name),
                Outside::ThirdParty(name) => ("third", name),
                Outside::Standard(name) => ("standard", name),
            };
            if !words::is_everybodys_module(name) {
                by_tie.entry(format!("{kind} {name}")).or_default().push(index);
            }
        }
        let is_error = |unit: &Unit<'_>| {
            unit.class.is_some()
                && query::class_kind(cx.db, cx.project, ClassRef::new(cx.id, unit.name.clone()))
                    == ClassKind::Exception
        };
        if is_error(unit) {
            by_tie.entry("errors".to_owned()).or_default().push(index);
        }
    }
    for tied in by_tie.values() {
        tied.windows(2).for_each(|pair| clusters.join(pair[0], pair[1]));
    }
    clusters.sets()
}

/// By unit: the modules that import it by name, each with its package.
type Users = FxHashMap<usize, Vec<(ModuleId, String)>>;

fn users(cx: &Context<'_>, units: &[Unit<'_>]) -> Users {
    let by_name: FxHashMap<&str, usize> =
        units.iter().enumerate().map(|(index, unit)| (unit.name.as_str(), index)).collect();
    let mut users: Users = FxHashMap::default();
    for edge in cx.architecture.graph.importers(cx.id) {
        let importer = edge.to;
        let resolved = model::query::resolved(cx.db, cx.project, cx.file_of(importer));
        for target in resolved.iter().map(|it| &it.target) {
            let Target::Symbol { origin, origin_name, .. } = target else { continue };
            if *origin == cx.id
                && let Some(unit) = by_name.get(origin_name.as_str())
            {
                users.entry(*unit).or_default().push((importer, package(cx, importer)));
            }
        }
    }
    users
}

/// The package of a module, relative to the collection: one segment past their common prefix.
fn package(cx: &Context<'_>, module: ModuleId) -> String {
    let (own, name) = (cx.own_name(), cx.module_name(module));
    let shared = own.split('.').zip(name.split('.')).take_while(|(left, right)| left == right).count();
    let deepest = name.split('.').count().saturating_sub(1).max(1);
    name.split('.').take((shared + 1).min(deepest)).collect::<Vec<&str>>().join(".")
}

/// Whether most users use only one group: then the groups serve different users.
fn serve_different_users(groups: &[&Vec<usize>], users: &Users) -> bool {
    let mut by_user: FxHashMap<ModuleId, FxHashSet<usize>> = FxHashMap::default();
    for (group, units) in groups.iter().enumerate() {
        for (user, _) in units.iter().filter_map(|unit| users.get(unit)).flatten() {
            by_user.entry(*user).or_default().insert(group);
        }
    }
    let alone = by_user.values().filter(|groups| groups.len() == 1).count();
    alone * 3 >= by_user.len() * 2
}
