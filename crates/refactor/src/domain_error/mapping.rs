//! Where an application turns errors into responses, and the code that is written there.

mod decorated;
mod django;
mod litestar;
mod shared;

use super::ErrorClass;
use super::raises::{Family, HttpRaise};
use crate::rewrite::Rewrite;
use view::Context;

/// The application and its existing error handlers.
pub(super) enum Application {
    /// FastAPI and Flask: functions with a decorator of the application.
    Decorated(decorated::Application),
    /// Litestar: a dictionary of functions.
    Litestar(litestar::Application),
    /// Django, including the REST framework: middleware, and the one exception handler.
    Django(Box<django::Application>),
}

/// The application that serves routes; `None` if there are several, or if HTTP errors are handled in a way that can't
/// be reproduced.
pub(super) fn application(cx: &Context<'_>, family: Family) -> Option<Application> {
    match family {
        Family::FastApi | Family::Flask => decorated::application(cx, family).map(Application::Decorated),
        Family::Litestar => litestar::application(cx).map(Application::Litestar),
        Family::Django | Family::Rest => {
            django::application(cx, family).map(|it| Application::Django(Box::new(it)))
        }
    }
}

/// Whether an error of this name gets the same response as the raise.
pub(super) fn answers_alike(application: &Application, name: &str, raise: &HttpRaise) -> bool {
    match application {
        Application::Decorated(it) => decorated::answers_alike(it, name, raise.status),
        Application::Litestar(it) => shared::answers_alike(&it.handled, name, raise.answer),
        Application::Django(it) => shared::answers_alike(&it.handled, name, raise.answer),
    }
}

/// Whether anything handles an error of this name.
pub(super) fn mentions(application: &Application, name: &str) -> bool {
    match application {
        Application::Decorated(it) => decorated::mentions(it, name),
        Application::Litestar(it) => it.handled.iter().any(|(handled, _)| handled == name),
        Application::Django(it) => it.handled.iter().any(|(handled, _)| handled == name),
    }
}

/// Writes the handler of each class.
pub(super) fn write(
    rewrite: &mut Rewrite<'_>,
    application: &Application,
    module: &str,
    classes: &[&ErrorClass],
) -> Option<()> {
    match application {
        Application::Decorated(it) => decorated::write(rewrite, it, module, classes),
        Application::Litestar(it) => litestar::write(rewrite, it, module, classes),
        Application::Django(it) => django::write(rewrite, it, module, classes),
    }
}
