//! Hovers: on imports, module names and the top of a file, the module and its allowed importers; on ignore comments,
//! the rule and what is suppressed; on function names, the number of queries and each of them; on relationships, their
//! cost; on class names, implementations and consumers; and all places of a finding that has many.

mod class;
mod finding;
mod foreign;
pub(crate) mod function;
mod module;
pub(crate) mod query;
mod relationship;
mod route;
mod subject;

use std::fmt::Write as _;

use source::{File, Span};
use view::Context;
use workspace::Snapshot;

use self::subject::Subject;
use crate::{Link, Words};

/// A hover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The span that it is about.
    pub span: Span,
    /// The text.
    pub words: Words,
}

/// The hover at a byte offset of `file`.
pub fn hover(snapshot: &Snapshot, file: File, offset: u32) -> Option<Hover> {
    if config::kind_of(file.path(snapshot.db())).is_some() {
        let (span, words) = crate::configuration::hover(snapshot, file, offset)?;
        return Some(Hover { span, words });
    }
    let cx = crate::context(snapshot, file)?;
    let named = named(snapshot, &cx, offset);
    let finding = finding::at(snapshot, &cx, offset);
    let (span, words) = match (named, finding) {
        (Some((span, words)), Some((_, finding))) => (span, with(words, finding)),
        (Some(shown), None) | (None, Some(shown)) => shown,
        (None, None) => {
            let (span, subject) = subject::head(&cx, offset)?;
            (span, words(&cx, &subject))
        }
    };
    Some(Hover { span, words })
}

/// The hover of what is written at a place: a rule, an import, a relationship, a query, a function, a class.
fn named(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, Words)> {
    comment(snapshot, cx, offset)
        .or_else(|| relationship(snapshot, cx, offset))
        .or_else(|| written(snapshot, cx, offset))
        .or_else(|| function(snapshot, cx, offset))
        .or_else(|| query(snapshot, cx, offset))
        .or_else(|| {
            let (span, class) = class::at(cx, offset)?;
            Some((span, class::words(snapshot, cx, &class)?))
        })
}

fn comment(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, Words)> {
    let comment = finding::comment(cx, offset)?;
    let Some((id, span)) = comment.rules.iter().find(|(_, span)| span.touches(offset)) else {
        return Some((comment.span, finding::silenced(snapshot, cx, comment, None)));
    };
    let rule = rules::by_id(id)?;
    let mut words = Words::default();
    words.push("**");
    words.link(&format!("`{}`", rule.id), Some(Link::Rule(rule.id)));
    words.push(&format!("** · {}\n\n", rule.summary));
    words.append(finding::silenced(snapshot, cx, comment, Some(rule)));
    words.push("\n\n");
    // Its heading was already added.
    let page = rule.page().split_once('\n').map_or("", |(_, page)| page);
    words.push(page.trim());
    Some((*span, words))
}

fn relationship(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, Words)> {
    let (span, class, name) = relationship::at(snapshot, cx, offset)?;
    Some((span, relationship::words(snapshot, cx, &class, &name)?))
}

fn written(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, Words)> {
    let (span, subject) = subject::exactly_at(cx, offset)?;
    let words = words(cx, &subject);
    match &subject {
        Subject::Symbol { class: Some(class), .. } => match class::words(snapshot, cx, class) {
            Some(own) => Some((span, with(own, words))),
            None => Some((span, words)),
        },
        _ => Some((span, words)),
    }
}

fn function(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, Words)> {
    let (span, function) = function::at(snapshot, cx, offset)?;
    Some((span, function::words(snapshot, cx, function)?))
}

fn query(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, Words)> {
    let (span, function, index) = query::at(snapshot, cx, offset)?;
    Some((span, query::words(snapshot, cx, function, index)?))
}

/// Concatenates two texts.
fn with(mut above: Words, below: Words) -> Words {
    above.push("\n\n");
    above.append(below);
    above
}

/// The hover of an import's name: the class, then its module.
pub(crate) fn of_import(snapshot: &Snapshot, cx: &Context<'_>, module: &str, name: Option<&str>) -> Words {
    let Some(id) = cx.architecture.modules.by_name(module, cx.info().root) else {
        return module::of_namespace(cx, module);
    };
    let of_module = module::of_module(cx, id);
    let class = name.map(|name| model::ClassRef::new(id, name));
    match class.and_then(|class| class::words(snapshot, cx, &class)) {
        Some(own) => with(own, of_module),
        None => of_module,
    }
}

fn words(cx: &Context<'_>, subject: &Subject) -> Words {
    match subject {
        Subject::Module(id) => module::of_module(cx, *id),
        Subject::Symbol { name, origin, via, class: _ } => {
            let mut words = format!("`{name}` of `{}`", cx.module_name(*origin));
            if !via.is_empty() {
                let names: Vec<String> = via.iter().map(|id| format!("`{}`", cx.module_name(*id))).collect();
                let _ = write!(words, ", by way of {}", names.join(", "));
            }
            with(words.into(), module::of_module(cx, *origin))
        }
        Subject::Namespace(name) => module::of_namespace(cx, name),
        Subject::Standard(name) => format!("`{name}`: standard library").into(),
        Subject::ThirdParty(name) => foreign::of_third_party(name).into(),
        Subject::Missing(name) => format!(
            "`{name}`: looks like code of this project, but nothing lies there (generated, or left out?)"
        )
        .into(),
    }
}

#[cfg(test)]
mod tests;
