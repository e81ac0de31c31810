//! Where an import goes at the head of a module: beside its like, in order where there is one.

use model::Target;
use python::{Expr, ImportId, ImportKind, Literal, Stmt};
use source::{Span, TextEdit};

use super::lines::Lines;
use crate::Context;

/// Longest line that merging or writing an import may make.
const LINE: usize = 88;

/// An import of this project to be written.
pub(super) struct NewImport {
    /// `from a.b`, or nothing for `import a.b`.
    clause: Option<String>,
    /// The names with their aliases; for `import a.b as c` the module.
    items: Vec<String>,
    comment: Option<String>,
}

impl NewImport {
    pub(super) fn from(clause: String, items: Vec<&str>, comment: Option<&str>) -> Self {
        Self {
            clause: Some(clause),
            items: items.into_iter().map(str::to_owned).collect(),
            comment: comment.map(str::to_owned),
        }
    }

    pub(super) fn module(item: &str) -> Self {
        Self { clause: None, items: vec![item.to_owned()], comment: None }
    }

    /// The statement, indented by `indentation` in all its lines.
    pub(super) fn statement(&self, indentation: &str, ending: &str) -> String {
        let comment = self.comment.as_ref().map(|comment| format!("  {comment}")).unwrap_or_default();
        let Some(clause) = &self.clause else {
            return format!("{indentation}import {}", self.items.join(", "));
        };
        let flat = format!("{indentation}{clause} import {}", self.items.join(", "));
        if flat.len() <= LINE {
            return flat + &comment;
        }
        let items = self.items.join(&format!(",{ending}{indentation}    "));
        format!(
            "{indentation}{clause} import ({comment}{ending}{indentation}    {items},{ending}{indentation})"
        )
    }

    fn is_relative(&self) -> bool {
        self.clause.as_deref().is_some_and(|clause| clause.starts_with("from ."))
    }

    /// What the order at the head goes by.
    fn key(&self) -> String {
        let module =
            self.clause.as_deref().and_then(|clause| clause.strip_prefix("from ")).unwrap_or(&self.items[0]);
        module.to_lowercase()
    }
}

/// One import statement of the module's first block of imports.
pub(super) struct HeadStatement {
    pub(super) imports: Vec<ImportId>,
    pub(super) span: Span,
    pub(super) is_of_project: bool,
    is_standard: bool,
}

/// The edits that put `new` at the head.
pub(super) fn insert(cx: &Context<'_>, new: &NewImport) -> Vec<TextEdit> {
    let lines = Lines { text: cx.text.as_str() };
    let head = statements(cx);
    if let Some(edits) = merge(cx, lines, &head, new) {
        return edits;
    }
    let ending = lines.ending();
    let statement = new.statement("", ending);
    let of_project: Vec<&HeadStatement> = head.iter().filter(|other| other.is_of_project).collect();
    let alike: Vec<&HeadStatement> = of_project
        .iter()
        .copied()
        .filter(|other| {
            is_from(cx, other) == new.clause.is_some() && is_relative(cx, other) == new.is_relative()
        })
        .collect();
    let first_relative = of_project.iter().copied().find(|other| is_relative(cx, other));
    let edit = if let Some(before) = first_greater(cx, &alike, new) {
        at(lines.start(before.span.start), format!("{statement}{ending}"))
    } else if let Some(after) = alike.last() {
        below(lines, after.span.end, &statement, "")
    } else if let Some(before) = first_relative.filter(|_| !new.is_relative()) {
        at(lines.start(before.span.start), format!("{statement}{ending}"))
    } else if let Some(after) = of_project.last() {
        below(lines, after.span.end, &statement, "")
    } else if let Some(after) = head.last() {
        below(lines, after.span.end, &statement, ending)
    } else {
        first(lines, cx.module.spans.import_insertion, &statement)
    };
    vec![edit]
}

/// The edits that put `new`, an import of an installed distribution, at the head: into a statement of the same module,
/// below its like, before what is the project's own.
pub(super) fn insert_third_party(cx: &Context<'_>, new: &NewImport) -> Vec<TextEdit> {
    let lines = Lines { text: cx.text.as_str() };
    let head = statements(cx);
    if let Some(edits) = merge(cx, lines, &head, new) {
        return edits;
    }
    let ending = lines.ending();
    let statement = new.statement("", ending);
    let foreign: Vec<&HeadStatement> =
        head.iter().filter(|other| !other.is_of_project && !other.is_standard).collect();
    let edit = if let Some(before) = first_greater(cx, &foreign, new) {
        at(lines.start(before.span.start), format!("{statement}{ending}"))
    } else if let Some(after) = foreign.last() {
        below(lines, after.span.end, &statement, "")
    } else if let Some(before) = head.iter().find(|other| other.is_of_project) {
        at(lines.start(before.span.start), format!("{statement}{ending}{ending}"))
    } else if let Some(after) = head.last() {
        below(lines, after.span.end, &statement, ending)
    } else {
        first(lines, cx.module.spans.import_insertion, &statement)
    };
    vec![edit]
}

