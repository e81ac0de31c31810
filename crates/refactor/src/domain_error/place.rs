//! Raises at the cursor: one of them, or all of its function.

use config::Layer;
use source::Span;
use view::scope::Names;
use view::{Context, FixKind, RaiseDomainError};

use super::raises::{HttpRaise, read};

/// A raise of an HTTP error outside the presentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRaiseAt {
    /// The function that contains it: `OrderService.get`.
    pub function: String,
    /// Its index among the function's raises.
    pub index: usize,
    /// How many raises the function has.
    pub count: usize,
}

/// The raise that `range` touches, in a module of the domain, the application or the infrastructure.
pub fn http_raise_at(cx: &Context<'_>, range: Span) -> Option<HttpRaiseAt> {
    let is_inner = matches!(cx.own_layer(), Some(Layer::Domain | Layer::Application | Layer::Infrastructure));
    let takes_http = || {
        cx.module.imports.list.iter().any(|import| {
            let head = import.module.split('.').next().unwrap_or_default();
            matches!(
                head,
                "django" | "fastapi" | "flask" | "litestar" | "rest_framework" | "starlette" | "werkzeug"
            )
        })
    };
    if !is_inner || !takes_http() {
        return None;
    }
    let raises = read(&Names::of(cx));
    let touches = |raise: &&HttpRaise| {
        let span = cx.module.spans.stmt(raise.body, raise.stmt);
        span.start <= range.end && range.start <= span.end
    };
    let found = raises.iter().find(touches)?;
    let of_function: Vec<&HttpRaise> =
        raises.iter().filter(|raise| raise.function == found.function).collect();
    Some(HttpRaiseAt {
        function: cx.qualified(found.function),
        index: of_function.iter().position(|raise| raise.stmt == found.stmt)?,
        count: of_function.len(),
    })
}

/// The refactoring to domain errors in a function: of the raise at `index`, or of all.
pub fn raise_domain_error(cx: &Context<'_>, function: &str, index: Option<usize>) -> Option<FixKind> {
    let raises = read(&Names::of(cx));
    let of_function = raises.iter().filter(|raise| cx.qualified(raise.function) == function);
    let chosen = of_function.enumerate().filter(|(at, _)| index.is_none_or(|index| index == *at));
    let raises: Box<[_]> = chosen.map(|(_, raise)| (raise.body, raise.stmt)).collect();
    (!raises.is_empty()).then_some(FixKind::RaiseDomainError(RaiseDomainError { raises }))
}
