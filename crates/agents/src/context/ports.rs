//! Interfaces around a subject: their implementations, and what is injected for dependencies.

use model::{Adapter, ClassRef, InjectionPlace, InjectionSite, Modules, PortKind};
use python::Scope;
use serde::Serialize;
use workspace::Snapshot;

use crate::command::of_class;
use crate::subject::{Subject, SymbolKind};

/// Limit on the classes named in a row.
const NAMED: usize = 5;

/// A class of the subject that is a port, or that implements one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PortRow {
    pub(crate) class: String,
    /// `Protocol`, `abstract class`, `interface of stubs`; `None` if it is not a port itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) members: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) implemented_by: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) implements: Vec<String>,
}

/// A dependency of the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct InjectedRow {
    /// The dependent: `OrderService`, `list_orders`.
    pub(crate) to: String,
    /// The class that it depends on.
    pub(crate) asks: String,
    pub(crate) is_port: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) implemented_by: Vec<String>,
}

/// The ports of a subject's classes, in both directions.
pub(crate) fn of_subject(snapshot: &Snapshot, subject: &Subject) -> Vec<PortRow> {
    let modules = model::query::modules(snapshot.db(), subject.project);
    let only = subject.class();
    if only.is_none() && subject.symbol.is_some() {
        return Vec::new();
    }
    let definitions = python::query::definitions(snapshot.db(), modules[subject.module].file);
    let classes = definitions.classes.iter().filter(|class| class.scope == Scope::Module);
    let classes = classes.map(|class| ClassRef::new(subject.module, class.name.clone()));
    classes
        .filter(|class| only.as_ref().is_none_or(|only| only == class))
        .filter_map(|class| of_one(snapshot, subject, &modules, &class))
        .collect()
}

fn of_one(snapshot: &Snapshot, subject: &Subject, modules: &Modules, class: &ClassRef) -> Option<PortRow> {
    let db = snapshot.db();
    let port = model::query::port(db, subject.project, class.clone());
    let implements = model::query::ports_of(db, subject.project, class.clone());
    if port.is_none() && implements.is_empty() {
        return None;
    }
    let required = port.iter().flat_map(|port| port.members.iter()).filter(|member| member.is_required);
    Some(PortRow {
        class: class.name.to_string(),
        kind: port.as_ref().map(|port| kind(port.kind)),
        members: required.map(|member| member.name.to_string()).take(2 * NAMED).collect(),
        implemented_by: implementations(snapshot, subject, modules, class),
        implements: names(modules, &implements),
    })
}

/// As text.
pub(crate) fn kind(kind: PortKind) -> &'static str {
    match kind {
        PortKind::Protocol => "Protocol",
        PortKind::Abstract => "abstract class",
        PortKind::Stubs => "interface of stubs",
    }
}

fn implementations(
    snapshot: &Snapshot,
    subject: &Subject,
    modules: &Modules,
    class: &ClassRef,
) -> Vec<String> {
    names(modules, &model::query::adapters(snapshot.db(), subject.project, class.clone()))
}

fn names(modules: &Modules, adapters: &[Adapter]) -> Vec<String> {
    adapters.iter().take(NAMED).filter_map(|adapter| of_class(modules, &adapter.class)).collect()
}

/// The dependencies of the subject.
pub(crate) fn injected(snapshot: &Snapshot, subject: &Subject) -> Vec<InjectedRow> {
    let db = snapshot.db();
    let modules = model::query::modules(db, subject.project);
    let file = modules[subject.module].file;
    let definitions = python::query::definitions(db, file);
    let mut rows: Vec<InjectedRow> = Vec::new();
    for ask in model::query::injection_sites(db, subject.project, file).iter() {
        if !concerns(subject, &definitions, ask) {
            continue;
        }
        let Some(asks) = of_class(&modules, &ask.class) else { continue };
        let is_port = model::query::port(db, subject.project, ask.class.clone()).is_some();
        let implemented_by =
            if is_port { implementations(snapshot, subject, &modules, &ask.class) } else { Vec::new() };
        let row = InjectedRow { to: dependent(&definitions, ask), asks, is_port, implemented_by };
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

fn concerns(subject: &Subject, definitions: &python::Definitions, ask: &InjectionSite) -> bool {
    let Some(symbol) = &subject.symbol else { return true };
    match (symbol.kind, ask.place) {
        (SymbolKind::Class(own), InjectionPlace::Field { class, .. }) => own == class,
        (SymbolKind::Class(own), InjectionPlace::Parameter { function, .. }) => {
            definitions.functions.get(function.0 as usize).is_some_and(|it| it.scope == Scope::Class(own))
        }
        (SymbolKind::Function(own), InjectionPlace::Parameter { function, .. }) => own == function,
        _ => false,
    }
}

/// A constructor has the name of its class.
fn dependent(definitions: &python::Definitions, ask: &InjectionSite) -> String {
    let class_name = |id: python::ClassId| {
        definitions.classes.get(id.0 as usize).map(|class| class.name.to_string()).unwrap_or_default()
    };
    match ask.place {
        InjectionPlace::Field { class, .. } => class_name(class),
        InjectionPlace::Parameter { function, .. } => match definitions.functions.get(function.0 as usize) {
            Some(facts) => match facts.scope {
                Scope::Class(class) if facts.name == "__init__" => class_name(class),
                _ => definitions.short_name(function),
            },
            None => String::new(),
        },
    }
}
