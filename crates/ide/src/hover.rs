//! What a module is and who may import it, shown on imports, on names of modules and at the head of a file; and what a
//! rule says, shown on its id in an ignore comment; how many queries a function runs, shown on its name; who implements and
//! who asks for a class, shown on its.

mod class;
mod foreign;
mod function;
mod module;
mod plain;
mod subject;

use std::fmt::Write as _;

use rules::Context;
use source::{File, Span};
use workspace::Snapshot;

use self::subject::Subject;

/// What is shown at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub span: Span,
    /// The words, for clients that read Markdown.
    pub markdown: String,
    /// The same words, for those that don't.
    pub plain: String,
}

/// What is shown at a byte offset of `file`.
pub fn hover(snapshot: &Snapshot, file: File, offset: u32) -> Option<Hover> {
    let cx = crate::context(snapshot, file)?;
    let written = subject::exactly_at(&cx, offset).map(|(span, subject)| {
        let mut words = words(&cx, &subject);
        if let Subject::Symbol { class: Some(class), .. } = &subject
            && let Some(own) = class::words(snapshot, &cx, class)
        {
            words = format!("{own}\n\n{words}");
        }
        (span, words)
    });
    let class = || {
        let (span, class) = class::at(&cx, offset)?;
        Some((span, class::words(snapshot, &cx, &class)?))
    };
    let (span, markdown) =
        written.or_else(|| function_at(snapshot, &cx, offset)).or_else(class).or_else(|| {
            let (span, subject) = subject::head(&cx, offset)?;
            Some((span, words(&cx, &subject)))
        })?;
    Some(Hover { span, plain: plain::plain(&markdown), markdown })
}

fn function_at(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, String)> {
    let (span, function) = function::at(snapshot, cx, offset)?;
    Some((span, function::words(snapshot, cx, function)?))
}

fn words(cx: &Context<'_>, subject: &Subject) -> String {
    match subject {
        Subject::Rule(rule) => rule.page().trim_end().to_owned(),
        Subject::Module(id) => module::of_module(cx, *id),
        Subject::Symbol { name, origin, via, class: _ } => {
            let mut words = format!("`{name}` of `{}`", cx.module_name(*origin));
            if !via.is_empty() {
                let names: Vec<String> = via.iter().map(|id| format!("`{}`", cx.module_name(*id))).collect();
                let _ = write!(words, ", by way of {}", names.join(", "));
            }
            format!("{words}\n\n{}", module::of_module(cx, *origin))
        }
        Subject::Namespace(name) => module::of_namespace(cx, name),
        Subject::Standard(name) => format!("`{name}`: standard library"),
        Subject::ThirdParty(name) => foreign::of_third_party(name),
        Subject::Missing(name) => {
            format!(
                "`{name}`: looks like code of this project, but nothing lies there (generated, or left out?)"
            )
        }
    }
}

#[cfg(test)]
mod tests;
