//! The layout of additions to a call chain: within its existing lines, and broken like a formatter if a line becomes
//! too long.

use config::Quotes;
use python::{ExprId, Stmt, StmtId};
use source::{Span, TextEdit};

use super::chain::Chain;
use super::lines;

/// The line length of Black and ruff.
pub(crate) const USUAL_LENGTH: usize = 88;

/// A string literal in the quotes of the project's formatter, or else those of the file.
pub(super) fn quoted(chain: &Chain<'_>, text: &str) -> String {
    let count = |quote: char| {
        let starts = ['(', '[', ' ', '='].map(|before| format!("{before}{quote}"));
        starts.iter().map(|start| chain.cx.text.as_str().matches(start.as_str()).count()).sum::<usize>()
    };
    let is_single = match chain.cx.formatting().quotes {
        Some(quotes) => quotes == Quotes::Single,
        None => count('\'') > count('"'),
    };
    if is_single { format!("'{text}'") } else { format!("\"{text}\"") }
}

/// The edit that appends arguments to a call. `None` if they can't be distinguished from other text between its
/// brackets.
pub(super) fn append(chain: &Chain<'_>, call: ExprId, items: &[String]) -> Option<TextEdit> {
    let lines = chain.lines();
    let close = chain.span(call).end.checked_sub(1)?;
    let Some(last) = chain.args(call).last() else {
        let before = lines.text.get(..close as usize)?.trim_end();
        return before.ends_with('(').then(|| insertion(close, items.join(", ")));
    };
    append_behind(chain, chain.span(last.value()), close, items)
}

/// The same for the elements of a list or the arguments of a call, the last of which is at `last`; the closing bracket
/// is at `close`.
pub(super) fn append_behind(chain: &Chain<'_>, last: Span, close: u32, items: &[String]) -> Option<TextEdit> {
    let lines = chain.lines();
    let between = lines.text.get(last.end as usize..close as usize)?;
    if !matches!(between.trim(), "" | ",") {
        return None;
    }
    let indentation = lines.indentation(last.start);
    let separator = if lines.before(last.start) == indentation && between.contains('\n') {
        format!(",{}{indentation}", lines.ending())
    } else {
        ", ".to_owned()
    };
    Some(insertion(last.end, items.iter().flat_map(|item| [separator.as_str(), item]).collect()))
}

/// Whether there is a line break before the method that follows `expr`.
pub(super) fn is_broken_after(chain: &Chain<'_>, expr: ExprId) -> bool {
    indentation_below(chain, expr).is_some()
}

fn indentation_below<'c>(chain: &Chain<'c>, expr: ExprId) -> Option<&'c str> {
    let lines = chain.lines();
    let end = chain.span(expr).end;
    let rest = lines.text.get(end as usize..)?;
    let method = rest.trim_start();
    let blank = &rest[..rest.len() - method.len()];
    let is_method = method.starts_with('.') && blank.contains('\n');
    is_method.then(|| lines.indentation(end + blank.len() as u32))
}

/// A method call to add to a chain.
pub(super) struct NewCall {
    /// The method.
    pub(super) name: &'static str,
    /// Its arguments, as written; `None` for an attribute.
    pub(super) args: Option<Vec<String>>,
}

impl NewCall {
    /// A call.
    pub(super) fn method(name: &'static str, args: Vec<String>) -> Self {
        Self { name, args: Some(args) }
    }

    /// An attribute.
    pub(super) fn attribute(name: &'static str) -> Self {
        Self { name, args: None }
    }

    /// On one line, with the dot before it.
    fn flat(&self) -> String {
        match &self.args {
            Some(args) => format!(".{}({})", self.name, args.join(", ")),
            None => format!(".{}", self.name),
        }
    }
}

/// Additions to a chain.
#[derive(Default)]
pub(super) struct Additions {
    /// Text that is inserted, or replaces a part.
    pub(super) edits: Vec<TextEdit>,
    /// New calls after a part of it.
    pub(super) calls: Option<(ExprId, Vec<NewCall>)>,
}

