//! Where an import goes at the top of a module: where the project's import sorter would put it, or else beside similar
//! ones.

mod blocks;
mod merge;
mod place;
mod resort;
mod start;
mod write;

use config::{ImportSection as Section, Sorter};
use libraries::ComesFirst;
use python::ImportId;
use source::{Span, TextEdit};
use view::Context;

pub(super) use blocks::{HeadStatement, blocks, guarded, statements};
pub(super) use resort::resorted;
pub(super) use start::full_name;
pub(super) use write::statement_text;

use super::lines::Lines;
use super::rewrite::Home;
use super::sorting::{ImportLine, Sorting, is_alias};
use super::statement::Statement;

/// An import to be inserted.
#[derive(Debug, Clone)]
pub(super) struct NewImport {
    /// `from a.b`, or `None` for `import a.b`.
    clause: Option<String>,
    /// The names with their aliases; for `import a.b as c` the module.
    items: Vec<String>,
    comment: Option<String>,
    /// The lines of a comment above it.
    above: Vec<String>,
}

impl NewImport {
    pub(super) fn from(clause: String, items: Vec<&str>, comment: Option<&str>) -> Self {
        Self {
            clause: Some(clause),
            items: items.into_iter().map(str::to_owned).collect(),
            comment: comment.map(str::to_owned),
            above: Vec::new(),
        }
    }

    /// The same below the lines of a comment.
    pub(super) fn below(self, above: &[&str]) -> Self {
        Self { above: above.iter().map(|line| (*line).to_owned()).collect(), ..self }
    }

    pub(super) fn module(item: &str) -> Self {
        Self { clause: None, items: vec![item.to_owned()], comment: None, above: Vec::new() }
    }

    fn line(&self) -> ImportLine {
        ImportLine::new(self.clause.as_deref(), self.items.clone())
    }

    /// The statements that the sorting rules make of it, in order: names with aliases, or all names, may need their
    /// own.
    fn split(&self, sorting: &Sorting<'_>) -> Vec<NewImport> {
        let mut items = self.items.clone();
        items.sort_by_key(|item| sorting.member_key(item));
        let Some(clause) = &self.clause else { return vec![self.clone()] };
        let is_single = sorting.is_single_line(&self.line().module);
        let mut parts: Vec<NewImport> = Vec::new();
        for item in items {
            let is_alone = is_single || (is_alias(&item) && !sorting.style.combine_as);
            let joins = |part: &&mut NewImport| !is_alone && !part.is_alone(sorting);
            // isort doesn't merge statements across a name with an alias.
            let open = if sorting.style.sorter == Sorter::Isort { parts.len().saturating_sub(1) } else { 0 };
            match parts[open..].iter_mut().find(joins) {
                Some(part) => part.items.push(item),
                None => parts.push(NewImport {
                    clause: Some(clause.clone()),
                    items: vec![item],
                    comment: self.comment.clone(),
                    above: if parts.is_empty() { self.above.clone() } else { Vec::new() },
                }),
            }
        }
        parts
    }

    fn is_alone(&self, sorting: &Sorting<'_>) -> bool {
        sorting.is_single_line(&self.line().module)
            || (!sorting.style.combine_as && self.items.iter().any(|item| is_alias(item)))
    }
}

/// The edits that insert `new`, an import of this project, at the top.
pub(super) fn insert(cx: &Context<'_>, new: &NewImport) -> Vec<TextEdit> {
    insert_all(cx, std::slice::from_ref(new), Home::Project)
}

/// The edits that insert `new`, an import of an installed distribution, at the top.
pub(super) fn insert_third_party(cx: &Context<'_>, new: &NewImport) -> Vec<TextEdit> {
    insert_all(cx, std::slice::from_ref(new), Home::ThirdParty)
}

/// The edits that insert `new`, an import of the standard library, at the top.
pub(super) fn insert_standard(cx: &Context<'_>, new: &NewImport) -> Vec<TextEdit> {
    insert_all(cx, std::slice::from_ref(new), Home::Standard)
}

