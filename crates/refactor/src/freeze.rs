//! Freezes a data class: through an argument of its decorator, of its base class, or of its configuration. Everything
//! else stays as written.

use model::ClassRef;
use python::{Arg, ClassId, Expr, ExprId, Literal, Scope};
use source::{Span, TextEdit};
use view::class_kind::{DataLibrary, Subject, shape};
use view::{Context, Freeze};

/// The edits; `None` if the class is no longer declared as it was.
pub(super) fn edits(cx: &Context<'_>, freeze: Freeze) -> Option<Vec<TextEdit>> {
    let class = cx.module.definitions.classes.get(freeze.class.0 as usize)?;
    let reference = ClassRef::new(cx.id, class.name.clone());
    let subject = Subject::of(cx.db, cx.project, &reference)?;
    let shape = shape(&subject)?;
    let mut wanted = Vec::new();
    if freeze.frozen {
        wanted.push("frozen");
    }
    if freeze.slots {
        wanted.push("slots");
    }
    match shape.library {
        // An earlier round of fixes in the same text may have changed the class: its decorator is found again by
        // position.
        DataLibrary::Dataclass | DataLibrary::Attrs => {
            let index = subject.facts().decorators.iter().position(|it| Some(*it) == shape.decorator)?;
            decorator(cx, *class.decorators.get(index)?, &wanted)
        }
        DataLibrary::Pydantic if freeze.frozen => pydantic(cx, freeze.class),
        DataLibrary::Pydantic | DataLibrary::Other => None,
    }
}

fn decorator(cx: &Context<'_>, decorator: ExprId, wanted: &[&str]) -> Option<Vec<TextEdit>> {
    let definitions = &*cx.module.definitions;
    let span = cx.module.spans.signature(decorator);
    match &definitions[decorator] {
        Expr::Name(_) | Expr::Attribute { .. } => {
            let insert = format!("({})", joined(wanted));
            Some(vec![TextEdit { span: Span::new(span.end, span.end), insert }])
        }
        Expr::Call { args, .. } => {
            // attrs refuses to freeze a class with a hook on assignment.
            let is_hooked =
                args.iter().any(|arg| matches!(arg, Arg::Keyword(name, _) if name == "on_setattr"));
            if is_hooked || args.iter().any(|arg| matches!(arg, Arg::DoubleStar(_) | Arg::Star(_))) {
                return None;
            }
            arguments(cx, span, args, wanted)
        }
        _ => None,
    }
}

/// Adds keywords to the arguments of the call at `call`, or turns them on.
fn arguments(cx: &Context<'_>, call: Span, args: &[Arg], wanted: &[&str]) -> Option<Vec<TextEdit>> {
    let definitions = &*cx.module.definitions;
    let mut edits = Vec::new();
    let mut missing = Vec::new();
    for name in wanted {
        let given = args.iter().find_map(|arg| match arg {
            Arg::Keyword(key, value) if key == name => Some(*value),
            _ => None,
        });
        match given {
            Some(value) => match definitions[value] {
                Expr::Literal(Literal::Bool(false)) => {
                    edits
                        .push(TextEdit { span: cx.module.spans.signature(value), insert: "True".to_owned() });
                }
                Expr::Literal(Literal::Bool(true)) => {}
                _ => return None,
            },
            None => missing.push(*name),
        }
    }
    if missing.is_empty() {
        return Some(edits);
    }
    let insert = joined(&missing);
    if let Some(last) = args.last() {
        let end = cx.module.spans.signature(last.value()).end;
        let rest = cx.text.as_str().get(end as usize..call.end as usize)?.trim_start();
        if !rest.starts_with([',', ')']) {
            return None;
        }
        edits.push(TextEdit { span: Span::new(end, end), insert: format!(", {insert}") });
    } else {
        let end = call.end.checked_sub(1)?;
        edits.push(TextEdit { span: Span::new(end, end), insert });
    }
    Some(edits)
}

fn pydantic(cx: &Context<'_>, class: ClassId) -> Option<Vec<TextEdit>> {
    let definitions = &*cx.module.definitions;
    let mine = Scope::Class(class);
    let config = definitions.variables.iter().find(|it| it.scope == mine && it.name == "model_config");
    if let Some(value) = config.and_then(|config| config.value) {
        let span = cx.module.spans.signature(value);
        return match &definitions[value] {
            Expr::Call { args, .. } => arguments(cx, span, args, &["frozen"]),
            Expr::Dict(entries) => dictionary(cx, entries, span),
            _ => None,
        };
    }
    // `class Config:` of pydantic 1 uses other keywords.
    if definitions.classes.iter().any(|inner| inner.scope == mine && inner.name == "Config") {
        return None;
    }
    let bases = &definitions[class].bases;
    let head = cx.module.spans.classes.get(class.0 as usize)?;
    arguments(cx, *head, bases, &["frozen"])
}

fn dictionary(cx: &Context<'_>, entries: &[(Option<ExprId>, ExprId)], span: Span) -> Option<Vec<TextEdit>> {
    let definitions = &*cx.module.definitions;
    let is_frozen = |key: &Option<ExprId>| {
        key.is_some_and(
            |key| matches!(&definitions[key], Expr::Literal(Literal::Str(text)) if text == "frozen"),
        )
    };
    if entries.iter().any(|(key, _)| is_frozen(key)) {
        return None;
    }
    let start = span.start + 1;
    let insert = if entries.is_empty() { "\"frozen\": True" } else { "\"frozen\": True, " };
    Some(vec![TextEdit { span: Span::new(start, start), insert: insert.to_owned() }])
}

fn joined(names: &[&str]) -> String {
    names.iter().map(|name| format!("{name}=True")).collect::<Vec<String>>().join(", ")
}
