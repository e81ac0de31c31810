//! Adds names to an existing import statement of the same module.

use config::Sorter;
use python::ImportKind;
use source::{Span, TextEdit};
use view::Context;

use super::{HeadStatement, NewImport, at, write};
use crate::lines::Lines;
use crate::sorting::Sorting;

/// The edits that add the names of `new` to a statement of the same module, if the import sorter would do so and the
/// edit is simple.
pub(super) fn merge(
    cx: &Context<'_>,
    lines: Lines<'_>,
    blocks: &[Vec<HeadStatement>],
    sorting: &Sorting<'_>,
    new: &NewImport,
    indentation: &str,
) -> Option<Vec<TextEdit>> {
    let line = new.line();
    if !line.is_from
        || new.comment.is_some()
        || !new.above.is_empty()
        || line.items.iter().any(|it| it == "*")
    {
        return None;
    }
    let is_in_runs = sorting.style.sorter == Sorter::Isort && !sorting.style.combine_as;
    let mut alike: Vec<(&HeadStatement, bool)> = Vec::new();
    for block in blocks {
        let of_module = sorting.lines(block).into_iter().filter(|(statement, other)| {
            let import = &cx.module.imports[statement.imports[0]];
            other.same_module(&line) && import.kind == ImportKind::From
        });
        alike.extend(of_module.map(|(statement, other)| (statement, other.has_alias())));
    }
    let target = |statement| Target { cx, lines, sorting, statement, indentation };
    let takes = |has_alias: bool| sorting.style.combine_as || !has_alias;
    if !is_in_runs {
        let statement = alike.iter().find(|(_, has_alias)| takes(*has_alias) && !new.is_alone(sorting))?.0;
        return target(statement).with(&new.items);
    }
    // isort writes names in runs between those with aliases.
    let key = new.items.first().map(|item| sorting.member_key(item))?;
    let first_of = |statement: &HeadStatement| {
        sorting.member_key(lines.slice(cx.module.spans.import(statement.imports[0]).item))
    };
    let before = alike.iter().rposition(|(statement, _)| first_of(statement) <= key);
    let previous = before.map(|index| alike[index]);
    let next = alike.get(before.map_or(0, |index| index + 1)).copied();
    if new.is_alone(sorting) {
        let (statement, has_alias) = previous?;
        return if has_alias || sorting.is_single_line(&line.module) {
            None
        } else {
            target(statement).parted_by(new)
        };
    }
    let (statement, _) = [previous, next].into_iter().flatten().find(|(_, has_alias)| takes(*has_alias))?;
    target(statement).with(&new.items)
}

struct Target<'t, 'c> {
    cx: &'t Context<'c>,
    lines: Lines<'t>,
    sorting: &'t Sorting<'t>,
    statement: &'t HeadStatement,
    indentation: &'t str,
}

impl Target<'_, '_> {
    fn with(&self, new: &[String]) -> Option<Vec<TextEdit>> {
        let (lines, span) = (self.lines, self.statement.span);
        let text = lines.slice(span);
        let comment = lines.after(span.end).trim();
        // A comment would apply to the new name too; only the tool's own format is reproduced.
        let may_share = self.sorting.is_sorted && self.sorting.is_configured;
        let is_odd = text.contains('\\')
            || !(comment.is_empty() || comment.starts_with('#') && may_share)
            || comment.contains("isort:")
            || comment.contains("fmt:");
        if is_odd {
            return None;
        }
        let items: Vec<Span> =
            self.statement.imports.iter().map(|id| self.cx.module.spans.import(*id).item).collect();
        let last = *items.last()?;
        if !text.contains('\n') {
            let added: usize = new.iter().map(|item| item.chars().count() + 2).sum();
            let line = lines.line(lines.start(span.start)).chars().count();
            let is_forced = self.sorting.layout.breaks(items.len() + new.len());
            if line + added <= self.sorting.layout.length && !is_forced {
                return Some(self.joined(&items, last, new));
            }
            return self.rewritten(&items, new, comment);
        }
        let indentation = lines.indentation(items.first()?.start);
        let is_one_a_line =
            !indentation.is_empty() && items.iter().all(|item| lines.before(item.start) == indentation);
        if is_one_a_line {
            return Some(self.one_a_line(&items, last, new, indentation));
        }
        if text.contains('#') {
            return None;
        }
        self.rewritten(&items, new, comment)
    }

    /// The statement split in two with `new` between them, if it has names before and after that.
    fn parted_by(&self, new: &NewImport) -> Option<Vec<TextEdit>> {
        let (lines, span) = (self.lines, self.statement.span);
        let key = self.sorting.member_key(new.items.first()?);
        let items =
            self.statement.imports.iter().map(|id| lines.slice(self.cx.module.spans.import(*id).item));
        let (before, after): (Vec<&str>, Vec<&str>) =
            items.partition(|item| self.sorting.member_key(item) <= key);
        let is_plain = lines.after(span.end).trim().is_empty()
            && lines.before(span.start) == self.indentation
            && !lines.slice(span).contains(['#', '\\']);
        if before.is_empty() || after.is_empty() || !is_plain || !self.sorting.is_sorted {
            return None;
        }
        let clause = new.clause.clone()?;
        let parts = [
            NewImport::from(clause.clone(), before, None),
            new.clone(),
            NewImport::from(clause, after, None),
        ];
        let text: Vec<String> = parts
            .iter()
            .map(|part| write::statement_text(part, &self.sorting.layout, self.indentation, lines.ending()))
            .collect();
        let text = text.join(lines.ending());
        let insert = text.strip_prefix(self.indentation).unwrap_or(&text).to_owned();
        Some(vec![TextEdit { span, insert }])
    }

