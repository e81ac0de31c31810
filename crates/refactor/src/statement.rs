//! One import statement as text: its names, and how it or some of them are removed.

use python::{Body, ImportId, ImportKind, Stmt, StmtId};
use source::{Span, TextEdit};
use view::Context;

use super::lines::Lines;
use super::removal::{self, Removed};

/// One import statement.
pub(super) struct Statement<'c> {
    cx: &'c Context<'c>,
    pub(super) lines: Lines<'c>,
    /// Its names, in source order.
    pub(super) imports: Vec<ImportId>,
    pub(super) span: Span,
}

impl<'c> Statement<'c> {
    /// The statement that `import` belongs to.
    pub(super) fn of(cx: &'c Context<'c>, import: ImportId) -> Option<Self> {
        let view = cx.import(import)?;
        let number = view.import.statement;
        let imports =
            cx.imports().filter(|other| other.import.statement == number).map(|other| other.id).collect();
        let lines = Lines { text: cx.text.as_str() };
        let span = view.spans.statement;
        (!span.is_empty() && !lines.slice(span).is_empty()).then_some(Self { cx, lines, imports, span })
    }

    /// A name of it as written, with its alias.
    pub(super) fn item(&self, import: ImportId) -> &'c str {
        self.lines.slice(self.cx.module.spans.import(import).item)
    }

    /// `from ..a.b` as written, for a statement of that form.
    pub(super) fn clause(&self) -> Option<String> {
        let import = &self.cx.module.imports[*self.imports.first()?];
        matches!(import.kind, ImportKind::From | ImportKind::Star)
            .then(|| format!("from {}{}", ".".repeat(usize::from(import.level)), import.module))
    }

    /// A comment after it that must move with it.
    pub(super) fn type_comment(&self) -> Option<&'c str> {
        let comment = self.lines.after(self.span.end).trim();
        (comment.starts_with("# type:") || comment.starts_with("# pyright:")).then_some(comment)
    }

    /// Removes some of its names, or all.
    pub(super) fn without(&self, gone: &[ImportId]) -> Option<Vec<TextEdit>> {
        if self.imports.iter().all(|import| gone.contains(import)) {
            return Some(vec![self.without_all(gone)?]);
        }
        let spans: Vec<(Span, bool)> = self
            .imports
            .iter()
            .map(|import| (self.cx.module.spans.import(*import).item, gone.contains(import)))
            .collect();
        let last_kept = spans.iter().rposition(|(_, is_gone)| !is_gone)?;
        let mut edits = Vec::new();
        for (index, (span, is_gone)) in spans[..last_kept].iter().enumerate() {
            if *is_gone {
                edits.push(delete(Span::new(span.start, spans[index + 1].0.start)));
            }
        }
        let (kept, last) = (spans[last_kept].0, spans.last()?.0);
        if kept != last {
            edits.push(delete(Span::new(kept.end, last.end)));
        }
        Some(edits)
    }

    /// The edits that remove it, and the comment above that goes along to its new place: one that names what is imported,
    /// if `takes_comments`. Comments about its place alone are removed.
    pub(super) fn leaving(&self, takes_comments: bool) -> Option<(Vec<TextEdit>, Vec<&'c str>)> {
        let said = self.said_above();
        if said.is_empty() || takes_comments && self.is_named_in(&said) {
            Some((self.without_comment()?, said))
        } else {
            Some((self.without(&self.imports)?, Vec::new()))
        }
    }

    /// Removes all of its names, and the comment above that is about it alone.
    pub(super) fn without_comment(&self) -> Option<Vec<TextEdit>> {
        let comment = self.comment_above();
        Some(vec![self.removed(&self.imports, comment.map(|comment| comment.start))?])
    }

    /// The comment directly above that is about this statement alone: what follows it is something else. A comment above
    /// several imports is about all of them, unless it names only what this one binds.
    pub(super) fn comment_above(&self) -> Option<Span> {
        let lines = self.lines;
        let indentation = lines.before(self.span.start);
        if !indentation.trim().is_empty() {
            return None;
        }
        let others: Vec<Self> = std::iter::successors(self.import_below(), Self::import_below).collect();
        let last = others.last().map_or(self.span, |statement| statement.span);
        let below = lines.line(lines.next(last.end));
        let goes_on = lines.next(last.end) < lines.text.len() as u32
            && below.starts_with(indentation)
            && !below[indentation.len()..].starts_with([' ', '\t', '#', '\r', '\n'])
            && !below.trim().is_empty();
        if goes_on {
            return None;
        }
        let mut at = lines.start(self.span.start);
        let end = at;
        while at > 0 {
            let before = lines.start(at - 1);
            let comment = lines.line(before).strip_prefix(indentation).filter(|rest| rest.starts_with('#'));
            if comment.is_none_or(|comment| self.is_written_by_sorter(comment)) {
                break;
            }
            at = before;
        }
        // At the start of the file it is about the file.
        let comment = (at > 0 && at < end).then(|| Span::new(at, end))?;
        let said: Vec<&str> = lines.slice(comment).lines().collect();
        let is_its_own = others.is_empty()
            || self.is_named_in(&said) && !others.iter().any(|statement| statement.is_named_in(&said));
        is_its_own.then_some(comment)
    }

    /// The import statement on the line right below, in the same block.
    fn import_below(&self) -> Option<Self> {
        let (lines, indentation) = (self.lines, self.lines.before(self.span.start));
        let below = lines.next(self.span.end);
        let start = below + indentation.len() as u32;
        let next = self.cx.imports().find(|view| view.spans.statement.start == start)?;
        lines.line(below).starts_with(indentation).then(|| Self::of(self.cx, next.id))?
    }

    /// The lines of the comment above that it takes along; empty if there is none, or if it is only about the place of the
    /// import.
    fn said_above(&self) -> Vec<&'c str> {
        let Some(span) = self.comment_above() else { return Vec::new() };
        let said: Vec<&str> = self.lines.slice(span).lines().map(str::trim).collect();
        if said.iter().all(|line| is_directive(line) || !outlives_the_import(line)) {
            Vec::new()
        } else {
            said
        }
    }

    /// Whether a comment names what is bound. Others are about what follows: a word that is a part of the module's name
    /// (`shop`, `services`) says nothing of the import.
    fn is_named_in(&self, comment: &[&str]) -> bool {
        let words: Vec<String> = comment
            .iter()
            .flat_map(|line| line.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')))
            .map(str::to_lowercase)
            .collect();
        self.imports.iter().any(|id| {
            let bound = self.cx.module.imports[*id].bound_name();
            bound.is_some_and(|name| words.contains(&name.to_lowercase()))
        })
    }

    fn without_all(&self, gone: &[ImportId]) -> Option<TextEdit> {
        self.removed(gone, None)
    }

    fn removed(&self, gone: &[ImportId], comment: Option<u32>) -> Option<TextEdit> {
        let (lines, span) = (self.lines, self.span);
        let block = self.block()?;
        // A comment among the names is about them, and would be lost.
        let says_something = |line: &str| line.find('#').is_some_and(|at| !is_directive(&line[at..]));
        if lines.slice(span).lines().any(says_something) {
            return None;
        }
        let comment = self.tool_comments_above(comment.unwrap_or(lines.start(span.start))).or(comment);
        if block.is_emptied(gone) {
            let start = comment.map_or(span.start, |at| at + lines.before(span.start).len() as u32);
            return Some(TextEdit { span: Span::new(start, span.end), insert: "pass".to_owned() });
        }
        let (before, after) = (lines.before(span.start), lines.after(span.end));
        let rest = after.trim_start();
        if let Some(next) = rest.strip_prefix(';') {
            let next_statement = next.trim_start();
            if !next_statement.is_empty() && !next_statement.starts_with('#') {
                return Some(delete(Span::new(
                    span.start,
                    lines.end(span.end) - next_statement.len() as u32,
                )));
            }
        } else if !rest.is_empty() && !rest.starts_with('#') {
            return None;
        }
        if !before.trim().is_empty() {
            // `first(); from a import b`: up to the semicolon before it.
            let semicolon = before.trim_end().strip_suffix(';')?;
            return Some(delete(Span::new(
                lines.start(span.start) + semicolon.trim_end().len() as u32,
                span.end,
            )));
        }
        if rest.starts_with('#') && outlives_the_import(rest) {
            // The comment is a heading of what follows.
            let mut end = lines.next(span.end);
            while block.is_first && end < lines.text.len() as u32 && lines.line(end).trim().is_empty() {
                end = lines.next(end);
            }
            let insert = format!("{rest}{}", lines.ending());
            return Some(TextEdit { span: Span::new(span.start, end), insert });
        }
        let removed = Span::new(comment.unwrap_or(span.start), span.end);
        let it = Removed { span: removed, is_first: block.is_first, is_top_level: block.is_top_level };
        Some(removal::take_out(lines, it))
    }

    /// The start of the comments above `from` that are only for tools, or that a sorter writes above each section, and are
    /// removed with it. An import right below keeps them.
    fn tool_comments_above(&self, from: u32) -> Option<u32> {
        if self.import_below().is_some() {
            return None;
        }
        let lines = self.lines;
        let mut at = from;
        let indentation = lines.before(self.span.start);
        let mut found = None;
        while at > 0 {
            let before = lines.start(at - 1);
            let line = lines.line(before);
            let comment = line.strip_prefix(indentation).filter(|rest| rest.starts_with('#'));
            if !comment.is_some_and(|comment| is_directive(comment) || self.is_written_by_sorter(comment)) {
                break;
            }
            found = Some(before);
            at = before;
        }
        found
    }

    /// Whether a comment is one that the project's import sorter writes above a section.
    fn is_written_by_sorter(&self, comment: &str) -> bool {
        self.cx.formatting().imports.iter().any(|style| style.is_heading(comment.trim_end()))
    }

    /// The block that contains it.
    pub(super) fn block(&self) -> Option<Block> {
        let import = *self.imports.first()?;
        self.cx.module.bodies.list.iter().find_map(|body| {
            let is_this = |id: &StmtId| matches!(&body[*id], Stmt::Import(ids) if ids.contains(&import));
            let block = blocks(body).find(|block| block.iter().any(is_this))?;
            let imports = block.iter().map(|id| match &body[*id] {
                Stmt::Import(ids) => Some(ids.to_vec()),
                _ => None,
            });
            let is_top_level = body.owner == python::BodyOwner::Module && *block == *body.root;
            Some(Block { is_first: is_this(&block[0]), is_top_level, imports: imports.collect() })
        })
    }
}

