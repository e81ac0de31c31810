//! Entities that are bags of data: no behaviour of their own, and other code changes their state.

use config::{Layer, Level};
use flow::{FunctionRef, Receiver};
use model::{ClassRef, ModuleId};
use python::{FunctionId, Name, Scope};
use view::class_kind::{ClassKind, Field, Subject, fields, has_identity, is_domain};
use view::writers::{Match, Target};
use view::{
    Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule, query, wording,
};

use crate::queries::problems::{analysis, name_of};

pub(crate) static RULE: Rule = Rule {
    id: "anemic-model",
    group: Group::Domain,
    summary: "an entity without behaviour whose state other code changes",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("anemic_model.md"),
    options: &[OptionSpec {
        name: "places",
        default: OptionDefault::Integer(1),
        summary: "minimum number of functions that change the entity from outside",
    }],
    has_fix: false,
    presets: InPresets {
        layered: Some(Level::Off),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        django: Some(Level::Off),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// Limit on the places shown.
const SHOWN: usize = 8;

/// A function that changes an entity.
struct Change {
    module: ModuleId,
    function: FunctionId,
    site: flow::Site,
    attribute: Name,
}

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let least = usize::try_from(cx.options(&RULE).integer("places")).unwrap_or(1).max(1);
    for (id, class) in super::of_domain(cx, &[ClassKind::Entity]) {
        let Some(subject) = Subject::of(cx.db, cx.project, &class) else { continue };
        // An entity recognized by its module alone may be part of another one, which rightly changes it.
        if !has_identity(&fields(&subject), &class.name) || !is_domain(cx.own_name()) {
            continue;
        }
        if behaves(&subject) || subject.bases().iter().any(|base| inherits_behaviour(cx, base)) {
            continue;
        }
        let changes = changes(cx, &subject);
        let mut changers: Vec<(ModuleId, FunctionId)> =
            changes.iter().map(|change| (change.module, change.function)).collect();
        changers.dedup();
        if changers.len() < least {
            continue;
        }
        let mut attributes: Vec<&str> = changes.iter().map(|change| change.attribute.as_str()).collect();
        attributes.sort_unstable();
        attributes.dedup();
        let named = |(module, function): &(ModuleId, FunctionId)| {
            name_of(cx, FunctionRef { module: *module, function: *function })
        };
        let others = match &changers[..] {
            [one] => format!("`{}` sets", named(one)),
            [one, two] => format!("`{}` and `{}` set", named(one), named(two)),
            [one, ..] => format!("`{}` and {} other functions set", named(one), changers.len() - 1),
            [] => continue,
        };
        let message = format!(
            "`{}` has no behaviour of its own; {others} its {}",
            class.name,
            wording::codes(&attributes)
        );
        let draft = out.add(cx.module.spans.class_name(id), Key::new(class.name.as_str()), message);
        for change in changes.iter().take(SHOWN) {
            let place = Place::Expr { body: change.site.body, expr: change.site.expr };
            let asker = name_of(cx, FunctionRef { module: change.module, function: change.function });
            draft.related(cx.file_of(change.module), place, format!("`{asker}` sets `{}`", change.attribute));
        }
    }
}

/// Whether the class does more than hold, compare, show and convert its data.
fn behaves(subject: &Subject<'_>) -> bool {
    let mine = Scope::Class(subject.id);
    subject.definitions.functions.iter().filter(|function| function.scope == mine).any(|function| {
        let name = function.name.as_str();
        let converts =
            ["to_", "as_", "from_", "get_", "set_", "_"].iter().any(|start| name.starts_with(start))
                || matches!(name, "dict" | "json" | "serialize" | "deserialize" | "copy");
        // A property presents existing data differently; it doesn't decide what may happen to the entity.
        let is_alternative = function.decorators.iter().any(|decorator| {
            let dotted = subject.definitions.exprs.dotted(*decorator).unwrap_or_default();
            matches!(
                dotted.rsplit('.').next(),
                Some(
                    "cached_property"
                        | "classmethod"
                        | "computed_field"
                        | "field_validator"
                        | "property"
                        | "staticmethod"
                        | "validator"
                )
            )
        });
        !converts && !is_alternative
    })
}

/// Whether a base class has behaviour beyond that of all entities.
fn inherits_behaviour(cx: &Context<'_>, base: &ClassRef) -> bool {
    let is_generic = ["Entity", "AggregateRoot", "Aggregate", "Base", "BaseModel", "Model"]
        .iter()
        .any(|name| base.name.ends_with(name));
    !is_generic && Subject::of(cx.db, cx.project, base).is_some_and(|base| behaves(&base))
}

/// The code that changes it: functions of services and routes, as far as flow analysis is sure of what they change.
fn changes(cx: &Context<'_>, subject: &Subject<'_>) -> Vec<Change> {
    let target = Target::of(cx.db, cx.project, subject.class);
    let mut functions: Vec<(ModuleId, FunctionId)> = Vec::new();
    let fields: Vec<Field> = fields(subject);
    for field in &fields {
        for (module, write, how) in target.writes(&field.name) {
            // A function may fill what it creates itself.
            let is_making = matches!(write.on, Receiver::Made(_)) || how == Match::Own;
            let Some(function) = write.function.filter(|_| !is_making && is_outside(cx, module)) else {
                continue;
            };
            functions.push((module, function));
        }
    }
    functions.sort_unstable();
    functions.dedup();
    let mut changes = Vec::new();
    for (module, function) in functions {
        if makes(cx, module, function) {
            continue;
        }
        let known = analysis(cx, FunctionRef { module, function });
        for (site, class, attribute) in &known.changes {
            if class == subject.class && fields.iter().any(|field| field.name == *attribute) {
                changes.push(Change { module, function, site: *site, attribute: attribute.clone() });
            }
        }
    }
    changes
}

/// Services, use cases, routes: modules that neither store the entity nor assemble it.
fn is_outside(cx: &Context<'_>, module: ModuleId) -> bool {
    matches!(
        cx.architecture.layers.sure_layer(module),
        Some(Layer::Application | Layer::Presentation | Layer::Domain)
    ) && module != cx.id
}

/// Whether a function belongs to a repository, a mapper or a factory: storing and creating are not business rules.
fn makes(cx: &Context<'_>, module: ModuleId, function: FunctionId) -> bool {
    let definitions = python::query::definitions(cx.db, cx.file_of(module));
    let Some(facts) = definitions.functions.get(function.0 as usize) else { return true };
    let Scope::Class(class) = facts.scope else { return false };
    let class = &definitions[class];
    let kind = query::class_kind(cx.db, cx.project, ClassRef::new(module, class.name.clone()));
    matches!(kind, ClassKind::Adapter | ClassKind::Entity | ClassKind::Schema | ClassKind::Row)
        || ["Factory", "Mapper", "Builder", "Assembler"].iter().any(|end| class.name.ends_with(end))
}
