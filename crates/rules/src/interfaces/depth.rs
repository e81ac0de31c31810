//! Members used on the attributes of a port: `client.db.orders` needs a port whose `db` has `orders`.

use flow::{Kind, Usage, Value};
use model::{Port, PortMember};
use python::{Expr, ExprArena, ExprId, Scope};
use view::Context;

use super::injection_site;

/// The declaration of a port's attribute.
pub(super) struct Attribute {
    /// Its value, if that is a class of the project.
    holds: Value,
    /// Whether it is annotated as `object`, so that no member of it may be used.
    is_object: bool,
}

/// The member as an attribute: a property or an annotated name; `None` for a method.
pub(super) fn attribute(cx: &Context<'_>, member: &PortMember) -> Option<Attribute> {
    let owner = &member.declared_in;
    let definitions = python::query::definitions(cx.db, cx.file_of(owner.module));
    let is_object = |annotation: Option<ExprId>| {
        annotation.is_some_and(|it| matches!(&definitions[it], Expr::Name(name) if name == "object"))
    };
    if let Some(function) = member.method {
        let facts = definitions.functions.get(function.0 as usize)?;
        let mut decorators = facts.decorators.iter();
        let is_read = decorators
            .any(|it| definitions.exprs.decorator_name(*it).is_some_and(|name| name.ends_with("property")));
        let function = flow::FunctionRef { module: owner.module, function };
        return is_read.then(|| Attribute {
            holds: flow::types::annotation::returned(cx.db, cx.project, function, None),
            is_object: is_object(facts.returns),
        });
    }
    let (_, class) = injection_site::definition(cx, owner)?;
    let is_it = |it: &&python::Variable| it.scope == Scope::Class(class) && it.name == member.name;
    let annotation = definitions.variables.iter().find(is_it).and_then(|it| it.annotation);
    let holds = match flow::types::classes::member(cx.db, cx.project, owner, &member.name) {
        Some(flow::types::classes::Member::Attribute(value)) => value,
        _ => Value::UNKNOWN,
    };
    Some(Attribute { holds, is_object: is_object(annotation) })
}

/// Whether the members used on the port's attributes exist, as far as the port declares the attributes' types.
pub(crate) fn reaches(cx: &Context<'_>, port: &Port, usage: &Usage) -> bool {
    usage.members.iter().all(|used| {
        let Some(member) = port.members.iter().find(|member| member.name == used.name) else { return true };
        let Some(attribute) = attribute(cx, member) else { return true };
        used.places.iter().all(|(function, site)| {
            let body = python::query::body(cx.db, cx.file_of(function.module), site.body);
            body.is_none_or(|body| below(&body.exprs, site.expr).all(|name| attribute.has(cx, name)))
        })
    })
}

/// The attributes read from an expression.
fn below(exprs: &ExprArena, expr: ExprId) -> impl Iterator<Item = &str> {
    exprs.list.iter().filter_map(move |other| match other {
        Expr::Attribute { value, name } if *value == expr => Some(name.as_str()),
        _ => None,
    })
}

impl Attribute {
    fn has(&self, cx: &Context<'_>, name: &str) -> bool {
        if self.is_object {
            return false;
        }
        let Kind::Instance(class, _) = &self.holds.kind else { return true };
        flow::types::classes::member(cx.db, cx.project, class, name).is_some()
            || !flow::types::classes::foreign_ancestors(cx.db, cx.project, class)
                .iter()
                .all(|base| is_bare(base))
    }
}

/// Bases that add no members.
fn is_bare(base: &str) -> bool {
    matches!(
        base,
        "typing.Protocol" | "typing_extensions.Protocol" | "typing.Generic" | "abc.ABC" | "builtins.object"
    )
}
