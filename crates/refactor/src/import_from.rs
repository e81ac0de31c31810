//! Imports a name from another module instead, in the same place and under the same name.

use python::{ImportId, ImportKind};
use source::{Span, TextEdit};
use view::Context;

use super::head::{self, NewImport};
use super::statement::Statement;

/// The edits; `None` if the statement has another form.
pub(super) fn edits(cx: &Context<'_>, import: ImportId, module: &str, name: &str) -> Option<Vec<TextEdit>> {
    let view = cx.import(import)?;
    let statement = Statement::of(cx, import)?;
    let bound = view.import.bound_name()?;
    let item = if bound == name { name.to_owned() } else { format!("{name} as {bound}") };
    let new = format!("from {module} import {item}");
    match view.import.kind {
        ImportKind::From => {}
        // `import a.b` binds `a`, which the rest of the module may use for other things.
        ImportKind::Module if view.import.alias.is_some() => {}
        ImportKind::Module | ImportKind::Star | ImportKind::Dynamic => return None,
    }
    let wanted = NewImport::from(format!("from {module}"), vec![&item], None);
    if let Some(edits) = head::replaced(cx, &statement, import, &wanted) {
        return Some(edits);
    }
    if statement.imports.len() == 1 {
        return Some(vec![TextEdit { span: statement.span, insert: new }]);
    }
    let lines = statement.lines;
    let start = lines.start(statement.span.start);
    let indentation = lines.before(statement.span.start);
    if !indentation.trim().is_empty() {
        return None;
    }
    let mut edits = statement.without(&[import])?;
    let insert = format!("{indentation}{new}{}", lines.ending());
    edits.push(TextEdit { span: Span::new(start, start), insert });
    Some(edits)
}
