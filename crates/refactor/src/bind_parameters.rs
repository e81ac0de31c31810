//! Moves values out of an SQL f-string and passes them as parameters.
//!
//! Only for an f-string that is written out in the call, as one literal, with plain `{value}` in it; everything else is
//! left to the author. Quotes around a value are removed with it, and other text between them becomes part of the value
//! (`'%{name}%'` is `:name` with `f"%{name}%"`).

use python::{Arg, Body, Expr, ExprId, FStringPart};
use source::{Span, TextEdit};
use view::{BindParameters, Context, ParameterStyle};

use super::lines::Lines;

/// A value to be moved out of the text.
struct Moved {
    /// The span to replace, including the quotes around it.
    span: Span,
    /// The parameter's name.
    name: String,
    /// The value to pass, as code.
    value: String,
}

/// The edits; `None` if the text has another form.
pub(super) fn edits(cx: &Context<'_>, fix: &BindParameters) -> Option<Vec<TextEdit>> {
    let lines = Lines { text: cx.text.as_str() };
    let body = cx.module.bodies.list.get(fix.body.0 as usize)?;
    let Expr::FString(parts) = body.exprs.list.get(fix.text.0 as usize)? else { return None };
    let literal = Literal::of(lines, cx.module.spans.expr(fix.body, fix.text))?;
    let mut moved: Vec<Moved> = Vec::new();
    for value in &fix.values {
        let span = cx.module.spans.expr(fix.body, *value);
        let mut next = literal.take_out(span)?;
        next.name = parameter_name(body, *value);
        let is_taken = |name: &str| moved.iter().any(|it| it.name == name && it.value != next.value);
        if is_taken(&next.name) {
            next.name = (2..100).map(|number| format!("{}_{number}", next.name)).find(|it| !is_taken(it))?;
        }
        moved.push(next);
    }
    moved.sort_by_key(|it| it.span);
    if moved.windows(2).any(|pair| pair[0].span.end > pair[1].span.start) {
        return None;
    }
    let rest = literal.without(&moved);
    // With parameters, a plain `%` would have to be doubled.
    if fix.style == ParameterStyle::Percent && rest.contains('%') {
        return None;
    }
    let mut edits: Vec<TextEdit> = moved
        .iter()
        .enumerate()
        .map(|(index, it)| TextEdit { span: it.span, insert: placeholder(fix.style, index, &it.name) })
        .collect();
    let values =
        parts.iter().filter(|part| matches!(part, FStringPart::Value(_) | FStringPart::Repr(_))).count();
    if values == fix.values.len() && !rest.contains(['{', '}']) {
        edits.push(TextEdit { span: literal.letter, insert: String::new() });
    }
    if fix.style == ParameterStyle::Named {
        let mut seen: Vec<String> = Vec::new();
        moved.retain(|it| {
            !seen.contains(&it.name) && {
                seen.push(it.name.clone());
                true
            }
        });
    }
    edits.push(passed(cx, body, fix, &moved)?);
    edits.sort_by_key(|edit| edit.span);
    Some(edits)
}

fn placeholder(style: ParameterStyle, index: usize, name: &str) -> String {
    match style {
        ParameterStyle::Named => format!(":{name}"),
        ParameterStyle::Percent => "%s".to_owned(),
        ParameterStyle::Question => "?".to_owned(),
        ParameterStyle::Numbered => format!("${}", index + 1),
    }
}

/// The edit that passes the values.
fn passed(cx: &Context<'_>, body: &Body, fix: &BindParameters, moved: &[Moved]) -> Option<TextEdit> {
    let Expr::Call { args, .. } = &body[fix.call] else { return None };
    if args.len() != 1 {
        return None;
    }
    let end = |expr: ExprId| cx.module.spans.expr(fix.body, expr).end;
    let at = |place: u32, insert: String| Some(TextEdit { span: Span::new(place, place), insert });
    let values: Vec<&str> = moved.iter().map(|it| it.value.as_str()).collect();
    match fix.style {
        ParameterStyle::Percent | ParameterStyle::Question => {
            at(end(fix.text), format!(", [{}]", values.join(", ")))
        }
        ParameterStyle::Numbered => at(end(fix.text), format!(", {}", values.join(", "))),
        ParameterStyle::Named => {
            if is_executed_alone(body, fix.call) {
                let entries: Vec<String> =
                    moved.iter().map(|it| format!("\"{}\": {}", it.name, it.value)).collect();
                return at(end(fix.call), format!(", {{{}}}", entries.join(", ")));
            }
            let entries: Vec<String> = moved.iter().map(|it| format!("{}={}", it.name, it.value)).collect();
            at(end(fix.call), format!(".bindparams({})", entries.join(", ")))
        }
    }
}

