//! Pages of Wagtail, which are model and view in one by the framework's design.

use model::Ancestors;
use python::{ClassId, Expr, NameUse, Scope};
use view::Context;
use view::frameworks::is_of;

/// Whether a name is used in a method that Wagtail calls as a view.
pub(super) fn is_in_page_view(cx: &Context<'_>, used: &NameUse) -> bool {
    let definitions = &*cx.module.definitions;
    let mut scope = used.function.map_or(Scope::Module, Scope::Function);
    while let Scope::Function(id) = scope {
        let function = &definitions[id];
        scope = function.scope;
        let Scope::Class(class) = scope else { continue };
        let routes = || {
            function.decorators.iter().any(|decorator| {
                let callee = match &definitions[*decorator] {
                    Expr::Call { callee, .. } => *callee,
                    _ => *decorator,
                };
                matches!(&definitions[callee], Expr::Name(name) if libraries::makes_page_view(name))
            })
        };
        return (libraries::is_page_view(&function.name) || routes()) && is_page(cx, class);
    }
    false
}

/// Whether a class, or one that inherits from it as a mixin, is a page.
fn is_page(cx: &Context<'_>, class: ClassId) -> bool {
    let name = &cx.module.definitions[class].name;
    let hierarchy = &cx.architecture.hierarchy.by_class;
    let is_page = |ancestors: &Ancestors| ancestors.foreign.iter().any(|base| is_of(base, "wagtail"));
    let is_it = |(module, base): &(model::ModuleId, python::Name)| *module == cx.id && base == name;
    hierarchy.get(&(cx.id, name.clone())).is_some_and(is_page)
        || hierarchy.values().any(|ancestors| is_page(ancestors) && ancestors.own.iter().any(is_it))
}
