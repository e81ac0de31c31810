//! Classes: the attributes of `self` tell which methods belong together.

use model::ClassRef;
use python::{Body, BodyOwner, ClassId, Expr, FunctionId, Name, Scope};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{limit, lines};
use crate::class_kind::ClassKind;
use crate::structure::clusters::Clusters;
use crate::structure::units::{Outside, outside};
use crate::{Context, Findings, query};

/// Classes that are large by their nature: one method for each kind of thing that somebody else defined.
const NATURALLY_LARGE: &[&str] = &[
    "Visitor",
    "Parser",
    "Compiler",
    "Dialect",
    "Lexer",
    "Grammar",
    "Client",
    "Connector",
    "API",
    "Api",
    "Facade",
    "Transformer",
    "Generator",
    "Formatter",
    "Builder",
    "Adapter",
    "Mixin",
    "Base",
    "Interface",
    "Plugin",
    "Test",
    "Tests",
    "TestCase",
    "Schema",
    "Query",
    "Mutation",
    "Admin",
    "ViewSet",
    "View",
    "Controller",
    "Settings",
    "Config",
];

/// Who has so many classes below it is a base that others fill in.
const MANY_DESCENDANTS: usize = 3;

pub(super) fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let definitions = &*cx.module.definitions;
    let most_methods = limit(cx, "methods");
    for (id, class) in definitions.classes().filter(|(_, class)| class.scope == Scope::Module) {
        // Cheap first: most classes are small.
        let count = definitions.functions.iter().filter(|it| it.scope == Scope::Class(id)).count();
        if count <= most_methods || is_large_by_nature(cx, &class.name) {
            continue;
        }
        let methods = own_methods(cx, id);
        let length = cx.module.spans.classes.get(id.0 as usize).map_or(0, |span| lines(cx, *span));
        if methods.len() <= most_methods || length <= limit(cx, "class-lines") {
            continue;
        }
        let collaborators = collaborators(cx, id);
        if collaborators.len() <= limit(cx, "collaborators") {
            continue;
        }
        let cohesion = cohesion(cx, &methods);
        if cohesion.percent >= limit(cx, "cohesion") {
            continue;
        }
        let parts = if cohesion.parts > 1 {
            format!("fall into {} parts that share no attribute", cohesion.parts)
        } else {
            "hang together through few attributes".to_owned()
        };
        let message = format!(
            "{} has too many reasons to change: {} methods in {length} lines use {} other modules and {parts} ({}% of \
             their pairs share one)",
            class.name,
            methods.len(),
            collaborators.len(),
            cohesion.percent
        );
        out.add(cx.module.spans.class_name(id), message).key(class.name.as_str());
    }
}

/// Whether size says nothing about a class: by what it is, by its name, or since others fill it in.
fn is_large_by_nature(cx: &Context<'_>, name: &Name) -> bool {
    let class = ClassRef::new(cx.id, name.clone());
    let is_named = NATURALLY_LARGE.iter().any(|end| name.ends_with(end))
        || ["Base", "Abstract", "Test"].iter().any(|start| name.starts_with(start));
    if is_named {
        return true;
    }
    let kind = query::class_kind(cx.db, cx.project, class.clone());
    let is_plain = matches!(
        kind,
        ClassKind::Entity | ClassKind::Service | ClassKind::Adapter | ClassKind::Data | ClassKind::Other
    );
    let key = (cx.id, name.clone());
    let below = cx.architecture.heritage.by_class.values().filter(|it| it.own.contains(&key));
    !is_plain || below.take(MANY_DESCENDANTS).count() == MANY_DESCENDANTS
}