/// The edits that insert several imports at the top, all of one origin.
pub(super) fn insert_all(cx: &Context<'_>, new: &[NewImport], home: Home) -> Vec<TextEdit> {
    insert_without(cx, new, home, None)
}

/// The same if other edits remove the statement `gone`.
pub(super) fn insert_without(
    cx: &Context<'_>,
    new: &[NewImport],
    home: Home,
    gone: Option<Span>,
) -> Vec<TextEdit> {
    let start = start::start(cx);
    let mut blocks = blocks::blocks_from(cx, start.as_ref());
    let sorting = Sorting::of(cx, &blocks);
    for block in &mut blocks {
        block.retain(|statement| Some(statement.span) != gone);
    }
    let lines = Lines { text: cx.text.as_str() };
    let mut edits = Vec::new();
    let mut rest = Vec::new();
    for part in new.iter().flat_map(|import| import.split(&sorting)) {
        match merge::merge(cx, lines, &blocks, &sorting, &part, "") {
            Some(merged) => edits.extend(merged),
            None => rest.push(part),
        }
    }
    if rest.is_empty() {
        return edits;
    }
    // A statement that is joined above is loaded there anyway; a new one comes below what must run first.
    let start = start.filter(|start| start.concerns == ComesFirst::BeforeAll || home == Home::Project);
    if let Some(start) = &start {
        blocks.retain(|block| block.iter().all(|statement| statement.span.start >= start.end));
    }
    let at = start.map_or(cx.module.spans.import_insertion, |start| lines.next(start.end));
    let Some(block) = place::block_for(&blocks, &sorting, &rest[0].line(), home) else {
        let text: Vec<String> =
            rest.iter().map(|part| statement_text(part, &sorting.layout, "", lines.ending())).collect();
        let text = text.join(lines.ending());
        let section = place::section_of(&sorting, &rest[0].line(), home);
        let text = place::with_heading(&sorting, &section, &text, ("", lines.ending()));
        edits.push(first(lines, at, &text));
        return edits;
    };
    edits.extend(place::place(lines, block, &sorting, &rest, home, ""));
    edits
}

/// The edits that insert `new` in sort order and remove `old` from its statement; `None` if the imports are unsorted,
/// or the new statement can take the old one's place.
pub(super) fn replaced(
    cx: &Context<'_>,
    statement: &Statement<'_>,
    old: ImportId,
    new: &NewImport,
) -> Option<Vec<TextEdit>> {
    let lines = Lines { text: cx.text.as_str() };
    let blocks = blocks(cx);
    let is_whole = statement.imports.len() == 1;
    let is_at_top_level = blocks.iter().flatten().any(|other| other.span == statement.span);
    let is_plain = lines.after(statement.span.end).trim().is_empty()
        && !lines.slice(statement.span).contains(['#', '\\']);
    if !is_at_top_level || !is_plain || !Sorting::of(cx, &blocks).is_sorted {
        return None;
    }
    let gone = is_whole.then_some(statement.span);
    let mut edits = insert_without(cx, std::slice::from_ref(new), Home::Project, gone);
    let (start, end) = (lines.start(statement.span.start), lines.next(statement.span.end));
    let is_beside = |edit: &TextEdit| {
        let at = edit.span.start;
        let between = if at <= start { Span::new(at, start) } else { Span::new(end.min(at), at) };
        edit.span.is_empty() && lines.slice(between).trim().is_empty()
    };
    if is_whole && matches!(&*edits, [one] if is_beside(one)) {
        return None;
    }
    edits.extend(statement.without(&[old])?);
    source::apply_edits(lines.text, &edits).is_some().then(|| joined(edits))
}