/// The block that contains a statement.
pub(super) struct Block {
    /// Whether the statement is the first.
    is_first: bool,
    /// Whether it is the module itself, which may be empty.
    is_top_level: bool,
    /// By statement: its imports, `None` for other statements.
    pub(super) imports: Box<[Option<Vec<ImportId>>]>,
}

impl Block {
    /// Whether it is empty without these imports: then its first statement leaves a placeholder.
    fn is_emptied(&self, gone: &[ImportId]) -> bool {
        let is_gone = |ids: &Option<Vec<ImportId>>| {
            ids.as_ref().is_some_and(|ids| ids.iter().all(|id| gone.contains(id)))
        };
        self.is_first && !self.is_top_level && self.imports.iter().all(is_gone)
    }
}

fn blocks(body: &Body) -> impl Iterator<Item = &[StmtId]> {
    let nested = body.stmts.iter().flat_map(|stmt| -> Vec<&[StmtId]> {
        match stmt {
            Stmt::If { body, orelse, .. }
            | Stmt::For { body, orelse, .. }
            | Stmt::While { body, orelse, .. } => {
                vec![body, orelse]
            }
            Stmt::With { body, .. } => vec![body],
            Stmt::Try { body, handlers, orelse, finally } => {
                let handlers = handlers.iter().map(|handler| &*handler.body);
                [&**body, &**orelse, &**finally].into_iter().chain(handlers).collect()
            }
            Stmt::Match { cases, .. } => cases.iter().map(|case| &*case.body).collect(),
            _ => Vec::new(),
        }
    });
    std::iter::once(&*body.root).chain(nested)
}

/// Comments about the import's place are removed with it; others stay.
fn outlives_the_import(comment: &str) -> bool {
    let comment = comment.to_ascii_lowercase();
    let of_its_place = [
        "noqa",
        "pylint",
        "type:",
        "pyright:",
        "architrave:",
        "isort",
        "circular",
        "cycl",
        "lazy",
        "local import",
        "inline import",
        "import here",
        "late import",
    ];
    !of_its_place.iter().any(|word| comment.contains(word))
}

/// Whether a comment is only for a tool: `# noqa: PLC0415`.
fn is_directive(comment: &str) -> bool {
    let text = comment.trim_start_matches(['#', ' ']).to_ascii_lowercase();
    let tools = [
        "noqa",
        "pylint:",
        "type: ignore",
        "pyright:",
        "ruff:",
        "flake8:",
        "isort:",
        "fmt:",
        "nosec",
        "pragma:",
    ];
    tools.iter().any(|tool| text.starts_with(tool))
}

fn delete(span: Span) -> TextEdit {
    TextEdit { span, insert: String::new() }
}