    /// The index of the name that a new one precedes; `None` to append.
    fn before(&self, items: &[Span], item: &str) -> Option<usize> {
        let keys: Vec<_> =
            items.iter().map(|span| self.sorting.member_key(self.lines.slice(*span))).collect();
        let key = self.sorting.member_key(item);
        keys.is_sorted().then(|| keys.iter().position(|other| *other > key)).flatten()
    }

    fn joined(&self, items: &[Span], last: Span, new: &[String]) -> Vec<TextEdit> {
        grouped(new, |item| match self.before(items, item) {
            Some(index) => (items[index].start, format!("{item}, ")),
            None => (last.end, format!(", {item}")),
        })
    }

    fn one_a_line(&self, items: &[Span], last: Span, new: &[String], indentation: &str) -> Vec<TextEdit> {
        let (lines, ending) = (self.lines, self.lines.ending());
        let mut edits = grouped(new, |item| {
            let text = format!("{indentation}{item},{ending}");
            match self.before(items, item) {
                Some(index) => {
                    let mut start = lines.start(items[index].start);
                    // Comments directly above a name belong to it.
                    while start > 0 && lines.line(lines.start(start - 1)).trim_start().starts_with('#') {
                        start = lines.start(start - 1);
                    }
                    (start, text)
                }
                None => (lines.next(last.end), text),
            }
        });
        let appends = edits.iter().any(|edit| edit.span.start == lines.next(last.end));
        if appends && !lines.after(last.end).trim_start().starts_with(',') {
            edits.push(at(last.end, ",".to_owned()));
        }
        edits
    }

    /// The whole statement rewritten, broken if it is too long; lines that were broken by hand stay.
    fn rewritten(&self, items: &[Span], new: &[String], comment: &str) -> Option<Vec<TextEdit>> {
        let (lines, span) = (self.lines, self.statement.span);
        if lines.before(span.start) != self.indentation {
            return None;
        }
        let whole = Span::new(span.start, lines.end(span.end));
        let is_by_hand =
            lines.slice(span).contains('\n') && self.formatted(items, &[], comment)? != lines.slice(whole);
        let amended = if is_by_hand { self.amended(items, new) } else { None };
        amended.or_else(|| {
            let insert = self.formatted(items, new, comment)?;
            Some(vec![TextEdit { span: whole, insert }])
        })
    }

    /// The statement with the names of `new`, as the layout would break it.
    fn formatted(&self, items: &[Span], new: &[String], comment: &str) -> Option<String> {
        let (lines, span) = (self.lines, self.statement.span);
        let mut all: Vec<String> = items.iter().map(|item| lines.slice(*item).to_owned()).collect();
        let was_sorted = all.iter().map(|item| self.sorting.member_key(item)).collect::<Vec<_>>().is_sorted();
        all.extend(new.iter().cloned());
        if was_sorted {
            all.sort_by_key(|item| self.sorting.member_key(item));
        }
        let import = &self.cx.module.imports[self.statement.imports[0]];
        let clause = format!("from {}{}", ".".repeat(usize::from(import.level)), import.module);
        let whole = NewImport { clause: Some(clause.clone()), items: all, comment: None, above: Vec::new() };
        let was_broken = lines.slice(span).contains('\n');
        let trailing = lines.slice(Span::new(items.last()?.end, span.end)).trim_start().starts_with(',');
        let layout = &self.sorting.layout;
        let keeps = was_broken && trailing && self.sorting.style.keeps_trailing_commas;
        let comment = if comment.is_empty() { String::new() } else { format!("  {comment}") };
        let flat = write::statement_text(&whole, layout, self.indentation, lines.ending());
        let is_flat =
            !flat.contains('\n') && (flat.chars().count() + comment.chars().count()) <= layout.length;
        let text = if is_flat && !keeps {
            flat + &comment
        } else {
            write::broken(&clause, &whole.items, &comment, layout, self.indentation, lines.ending())
        };
        Some(text.strip_prefix(self.indentation).unwrap_or(&text).to_owned())
    }

    /// The names of `new` in the lines as they are; behind the last name on a new line, aligned with those before, if
    /// its line would be too long.
    fn amended(&self, items: &[Span], new: &[String]) -> Option<Vec<TextEdit>> {
        let (lines, length) = (self.lines, self.sorting.layout.length);
        let (first, last) = (*items.first()?, *items.last()?);
        let edits = self.joined(items, last, new);
        let has_room = edits.iter().all(|edit| {
            let start = lines.start(edit.span.start);
            let added = edits.iter().filter(|other| lines.start(other.span.start) == start);
            let added: usize = added.map(|other| other.insert.chars().count()).sum();
            lines.line(start).trim_end().chars().count() + added <= length
        });
        if has_room {
            return Some(edits);
        }
        let is_behind = edits.iter().all(|edit| edit.span.start == last.end);
        let indentation = if lines.start(first.start) == lines.start(last.start) {
            " ".repeat(lines.before(first.start).chars().count())
        } else {
            lines.indentation(last.start).to_owned()
        };
        let insert = format!(",{}{indentation}{}", lines.ending(), new.join(", "));
        is_behind.then(|| vec![at(last.end, insert)])
    }
}

/// One insertion per position, in the order of the names.
fn grouped(new: &[String], place: impl Fn(&String) -> (u32, String)) -> Vec<TextEdit> {
    let mut edits: Vec<TextEdit> = Vec::new();
    for (offset, text) in new.iter().map(place) {
        match edits.iter_mut().find(|edit| edit.span.start == offset) {
            Some(edit) => edit.insert.push_str(&text),
            None => edits.push(at(offset, text)),
        }
    }
    edits
}
