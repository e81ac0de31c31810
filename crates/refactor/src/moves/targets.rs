//! Likely targets for a class, function or constant: the module beside it that is named for its kind, or its only user.

mod holder;

use config::Layer;
use model::{ModuleId, PathRole, Target};
use python::{Arg, ClassId, Definitions, Expr, Scope};
use view::Context;

use super::allowed::Allowed;

/// Limit on the targets offered.
const MOST: usize = 3;

/// Names of modules for a kind of definition, best first.
struct Kind {
    /// Last parts of the names of bases (or, with `@`, decorators) that indicate it.
    bases: &'static [&'static str],
    /// Suffixes of its own name that indicate it.
    endings: &'static [&'static str],
    /// Names of modules for this kind.
    modules: &'static [&'static str],
}

/// The kinds, most specific first.
const KINDS: &[Kind] = &[
    Kind {
        bases: &["Exception", "Error", "BaseException"],
        endings: &["Error", "Exception"],
        modules: &["errors", "exceptions", "exc"],
    },
    Kind {
        bases: &["Protocol", "ABC", "ABCMeta"],
        endings: &["Port", "Interface"],
        modules: &["ports", "interfaces", "protocols", "abstractions"],
    },
    Kind {
        bases: &["Enum", "StrEnum", "IntEnum", "Flag", "IntFlag", "TextChoices", "IntegerChoices"],
        endings: &[],
        modules: &["enums", "choices", "constants"],
    },
    Kind {
        bases: &["BaseModel", "Schema", "Serializer", "ModelSerializer", "TypedDict"],
        endings: &["Schema", "Request", "Response", "Dto", "DTO"],
        modules: &["schemas", "dto", "dtos", "serializers"],
    },
    Kind { bases: &["NamedTuple", "@frozen"], endings: &[], modules: &["value_objects", "values", "vo"] },
    Kind {
        bases: &["Settings", "BaseSettings"],
        endings: &["Settings", "Config"],
        modules: &["settings", "config"],
    },
    Kind { bases: &[], endings: &["Repository"], modules: REPOSITORIES },
    Kind { bases: &[], endings: &["Service"], modules: SERVICES },
];

const REPOSITORIES: &[&str] = &["repositories", "repository"];
const SERVICES: &[&str] = &["services", "service"];

/// Modules for classes with behaviour.
const WORK: [&[&str]; 2] = [REPOSITORIES, SERVICES];

/// Modules for upper-case names.
const CONSTANTS: &[&str] = &["constants", "const", "consts"];

/// The dotted names of likely target modules for `name`, defined at the top level of the module of `cx`; best first.
pub fn move_targets(cx: &Context<'_>, name: &str) -> Vec<String> {
    suggested(cx, name).into_iter().map(|id| cx.module_name(id).to_owned()).collect()
}

/// The same as modules. Modules that the layers forbid are never suggested: the composition root may be the only user
/// of an adapter, but is no place for it.
pub(super) fn suggested(cx: &Context<'_>, name: &str) -> Vec<ModuleId> {
    let is_shape = is_shape(cx, name);
    let Some(allowed) = Allowed::of(cx, name, !is_shape) else { return Vec::new() };
    let mut found: Vec<ModuleId> = Vec::new();
    let mut add = |id: ModuleId| {
        if !found.contains(&id) && allowed.at(id) && (is_shape || keeps_layer(cx, id)) {
            found.push(id);
        }
    };
    for stems in stems(&cx.module.definitions, name) {
        nearest(cx, stems).into_iter().for_each(&mut add);
    }
    only_user(cx, name).into_iter().filter(|id| keeps_layer(cx, *id)).for_each(&mut add);
    found.truncate(MOST);
    found
}

/// The modules near a user of `name` to which it could move: those dedicated to its kind by their contents or their
/// name, if the layers allow it, and the user itself if it is the only one.
pub fn targets_near(cx: &Context<'_>, name: &str, user: &Context<'_>) -> Vec<ModuleId> {
    let is_shape = is_shape(cx, name);
    let Some(allowed) = Allowed::of(cx, name, !is_shape) else { return Vec::new() };
    let beside = stems(&cx.module.definitions, name).into_iter().filter_map(|stems| nearest(user, stems));
    let beside = beside.filter(|_| is_shape);
    let alike = holder::of_its_kind(cx, name, user);
    let mut found: Vec<ModuleId> = Vec::new();
    for id in alike.into_iter().chain(beside).chain(only_user(cx, name).filter(|id| *id == user.id)) {
        if !found.contains(&id) && id != cx.id && allowed.at(id) {
            found.push(id);
        }
    }
    found.truncate(MOST);
    found
}