/// The edits that insert `new` under the module's `if TYPE_CHECKING:`; `None` if there is no suitable one.
pub(super) fn insert_guarded(cx: &Context<'_>, new: &NewImport) -> Option<Vec<TextEdit>> {
    let lines = Lines { text: cx.text.as_str() };
    let mut blocks = guarded(cx);
    blocks.retain(|block| {
        block.iter().all(|statement| {
            let before = lines.before(statement.span.start);
            !before.is_empty() && before.trim().is_empty()
        })
    });
    let first = blocks.first()?.first()?;
    let indentation = lines.before(first.span.start).to_owned();
    let sorting = Sorting::of(cx, &blocks);
    let mut edits = Vec::new();
    let mut rest = Vec::new();
    for part in new.split(&sorting) {
        match merge::merge(cx, lines, &blocks, &sorting, &part, &indentation) {
            Some(merged) => edits.extend(merged),
            None => rest.push(part),
        }
    }
    if let Some(part) = rest.first() {
        let home =
            if sorting.section(&part.line()) == Section::Standard { Home::Standard } else { Home::Project };
        let block = place::block_for(&blocks, &sorting, &part.line(), home)?;
        edits.extend(place::place(lines, block, &sorting, &rest, home, &indentation));
    }
    Some(edits)
}

/// The statement as written in a module without similar imports, with every line indented by `indentation`.
pub(super) fn written(cx: &Context<'_>, new: &NewImport, indentation: &str) -> String {
    let lines = Lines { text: cx.text.as_str() };
    let sorting = Sorting::of(cx, &blocks(cx));
    let parts = new.split(&sorting);
    let texts: Vec<String> =
        parts.iter().map(|part| statement_text(part, &sorting.layout, indentation, lines.ending())).collect();
    texts.join(lines.ending())
}

/// The indentation of one level in the module's file, and the minimum number of blank lines below its imports.
pub(super) fn indentation_and_gap(cx: &Context<'_>) -> (String, usize) {
    let sorting = Sorting::of(cx, &blocks(cx));
    // black removes the extra lines that isort would keep.
    let is_taken_back = sorting.style.sorter == Sorter::Isort && cx.formatting().line_length.is_some();
    let lines_after = sorting.style.lines_after.filter(|_| !is_taken_back);
    (sorting.layout.indentation, lines_after.unwrap_or(1).max(1))
}

/// The same with insertions at one position merged, in order.
pub(super) fn joined(edits: Vec<TextEdit>) -> Vec<TextEdit> {
    let mut joined: Vec<TextEdit> = Vec::new();
    for edit in edits {
        let is_same = |other: &&mut TextEdit| other.span.is_empty() && other.span == edit.span;
        match joined.iter_mut().find(is_same) {
            Some(other) => other.insert.push_str(&edit.insert),
            None => joined.push(edit),
        }
    }
    joined
}

/// An edit that inserts a line below that of `offset`, after `gap`.
pub(super) fn below(lines: Lines<'_>, offset: u32, statement: &str, gap: &str) -> TextEdit {
    let (next, ending) = (lines.next(offset), lines.ending());
    if lines.text[..next as usize].ends_with('\n') {
        at(next, format!("{gap}{statement}{ending}"))
    } else {
        at(next, format!("{ending}{gap}{statement}{ending}"))
    }
}

/// The module's first import, at `offset` or after the comments at the start of the file.
pub(super) fn first(lines: Lines<'_>, offset: u32, statement: &str) -> TextEdit {
    let (mut offset, ending) = (offset, lines.ending());
    while offset < lines.text.len() as u32 && lines.line(offset).starts_with('#') {
        offset = lines.next(offset);
    }
    let above = lines.text.get(..offset as usize).unwrap_or_default();
    let gap_above =
        if above.is_empty() || above.ends_with("\n\n") || above.ends_with("\n\r\n") { "" } else { ending };
    let broken = if above.is_empty() || above.ends_with('\n') { "" } else { ending };
    let below = if offset as usize >= lines.text.len() { "" } else { lines.line(offset) };
    // Two blank lines precede a definition (PEP 8).
    let is_definition = ["def ", "class ", "async def ", "@"].iter().any(|start| below.starts_with(start));
    let gap_below = match below.trim() {
        "" => String::new(),
        _ if is_definition => ending.repeat(2),
        _ => ending.to_owned(),
    };
    at(offset, format!("{broken}{gap_above}{statement}{ending}{gap_below}"))
}

fn at(offset: u32, insert: String) -> TextEdit {
    TextEdit { span: Span::new(offset, offset), insert }
}
