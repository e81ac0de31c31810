//! ORM rows and sessions outside the repositories, in a project whose domain has its own classes.

mod routes;

use config::{Layer, Level, Style};
use model::{ClassRef, Mark, ModuleId, Target};
use python::{BodyOwner, Definitions, Expr, ExprId, FunctionId, Scope};
use view::scope::{Binding, Meaning, Names, chain};
use view::sessions::{CallKind, SessionCall, session_calls};
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use super::{target, words};

pub(crate) static RULE: Rule = Rule {
    id: "orm-leak",
    group: Group::Layers,
    summary: "ORM rows or sessions outside the repositories, where the domain has its own classes",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("orm_leak.md"),
    options: &[OptionSpec {
        name: "repositories",
        default: OptionDefault::Strings(&["Repository", "Repo", "Dao", "DAO", "Gateway", "Storage"]),
        summary: "suffixes of the names of classes that must not return rows to other code",
    }],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        django: Some(Level::Off),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    routes::check(cx, out);
    if !cx.architecture.layers.inventory(cx.id).has_domain() {
        return;
    }
    match target::sure(cx, cx.id).map(|verdict| verdict.layer) {
        Some(Layer::Application | Layer::Domain) => sessions(cx, out),
        Some(Layer::Infrastructure) => rows(cx, out),
        _ => {}
    }
}

/// Sessions used by the application or the domain.
fn sessions(cx: &Context<'_>, out: &mut Findings<'_>) {
    if model::query::signals(cx.db, cx.file).marks.has(Mark::Engine) {
        return;
    }
    let Some(own) = target::sure(cx, cx.id) else { return };
    let names = Names::of(cx);
    for (id, body) in names.bodies() {
        let BodyOwner::Function(function) = body.owner else { continue };
        let leaks = |call: &SessionCall| {
            call.kind != CallKind::Unit && is_foreign_session(&names, function, id, call.expr)
        };
        let calls: Vec<SessionCall> = session_calls(&names, id).into_iter().filter(leaks).collect();
        let Some(first) = calls.first() else { continue };
        let asker = cx.qualified(function);
        let message = format!(
            "`{asker}` calls `{}()` on the ORM session; move the query to a repository",
            first.written
        );
        let key = Key::new(format!("{asker} {}", first.written));
        let draft = out.add(names.span(id, first.expr), key, message);
        draft.evidence(target::because(cx, cx.id, own));
        for call in &calls[1..] {
            let place = Place::Expr { body: id, expr: call.expr };
            draft.related(cx.file, place, format!("`{}()` is called here", call.written));
        }
    }
}

/// Whether the session is really the ORM's: taken from a unit of work or a repository of the project
/// (`uow.session.execute`), or typed as the ORM's class. A port called `session` is not.
fn is_foreign_session(names: &Names<'_>, function: FunctionId, body: python::BodyId, call: ExprId) -> bool {
    let exprs = names.body(body);
    let Expr::Call { callee, .. } = &exprs[call] else { return false };
    let Some((root, attributes)) = chain(exprs, *callee) else { return false };
    let definitions = &*names.cx.module.definitions;
    let annotation_is_orm = |function: FunctionId, name: &str| {
        let parameter = definitions[function].parameters.iter().find(|it| it.name == name);
        parameter.and_then(|it| it.annotation).is_some_and(|annotation| is_orm_type(names, annotation))
    };
    // Where services may use lower layers, a session injected into a service is not a leak.
    let keeps_apart = matches!(names.cx.style(), Some(Style::Clean | Style::Hexagonal));
    match (root, &attributes[1..]) {
        ("self" | "cls", [stored]) => {
            // `self.session`: injected through the constructor.
            let Scope::Class(class) = definitions[function].scope else { return false };
            let constructor = definitions
                .functions()
                .find(|(_, it)| it.scope == Scope::Class(class) && it.name == "__init__");
            keeps_apart
                && constructor.is_some_and(|(id, it)| {
                    it.parameters.iter().any(|parameter| {
                        parameter.name == stored.trim_start_matches('_')
                            && annotation_is_orm(id, &parameter.name)
                    })
                })
        }
        (root, []) => keeps_apart && annotation_is_orm(function, root),
        // `uow.session`, `self.uow.session`: the unit of work exposes what it should hide.
        ("self", [.., holder]) => is_unit_of_work(holder),
        (root, [_]) => {
            is_unit_of_work(root)
                && matches!(
                    names.meaning(body, root),
                    Meaning::Bound(_, [Binding::Parameter(_) | Binding::Managed(_), ..])
                )
        }
        _ => false,
    }
}

/// `uow`, `unit_of_work`, `order_repository`
fn is_unit_of_work(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    ["uow", "unit_of_work", "repository", "repo", "transaction_manager"].iter().any(|end| name.ends_with(end))
}

/// Whether an annotation names a session or connection of the ORM.
fn is_orm_type(names: &Names<'_>, annotation: ExprId) -> bool {
    const TYPES: [&str; 6] =
        ["Session", "AsyncSession", "Connection", "AsyncConnection", "scoped_session", "Engine"];
    let exprs = &names.cx.module.definitions.exprs;
    let Some(dotted) = exprs.dotted(annotation) else { return false };
    let (root, rest) = dotted.split_once('.').unwrap_or((&dotted, ""));
    let Meaning::Import(import) = names.meaning(python::BodyId(0), root) else { return false };
    let Some(full) = names.outside_import(import) else { return false };
    let full = if rest.is_empty() { full } else { format!("{full}.{rest}") };
    (full.starts_with("sqlalchemy.") || full.starts_with("sqlmodel."))
        && TYPES.contains(&full.rsplit('.').next().unwrap_or_default())
}

