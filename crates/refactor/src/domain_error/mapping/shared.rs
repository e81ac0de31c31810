//! Code shared by all applications that recreate the framework's own error.

use python::{Body, Expr, ExprId};

use crate::domain_error::classes::{self, HttpAnswer};
use crate::rewrite::{At, FileRewrite, Home, Import};
use view::scope::Names;

/// The names of handled errors, with the recreated response if the handler is plain.
pub(super) type Handled = Vec<(String, Option<HttpAnswer>)>;

/// Whether an error of this name becomes exactly that response.
pub(super) fn answers_alike(handled: &Handled, name: &str, answer: Option<HttpAnswer>) -> bool {
    answer.is_some() && handled.iter().any(|(known, becomes)| known == name && *becomes == answer)
}

/// `NotFound(*exc.args)`: the class that is recreated.
pub(super) fn made_again(
    names: &Names<'_>,
    id: python::BodyId,
    body: &Body,
    expr: ExprId,
) -> Option<HttpAnswer> {
    let Expr::Call { callee, args } = &body[expr] else { return None };
    let class = classes::find(&names.outside(id, *callee)?)?;
    let (first, rest) = args.split_first()?;
    let python::Arg::Star(star) = first else { return None };
    let is_args = matches!(&body[*star], Expr::Attribute { name, .. } if name == "args");
    let status = match rest {
        [] => None,
        [python::Arg::Keyword(name, value)] if name == "status_code" => match &body[*value] {
            Expr::Literal(python::Literal::Int(code)) => Some(u16::try_from(*code).ok()?),
            _ => return None,
        },
        _ => return None,
    };
    is_args.then_some(HttpAnswer { class, status })
}

/// The code `NotFound(*exc.args)`, with the import that it needs.
pub(super) fn again(it: &mut FileRewrite<'_>, answer: HttpAnswer, error: &str) -> Option<String> {
    let wanted = Import { module: answer.class.module(), name: answer.class.name, home: Home::ThirdParty };
    let class = it.import(wanted, At::RunTime)?;
    let status = answer.status.map(|status| format!(", status_code={status}")).unwrap_or_default();
    Some(format!("{class}(*{error}.args{status})"))
}
