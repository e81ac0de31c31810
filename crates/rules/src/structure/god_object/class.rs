//! Classes: the attributes of `self` show which methods belong together.

mod cohesion;
mod methods;

use model::ClassRef;
use python::{ClassId, Name, Scope};
use rustc_hash::FxHashSet;
use view::class_kind::ClassKind;
use view::{Context, Findings, Key, query};

use super::{limit, lines};
use crate::structure::units::{Outside, outside};
use methods::Methods;

/// Classes that are large by nature: one method for each kind of an externally defined set.
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
    // All methods are queries of one table.
    "Repository",
    "Repo",
    "DAO",
    "Dao",
    "QuerySet",
    "Table",
    // One step after another over one input.
    "Stream",
    "Reader",
    "Iterator",
    "Decoder",
    "Tokenizer",
    "Scanner",
];

/// A class with this many descendants is a base to be extended.
const MANY_DESCENDANTS: usize = 3;

/// A class with one part this dominant has one subject, in percent.
const MOST: usize = 60;

pub(super) fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let definitions = &*cx.module.definitions;
    let most_methods = limit(cx, "methods");
    for (id, class) in definitions.classes().filter(|(_, class)| class.scope == Scope::Module) {
        // Cheap checks first: most classes are small.
        let count = definitions.functions.iter().filter(|it| it.scope == Scope::Class(id)).count();
        if count <= most_methods || is_large_by_nature(cx, &class.name) {
            continue;
        }
        let methods = Methods::of(cx, id);
        let length = cx.module.spans.classes.get(id.0 as usize).map_or(0, |span| lines(cx, *span));
        if methods.counted() <= most_methods
            || length.saturating_sub(methods.asked_lines) <= limit(cx, "class-lines")
            || Methods::is_row(cx, id)
            || methods.is_stream()
        {
            continue;
        }
        let collaborators = collaborators(cx, id);
        if collaborators.len() <= limit(cx, "collaborators") {
            continue;
        }
        let cohesion = cohesion::of(cx, id, &methods);
        let is_one = cohesion.largest * 100 >= methods.counted() * MOST;
        if is_one || cohesion.has_state && cohesion.percent >= limit(cx, "cohesion") {
            continue;
        }
        let parts = cohesion.parts;
        let figures = if cohesion.has_state {
            let percent = cohesion.percent;
            (" that share no attribute", format!(", {percent}% of the pairs of methods share an attribute"))
        } else {
            (" that don't call each other", String::new())
        };
        let message = format!(
            "`{}` has too many responsibilities: its {} methods form {parts} groups{}",
            class.name,
            methods.counted(),
            figures.0,
        );
        out.add(cx.module.spans.class_name(id), Key::new(class.name.as_str()), message).evidence(format!(
            "{length} lines, {} other modules used{}",
            collaborators.len(),
            figures.1
        ));
    }
}

/// Whether size means nothing for a class: by its kind, by its name, or because other classes extend it.
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
    let below = cx.architecture.hierarchy.by_class.values().filter(|it| it.own.contains(&key));
    !is_plain || below.take(MANY_DESCENDANTS).count() == MANY_DESCENDANTS
}

/// The project modules and the libraries that the class uses.
fn collaborators(cx: &Context<'_>, class: ClassId) -> FxHashSet<Outside> {
    let Some(span) = cx.module.spans.classes.get(class.0 as usize) else { return FxHashSet::default() };
    let within = cx.module.uses.iter().filter(|it| span.start <= it.span.start && it.span.end <= span.end);
    within
        .filter_map(|it| outside(cx, &cx.import(it.import)?.resolved.target))
        .filter(|it| !matches!(it, Outside::Standard(_)))
        .collect()
}