/// Methods that the class itself thought of: no dunders, stubs, static or class methods, and nothing that a base asks for.
fn own_methods(cx: &Context<'_>, class: ClassId) -> Vec<FunctionId> {
    let definitions = &*cx.module.definitions;
    let reference = ClassRef::new(cx.id, definitions[class].name.clone());
    let mut asked: FxHashSet<Name> = FxHashSet::default();
    for base in flow::classes::bases(cx.db, cx.project, &reference).iter() {
        let theirs = python::query::definitions(cx.db, cx.file_of(base.module));
        let ids = theirs.classes().filter(|(_, it)| it.name == base.name && it.scope == Scope::Module);
        for (id, _) in ids {
            asked.extend(
                theirs.functions.iter().filter(|it| it.scope == Scope::Class(id)).map(|it| it.name.clone()),
            );
        }
    }
    let is_bound_to_class = |function: &python::Function| {
        function.decorators.iter().any(|decorator| {
            let dotted = definitions.exprs.dotted(*decorator).unwrap_or_default();
            matches!(dotted.as_str(), "staticmethod" | "classmethod" | "overload" | "typing.overload")
                || dotted.ends_with(".setter")
        })
    };
    definitions
        .functions()
        .filter(|(_, it)| it.scope == Scope::Class(class) && !it.is_stub && !it.name.starts_with("__"))
        .filter(|(_, it)| !asked.contains(&it.name) && !is_bound_to_class(it))
        .map(|(id, _)| id)
        .collect()
}

/// The modules of the project and the libraries that the class uses.
fn collaborators(cx: &Context<'_>, class: ClassId) -> FxHashSet<Outside> {
    let Some(span) = cx.module.spans.classes.get(class.0 as usize) else { return FxHashSet::default() };
    let within = cx.module.uses.iter().filter(|it| span.start <= it.span.start && it.span.end <= span.end);
    within
        .filter_map(|it| outside(cx, &cx.import(it.import)?.resolved.target))
        .filter(|it| !matches!(it, Outside::Standard(_)))
        .collect()
}

/// How well the methods of a class hang together.
struct Cohesion {
    /// Of all pairs of methods, how many share an attribute of the instance, in percent: TCC (Bieman and Kang,
    /// "Cohesion and Reuse in an Object-Oriented System", 1995).
    percent: usize,
    /// Parts that share no attribute and don't call each other: LCOM4 (Hitz and Montazeri, "Measuring Coupling and
    /// Cohesion in Object-Oriented Systems", 1995).
    parts: usize,
}

fn cohesion(cx: &Context<'_>, methods: &[FunctionId]) -> Cohesion {
    let definitions = &*cx.module.definitions;
    let index: FxHashMap<&str, usize> =
        methods.iter().enumerate().map(|(index, id)| (definitions[*id].name.as_str(), index)).collect();
    let mut attributes: Vec<FxHashSet<&str>> = vec![FxHashSet::default(); methods.len()];
    let mut clusters = Clusters::of(methods.len());
    for body in &cx.module.bodies.list {
        let Some((method, own)) = method_of(cx, body, methods) else { continue };
        for name in on_self(body, own) {
            match index.get(name) {
                Some(other) => clusters.join(method, *other),
                None => {
                    attributes[method].insert(name);
                }
            }
        }
    }
    let (mut pairs, mut tied) = (0_usize, 0_usize);
    for left in 0..methods.len() {
        for right in left + 1..methods.len() {
            pairs += 1;
            if !attributes[left].is_disjoint(&attributes[right]) {
                tied += 1;
                clusters.join(left, right);
            }
        }
    }
    Cohesion { percent: tied * 100 / pairs.max(1), parts: clusters.sets().len() }
}

/// The method that a body belongs to, also through functions inside it, and what it calls its instance.
fn method_of<'a>(cx: &'a Context<'_>, body: &Body, methods: &[FunctionId]) -> Option<(usize, &'a str)> {
    const MAX_DEPTH: usize = 32;
    let definitions = &*cx.module.definitions;
    let BodyOwner::Function(mut at) = body.owner else { return None };
    for _ in 0..MAX_DEPTH {
        if let Some(index) = methods.iter().position(|method| *method == at) {
            return Some((index, definitions[at].parameters.first()?.name.as_str()));
        }
        let Scope::Function(outer) = definitions[at].scope else { return None };
        at = outer;
    }
    None
}

/// The names that a body takes from its instance.
fn on_self<'a>(body: &'a Body, own: &'a str) -> impl Iterator<Item = &'a str> {
    body.exprs.list.iter().filter_map(move |expr| match expr {
        Expr::Attribute { value, name } => {
            matches!(&body[*value], Expr::Name(holder) if holder == own).then_some(name.as_str())
        }
        _ => None,
    })
}
