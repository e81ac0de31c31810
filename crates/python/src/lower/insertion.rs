//! Where a new import can be inserted.

use source::Span;

use crate::{Body, Expr, Import, Literal, Stmt};

/// The offset: see [`crate::Spans::import_insertion`].
pub(super) fn insertion(text: &str, body: &Body, spans: &[Span], imports: &[Import]) -> u32 {
    let mut after = None;
    let mut next = None;
    for (index, id) in body.root.iter().enumerate() {
        let stays_first = match &body[*id] {
            Stmt::Expr(expr) => index == 0 && matches!(body[*expr], Expr::Literal(Literal::Str(_))),
            Stmt::Import(ids) => ids.first().is_some_and(|id| {
                imports
                    .get(id.0 as usize)
                    .is_some_and(|import| import.module == "__future__" && import.level == 0)
            }),
            _ => false,
        };
        let span = spans[id.0 as usize];
        if !stays_first {
            next = Some((span, matches!(body[*id], Stmt::Import(_))));
            break;
        }
        after = Some(span.end as usize);
    }
    let line_start =
        |offset: usize| text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let earliest = match after {
        Some(end) => text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| end + at + 1),
        None => header(text),
    };
    // Directly before the first import rather than after the docstring, which keeps the blank line in between.
    let offset = match next {
        Some((first, true)) => line_start(first.start as usize).max(earliest),
        _ => earliest,
    };
    offset as u32
}

/// The length of the comments at the top of a file: `#!`, an encoding, a license.
fn header(text: &str) -> usize {
    let mut offset = 0;
    let mut kept = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let line_end = offset + line.len();
        if line.starts_with('#') {
            if index < 2 && (line.starts_with("#!") || line.contains("coding")) {
                kept = line_end;
            }
        } else {
            // A block of comments followed by a blank line concerns the file, any other what follows it.
            if line.trim().is_empty() && offset > 0 {
                kept = offset;
            }
            break;
        }
        offset = line_end;
    }
    kept
}
