//! The implementations of an interface and the consumers of a class: shared by lenses and hovers.

use flow::FunctionRef;
use model::{ClassRef, InjectionPlace, InjectionSite, ModuleId, Modules, Project};
use python::{ClassId, FunctionId, Name, Scope};
use workspace::Snapshot;

use crate::{Place, queries};

/// A class or function that depends on something: listed once, however many injection sites it has.
pub(crate) struct Consumer {
    /// Where it is defined.
    pub(crate) module: ModuleId,
    /// `OrderService`, `OrderService.close`, `list_orders`
    pub(crate) name: String,
    /// The parameter or field.
    pub(crate) parameter: Name,
    /// Its first injection site.
    pub(crate) ask: InjectionSite,
}

#[derive(PartialEq, Eq)]
enum Owner {
    Class(ModuleId, ClassId),
    Function(ModuleId, FunctionId),
}

/// The consumers of a class.
pub(crate) fn consumers(snapshot: &Snapshot, project: Project, class: &ClassRef) -> Vec<Consumer> {
    let db = snapshot.db();
    let modules = model::query::modules(db, project);
    let mut seen: Vec<Owner> = Vec::new();
    let mut found = Vec::new();
    for (module, ask) in model::query::dependents(db, project, class.clone()).iter() {
        let definitions = python::query::definitions(db, modules[*module].file);
        let (owner, parameter) = match ask.place {
            InjectionPlace::Parameter { function, parameter } => {
                let Some(facts) = definitions.functions.get(function.0 as usize) else { continue };
                let Some(parameter) = facts.parameters.get(usize::from(parameter)) else { continue };
                let owner = match facts.scope {
                    Scope::Class(class) => Owner::Class(*module, class),
                    _ => Owner::Function(*module, function),
                };
                (owner, parameter.name.clone())
            }
            InjectionPlace::Field { class, variable } => {
                let Some(field) = definitions.variables.get(variable as usize) else { continue };
                (Owner::Class(*module, class), field.name.clone())
            }
        };
        if seen.contains(&owner) {
            continue;
        }
        seen.push(owner);
        let name = owner_name(snapshot, &modules, *module, ask.place);
        found.push(Consumer { module: *module, name, parameter, ask: ask.clone() });
    }
    found
}

/// A constructor has the name of its class.
fn owner_name(snapshot: &Snapshot, modules: &Modules, module: ModuleId, place: InjectionPlace) -> String {
    let definitions = python::query::definitions(snapshot.db(), modules[module].file);
    match place {
        InjectionPlace::Field { class, .. } => definitions[class].name.to_string(),
        InjectionPlace::Parameter { function, .. } => match definitions[function].scope {
            Scope::Class(class) if definitions[function].name == "__init__" => {
                definitions[class].name.to_string()
            }
            _ => queries::qualified(snapshot, modules, FunctionRef { module, function }),
        },
    }
}

/// The place of a consumer's dependency: the annotation, or what provides it.
pub(crate) fn place_of(snapshot: &Snapshot, project: Project, consumer: &Consumer) -> Place {
    let db = snapshot.db();
    let file = model::query::modules(db, project)[consumer.module].file;
    let spans = python::query::spans(db, file);
    let span = match consumer.ask.place {
        InjectionPlace::Parameter { function, parameter } => {
            let definitions = python::query::definitions(db, file);
            let facts = definitions[function].parameters.get(usize::from(parameter));
            let expr = facts.and_then(|facts| facts.annotation.or(facts.default));
            expr.map_or_else(|| spans.function_name(function), |expr| spans.signature(expr))
        }
        InjectionPlace::Field { variable, .. } => {
            spans.variables.get(variable as usize).copied().unwrap_or_default()
        }
    };
    Place { file, span }
}
