//! SQL text built from values: an injection if the value comes from outside, a new query plan per value otherwise.

mod checks;
mod constant;
mod enumeration;
mod harmless;
mod places;
mod position;
mod sinks;
mod template;

use config::Level;
use libraries::Kind;
use model::{Amount, Mark, Signals};
use python::{BodyId, BodyOwner, Expr, ExprId};
use view::scope::{Binding, Meaning, Names};
use view::{
    Applicability, BindParameters, Context, Findings, Fix, FixKind, Group, InPresets, Key, OptionDefault,
    OptionSpec, ParameterStyle, Place, Rule,
};

use self::checks::may_be_checked;
use self::position::{Position, is_data, is_sql, is_whole_list, position};
use self::sinks::{Sink, sink};
use self::template::{Hole, Part, template};

pub(crate) static RULE: Rule = Rule {
    id: "interpolated-sql",
    group: Group::Queries,
    summary: "SQL text built from values instead of parameters",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("interpolated_sql.md"),
    options: &[OptionSpec {
        name: "names",
        default: OptionDefault::Bool(true),
        summary: "whether names of tables and columns taken from parameters are reported too, as info",
    }],
    has_fix: true,
    presets: InPresets {
        strict: Some(Level::Warning),
        fastapi: Some(Level::Warning),
        django: Some(Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// A value in the text that should not be there.
struct Interpolated {
    hole: Hole,
    position: Position,
    /// Another module may have checked it: the function's name alone doesn't show it.
    is_doubted: bool,
    /// Several values in one text, or `tuple(names)` after `IN`: a single parameter can't replace it.
    is_list: bool,
}

/// The call that receives the text.
struct Call {
    body: BodyId,
    expr: ExprId,
    text: ExprId,
    sink: Sink,
}

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let signals = model::query::signals(cx.db, cx.file);
    if is_script(cx, &signals) {
        return;
    }
    let reaches = signals.data_access > Amount::None
        || [Kind::Orm, Kind::Driver].into_iter().any(|kind| signals.uses.has(kind));
    if !reaches {
        return;
    }
    let with_names = cx.options(&RULE).bool("names");
    let names = Names::of(cx);
    let mut told: Vec<Hole> = Vec::new();
    for (id, body) in names.bodies() {
        for (index, expr) in body.exprs.list.iter().enumerate() {
            let Expr::Call { callee, args } = expr else { continue };
            let Some((sink, texts)) = sink(&names, id, *callee, args) else { continue };
            for text in texts {
                let found = interpolated(&names, (id, ExprId(index as u32)), text, sink, with_names);
                let Some(first) = found.iter().find(|it| !told.contains(&it.hole)) else { continue };
                let call = Call { body: id, expr: ExprId(index as u32), text, sink };
                report(&names, out, &found, first, &call);
                told.extend(found.iter().map(|it| it.hole));
            }
        }
    }
}

/// Whether the file is a command of its own: whoever runs it may do more than it does.
fn is_script(cx: &Context<'_>, signals: &Signals) -> bool {
    let mut head =
        cx.text.as_str().lines().take_while(|line| line.starts_with('#') || line.trim().is_empty());
    head.any(|line| line.starts_with("#!"))
        && signals.marks.has(Mark::MainGuard)
        && signals.routes == Amount::None
        && cx.architecture.graph.importers(cx.id).is_empty()
}

/// The values in the text that are neither constants nor harmless.
fn interpolated(
    names: &Names<'_>,
    (body, call): (BodyId, ExprId),
    text: ExprId,
    sink: Sink,
    with_names: bool,
) -> Vec<Interpolated> {
    let Some(parts) = template(names, body, text) else { return Vec::new() };
    let whole: String = parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.as_str(),
            Part::Hole(_) => "x",
        })
        .collect();
    // The argument of `text` is SQL whatever it begins with: a condition of `filter`, an order.
    if !matches!(sink, Sink::Fragment | Sink::Text) && !is_sql(&whole) {
        return Vec::new();
    }
    let is_order = matches!(sink, Sink::Fragment | Sink::Text) && orders(names, body, call);
    let mut before = if is_order { "ORDER BY ".to_owned() } else { String::new() };
    let mut found = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Text(text) => before.push_str(text),
            Part::Hole(hole) => {
                let is_row = is_row(names, *hole);
                let after = match parts.get(index + 1) {
                    Some(Part::Text(text)) => text.as_str(),
                    _ => "",
                };
                let is_list = is_row || is_whole_list(&before, after) || is_joined(names, *hole);
                let position = match position(&before, after) {
                    Position::Fragment if is_row && ends_in_word(&before, "IN") && is_data(&whole) => {
                        Position::Value
                    }
                    Position::Value if !is_data(&whole) => Position::Fragment,
                    position => position,
                };
                before.push('x');
                let is_told = match position {
                    Position::Value => true,
                    Position::Name => with_names && is_parameter(names, *hole),
                    Position::Fragment => false,
                };
                if is_told {
                    let is_doubted = matches!(
                        &names.body(hole.body)[hole.expr],
                        Expr::Name(name) if may_be_checked(names, hole.body, name)
                    );
                    found.push(Interpolated { hole: *hole, position, is_doubted, is_list });
                }
            }
        }
    }
    // Values first: they decide the level.
    found.sort_by_key(|it| (it.position != Position::Value, it.is_doubted));
    found
}

