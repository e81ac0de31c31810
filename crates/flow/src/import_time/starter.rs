//! Modules that set Django up by themselves.

use python::{Body, BodyOwner, Expr};
use source::File;

use crate::Db;

/// How a module sets Django up by itself.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct DjangoStarter {
    /// While it is loaded.
    pub at_top_level: bool,
    /// In a function.
    pub in_function: bool,
}

/// Reads how a module sets Django up.
pub(crate) fn django_starter(db: &dyn Db, file: File) -> DjangoStarter {
    let text = source::query::text(db, file);
    let mut found = DjangoStarter::default();
    if !libraries::SETTING_UP.iter().any(|name| text.as_str().contains(last(name))) {
        return found;
    }
    for body in &python::query::bodies(db, file).list {
        let calls = body.exprs.list.iter().any(|expr| sets_up(body, expr));
        match body.owner {
            BodyOwner::Module | BodyOwner::Class(_) => found.at_top_level |= calls,
            BodyOwner::Function(_) => found.in_function |= calls,
        }
    }
    found
}

fn sets_up(body: &Body, expr: &Expr) -> bool {
    let Expr::Call { callee, .. } = expr else { return false };
    let called = body.exprs.dotted(*callee).unwrap_or_default();
    // A word as general as `setup` counts only with the package before it.
    libraries::SETTING_UP
        .iter()
        .any(|name| called == *name || last(name).contains('_') && last(&called) == last(name))
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}
