//! Modules: which of their functions and classes name each other shows which belong together.

use config::{Layer, Level};
use model::{ClassRef, Mark};
use python::{Expr, Name, Scope};
use rustc_hash::{FxHashMap, FxHashSet};
use source::Span;
use view::class_kind::ClassKind;
use view::{Context, Findings, Key, query};

use super::{limit, lines};
use crate::structure::clusters::Clusters;
use crate::structure::units::{Outside, Unit, units};

/// A module with fewer functions and classes is checked by its classes.
const FEW: usize = 30;
/// From this number on, parts are many.
const MANY_PARTS: usize = 5;
/// A module with one part this dominant has one subject, in percent.
const MOST: usize = 60;

/// Beyond this multiple of the line limit, with this many functions and classes, a module is too long to read however
/// cohesive it is.
const VAST: (usize, usize) = (3, 2);
const VAST_HEAD: usize = 40;

/// Modules that contain many definitions of one kind by convention.
const COLLECTIONS: &[&str] = &[
    "admin",
    "urls",
    "routes",
    "views",
    "constants",
    "enums",
    "types",
    "schemas",
    "schema",
    "strings",
    "settings",
    "exceptions",
    "errors",
    "events",
    "forms",
    "serializers",
    "models",
    "filters",
    "fields",
    "conftest",
    "compat",
];

pub(super) fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let definitions = &*cx.module.definitions;
    let head = definitions.functions.iter().filter(|it| it.scope == Scope::Module).count()
        + definitions.classes.iter().filter(|it| it.scope == Scope::Module).count();
    // Cheap checks first: the text is read for few modules.
    if head < FEW || cx.architecture.graph.imports(cx.id).len() < limit(cx, "module-collaborators") {
        return;
    }
    let stem = cx.own_name().rsplit('.').next().unwrap_or_default();
    if COLLECTIONS.contains(&stem) || is_collection(cx) {
        return;
    }
    let length = lines(cx, Span::new(0, cx.text.as_str().len() as u32));
    if length <= limit(cx, "module-lines") {
        return;
    }
    let units = units(cx);
    if length > limit(cx, "module-lines") * VAST.0 / VAST.1 && head >= VAST_HEAD {
        let message = format!("This module has {length} lines; split it by subject");
        out.add(Span::new(0, 0), Key::new("module"), message).at_most(Level::Info).evidence(format!(
            "{head} functions and classes, {} imported modules",
            cx.architecture.graph.imports(cx.id).len()
        ));
        return;
    }
    if holds_one_kind(cx, &units) || answers_requests(cx, &units) {
        return;
    }
    let own = |unit: &Unit<'_>| {
        let all = unit.outside.iter();
        all.filter(|it| matches!(it, Outside::Own(_))).cloned().collect::<Vec<Outside>>()
    };
    let mut collaborators: Vec<Outside> = units.iter().flat_map(own).collect();
    collaborators.sort();
    collaborators.dedup();
    let parts = parts(cx, &units);
    let largest = parts.first().map_or(0, Vec::len);
    let is_one = largest * 100 >= units.len() * MOST;
    if collaborators.len() <= limit(cx, "module-collaborators") || parts.len() < MANY_PARTS || is_one {
        return;
    }
    let message = format!(
        "This module has too many responsibilities: its {} functions and classes form {} groups that don't use each other",
        units.len(),
        parts.len()
    );
    out.add(Span::new(0, 0), Key::new("module"), message).evidence(format!(
        "{length} lines, {} other modules used, {largest} members in the largest group",
        collaborators.len()
    ));
}

/// The units that name each other, or the same module variable. A unit named by a quarter of them is shared and
/// connects nothing; except for a base, whose classes are of one kind however many they are.
fn parts(cx: &Context<'_>, units: &[Unit<'_>]) -> Vec<Vec<usize>> {
    let mut clusters = Clusters::of(units.len());
    let definitions = &*cx.module.definitions;
    let by_name: FxHashMap<&Name, usize> =
        units.iter().enumerate().map(|(index, unit)| (unit.name, index)).collect();
    for (index, id) in units.iter().enumerate().filter_map(|(index, unit)| Some((index, unit.class?))) {
        for base in &definitions[id].bases {
            if let Expr::Name(name) = &definitions[base.value()]
                && let Some(base) = by_name.get(name)
            {
                clusters.join(index, *base);
            }
        }
    }
    let mut users = vec![0_usize; units.len()];
    let mut by_variable: FxHashMap<&Name, Vec<usize>> = FxHashMap::default();
    for (index, unit) in units.iter().enumerate() {
        unit.uses.iter().for_each(|used| users[*used] += 1);
        for variable in &unit.variables {
            by_variable.entry(variable).or_default().push(index);
        }
    }
    let is_somebodys = |users: usize| users * 4 <= units.len();
    for (index, unit) in units.iter().enumerate() {
        for used in unit.uses.iter().filter(|used| is_somebodys(users[**used])) {
            clusters.join(index, *used);
        }
    }
    for users in by_variable.values().filter(|users| is_somebodys(users.len())) {
        for pair in users.windows(2) {
            clusters.join(pair[0], pair[1]);
        }
    }
    clusters.sets()
}

/// Whether the module collects what a framework requires: routes, commands, URL confs, GraphQL.
fn is_collection(cx: &Context<'_>) -> bool {
    let signals = model::query::signals(cx.db, cx.file);
    let marks = [Mark::Router, Mark::UrlPatterns, Mark::CliCommand, Mark::Admin, Mark::GraphQl];
    marks.iter().any(|mark| signals.marks.has(*mark)) || cx.own_layer() == Some(Layer::Composition)
}

/// Whether half of the module are route handlers: a set of endpoints.
fn answers_requests(cx: &Context<'_>, units: &[Unit<'_>]) -> bool {
    let routes = model::query::routes(cx.db, cx.project);
    let own = routes.list.iter().map(|route| &route.handler).filter(|handler| handler.module == cx.id);
    let handlers: FxHashSet<&Name> =
        own.map(|handler| handler.class.as_ref().unwrap_or(&handler.name)).collect();
    units.iter().filter(|unit| handlers.contains(unit.name)).count() * 2 >= units.len()
}

/// Whether nearly all of the module are classes of a kind that comes in numbers: rows, schemas, errors.
fn holds_one_kind(cx: &Context<'_>, units: &[Unit<'_>]) -> bool {
    let is_plain = |unit: &&Unit<'_>| {
        unit.class.is_none_or(|_| {
            let kind = query::class_kind(cx.db, cx.project, ClassRef::new(cx.id, unit.name.clone()));
            matches!(kind, ClassKind::Other | ClassKind::Service | ClassKind::Adapter | ClassKind::Entity)
        })
    };
    units.iter().filter(is_plain).count() * 2 < units.len()
}