/// The edits that put `new`, an import of the standard library, at the head.
pub(super) fn insert_standard(cx: &Context<'_>, new: &NewImport) -> Vec<TextEdit> {
    let lines = Lines { text: cx.text.as_str() };
    let head = statements(cx);
    if let Some(edits) = merge(cx, lines, &head, new) {
        return edits;
    }
    let (ending, statement) = (lines.ending(), new.statement("", lines.ending()));
    let is_future = |other: &&HeadStatement| cx.module.imports[other.imports[0]].module == "__future__";
    let standard: Vec<&HeadStatement> = head.iter().filter(|other| other.is_standard).collect();
    let alike: Vec<&HeadStatement> =
        standard.iter().copied().filter(|other| is_from(cx, other) == new.clause.is_some()).collect();
    // `import a` comes before `from a import b`.
    let first_from = standard.iter().copied().find(|other| is_from(cx, other) && new.clause.is_none());
    let edit = if let Some(before) = first_greater(cx, &alike, new) {
        at(lines.start(before.span.start), format!("{statement}{ending}"))
    } else if let Some(after) = alike.last() {
        below(lines, after.span.end, &statement, "")
    } else if let Some(before) = first_from {
        at(lines.start(before.span.start), format!("{statement}{ending}"))
    } else if let Some(after) = standard.last() {
        below(lines, after.span.end, &statement, "")
    } else if let Some(before) = head.iter().find(|other| !is_future(other)) {
        at(lines.start(before.span.start), format!("{statement}{ending}{ending}"))
    } else if let Some(future) = head.last() {
        below(lines, future.span.end, &statement, ending)
    } else {
        first(lines, cx.module.spans.import_insertion, &statement)
    };
    vec![edit]
}

/// The edits that add `new` to an import under `if TYPE_CHECKING:` of the same module, where there is one.
pub(super) fn merge_guarded(cx: &Context<'_>, new: &NewImport) -> Option<Vec<TextEdit>> {
    let lines = Lines { text: cx.text.as_str() };
    let mut guarded: Vec<HeadStatement> = Vec::new();
    for view in cx.imports().filter(|view| view.import.context.type_checking) {
        let ids: Vec<ImportId> = cx
            .imports()
            .filter(|other| other.import.statement == view.import.statement)
            .map(|other| other.id)
            .collect();
        guarded.extend(head_statement(cx, &ids));
    }
    merge(cx, lines, &guarded, new)
}

/// The statements of the first block of imports: those after the docstring with nothing but imports between them.
pub(super) fn statements(cx: &Context<'_>) -> Vec<HeadStatement> {
    let Some(body) = cx.module.bodies.list.first() else { return Vec::new() };
    let is_import = |id: &python::StmtId| matches!(body[*id], Stmt::Import(_) | Stmt::Pass);
    let mut found = Vec::new();
    for id in &body.root {
        match &body[*id] {
            Stmt::Import(ids) => found.extend(head_statement(cx, ids)),
            Stmt::Expr(expr) if found.is_empty() && matches!(body[*expr], Expr::Literal(Literal::Str(_))) => {
            }
            // `if TYPE_CHECKING:` and guarded imports in the midst of the block.
            Stmt::If { body, orelse, .. } if body.iter().chain(orelse).all(is_import) => {}
            Stmt::Try { body, handlers, orelse, finally }
                if body.iter().all(is_import)
                    && orelse.is_empty()
                    && finally.is_empty()
                    && handlers.len() == 1 => {}
            _ => break,
        }
    }
    found
}

fn head_statement(cx: &Context<'_>, ids: &[ImportId]) -> Option<HeadStatement> {
    let first = cx.import(*ids.first()?)?;
    let is_of_project = first.import.level > 0
        || matches!(
            first.resolved.target,
            Target::Module(_) | Target::Symbol { .. } | Target::Namespace(_) | Target::Missing(_)
        );
    let is_standard =
        matches!(first.resolved.target, Target::Standard(_)) && first.import.module != "__future__";
    Some(HeadStatement { imports: ids.to_vec(), span: first.spans.statement, is_of_project, is_standard })
}