/// The edits that apply them to the chain. A formatted statement stays formatted; any other keeps its lines, if none
/// becomes too long.
pub(super) fn fit(chain: &Chain<'_>, additions: Additions) -> Vec<TextEdit> {
    let Additions { edits, calls } = additions;
    let (mut flat, mut kept) = (edits.clone(), edits);
    if let Some((anchor, calls)) = calls {
        let end = chain.span(anchor).end;
        let inline: String = calls.iter().map(NewCall::flat).collect();
        let below = indentation_below(chain, anchor).map(|indentation| {
            let ending = chain.lines().ending();
            calls.iter().flat_map(|call| [ending.to_owned(), indentation.to_owned(), call.flat()]).collect()
        });
        flat.push(insertion(end, inline.clone()));
        kept.push(insertion(end, below.unwrap_or(inline)));
    }
    Around::of(chain).and_then(|around| around.formatted(&flat, &kept)).unwrap_or(kept)
}

/// The statement around a chain, if it has its lines to itself.
struct Around<'c> {
    span: Span,
    old: &'c str,
    indentation: &'c str,
    ending: &'c str,
    /// The maximum length of a line.
    limit: usize,
}

impl<'c> Around<'c> {
    fn of(chain: &Chain<'c>) -> Option<Self> {
        let lines = chain.lines();
        let span = statement(chain)?;
        let indentation = lines.indentation(span.start);
        let formatting = chain.cx.formatting();
        let limit = formatting.line_length.or(formatting.limit).unwrap_or(USUAL_LENGTH);
        let is_alone = lines.before(span.start) == indentation && lines.after(span.end).trim().is_empty();
        is_alone.then(|| Self { span, old: lines.slice(span), indentation, ending: lines.ending(), limit })
    }

    /// The edits `flat` with the statement formatted, if it was formatted before, or if a line would become too long by
    /// the edits `kept`.
    fn formatted(&self, flat: &[TextEdit], kept: &[TextEdit]) -> Option<Vec<TextEdit>> {
        let was_formatted = self.write(self.old).as_deref() == Some(self.old);
        if !was_formatted && (!self.fits(self.old) || self.fits(&self.after(kept)?)) {
            return None;
        }
        let plain = self.after(flat)?;
        let insert = self.write(&plain)?;
        if !was_formatted && !self.fits(&insert) {
            return None;
        }
        let mut edits: Vec<TextEdit> = flat.to_vec();
        if insert != plain {
            edits.retain(|edit| !self.span.contains(edit.span));
            edits.push(TextEdit { span: self.span, insert });
        }
        Some(edits)
    }

    fn write(&self, text: &str) -> Option<String> {
        lines::written(text, self.indentation, self.limit, self.ending)
    }

    /// The text of the statement after those of the edits that are in it.
    fn after(&self, edits: &[TextEdit]) -> Option<String> {
        let start = self.span.start;
        let moved: Vec<TextEdit> = edits
            .iter()
            .filter(|edit| self.span.contains(edit.span))
            .map(|edit| TextEdit {
                span: Span::new(edit.span.start - start, edit.span.end - start),
                insert: edit.insert.clone(),
            })
            .collect();
        source::apply_edits(self.old, &moved)
    }

    /// Whether no line of a text of the statement is too long.
    fn fits(&self, text: &str) -> bool {
        let first = self.indentation.chars().count();
        text.lines()
            .enumerate()
            .all(|(index, line)| line.chars().count() + if index == 0 { first } else { 0 } <= self.limit)
    }
}

/// The innermost statement around the chain; its header, if it is a compound statement.
fn statement(chain: &Chain<'_>) -> Option<Span> {
    let whole = chain.span(chain.whole());
    let spans = chain
        .body
        .stmts
        .iter()
        .enumerate()
        .map(|(index, stmt)| (chain.cx.module.spans.stmt(chain.id, StmtId(index as u32)), stmt));
    let (span, stmt) =
        spans.filter(|(span, _)| span.contains(whole)).min_by_key(|(span, _)| span.end - span.start)?;
    match stmt {
        Stmt::Expr(_) | Stmt::Assign { .. } | Stmt::Return(_) => Some(span),
        Stmt::For { .. } => {
            let end = span.start + lines::head(chain.lines().slice(span))? as u32;
            (whole.end <= end).then(|| Span::new(span.start, end))
        }
        _ => None,
    }
}

/// An insertion at a position.
pub(super) fn insertion(offset: u32, insert: String) -> TextEdit {
    TextEdit { span: Span::new(offset, offset), insert }
}
