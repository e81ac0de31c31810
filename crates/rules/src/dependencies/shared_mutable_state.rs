//! Containers at module or class level that functions change while the program runs.

mod asked;
mod bound;
mod bounded;
mod changes;
mod constants;
mod elsewhere;
mod fallback;
mod guards;
mod hooked;
mod import_time;
mod left;
mod logged_once;
mod numbers;
mod owners;
mod singletons;
mod uncalled;

use config::Level;
use model::{Amount, ClassRole};
use python::{
    Arg, Body, BodyId, BodyOwner, ClassId, Definitions, Expr, ExprId, FunctionId, Literal, Name, Scope, Stmt,
};
use source::File;
use view::scope::{Names, of_self};
use view::{
    Context, Draft, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule, checked_classes,
    wording,
};

use self::changes::{Change, Owner, changes};
use self::elsewhere::Outside;
use crate::layers::target;

pub(crate) static RULE: Rule = Rule {
    id: "shared-mutable-state",
    group: Group::Dependencies,
    summary: "a container of a module, class or singleton that is changed at run time",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("shared_mutable_state.md"),
    options: &[OptionSpec {
        name: "allow",
        default: OptionDefault::Strings(&[
            "binding",
            "cache",
            "callback",
            "converter",
            "factories",
            "factory",
            "handler",
            "hook",
            "instance",
            "memo",
            "metric",
            "override",
            "plugin",
            "processor",
            "provider",
            "registered",
            "registry",
            "singleton",
        ]),
        summary: "words in the names of containers that may be changed, or of functions that may change one, case-insensitive",
    }],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        fastapi: Some(Level::Warning),
        django: Some(Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// A container that outlives a call.
struct State {
    owner: Owner,
    name: Name,
    place: Place,
    /// The module-level variable that holds the only instance, if the state is an attribute of one.
    singleton: Option<Name>,
}

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let is_aside = |part: &str| matches!(part, "metrics" | "vendor" | "_vendor" | "vendored" | "commands");
    let path = &cx.info().path;
    let is_aside = path.components().any(|part| is_aside(part.as_str()))
        || path.file_stem().is_some_and(|stem| stem.contains("metrics"));
    if is_aside {
        return;
    }
    let allowed = allowed(cx);
    let mut states = at_top_level_of_modules(cx);
    counted_elsewhere(cx, &states, &allowed, out);
    let own_singletons = singletons::of(&cx.module.definitions);
    if keeps_state_by_mistake(cx) {
        let mut singletons = own_singletons;
        singletons.extend(elsewhere::singletons(cx));
        if states.is_empty() && singletons.is_empty() {
            return;
        }
        let names = Names::of(cx);
        for (class, variable) in &singletons {
            states.extend(singletons::containers(&names, *class, variable));
        }
        states.retain(|state| !may_change(&allowed, &state.name));
        changed_here(&names, &states, &allowed, out);
    } else {
        if !own_singletons.is_empty() {
            let names = Names::of(cx);
            for (class, variable) in &own_singletons {
                states.extend(singletons::containers(&names, *class, variable));
            }
        }
        states.retain(|state| !may_change(&allowed, &state.name));
        let changes = changed_elsewhere(cx, &states, &allowed);
        for state in &states {
            tell_if_changed(cx, state, &[], &changes, false, out);
        }
    }
}

/// Lower-case words whose presence in a name allows changes.
fn allowed(cx: &Context<'_>) -> Vec<String> {
    cx.options(&RULE).strings("allow").iter().map(|word| word.to_lowercase()).collect()
}

/// Whether a container of this name may be changed, or a function of this name may change one.
fn may_change(allowed: &[String], name: &str) -> bool {
    let name = name.to_lowercase();
    name.starts_with("__") || allowed.iter().any(|word| name.contains(word.as_str()))
}

/// Whether the functions of the module answer requests or contain business rules. A module that creates the application
/// is checked like its routes; a script may keep any state.
fn keeps_state_by_mistake(cx: &Context<'_>) -> bool {
    let signals = model::query::signals(cx.db, cx.file);
    let has_routes = signals.routes > Amount::None;
    has_routes
        || signals.marks.has(model::Mark::CreatesApp)
        || target::is_served(cx, cx.id)
        || (elsewhere::is_checked(cx.own_layer()) && !signals.marks.has(model::Mark::MainGuard))
}

fn changed_here(names: &Names<'_>, states: &[State], allowed: &[String], out: &mut Findings<'_>) {
    let cx = names.cx;
    if states.is_empty() {
        return;
    }
    let changes = changes(names);
    let import_time = import_time::functions(names);
    let handlers = import_time::handlers(cx);
    let bound: Vec<(Owner, Name, bound::Kind)> = states
        .iter()
        .filter_map(|state| Some((state.owner, state.name.clone(), bound::bound(names, state, &changes)?)))
        .collect();
    let is_exempt = |change: &Change| {
        import_time.contains(&change.function)
            // `set_default_plugin`: the function's name shows its purpose, not the container's.
            || (may_change(allowed, cx.module.definitions[change.function].name.trim_matches('_'))
                && !handlers.contains(&change.function))
    };
    let outside = changed_elsewhere(cx, states, allowed);
    for state in states {
        let is_it = |change: &Change| change.owner == state.owner && change.name == state.name;
        let kind = bound.iter().find(|(owner, name, _)| *owner == state.owner && *name == state.name);
        let is_live = match kind {
            Some((.., bound::Kind::Handle | bound::Kind::Lock)) => continue,
            Some((.., bound::Kind::Connection)) => true,
            None => false,
        };
        let (exempt, of_it): (Vec<&Change>, Vec<&Change>) =
            changes.iter().filter(|change| is_it(change)).partition(|change| is_exempt(change));
        // A value computed once and kept is a cache: every worker computes the same, and eviction doesn't change that.
        // A cache of one object that is kept on its class is shared by mistake, unless it is the class that is named.
        let can_be_cache = state.owner == Owner::Module
            || state.singleton.is_some()
            || of_it.iter().all(|change| change.is_of_class);
        let is_filled = of_it.iter().chain(&exempt).any(|change| !change.is_removal);
        let is_cache = can_be_cache
            && is_filled
            && (of_it.iter().all(|change| change.is_memo)
                || of_it.iter().all(|change| change.is_kept || change.is_removal));
        let is_silent = of_it.is_empty()
            || is_cache
            || (!is_live && bound::is_index(names, &of_it, &bound, &changes))
            || uncalled::all(names, &of_it);
        tell_if_changed(cx, state, if is_silent { &[] } else { &of_it }, &outside, is_live, out);
    }
}

/// What a container is called where other modules change it: `orders`, `Lounge.tables`, also by the only instance.
fn name_elsewhere(cx: &Context<'_>, state: &State) -> Option<Name> {
    match state.owner {
        Owner::Module => Some(state.name.clone()),
        Owner::Class(class) => Some(format!("{}.{}", cx.module.definitions[class].name, state.name).into()),
        Owner::Elsewhere(_) => None,
    }
}

/// The changes that other modules make to the containers of this one.
fn changed_elsewhere(cx: &Context<'_>, states: &[State], allowed: &[String]) -> Vec<(File, Outside)> {
    let names: Vec<Name> = states.iter().filter_map(|state| name_elsewhere(cx, state)).collect();
    let names: Vec<&Name> = names.iter().filter(|name| !may_change(allowed, name)).collect();
    let instances: Vec<&Name> = states.iter().filter_map(|state| state.singleton.as_ref()).collect();
    if names.is_empty() { Vec::new() } else { elsewhere::of_own(cx, &names, &instances) }
}

/// Reports numbers at module level that only other modules count: `state.visits += 1`.
fn counted_elsewhere(cx: &Context<'_>, known: &[State], allowed: &[String], out: &mut Findings<'_>) {
    let definitions = &*cx.module.definitions;
    let is_number =
        |value: ExprId| matches!(&definitions[value], Expr::Literal(Literal::Int(_) | Literal::Number(_)));
    let numbers = definitions.variables.iter().enumerate().filter(|(_, it)| {
        it.scope == Scope::Module
            && it.name.contains(|letter: char| letter.is_lowercase())
            && it.value.is_some_and(is_number)
            && !may_change(allowed, &it.name)
            && !known.iter().any(|state| state.owner == Owner::Module && state.name == it.name)
    });
    let numbers: Vec<State> = numbers
        .map(|(index, it)| State {
            owner: Owner::Module,
            name: it.name.clone(),
            place: Place::Variable(index as u32),
            singleton: None,
        })
        .collect();
    let changes = changed_elsewhere(cx, &numbers, allowed);
    for number in &numbers {
        tell_if_changed(cx, number, &[], &changes, false, out);
    }
}

/// Reports a container that its own module or another one changes.
fn tell_if_changed(
    cx: &Context<'_>,
    state: &State,
    own: &[&Change],
    outside: &[(File, Outside)],
    is_live: bool,
    out: &mut Findings<'_>,
) {
    let name = name_elsewhere(cx, state);
    let is_it = |change: &Outside| name.as_ref() == Some(&change.name);
    let others: Vec<&(File, Outside)> = outside.iter().filter(|(_, change)| is_it(change)).collect();
    let is_cache = others.iter().all(|(_, change)| change.is_cache);
    let draft = match (own.is_empty(), is_cache) {
        (true, true) => return,
        (false, true) => tell(cx, state, own, &[], out),
        (_, false) => tell(cx, state, own, &others, out),
    };
    if is_live {
        draft.at_most(Level::Info);
        draft.evidence(
            "A connected client can't leave its process: who sends to it from another one needs a channel",
        );
    }
}

/// Containers among the variables of the module and of its classes.
fn at_top_level_of_modules(cx: &Context<'_>) -> Vec<State> {
    let definitions = &*cx.module.definitions;
    let mut states: Vec<State> = Vec::new();
    for (index, variable) in definitions.variables.iter().enumerate() {
        let owner = match variable.scope {
            Scope::Module => Owner::Module,
            Scope::Class(class) if keeps_state(cx, class) => Owner::Class(class),
            _ => continue,
        };
        let is_known = states.iter().any(|state| state.owner == owner && state.name == variable.name);
        let is_state = |value| {
            is_container(definitions, value)
                || match owner {
                    Owner::Module => is_counter(cx, &variable.name, definitions, value),
                    Owner::Class(class) => numbers::is_class_counter(cx, class, &variable.name, value),
                    Owner::Elsewhere(_) => false,
                }
        };
        if !is_known && variable.value.is_some_and(is_state) {
            let place = Place::Variable(index as u32);
            states.push(State { owner, name: variable.name.clone(), place, singleton: None });
        }
    }
    states
}

/// Whether variables in the class body are shared by its instances: frameworks that read the body copy them, but for
/// those of views, of which each request makes an instance.
fn keeps_state(cx: &Context<'_>, class: ClassId) -> bool {
    const PLAIN: &[&str] =
        &["abc.ABC", "abc.ABCMeta", "builtins.object", "typing.Generic", "typing.Protocol"];
    let class = &cx.module.definitions[class];
    let is_data = |class: &python::Class| {
        let signals = model::query::signals(cx.db, cx.file);
        signals
            .classes
            .iter()
            .any(|it| it.name == class.name && matches!(it.role, Some(ClassRole::Data | ClassRole::Schema)))
    };
    let ancestors = cx.architecture.hierarchy.of(cx.id, &class.name);
    let is_view = |base: &str| model::role_of_base(base) == Some(ClassRole::View);
    let is_plain = ancestors
        .is_none_or(|it| it.foreign.iter().all(|name| PLAIN.contains(&name.as_str()) || is_view(name)));
    let is_made_per_request = ancestors.is_some_and(|it| it.foreign.iter().any(|name| is_view(name)));
    class.scope == Scope::Module
        && is_plain
        && !checked_classes::is_double(&class.name)
        && !checked_classes::assembles(&class.name)
        && (is_made_per_request || !checked_classes::is_outer(cx, class))
        && !is_data(class)
}

/// Functions and classes that create a container, by their last name. Those that evict by themselves are left out.
const MAKERS: &[&str] = &["Counter", "OrderedDict", "defaultdict", "deque", "dict", "list", "set"];

fn is_container(definitions: &Definitions, value: ExprId) -> bool {
    match &definitions[value] {
        Expr::Dict(_) | Expr::List(_) | Expr::Set(_) | Expr::Comprehension { .. } => true,
        Expr::Call { args, .. } if evicts(args) => false,
        Expr::Call { callee, .. } => match &definitions[*callee] {
            Expr::Name(name) => MAKERS.contains(&name.as_str()),
            Expr::Attribute { value, name } => {
                matches!(&definitions[*value], Expr::Name(module) if module == "collections")
                    && MAKERS.contains(&name.as_str())
            }
            _ => false,
        },
        _ => false,
    }
}

/// `deque(maxlen=50)` forgets by itself what it was given long ago: nobody counts on it.
fn evicts(args: &[Arg]) -> bool {
    args.iter().any(|arg| matches!(arg, Arg::Keyword(name, _) if name == "maxlen"))
}

/// Whether a number is a counter that functions change: `global visits`, `visits += 1` or `visits = visits + 1`.
fn is_counter(cx: &Context<'_>, variable: &Name, definitions: &Definitions, value: ExprId) -> bool {
    let is_number = matches!(&definitions[value], Expr::Literal(Literal::Int(_) | Literal::Number(_)));
    is_number
        && cx.module.bodies.list.iter().any(|body| {
            body.declares_global(variable)
                && body.stmts.iter().any(|stmt| match stmt {
                    Stmt::AugAssign { target, .. } => is_named(body, *target, variable),
                    Stmt::Assign { targets, value: Some(value), .. } => {
                        targets.iter().any(|target| is_named(body, *target, variable))
                            && counts_on(body, *value, variable)
                    }
                    _ => false,
                })
        })
}

/// Whether a value is `name`, plus or minus something: `visits + 1`.
fn counts_on(body: &Body, value: ExprId, name: &str) -> bool {
    matches!(&body[value], Expr::Binary { left, right, .. }
        if is_named(body, *left, name) || is_named(body, *right, name))
}

fn is_named(body: &Body, expr: ExprId, name: &str) -> bool {
    matches!(&body[expr], Expr::Name(it) if it == name)
}

fn is_container_in(names: &Names<'_>, id: BodyId, body: &Body, value: ExprId) -> bool {
    match &body[value] {
        Expr::Dict(_) | Expr::List(_) | Expr::Set(_) => true,
        Expr::Call { callee, args } => {
            names.outside(id, *callee).filter(|_| !evicts(args)).is_some_and(|full| {
                let (module, name) = full.rsplit_once('.').unwrap_or_default();
                matches!(module, "builtins" | "collections") && MAKERS.contains(&name)
            })
        }
        _ => false,
    }
}

fn tell<'o>(
    cx: &Context<'_>,
    state: &State,
    changes: &[&Change],
    others: &[&(File, Outside)],
    out: &'o mut Findings<'_>,
) -> &'o mut Draft {
    let mut by: Vec<FunctionId> = changes.iter().map(|change| change.function).collect();
    by.sort_unstable();
    by.dedup();
    let mut who: Vec<String> = by.iter().map(|function| cx.qualified(*function)).collect();
    who.extend(others.iter().map(|(_, change)| change.by.to_string()));
    who.dedup();
    let what = match state.owner {
        Owner::Class(class) => format!("{}.{}", cx.module.definitions[class].name, state.name),
        Owner::Module | Owner::Elsewhere(_) => state.name.to_string(),
    };
    let whose = match &state.singleton {
        Some(variable) => format!(" (`{variable}` is the only instance)"),
        None => String::new(),
    };
    let who = wording::codes(&who);
    let message = format!(
        "Global `{what}`{whose} is changed at run time by {who}; each worker has its own copy, and a restart loses it: keep it in a store"
    );
    let draft = out.add(state.place.span(&cx.module.spans), Key::new(what), message);
    // The store is there; without it there is one process.
    if others.is_empty() && changes.iter().all(|change| change.is_fallback) {
        draft.at_most(Level::Info);
    }
    if let Some(verdict) = target::sure(cx, cx.id) {
        draft.evidence(target::because(cx, cx.id, verdict));
    }
    for change in changes {
        let place = Place::Expr { body: change.body, expr: change.expr };
        draft.related(cx.file, place, format!("`{}` changes it here", cx.qualified(change.function)));
    }
    for (file, change) in others {
        draft.related(*file, Place::Function(change.function), format!("`{}` changes it", change.by));
    }
    draft
}

/// The function that the body belongs to.
fn function_of(body: &Body) -> Option<FunctionId> {
    match body.owner {
        BodyOwner::Function(function) => Some(function),
        _ => None,
    }
}
