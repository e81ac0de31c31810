//! What a module is and who may import it, shown on imports, on names of modules and at the head of a file; and what a
//! rule says, shown on its id in an ignore comment; how many queries a function runs, shown on its name; who implements and
//! who asks for a class, shown on its.

mod class;
mod foreign;
mod function;
mod module;
mod route;
mod subject;

use std::fmt::Write as _;

use rules::Context;
use source::{File, Span};
use workspace::Snapshot;

use self::subject::Subject;
use crate::Words;

/// What is shown at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub span: Span,
    /// The words.
    pub words: Words,
}

/// What is shown at a byte offset of `file`.
pub fn hover(snapshot: &Snapshot, file: File, offset: u32) -> Option<Hover> {
    let cx = crate::context(snapshot, file)?;
    let written = subject::exactly_at(&cx, offset).map(|(span, subject)| {
        let mut words = words(&cx, &subject);
        if let Subject::Symbol { class: Some(class), .. } = &subject
            && let Some(own) = class::words(snapshot, &cx, class)
        {
            words = with(own, words);
        }
        (span, words)
    });
    let class = || {
        let (span, class) = class::at(&cx, offset)?;
        Some((span, class::words(snapshot, &cx, &class)?))
    };
    let (span, words) =
        written.or_else(|| function_at(snapshot, &cx, offset)).or_else(class).or_else(|| {
            let (span, subject) = subject::head(&cx, offset)?;
            Some((span, words(&cx, &subject)))
        })?;
    Some(Hover { span, words })
}

fn function_at(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, Words)> {
    let (span, function) = function::at(snapshot, cx, offset)?;
    Some((span, function::words(snapshot, cx, function)?))
}

/// One after the other.
fn with(mut above: Words, below: Words) -> Words {
    above.push("\n\n");
    above.append(below);
    above
}

/// What is said of something that an import names: the class, then its module.
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
        Subject::Rule(rule) => rule.page().trim_end().to_owned().into(),
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
