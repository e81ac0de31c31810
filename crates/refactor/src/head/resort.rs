//! Keeps imports sorted whose statements were rewritten where they stand.

use source::{Span, TextEdit, apply_edits};
use view::Context;

use super::{HeadStatement, NewImport, blocks, guarded, place, write};
use crate::lines::Lines;
use crate::rewrite::edits_between;
use crate::sorting::{ImportLine, Sorting, is_alias};

/// The edits of a file that rewrite some of its imports, with these in order again. `None` if they still are, or weren't
/// before.
pub(crate) fn resorted(before: &Context<'_>, edits: &[TextEdit]) -> Option<Vec<TextEdit>> {
    // Where modules import each other, the order decides what is there when one of them asks.
    if before.architecture.cycles.of(before.id).any(|component| component.at_import_time) {
        return None;
    }
    let mut text = apply_edits(before.text.as_str(), edits)?;
    let mut is_changed = false;
    for find in [blocks, guarded] {
        let known = find(before);
        let is_touched = |statement: &HeadStatement| {
            let span = statement.span;
            edits.iter().any(|edit| edit.span.start <= span.end && span.start <= edit.span.end)
        };
        if !known.iter().flatten().any(is_touched) {
            continue;
        }
        let sorting = Sorting::of(before, &known);
        if !sorting.is_followed_by(&known) {
            continue;
        }
        let old: Vec<&str> =
            known.iter().flatten().map(|statement| before.text.slice(statement.span)).collect();
        let steps: [fn(&Resort<'_>) -> Vec<TextEdit>; 2] = [|it| it.names(), |it| it.statements()];
        for step in steps {
            let after = before.with_text(&text);
            let lines = Lines { text: after.text.as_str() };
            let blocks = find(&after);
            let edits =
                step(&Resort { lines, sorting: &sorting.in_file(&after), blocks: &blocks, old: &old });
            if !edits.is_empty() {
                text = apply_edits(&text, &edits)?;
                is_changed = true;
            }
        }
    }
    is_changed.then(|| edits_between(before.text.as_str(), &text))
}

/// The file after the edits.
struct Resort<'r> {
    lines: Lines<'r>,
    sorting: &'r Sorting<'r>,
    blocks: &'r [Vec<HeadStatement>],
    /// The statements before the edits.
    old: &'r [&'r str],
}

impl Resort<'_> {
    /// Sorts the names of each rewritten statement; those with an alias may need a statement of their own.
    fn names(&self) -> Vec<TextEdit> {
        let (lines, style) = (self.lines, &self.sorting.style);
        let statements = self.blocks.iter().flat_map(|block| self.sorting.lines(block));
        let edit = |(statement, line): (&HeadStatement, ImportLine)| {
            let (span, text) = (statement.span, lines.slice(statement.span));
            let indentation = lines.before(span.start);
            let is_plain = indentation.trim().is_empty() && is_free(lines.after(span.end));
            let is_mixed =
                !style.combine_as && line.items.len() > 1 && line.items.iter().any(|it| is_alias(it));
            if !line.is_from
                || !is_plain
                || text.contains(['#', '\\'])
                || self.old.contains(&text)
                || !is_mixed && self.sorting.has_names_in_order(&line)
            {
                return None;
            }
            let keeps = text.contains('\n')
                && text.trim_end_matches([')', ' ', '\t', '\r', '\n']).ends_with(',')
                && style.keeps_trailing_commas;
            let clause = format!("from {}{}", ".".repeat(line.level), line.module);
            let items = line.items.iter().map(String::as_str).collect();
            let parts = NewImport::from(clause.clone(), items, None).split(self.sorting);
            // A comment behind belongs to each part.
            if parts.len() > 1 && !lines.after(span.end).trim().is_empty() {
                return None;
            }
            let layout = &self.sorting.layout;
            let texts = parts.iter().map(|part| {
                if keeps && part.items.len() > 1 {
                    write::broken(&clause, &part.items, "", layout, indentation, lines.ending())
                } else {
                    write::statement_text(part, layout, indentation, lines.ending())
                }
            });
            let joined = texts.collect::<Vec<_>>().join(lines.ending());
            Some(TextEdit { span, insert: joined.strip_prefix(indentation)?.to_owned() })
        };
        statements.filter_map(edit).collect()
    }

    /// Sorts the statements of each section. Those with comments above stay: it isn't known how many a comment is about.
    fn statements(&self) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        for block in self.blocks {
            let known = self.sorting.lines(block);
            if !known.iter().map(|(_, line)| self.sorting.rank(line)).is_sorted() {
                continue;
            }
            for run in
                known.chunk_by(|(_, left), (_, right)| self.sorting.rank(left) == self.sorting.rank(right))
            {
                edits.extend(self.run(run).unwrap_or_default());
            }
        }
        edits
    }

    fn run(&self, run: &[(&HeadStatement, ImportLine)]) -> Option<Vec<TextEdit>> {
        let lines = self.lines;
        let mut order: Vec<usize> = (0..run.len()).collect();
        order.sort_by_key(|index| self.sorting.module_key(&run[*index].1));
        if order.is_sorted() {
            return None;
        }
        let mut spans: Vec<Span> = Vec::new();
        for (statement, _) in run {
            let span = Span::new(lines.start(statement.span.start), lines.end(statement.span.end));
            let is_joined = match spans.last() {
                // A blank line parts sections, also those of a name that the project doesn't have yet; and what a comment
                // is about isn't known.
                Some(last) => lines.next(last.end) == span.start,
                None if span.start == 0 => true,
                None => {
                    let above = lines.line(lines.start(span.start - 1)).trim();
                    !above.starts_with('#')
                        || self.sorting.style.is_heading(above)
                        || place::is_heading(above)
                }
            };
            let is_alone = lines.before(statement.span.start).trim().is_empty()
                && is_free(lines.after(statement.span.end));
            if !is_alone || !is_joined {
                return None;
            }
            spans.push(span);
        }
        let moved = spans.iter().zip(&order).filter(|(slot, from)| **slot != spans[**from]);
        let edit = |(slot, from): (&Span, &usize)| TextEdit {
            span: *slot,
            insert: lines.slice(spans[*from]).to_owned(),
        };
        Some(moved.map(edit).collect())
    }
}

/// Whether nothing but a comment follows on the line.
fn is_free(after: &str) -> bool {
    let after = after.trim();
    after.is_empty() || after.starts_with('#')
}
