//! Inserts definitions into a file being rewritten.

use python::{ClassId, Expr, Scope, Stmt};
use source::{Span, TextEdit};

use super::FileRewrite;
use crate::lines::Lines;

impl FileRewrite<'_> {
    /// The top-level class `name` of the module; of several the last, which is the one visible to importers.
    pub(crate) fn class(&self, name: &str) -> Option<ClassId> {
        let is_it = |class: &python::Class| class.name == name && class.scope == Scope::Module;
        self.cx.module.definitions.classes().filter(|(_, class)| is_it(class)).last().map(|(id, _)| id)
    }

    /// Inserts a definition (lines that end with `\n`) after all others, two blank lines below them (PEP 8).
    pub(crate) fn append(&mut self, definition: &str) -> Option<()> {
        let lines = Lines { text: self.cx.text.as_str() };
        let kept = lines.text.trim_end();
        let gap = if kept.is_empty() { "" } else { "\n\n\n" };
        // A script's main block comes after its definitions.
        let at = self.before_main().unwrap_or(kept.len() as u32);
        let (span, insert) = if at < kept.len() as u32 {
            (Span::new(at, at), format!("{definition}\n\n"))
        } else {
            (Span::new(at, lines.text.len() as u32), format!("{gap}{definition}"))
        };
        let insert = insert.replace('\n', lines.ending());
        self.apply(&[TextEdit { span, insert }])
    }

    /// The start of `if __name__ == "__main__":`.
    fn before_main(&self) -> Option<u32> {
        let body = self.cx.module.bodies.list.first()?;
        let last = *body.root.last()?;
        let Stmt::If { test, .. } = &body[last] else { return None };
        let Expr::Compare { first, .. } = &body[*test] else { return None };
        let is_main = matches!(&body[*first], Expr::Name(name) if name == "__name__");
        is_main.then(|| self.cx.module.spans.stmt(python::BodyId(0), last).start)
    }

    /// Inserts a definition above a class, separated by two blank lines.
    pub(crate) fn put_above(&mut self, class: ClassId, definition: &str) -> Option<()> {
        let lines = Lines { text: self.cx.text.as_str() };
        let span = *self.cx.module.spans.classes.get(class.0 as usize)?;
        let mut start = lines.start(span.start);
        // Comments directly above belong to the class.
        while start > 0 && lines.line(lines.start(start - 1)).starts_with('#') {
            start = lines.start(start - 1);
        }
        let insert = format!("{definition}\n\n").replace('\n', lines.ending());
        self.apply(&[TextEdit { span: Span::new(start, start), insert }])
    }

    /// Inserts members (lines that end with `\n`, not indented) at the end of a class, a blank line below the last one.
    /// They replace an empty body (`pass`, `...`).
    pub(crate) fn add_members(&mut self, class: ClassId, members: &str) -> Option<()> {
        let lines = Lines { text: self.cx.text.as_str() };
        let span = *self.cx.module.spans.classes.get(class.0 as usize)?;
        let body_id = self.cx.module.definitions[class].body;
        let body = self.cx.module.bodies.list.get(body_id.0 as usize)?;
        let first = self.cx.module.spans.stmt(body_id, *body.root.first()?);
        let last = self.cx.module.spans.stmt(body_id, *body.root.last()?);
        let class_indentation = lines.indentation(self.cx.module.spans.class_name(class).start);
        let is_one_line = !lines.before(first.start).trim().is_empty();
        let says_nothing = body.root.len() == 1
            && match &body[*body.root.first()?] {
                Stmt::Pass => true,
                Stmt::Expr(value) => {
                    matches!(body[*value], Expr::Literal(python::Literal::Ellipsis))
                }
                _ => false,
            };
        let indentation = if is_one_line {
            format!("{class_indentation}    ")
        } else {
            lines.indentation(first.start).to_owned()
        };
        let mut text = String::new();
        for line in members.lines() {
            if !line.is_empty() {
                text.push_str(&indentation);
                text.push_str(line);
            }
            text.push('\n');
        }
        let edit = match (is_one_line, says_nothing) {
            (true, false) => return None,
            (true, true) => {
                let head = lines.before(first.start).trim_end().len() as u32 + lines.start(first.start);
                TextEdit { span: Span::new(head, first.end), insert: format!("\n{}", text.trim_end()) }
            }
            (false, true) => TextEdit { span: first, insert: text.trim_start().trim_end().to_owned() },
            (false, false) => {
                let end = last.end.max(span.start);
                let end = lines.end(end);
                TextEdit { span: Span::new(end, end), insert: format!("\n\n{}", text.trim_end()) }
            }
        };
        let insert = edit.insert.replace('\n', lines.ending());
        self.apply(&[TextEdit { span: edit.span, insert }])
    }

    /// Adds a name to `__all__`, if the module has one that can be read. `None` if it is computed.
    pub(crate) fn export(&mut self, name: &str) -> Option<()> {
        let definitions = &self.cx.module.definitions;
        let is_all = |it: &&python::Variable| it.scope == Scope::Module && it.name == "__all__";
        let Some(variable) = definitions.variables.iter().find(is_all) else { return Some(()) };
        if definitions.all.as_ref().is_some_and(|all| all.iter().any(|it| it == name)) {
            return Some(());
        }
        let value = variable.value?;
        let lines = Lines { text: self.cx.text.as_str() };
        let (Expr::List(items) | Expr::Tuple(items)) = &definitions[value] else { return None };
        let edit = if let Some(last) = items.last() {
            let last = self.cx.module.spans.signature(*last);
            let quote = if lines.slice(last).starts_with('\'') { '\'' } else { '"' };
            let indentation = lines.before(last.start);
            let separator = if indentation.trim().is_empty() && !indentation.is_empty() {
                format!(",{}{indentation}", lines.ending())
            } else {
                ", ".to_owned()
            };
            TextEdit {
                span: Span::new(last.end, last.end),
                insert: format!("{separator}{quote}{name}{quote}"),
            }
        } else {
            let span = self.cx.module.spans.signature(value);
            TextEdit { span: Span::new(span.start + 1, span.start + 1), insert: format!("\"{name}\"") }
        };
        self.apply(&[edit])
    }
}
