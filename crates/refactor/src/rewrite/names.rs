//! Writes carried code with the names of its file, importing what is missing.

use python::Scope;
use view::Context;

use super::imports::{bound_already, own_call};
use super::{At, Carried, FileRewrite, Import, Meaning, Piece};
use crate::lines::Lines;
use crate::{bindings, head};

impl FileRewrite<'_> {
    /// Writes an expression. `place` decides where its names are imported. `None` if a name is unavailable.
    pub(crate) fn render(&mut self, carried: &Carried, place: &dyn Fn(&Meaning) -> At) -> Option<String> {
        self.written_out(carried, place).map(|(text, _)| text)
    }

    /// Writes an annotation: quoted if one of its names isn't bound yet when Python evaluates it.
    pub(crate) fn render_type(
        &mut self,
        carried: &Carried,
        place: &dyn Fn(&Meaning) -> At,
    ) -> Option<String> {
        let (text, is_late) = self.written_out(carried, place)?;
        if !is_late || has_future_annotations(&self.cx) {
            return Some(text);
        }
        if self.is_new() {
            self.postpone_annotations()?;
            return Some(text);
        }
        match (text.contains('"'), text.contains('\'')) {
            (false, _) => Some(format!("\"{text}\"")),
            (true, false) => Some(format!("'{text}'")),
            (true, true) => None,
        }
    }

    /// The text, and whether one of its names isn't bound at run time.
    fn written_out(&mut self, carried: &Carried, place: &dyn Fn(&Meaning) -> At) -> Option<(String, bool)> {
        let (mut text, mut is_late) = (String::new(), false);
        for piece in &carried.0 {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Name(meaning) => {
                    let (name, late) = self.take(meaning, place)?;
                    text.push_str(&name);
                    is_late |= late;
                }
            }
        }
        Some((text, is_late))
    }

    /// The file's name for something, and whether it is bound only for type checkers.
    fn take(&mut self, meaning: &Meaning, place: &dyn Fn(&Meaning) -> At) -> Option<(String, bool)> {
        match meaning {
            Meaning::Own(name) => Some((name.to_string(), true)),
            Meaning::Member { module, name, .. } if *module == self.own_name() => {
                Some((name.to_string(), true))
            }
            Meaning::Member { module, name, home, .. } => {
                let wanted = Import { module, name, home: *home };
                let local = self.import(wanted, place(meaning))?;
                let is_late = bound_already(&self.cx, wanted, At::RunTime).is_none();
                Some((local, is_late))
            }
            Meaning::Module { module, alias, home, .. } => {
                let at = place(meaning);
                self.import_module(module, alias.as_deref(), *home, at)?;
                let bound = alias.as_deref().or_else(|| module.split('.').next())?;
                Some((bound.to_owned(), at == At::TypeChecking))
            }
            Meaning::TypeVariable { name, call } => {
                // The call runs with the module, where type-checking imports are missing.
                let (call, is_late) = self.written_out(call, place)?;
                if is_late {
                    return None;
                }
                match own_call(&self.cx, name) {
                    Some(known) if known == call => return Some((name.to_string(), false)),
                    Some(_) => return None,
                    None if bindings::is_bound(&self.cx, name) => return None,
                    None => {}
                }
                let lines = Lines { text: self.cx.text.as_str() };
                let statement = format!("{name} = {call}");
                let edit = match head::statements(&self.cx).last() {
                    Some(last) => head::below(lines, last.span.end, &statement, lines.ending()),
                    None => head::first(lines, self.cx.module.spans.import_insertion, &statement),
                };
                self.apply(&[edit])?;
                Some((name.to_string(), false))
            }
        }
    }

    /// Makes annotations of a new file strings (PEP 563).
    fn postpone_annotations(&mut self) -> Option<()> {
        let lines = Lines { text: self.cx.text.as_str() };
        let ending = lines.ending();
        let gap = if lines.text.is_empty() { "" } else { ending };
        let insert = format!("from __future__ import annotations{ending}{gap}");
        self.apply(&[source::TextEdit { span: source::Span::new(0, 0), insert }])
    }
}

/// Whether annotations are kept as strings (PEP 563).
pub(crate) fn has_future_annotations(cx: &Context<'_>) -> bool {
    let is_it = |import: &python::Import| {
        import.module == "__future__"
            && import.name.as_deref() == Some("annotations")
            && import.context.scope == Scope::Module
    };
    cx.module.imports.list.iter().any(is_it)
}
