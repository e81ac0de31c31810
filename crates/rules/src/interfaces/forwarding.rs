//! Where a dependency is passed on to: to others that depend on the same class, or to a base that depends on the port.

use flow::{FunctionRef, Usage};
use model::{ClassRef, InjectionPlace, ModuleId};
use python::{Definitions, FunctionId, Scope};
use view::Context;

use super::injection_site;

/// Functions nested deeper than this are not found in hand-written code.
const MAX_DEPTH: usize = 16;

/// Whether all usage is in other units that depend on the class as well: those have to change, and this one follows. If
/// no usage is found, there is no other place to report instead.
pub(super) fn only_forwards(
    cx: &Context<'_>,
    place: InjectionPlace,
    class: &ClassRef,
    usage: &Usage,
) -> bool {
    let own = unit_of(&cx.module.definitions, place);
    let mut places = usage.members.iter().flat_map(|used| &used.places).peekable();
    places.peek().is_some()
        && places.all(|(function, _)| {
            let unit = unit(cx, *function);
            (function.module, unit) != (cx.id, own) && asks(cx, function.module, unit, class)
        })
}

/// Whether the dependent is the constructor of a class with a base that depends on the port: the subclass passes the
/// argument there.
pub(super) fn base_depends_on(cx: &Context<'_>, place: InjectionPlace, port: &ClassRef) -> bool {
    let Unit::Class(own) = unit_of(&cx.module.definitions, place) else { return false };
    let own = ClassRef::new(cx.id, cx.module.definitions[own].name.clone());
    flow::types::classes::bases(cx.db, cx.project, &own).iter().any(|base| {
        injection_site::definition(cx, base)
            .is_some_and(|(_, id)| asks(cx, base.module, Unit::Class(id), port))
    })
}

/// A class with its methods, or a function outside of classes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Class(python::ClassId),
    Function(FunctionId),
}

/// Whether the unit has an injection site of the class.
fn asks(cx: &Context<'_>, module: ModuleId, unit: Unit, class: &ClassRef) -> bool {
    let file = cx.file_of(module);
    let definitions = python::query::definitions(cx.db, file);
    model::query::injection_sites(cx.db, cx.project, file)
        .iter()
        .any(|ask| ask.class == *class && unit_of(&definitions, ask.place) == unit)
}

fn unit(cx: &Context<'_>, function: FunctionRef) -> Unit {
    let definitions = python::query::definitions(cx.db, cx.file_of(function.module));
    around(&definitions, function.function)
}

/// The unit of an injection site: a class for its constructor and fields, which keep the object for all methods.
fn unit_of(definitions: &Definitions, place: InjectionPlace) -> Unit {
    match place {
        InjectionPlace::Field { class, .. } => Unit::Class(class),
        InjectionPlace::Parameter { function, .. } => {
            match injection_site::constructed(definitions, function) {
                Some(class) => Unit::Class(class),
                None => around(definitions, function),
            }
        }
    }
}

/// The class or outermost function around a function.
fn around(definitions: &Definitions, function: FunctionId) -> Unit {
    let mut at = function;
    for _ in 0..MAX_DEPTH {
        match definitions.functions.get(at.0 as usize).map(|it| it.scope) {
            Some(Scope::Function(outer)) => at = outer,
            Some(Scope::Class(class)) => return Unit::Class(class),
            _ => break,
        }
    }
    Unit::Function(at)
}
