//! Strings that refer to the project by dotted name: the arguments of `patch` and `import_string`, settings of Django
//! and Celery, and SQLAlchemy's `relationship`.
//!
//! Only a string that is a dotted name from end to end counts, and only if its target exists: a module of more than one
//! segment, or a name that the module binds.

use model::ModuleId;
use python::{Expr, Literal};
use source::{Span, TextEdit};
use view::Context;

/// A string's reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference<'t> {
    /// The dotted name of the module.
    pub(super) module: &'t str,
    /// The module.
    pub(super) id: ModuleId,
    /// The rest: `.Order.total`, `:app`, or empty.
    pub(super) rest: &'t str,
    /// The span of the module's name.
    pub(super) span: Span,
}

impl<'t> Reference<'t> {
    /// The first name after the module's, if any.
    pub(super) fn name(&self) -> Option<&'t str> {
        self.rest.get(1..)?.split(['.', ':']).next().filter(|name| !name.is_empty())
    }
}

/// The edits of strings whose module `new` renames.
pub(super) fn edits(cx: &Context<'_>, new: impl Fn(&Reference<'_>) -> Option<String>) -> Vec<TextEdit> {
    let mut edits = Vec::new();
    each(cx, |reference| {
        if let Some(insert) = new(&reference) {
            edits.push(TextEdit { span: reference.span, insert });
        }
    });
    edits
}

/// Calls `visit` with each string of the module that refers to something in the project.
pub(super) fn each(cx: &Context<'_>, mut visit: impl FnMut(Reference<'_>)) {
    let text = cx.text.as_str();
    let bodies = cx.module.bodies.list.iter().zip(&cx.module.spans.bodies);
    let arenas = bodies.map(|(body, spans)| (&body.exprs, &*spans.exprs));
    let signatures = (&cx.module.definitions.exprs, &*cx.module.spans.signatures);
    let mut seen = rustc_hash::FxHashSet::default();
    for (exprs, spans) in arenas.chain(std::iter::once(signatures)) {
        for (expr, span) in exprs.list.iter().zip(spans) {
            let Expr::Literal(Literal::Str(value)) = expr else { continue };
            if !is_dotted(value) || !seen.insert(*span) {
                continue;
            }
            let Some(start) = place(text, *span, value) else { continue };
            if let Some((module, id)) = names(cx, value) {
                let span = Span::new(start, start + module.len() as u32);
                visit(Reference { module, id, rest: &value[module.len()..], span });
            }
        }
    }
}

/// Where the text of a plain literal starts; `None` if it is concatenated, prefixed or escaped.
pub(super) fn place(text: &str, span: Span, value: &str) -> Option<u32> {
    let literal = text.get(span.start as usize..span.end as usize)?;
    let quote = literal.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let inner = literal.strip_prefix(quote)?.strip_suffix(quote)?;
    (inner == value).then_some(span.start + 1)
}

/// Whether a string could be a dotted name: at least two segments, the last of which may follow a colon.
fn is_dotted(value: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && !word.starts_with(|first: char| first.is_ascii_digit())
            && word.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
    };
    let (path, object) = value.split_once(':').unwrap_or((value, "x"));
    (value.contains('.') || value.contains(':'))
        && path.split('.').all(is_word)
        && object.split('.').all(is_word)
}

/// The longest module prefix of a dotted name, if the rest exists.
fn names<'t>(cx: &Context<'_>, value: &'t str) -> Option<(&'t str, ModuleId)> {
    let modules = &cx.architecture.modules;
    let path = value.split(':').next()?;
    let mut known = path;
    let id = loop {
        match modules.by_name(known, cx.info().root) {
            Some(id) => break id,
            None => known = known.rsplit_once('.')?.0,
        }
    };
    let rest = &value[known.len()..];
    let Some(name) = rest.get(1..).and_then(|rest| rest.split('.').next()).filter(|name| !name.is_empty())
    else {
        return known.contains('.').then_some((known, id));
    };
    let exports = model::query::exports(cx.db, modules[id].file);
    (exports.get(name).is_some() || exports.is_dynamic).then_some((known, id))
}
