//! Compact rendering of values and effects for the tests of library models.
//!
//! `many Order{items{product}}` means many rows of `Order` with `items` loaded, and `product` loaded on those. `{..}`
//! means that more may be loaded. A `~` after the name means that an async session fetched the row.

use std::fmt::Write;

use crate::fixture::Fixture;
use crate::{
    Blocking, Bound, EffectKind, Fetch, Kind, Loads, ModelRef, Path, QueryState, Shape, Step, Summary, Value,
};

/// Checks functions of a few lines. Each case consists of a body whose last line is returned, and of its expected
/// result and effects, separated by `|`. `head` precedes all functions; a body that awaits becomes an `async` function.
pub(crate) fn check(files: &str, head: &str, parameters: &str, cases: &[(&str, &str)]) {
    let mut text = format!("{files}\n//- app.py\n{head}\n");
    for (index, (body, _)) in cases.iter().enumerate() {
        let lines: Vec<&str> = body.lines().collect();
        let is_async = body.contains("await ") || body.contains("async ");
        let keyword = if is_async { "async def" } else { "def" };
        let _ = writeln!(text, "{keyword} f{index}({parameters}):");
        for line in &lines[..lines.len() - 1] {
            let _ = writeln!(text, "    {line}");
        }
        let _ = writeln!(text, "    return {}", lines[lines.len() - 1].trim_start());
    }
    let fixture = Fixture::new(&text);
    let mut wrong = String::new();
    for (index, (body, wanted)) in cases.iter().enumerate() {
        let found = summary(&fixture.summary("app.py", &format!("f{index}")));
        if found != *wanted {
            let _ = writeln!(wrong, "{body}\n  wanted {wanted}\n  found  {found}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn summary(summary: &Summary) -> String {
    let mut text = value(&summary.returns);
    for effect in &summary.effects {
        let what = match &effect.kind {
            // Covered by the tests in `apart`.
            EffectKind::Query { what, .. } if what.starts_with("the load of ") => continue,
            EffectKind::Query { what, .. } => what.to_string(),
            EffectKind::Touch(touch) => format!("touch {}", path(&touch.path)),
            EffectKind::Blocks { what, why: Blocking::AccessesFile } => format!("blocks file: {what}"),
            EffectKind::Blocks { what, .. } => format!("blocks {what}"),
            // Covered by the tests of the walker.
            EffectKind::Iterates(_) | EffectKind::Loads { .. } => continue,
            EffectKind::Renders { schema, row } => format!("renders {} with {}", path(row), schema.name),
            EffectKind::Calls { callee, .. } => format!("calls {}", path(callee)),
        };
        let _ = write!(text, " | {what}");
        for around in &effect.loops {
            let word = if around.bound == Bound::Data { "per" } else { "for" };
            let _ = write!(text, " {word} {}", around.each);
        }
    }
    text
}

fn path(path: &Path) -> String {
    let crate::Root::Param(index) = path.root;
    path.steps.iter().fold(format!("#{index}"), |text, step| match step {
        Step::Attr(name) => format!("{text}.{name}"),
        Step::Each => format!("{text}[*]"),
        Step::Call(name) => format!("{text}.{name}()"),
        Step::Get(_) => format!("{text}.get()"),
    })
}

fn list<'v>(values: impl IntoIterator<Item = &'v Value>) -> String {
    values.into_iter().map(value).collect::<Vec<_>>().join(", ")
}

fn value(shown: &Value) -> String {
    match &shown.kind {
        Kind::Unknown => shown.path.as_ref().map_or("?".into(), |at| format!("?{}", path(at))),
        Kind::None => "none".into(),
        Kind::Plain | Kind::Written(_) | Kind::Column(_) => "plain".into(),
        Kind::Text(text) => format!("'{text}'"),
        Kind::Entity(entity) => {
            let mark = if entity.is_async { "~" } else { "" };
            format!("{}{mark}{}", model(&entity.model), loads(&entity.loads))
        }
        Kind::Many(inner) => format!("many {}", value(inner)),
        Kind::Tuple(values) => format!("({})", list(values.iter())),
        Kind::Mapping(inner) => format!("map {}", value(inner)),
        Kind::Record(entries) => {
            let entries: Vec<_> =
                entries.iter().map(|(name, inner)| format!("{name}: {}", value(inner))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Kind::Query(inner) => query(inner),
        Kind::Option(option) => format!("option{}", loads(&option.loads)),
        Kind::Field(class, name) => format!("{}.{name}", class.name),
        Kind::Session { is_async } => if *is_async { "async session" } else { "session" }.into(),
        Kind::Class(class) => format!("class {}", class.name),
        Kind::Instance(class, _) => format!("a {}", class.name),
        Kind::Awaitable(inner) => format!("await {}", value(inner)),
        Kind::Foreign(name) => name.to_string(),
        Kind::ForeignInstance(name) => format!("a {name}"),
        other => format!("{other:?}"),
    }
}

fn query(query: &QueryState) -> String {
    let mut text = if query.runs_itself { "query " } else { "statement " }.to_owned();
    match &query.shape {
        Shape::Entities => text.push_str(&model(&query.model)),
        Shape::Tuples(values) => {
            let _ = write!(text, "({})", list(values));
        }
        Shape::Plain => text.push_str("plain"),
        Shape::Write => {
            let _ = write!(text, "write {}", model(&query.model));
        }
    }
    text.push_str(&loads(&query.loads));
    for (word, is_so) in [("filtered", query.is_filtered), ("bounded", query.is_bounded)] {
        if is_so {
            let _ = write!(text, " {word}");
        }
    }
    text
}

fn model(model: &ModelRef) -> String {
    match model {
        ModelRef::Known(class) => class.name.to_string(),
        ModelRef::Held(at) => path(at),
        ModelRef::Unknown => "unknown".into(),
    }
}

/// Relationships that keep the model's default loading are marked with `-`, and are omitted if nothing is known about
/// the relationships below them.
fn loads(shown: &Loads) -> String {
    let word = |(name, inner): (&python::Name, &Loads)| match (inner.fetch, loads(inner)) {
        (Fetch::Refused, behind) => Some(format!("!{name}{behind}")),
        (Fetch::Lazy, behind) => Some(format!("~{name}{behind}")),
        (Fetch::Kept, behind) if behind.is_empty() => None,
        (Fetch::Kept, behind) => Some(format!("-{name}{behind}")),
        (_, behind) => Some(format!("{name}{behind}")),
    };
    let mut names: Vec<_> = shown.relationships.iter().filter_map(word).collect();
    if shown.is_open {
        names.push("..".into());
    }
    if names.is_empty() {
        return String::new();
    }
    format!("{{{}}}", names.join(", "))
}