fn is_from(cx: &Context<'_>, statement: &HeadStatement) -> bool {
    statement
        .imports
        .first()
        .is_some_and(|id| matches!(cx.module.imports[*id].kind, ImportKind::From | ImportKind::Star))
}

fn is_relative(cx: &Context<'_>, statement: &HeadStatement) -> bool {
    statement.imports.first().is_some_and(|id| cx.module.imports[*id].level > 0)
}

/// The statement that `new` goes before, where those of its kind are in order.
fn first_greater<'h>(
    cx: &Context<'_>,
    alike: &[&'h HeadStatement],
    new: &NewImport,
) -> Option<&'h HeadStatement> {
    let keys: Vec<String> = alike
        .iter()
        .map(|statement| {
            let import = &cx.module.imports[statement.imports[0]];
            format!("{}{}", ".".repeat(usize::from(import.level)), import.module).to_lowercase()
        })
        .collect();
    if !keys.is_sorted() {
        return None;
    }
    let key = new.key();
    keys.iter().position(|other| *other > key).map(|index| alike[index])
}

/// Adds the names to a statement of the same module, where that is simple.
fn merge(
    cx: &Context<'_>,
    lines: Lines<'_>,
    head: &[HeadStatement],
    new: &NewImport,
) -> Option<Vec<TextEdit>> {
    let clause = new.clause.as_deref()?;
    if new.comment.is_some() {
        return None;
    }
    let statement = head.iter().find(|other| {
        let import = &cx.module.imports[other.imports[0]];
        import.kind == ImportKind::From
            && format!("from {}{}", ".".repeat(usize::from(import.level)), import.module) == clause
    })?;
    let text = lines.slice(statement.span);
    if text.contains('\\') || text.contains('#') || !lines.after(statement.span.end).trim().is_empty() {
        return None;
    }
    let items: Vec<Span> = statement.imports.iter().map(|id| cx.module.spans.import(*id).item).collect();
    let (first, last) = (*items.first()?, *items.last()?);
    if text.contains('\n') {
        // One name a line, or it is not simple.
        let indentation = lines.indentation(first.start);
        let one_a_line = items.iter().all(|item| lines.before(item.start) == indentation);
        if !one_a_line || indentation.is_empty() {
            return None;
        }
        return Some(place(lines, &items, last, new, &format!(",{}{indentation}", lines.ending())));
    }
    let added: usize = new.items.iter().map(|item| item.len() + 2).sum();
    if lines.line(lines.start(statement.span.start)).len() + added > LINE {
        return None;
    }
    Some(place(lines, &items, last, new, ", "))
}

/// Puts each name before the first that is greater, where the names are in order, else behind the last. Two orders are
/// usual: constants before classes before functions (isort, ruff), and that of the alphabet.
fn place(lines: Lines<'_>, items: &[Span], last: Span, new: &NewImport, separator: &str) -> Vec<TextEdit> {
    let written: Vec<&str> = items.iter().map(|span| lines.slice(*span)).collect();
    let orders: [Order; 2] = [by_kind, by_letter];
    let order = orders.into_iter().find(|key| written.iter().map(|item| key(item)).is_sorted());
    new.items
        .iter()
        .map(|item| {
            let next = order.and_then(|key| written.iter().position(|other| key(other) > key(item)));
            match next {
                Some(index) => at(items[index].start, format!("{item}{separator}")),
                None => at(last.end, format!("{separator}{item}")),
            }
        })
        .collect()
}

/// What an order goes by.
type Order = fn(&str) -> (u8, String);

fn by_letter(item: &str) -> (u8, String) {
    (0, item.to_lowercase())
}

fn by_kind(item: &str) -> (u8, String) {
    let name = item.split_whitespace().next().unwrap_or_default();
    let is_constant = name.len() > 1 && !name.contains(|char: char| char.is_lowercase());
    let is_class = name.trim_start_matches('_').starts_with(|char: char| char.is_uppercase());
    let rank = match (is_constant, is_class) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    };
    (rank, item.to_lowercase())
}

/// The line below that of `offset`, after `gap`.
pub(super) fn below(lines: Lines<'_>, offset: u32, statement: &str, gap: &str) -> TextEdit {
    let (next, ending) = (lines.next(offset), lines.ending());
    if lines.text[..next as usize].ends_with('\n') {
        at(next, format!("{gap}{statement}{ending}"))
    } else {
        at(next, format!("{ending}{gap}{statement}{ending}"))
    }
}

/// The module's first import, at `offset` or behind the comments that begin the file.
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
    // Two lines part a definition from what stands above it (PEP 8).
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