/// Whether the text is the only argument of an `execute` call around it, which accepts parameters as well.
fn is_executed_alone(body: &Body, text: ExprId) -> bool {
    body.exprs.list.iter().any(|expr| {
        let Expr::Call { callee, args } = expr else { return false };
        let [Arg::Positional(only)] = &args[..] else { return false };
        *only == text
            && matches!(
                &body[*callee],
                Expr::Attribute { name, .. } if matches!(name.as_str(), "execute" | "scalar" | "scalars" | "stream")
            )
    })
}

/// `number` for `number`, `order_id` for `order.id`, `value` for anything else.
fn parameter_name(body: &Body, value: ExprId) -> String {
    match body.exprs.dotted(value) {
        Some(dotted) => {
            dotted.strip_prefix("self.").unwrap_or(&dotted).trim_start_matches('_').replace('.', "_")
        }
        None => "value".to_owned(),
    }
}

/// One f-string as text.
struct Literal<'t> {
    lines: Lines<'t>,
    /// The `f` of its prefix.
    letter: Span,
    /// The part between its quotes.
    content: Span,
    /// Its opening quote.
    quote: char,
}

impl<'t> Literal<'t> {
    fn of(lines: Lines<'t>, span: Span) -> Option<Self> {
        let text = lines.slice(span);
        let opening = text.find(['"', '\''])?;
        let letter = text[..opening].find(['f', 'F'])? as u32;
        let quote = text[opening..].chars().next()?;
        let triple: String = [quote; 3].iter().collect();
        let width = if text[opening..].starts_with(&triple) && text.len() >= opening + 6 { 3 } else { 1 };
        let content = text.get(opening + width..text.len().checked_sub(width)?)?;
        let delimiter = &triple[..width];
        // Adjacent literals, or a quote inside: not split here. An escape could be a quote.
        if !text.ends_with(delimiter) || content.contains(delimiter) || content.contains('\\') {
            return None;
        }
        let start = span.start + (opening + width) as u32;
        Some(Self {
            lines,
            letter: Span::new(span.start + letter, span.start + letter + 1),
            content: Span::new(start, start + content.len() as u32),
            quote,
        })
    }

    /// The value at `span` to be moved, with the SQL quotes around it.
    fn take_out(&self, span: Span) -> Option<Moved> {
        let before = self.lines.slice(Span::new(self.content.start, span.start));
        let after = self.lines.slice(Span::new(span.end, self.content.end));
        let opened = before.trim_end().strip_suffix('{')?;
        let closed = after.trim_start().strip_prefix('}')?;
        if opened.ends_with('{') {
            return None;
        }
        let value = self.lines.slice(span).to_owned();
        let at_start = self.content.start + opened.len() as u32;
        let at_end = self.content.end - closed.len() as u32;
        let place = |span, value| Some(Moved { span, name: String::new(), value });
        if opened.matches('\'').count() % 2 == 0 || self.quote == '\'' {
            let is_quoted = opened.ends_with('\'') || closed.starts_with('\'');
            return if is_quoted { None } else { place(Span::new(at_start, at_end), value) };
        }
        let (_, head) = opened.rsplit_once('\'')?;
        let (tail, _) = closed.split_once('\'')?;
        let span = Span::new(at_start - head.len() as u32 - 1, at_end + tail.len() as u32 + 1);
        if head.is_empty() && tail.is_empty() {
            return place(span, value);
        }
        let is_plain = |text: &str| !text.contains(['{', '}', '"', '\n']);
        let quotes_agree = !value.contains('"');
        (is_plain(head) && is_plain(tail) && quotes_agree)
            .then(|| place(span, format!("f\"{head}{{{value}}}{tail}\"")))?
    }

    /// The text without the moved values.
    fn without(&self, moved: &[Moved]) -> String {
        let mut rest = String::new();
        let mut at = self.content.start;
        for it in moved {
            rest.push_str(self.lines.slice(Span::new(at, it.span.start)));
            at = it.span.end;
        }
        rest.push_str(self.lines.slice(Span::new(at, self.content.end)));
        rest
    }
}
