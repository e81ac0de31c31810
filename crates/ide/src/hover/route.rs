//! The facts about a route: cost of a request, authentication, response.

use std::fmt::Write as _;

use flow::Cost;
use model::Route;
use view::Context;
use workspace::Snapshot;

use crate::{Words, place, queries};

/// A paragraph about a route, one call of whose handler costs `handler`.
pub(super) fn words(snapshot: &Snapshot, cx: &Context<'_>, route: &Route, handler: &Cost, words: &mut Words) {
    let whole = flow::cost::of_route(snapshot.db(), cx.project, route);
    let _ = write!(words, "\n\n`{}` · {} per request", route.title(), queries::words(&whole));
    if whole != *handler {
        words.push(", with what it depends on and renders");
    }
    // If no route authenticates, something outside the code may.
    let some_ask = || {
        let routes = model::query::routes(snapshot.db(), cx.project);
        routes.list.iter().any(|route| route.authentication.is_some())
    };
    match &route.authentication {
        Some(authentication) => _ = write!(words, " · authenticated by `{authentication}`"),
        None if some_ask() => words.push(" · no authentication seen"),
        None => {}
    }
    if let Some(response) = &route.response {
        words.push(" · answers ");
        let class = response.class.as_ref();
        let place = class.and_then(|class| place::of_class(snapshot, cx.project, class));
        words.place(&format!("`{}`", response.text), place);
    }
}