/// Whether a text is what rows are ordered or grouped by: `statement.order_by(text(...))`.
fn orders(names: &Names<'_>, body: BodyId, text: ExprId) -> bool {
    let body = names.body(body);
    body.exprs.list.iter().any(|expr| match expr {
        Expr::Call { callee, args } => {
            matches!(&body[*callee], Expr::Attribute { name, .. } if matches!(name.as_str(), "order_by" | "group_by"))
                && args.iter().any(|arg| arg.value() == text)
        }
        _ => false,
    })
}

/// `tuple(names)`
fn is_row(names: &Names<'_>, hole: Hole) -> bool {
    let body = names.body(hole.body);
    matches!(&body[hole.expr], Expr::Call { callee, .. } if matches!(&body[*callee], Expr::Name(name) if name == "tuple"))
}

/// Whether the value is a text joined of several.
fn is_joined(names: &Names<'_>, hole: Hole) -> bool {
    let joins = |body: BodyId, expr: ExprId| {
        let body = names.body(body);
        matches!(&body[expr], Expr::Call { callee, .. } if matches!(&body[*callee], Expr::Attribute { name, .. } if name == "join"))
    };
    let Expr::Name(name) = &names.body(hole.body)[hole.expr] else { return joins(hole.body, hole.expr) };
    let Meaning::Bound(home, bindings) = names.meaning(hole.body, name) else { return false };
    bindings.iter().any(|it| matches!(it, Binding::Value(value) if joins(home, *value)))
}

/// Whether the last word of a text is `word`, in any case.
fn ends_in_word(text: &str, word: &str) -> bool {
    text.split_whitespace().next_back().is_some_and(|last| last.eq_ignore_ascii_case(word))
}

/// Whether the value is an unchanged parameter of its function: callers may pass anything.
fn is_parameter(names: &Names<'_>, hole: Hole) -> bool {
    let Expr::Name(name) = &names.body(hole.body)[hole.expr] else { return false };
    matches!(
        names.meaning(hole.body, name),
        Meaning::Bound(home, bindings)
            if home == hole.body && bindings.iter().all(|it| matches!(it, Binding::Parameter(_)))
    )
}