/// Rows that a repository returns to other modules.
fn rows(cx: &Context<'_>, out: &mut Findings<'_>) {
    let definitions = &*cx.module.definitions;
    let options = cx.options(&RULE);
    let endings = options.strings("repositories");
    for (id, function) in definitions.functions() {
        let Scope::Class(class) = function.scope else { continue };
        let class = &definitions[class];
        let is_repository =
            class.scope == Scope::Module && endings.iter().any(|end| class.name.ends_with(end));
        if !is_repository || function.name.starts_with('_') {
            continue;
        }
        let Some(returns) = function.returns else { continue };
        let Some((row, at)) = row_in(cx, definitions, returns, 0) else { continue };
        let Some((domain, entity)) = counterpart(cx, &row) else { continue };
        let message = format!(
            "`{}` returns the ORM row `{}`; return the domain's `{}.{entity}` instead",
            cx.qualified(id),
            row.name,
            cx.module_name(domain)
        );
        let key = Key::new(format!("{} {}", cx.qualified(id), row.name));
        let draft = out.add(cx.module.spans.signature(at), key, message);
        draft.modules([cx.own_name(), cx.module_name(row.module), cx.module_name(domain)]);
        draft.related(
            cx.file_of(row.module),
            class_place(cx, row.module, &row.name),
            format!("`{}` is mapped to a table", row.name),
        );
        draft.related(
            cx.file_of(domain),
            class_place(cx, domain, &entity),
            format!("`{entity}` of the domain"),
        );
    }
}

/// The first class in an annotation that is a table row, defined outside the domain.
fn row_in(
    cx: &Context<'_>,
    definitions: &Definitions,
    annotation: ExprId,
    depth: usize,
) -> Option<(ClassRef, ExprId)> {
    const MAX_DEPTH: usize = 8;
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some(dotted) = definitions.exprs.dotted(annotation) {
        let class = class_of(cx, definitions, &dotted)?;
        let entity = model::query::entity(cx.db, cx.project, class.module, class.name.clone())?;
        let is_outer = cx.layer(class.module) != Some(Layer::Domain);
        return (is_outer && !entity.is_abstract).then_some((class, annotation));
    }
    let mut found = None;
    definitions[annotation].for_each_child(|child| {
        if found.is_none() {
            found = row_in(cx, definitions, child, depth + 1);
        }
    });
    found
}

/// The class of the project that a dotted name of a signature refers to.
fn class_of(cx: &Context<'_>, definitions: &Definitions, dotted: &str) -> Option<ClassRef> {
    let (root, rest) = dotted.split_once('.').unwrap_or((dotted, ""));
    let view = cx.imports().find(|view| view.import.bound_name() == Some(root));
    match view.map(|view| &view.resolved.target) {
        Some(Target::Symbol { origin, origin_name, .. }) if rest.is_empty() => {
            Some(ClassRef::new(*origin, origin_name.clone()))
        }
        Some(Target::Symbol { origin, origin_name, .. }) if origin_name.is_empty() => {
            Some(ClassRef::new(*origin, rest))
        }
        Some(Target::Module(module)) if !rest.is_empty() => Some(ClassRef::new(*module, rest)),
        None if rest.is_empty() && definitions.classes.iter().any(|class| class.name == root) => {
            Some(ClassRef::new(cx.id, root))
        }
        _ => None,
    }
}

/// The domain class that a row represents, by its name.
fn counterpart(cx: &Context<'_>, row: &ClassRef) -> Option<(ModuleId, python::Name)> {
    let bare = bare(&row.name);
    cx.architecture.modules.iter().map(|(id, _)| id).filter(|id| is_placed_in_domain(cx, *id)).find_map(
        |id| {
            let signals = model::query::signals(cx.db, cx.file_of(id));
            let class =
                signals.classes.iter().find(|class| !class.is_port() && self::bare(&class.name) == bare)?;
            let is_row = model::query::entity(cx.db, cx.project, id, class.name.clone()).is_some();
            (!is_row).then(|| (id, class.name.clone()))
        },
    )
}

/// Whether a module is named like the domain or its models: a class elsewhere may be the output of an API or a stream.
fn is_placed_in_domain(cx: &Context<'_>, id: ModuleId) -> bool {
    let name = cx.module_name(id);
    target::sure(cx, id).is_some_and(|verdict| verdict.layer == Layer::Domain)
        && (words::is_explicit_domain(name)
            || words::segments(name).any(|it| matches!(it, "model" | "models")))
}

/// `Order` for `OrderModel`, `OrderORM`, `DbOrder`, `OrderEntity`.
fn bare(name: &str) -> &str {
    const ENDINGS: [&str; 10] =
        ["Model", "ORM", "Orm", "Row", "Table", "Record", "Entity", "DB", "Db", "Schema"];
    let name = ["Db", "DB", "Orm", "ORM"].iter().find_map(|start| name.strip_prefix(start)).unwrap_or(name);
    ENDINGS.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

fn class_place(cx: &Context<'_>, module: ModuleId, name: &str) -> Place {
    let definitions = python::query::definitions(cx.db, cx.file_of(module));
    let class = definitions.classes().find(|(_, class)| class.scope == Scope::Module && class.name == name);
    class.map_or(Place::File, |(id, _)| Place::Class(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_called_after_what_they_store() {
        for name in ["Order", "OrderModel", "OrderORM", "DbOrder", "OrderEntity", "OrderRow"] {
            assert_eq!(bare(name), "Order", "{name}");
        }
    }
}
