//! Handlers of queries that change stored data.

use config::Level;
use flow::{EffectKind, Site};
use model::{MessageKind, MessageMark};
use python::FunctionId;
use view::scope::Names;
use view::sessions::{CallKind, session_calls};
use view::{Context, Findings, Group, InPresets, Key, Place, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "query-handler-writes",
    group: Group::Domain,
    summary: "a handler of a query that changes stored data",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("query_handler_writes.md"),
    options: &[],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let messages = model::query::messages(cx.db, cx.project);
    for (class, message) in messages.by_class.iter().filter(|(_, it)| it.kind == MessageKind::Query) {
        let here = message.handlers.iter().filter(|it| it.module == cx.id && is_certain(&it.marks));
        for handler in here {
            let Some(written) = written(cx, handler.function) else { continue };
            let name = super::function_name(cx, cx.id, handler.function);
            let text = format!("`{name}` answers the query `{}` and writes: {}", class.name, written.words);
            let span = Names::of(cx).span(written.site.body, written.site.expr);
            let draft = out.add(span, Key::new(name), text);
            let file = model::query::file_of(cx.db, cx.project, class.module);
            let definitions = python::query::definitions(cx.db, file);
            if let Some((id, _)) = definitions.classes().find(|(_, it)| it.name == class.name) {
                draft.related(file, Place::Class(id), format!("`{}` is a query", class.name));
            }
        }
    }
}

/// The first write of a handler.
struct Written {
    words: String,
    site: Site,
}

/// What a function adds to a session itself, or the first statement of it and its callees that changes stored data.
fn written(cx: &Context<'_>, function: FunctionId) -> Option<Written> {
    let body = cx.module.definitions[function].body;
    let added = session_calls(&Names::of(cx), body).into_iter().filter(|it| it.kind == CallKind::Register);
    let added =
        added.map(|it| Written { words: format!("`{}()`", it.written), site: Site { body, expr: it.expr } });
    let analysis = flow::query::analysis(cx.db, cx.project, cx.id, function);
    let effects = analysis.summary.effects.iter().zip(&analysis.hops);
    let sent = effects.filter_map(|(effect, (site, below))| {
        let EffectKind::Query { what, .. } = &effect.kind else { return None };
        if !flow::is_write(what) {
            return None;
        }
        // Some descriptions are prose: "a statement on Order".
        let what = if what.contains(' ') { what.to_string() } else { format!("`{what}`") };
        let through = below.map_or_else(String::new, |(callee, _)| {
            format!(
                " through `{}`",
                super::function_name(cx, callee.function.module, callee.function.function)
            )
        });
        Some(Written { words: format!("{what}{through}"), site: *site })
    });
    added.chain(sent).min_by_key(|it| it.site)
}

/// Whether the project says that it is the handler, by registering, decorating or a base that names the query.
fn is_certain(marks: &[MessageMark]) -> bool {
    marks
        .iter()
        .any(|it| matches!(it, MessageMark::Registered | MessageMark::Decorated | MessageMark::Generic))
}
