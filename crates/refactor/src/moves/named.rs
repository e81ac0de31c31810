//! Strings that name a module because of their context: names of loggers, which follow packages by prefix, and the
//! package arguments of `setup()`. There a single segment is more than a word.

use python::{Arg, Expr, ExprArena, ExprId, Literal, Name};
use source::{Span, TextEdit};
use view::Context;

use super::dotted;

/// Functions whose first argument is the name of a logger.
const OF_LOGGERS: [&str; 4] = ["getLogger", "get_logger", "assertLogs", "assertNoLogs"];

/// Functions of setuptools that take packages, and the arguments for them.
const OF_SETUP: [&str; 3] = ["setup", "find_packages", "find_namespace_packages"];
const PACKAGES: [&str; 6] =
    ["packages", "py_modules", "package_data", "package_dir", "exclude_package_data", "include"];

/// The edits of such strings whose module `new` renames.
pub(super) fn edits(cx: &Context<'_>, new: impl Fn(&str) -> Option<Name>) -> Vec<TextEdit> {
    let text = cx.text.as_str();
    if !["ogger", "assertLogs", "assertNoLogs", "setup"].iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let bodies = cx.module.bodies.list.iter().zip(&cx.module.spans.bodies);
    let arenas = bodies.map(|(body, spans)| (&body.exprs, &*spans.exprs));
    let signatures = (&cx.module.definitions.exprs, &*cx.module.spans.signatures);
    for (exprs, spans) in arenas.chain(std::iter::once(signatures)) {
        for id in named(exprs) {
            let Expr::Literal(Literal::Str(value)) = &exprs[id] else { continue };
            let Some(start) = spans.get(id.0 as usize).and_then(|span| dotted::place(text, *span, value))
            else {
                continue;
            };
            if let Some((module, insert)) = renamed(value, &new) {
                edits.push(TextEdit { span: Span::new(start, start + module.len() as u32), insert });
            }
        }
    }
    edits
}

/// The longest prefix of a dotted name that is renamed, with its new name.
fn renamed<'n>(name: &'n str, new: &impl Fn(&str) -> Option<Name>) -> Option<(&'n str, String)> {
    let mut module = name;
    loop {
        if let Some(new) = new(module) {
            return Some((module, new.to_string()));
        }
        module = module.rsplit_once('.')?.0;
    }
}

/// The literals in positions that name a module.
fn named(exprs: &ExprArena) -> Vec<ExprId> {
    let mut found = Vec::new();
    let is = |id: ExprId, word: &str| matches!(&exprs[id], Expr::Literal(Literal::Str(it)) if it == word);
    for expr in &exprs.list {
        match expr {
            Expr::Call { callee, args } => {
                let dotted = exprs.dotted(*callee).unwrap_or_default();
                let last = dotted.rsplit('.').next().unwrap_or_default();
                let first = args.first().filter(|first| matches!(first, Arg::Positional(_)));
                found.extend(first.filter(|_| OF_LOGGERS.contains(&last)).map(Arg::value));
                for arg in args {
                    let Arg::Keyword(name, value) = arg else { continue };
                    match name.as_str() {
                        "logger" => found.push(*value),
                        "loggers" => keys(exprs, *value, &mut found),
                        other if OF_SETUP.contains(&last) && PACKAGES.contains(&other) => {
                            elements(exprs, *value, &mut found);
                        }
                        _ => {}
                    }
                }
            }
            Expr::Dict(entries) => {
                for (key, value) in entries {
                    if key.is_some_and(|key| is(key, "loggers")) {
                        keys(exprs, *value, &mut found);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The keys of a dictionary.
fn keys(exprs: &ExprArena, id: ExprId, found: &mut Vec<ExprId>) {
    if let Expr::Dict(entries) = &exprs[id] {
        found.extend(entries.iter().filter_map(|(key, _)| *key));
    }
}

/// The elements of a list, or the keys of a dictionary.
fn elements(exprs: &ExprArena, id: ExprId, found: &mut Vec<ExprId>) {
    match &exprs[id] {
        Expr::List(elements) | Expr::Tuple(elements) => found.extend(elements.iter().copied()),
        _ => keys(exprs, id, found),
    }
}