fn report(
    names: &Names<'_>,
    out: &mut Findings<'_>,
    found: &[Interpolated],
    first: &Interpolated,
    call: &Call,
) {
    let cx = names.cx;
    let mut written: Vec<&str> = Vec::new();
    for it in found.iter().filter(|it| it.position == first.position) {
        let text = words(cx, names.span(it.hole.body, it.hole.expr));
        if !written.contains(&text) {
            written.push(text);
        }
    }
    let listed = match &written[..] {
        [one] => format!("`{one}`"),
        [one, two] => format!("`{one}` and `{two}`"),
        [one, two, rest @ ..] => format!("`{one}`, `{two}` and {} more", rest.len()),
        [] => return,
    };
    let message = if first.position == Position::Value {
        format!("SQL is built from {listed}; pass the value as a parameter")
    } else {
        format!(
            "SQL is built from {listed}, a name that can't be a parameter; check it against a list of allowed names"
        )
    };
    let span = names.span(first.hole.body, first.hole.expr);
    let draft = out.add(span, key(names, first, &written), message);
    if first.position != Position::Value || first.is_doubted {
        draft.at_most(Level::Info);
    }
    let place = Place::Expr { body: call.body, expr: call.expr };
    draft.related(cx.file, place, "executed here").fix(parameters(names, found, call));
}

/// The fix that passes the values as parameters, if the text is written out in the call and the driver is known.
fn parameters(names: &Names<'_>, found: &[Interpolated], call: &Call) -> Option<Fix> {
    let cx = names.cx;
    let values: Vec<ExprId> = found.iter().map(|it| it.hole.expr).collect();
    let are_values =
        found.iter().all(|it| it.position == Position::Value && !it.is_list && it.hole.body == call.body);
    if !are_values || !BindParameters::holds(names.body(call.body), call.text, &values) {
        return None;
    }
    let style = style(cx, call.sink)?;
    let parameters = BindParameters::new(call.body, call.expr, call.text, values, style);
    refactor::that_fits(
        cx,
        Fix {
            title: "Pass the values as parameters".to_owned(),
            applicability: Applicability::Review,
            kind: FixKind::BindParameters(parameters),
        },
    )
}

/// The parameter style of a sink: known for a driver only if the module imports no other.
fn style(cx: &Context<'_>, sink: Sink) -> Option<ParameterStyle> {
    match sink {
        Sink::Text => return Some(ParameterStyle::Named),
        Sink::Raw => return Some(ParameterStyle::Percent),
        Sink::Pandas | Sink::Fragment => return None,
        Sink::Execute => {}
    }
    let mut style = None;
    for resolved in cx.resolved.iter() {
        let Some(first) = resolved.outside().and_then(|name| name.split('.').next()) else { continue };
        let of_driver = match first {
            "sqlite3" | "aiosqlite" => ParameterStyle::Question,
            "psycopg" | "psycopg2" | "django" | "pymysql" | "MySQLdb" => ParameterStyle::Percent,
            "asyncpg" => ParameterStyle::Numbered,
            "sqlalchemy" | "sqlmodel" | "databases" => return None,
            _ => continue,
        };
        if style.is_some_and(|style| style != of_driver) {
            return None;
        }
        style = Some(of_driver);
    }
    style
}

/// The function and the interpolated values, joined as messages once listed them: baselines contain fingerprints of
/// that.
fn key(names: &Names<'_>, first: &Interpolated, written: &[&str]) -> Key {
    let listed = match written {
        [one, two] => format!("`{one}` and `{two}`"),
        [one, two, rest @ ..] => format!("`{one}`, `{two}` and {} more", rest.len()),
        [one] => format!("`{one}`"),
        [] => String::new(),
    };
    Key::new(match names.body(first.hole.body).owner {
        BodyOwner::Function(function) => format!("{} {listed}", names.cx.qualified(function)),
        BodyOwner::Class(_) | BodyOwner::Module => listed,
    })
}

/// The source text of a value, if it is short enough for a sentence. Long texts become three dots, in the key as well.
fn words<'a>(cx: &'a Context<'_>, span: source::Span) -> &'a str {
    const LONGEST: usize = 48;
    let text = cx.text.as_str().get(span.start as usize..span.end as usize).unwrap_or_default();
    if text.len() <= LONGEST && !text.contains('\n') { text } else { "..." }
}
