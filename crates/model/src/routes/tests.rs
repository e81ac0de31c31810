//! Routes as tables, one per line: `METHODS path handler -> response ! authentication`.

mod django;
mod fastapi;
mod flask;
mod incremental;
mod others;

use std::fmt::Write;

use expect_test::Expect;

use crate::fixture::Fixture;
use crate::query;

/// The routes of a project, one per line.
fn table(fixture: &Fixture) -> String {
    let modules = fixture.modules();
    let mut out = String::new();
    for route in &query::routes(&fixture.db, fixture.project).list {
        let methods = if route.methods.is_empty() { "ANY".to_owned() } else { route.methods.join(",") };
        let handler = &route.handler;
        let class = handler.class.as_ref().map(|class| format!("{class}.")).unwrap_or_default();
        let mark = if handler.function.is_some() { "" } else { "?" };
        let _ = write!(
            out,
            "{methods} {} {}:{class}{}{mark}",
            route.path, modules[handler.module].name, handler.name
        );
        if let Some(response) = &route.response {
            let of = response.class.as_ref().map(|class| format!(" ({})", modules[class.module].name));
            let _ = write!(out, " -> {}{}", response.text, of.unwrap_or_default());
        }
        if let Some(authentication) = &route.authentication {
            let _ = write!(out, " ! {authentication}");
        }
        out.push('\n');
    }
    out
}

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&table(&Fixture::new(text)));
}