/// Whether it is of a kind without behaviour: an error, a Protocol, an enumeration, a data class, a constant.
pub(super) fn is_shape(cx: &Context<'_>, name: &str) -> bool {
    stems(&cx.module.definitions, name).iter().any(|stems| !WORK.contains(stems))
}

/// Whether a module is in the same layer as the checked one, or in none.
fn keeps_layer(cx: &Context<'_>, id: ModuleId) -> bool {
    match (cx.own_layer(), cx.layer(id)) {
        (Some(own), Some(other)) => own == other || other == Layer::Shared,
        _ => true,
    }
}

/// Names of modules for definitions like this one.
fn stems(definitions: &Definitions, name: &str) -> Vec<&'static [&'static str]> {
    let class = definitions.classes().find(|(_, class)| class.scope == Scope::Module && class.name == name);
    let Some((id, _)) = class else {
        let is_constant = name.len() > 1
            && name.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit() || letter == '_')
            && definitions.variables.iter().any(|it| it.name == name && it.scope == Scope::Module);
        return if is_constant { vec![CONSTANTS] } else { Vec::new() };
    };
    let signs = signs(definitions, id);
    KINDS
        .iter()
        .filter(|kind| {
            kind.endings.iter().any(|ending| name.ends_with(ending))
                || kind.bases.iter().any(|base| signs.iter().any(|sign| sign == base))
        })
        .map(|kind| kind.modules)
        .collect()
}

/// The last parts of the names of bases, and `@frozen` for a frozen dataclass.
fn signs(definitions: &Definitions, id: ClassId) -> Vec<String> {
    let class = &definitions[id];
    let last = |expr| {
        let dotted = definitions.exprs.dotted(expr)?;
        Some(dotted.rsplit('.').next().unwrap_or_default().to_owned())
    };
    let mut signs: Vec<String> = class.bases.iter().filter_map(|base| last(base.value())).collect();
    let is_frozen = class.decorators.iter().any(|decorator| match &definitions[*decorator] {
        Expr::Call { callee, args } => {
            last(*callee).is_some_and(|name| name == "dataclass")
                && args.iter().any(|arg| matches!(arg, Arg::Keyword(name, _) if name == "frozen"))
        }
        _ => last(*decorator).is_some_and(|name| name == "frozen"),
    });
    if is_frozen {
        signs.push("@frozen".to_owned());
    }
    signs
}

/// The module with one of these names in the package, or in the nearest enclosing package that has one.
fn nearest(cx: &Context<'_>, stems: &[&str]) -> Option<ModuleId> {
    let modules = &cx.architecture.modules;
    let own = cx.own_name();
    let mut package =
        if cx.info().is_package { own } else { own.rsplit_once('.').map_or("", |(package, _)| package) };
    loop {
        let found = stems.iter().find_map(|stem| {
            let name = if package.is_empty() { (*stem).to_owned() } else { format!("{package}.{stem}") };
            modules.by_name(&name, cx.info().root).filter(|id| modules[*id].root == cx.info().root)
        });
        if found.is_some() || package.is_empty() {
            return found.filter(|id| *id != cx.id);
        }
        package = package.rsplit_once('.').map_or("", |(package, _)| package);
    }
}

/// The only code module of the project that imports a name from here, if the module itself doesn't use it otherwise.
fn only_user(cx: &Context<'_>, name: &str) -> Option<ModuleId> {
    let modules = &cx.architecture.modules;
    let takes = |id: ModuleId| {
        model::query::resolved(cx.db, cx.project, modules[id].file).iter().any(|resolved| {
            matches!(&resolved.target, Target::Symbol { origin, origin_name, .. }
                if *origin == cx.id && origin_name == name)
        })
    };
    let importers = cx.architecture.graph.importers(cx.id).iter().map(|edge| edge.to);
    let mut users = importers.filter(|id| modules[*id].role == PathRole::Code && takes(*id));
    let user = users.next().filter(|_| users.next().is_none())?;
    // A re-export is not a use.
    (!modules[user].is_package && !is_used_here(cx, name)).then_some(user)
}

/// Whether anything in the module names it outside its definition.
fn is_used_here(cx: &Context<'_>, name: &str) -> bool {
    let bodies = cx.module.bodies.list.iter().map(|body| &body.exprs);
    let is_it = |expr: &Expr| matches!(expr, Expr::Name(it) if it == name);
    let is_variable = cx.module.definitions.variables.iter().any(|it| it.name == name);
    let most = usize::from(is_variable) * 2;
    bodies
        .chain([&cx.module.definitions.exprs])
        .flat_map(|exprs| &exprs.list)
        .filter(|expr| is_it(expr))
        .count()
        > most
}
