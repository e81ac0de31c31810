//! The blocks of imports at the top of a module: runs of import statements that tools sort together.

use python::{Body, BodyId, Expr, ExprId, ImportId, Literal, Stmt, StmtId};
use source::Span;
use view::Context;

use super::start::{Start, start};
use crate::lines::Lines;

/// One import statement of the module's first imports.
#[derive(Debug, Clone)]
pub(crate) struct HeadStatement {
    pub(crate) imports: Vec<ImportId>,
    pub(crate) span: Span,
}

/// The statements of the first block of imports: those after the docstring with nothing but imports between them.
pub(crate) fn statements(cx: &Context<'_>) -> Vec<HeadStatement> {
    blocks(cx).into_iter().flatten().collect()
}

/// The same as runs, separated by `if TYPE_CHECKING:`, guarded imports, names like `__author__` and comments of import
/// sorters. None is empty.
pub(crate) fn blocks(cx: &Context<'_>) -> Vec<Vec<HeadStatement>> {
    blocks_from(cx, start(cx).as_ref())
}

/// The same with what must run before other imports already read: imports above and below it are the module's first.
pub(super) fn blocks_from(cx: &Context<'_>, start: Option<&Start>) -> Vec<Vec<HeadStatement>> {
    let Some(body) = cx.module.bodies.list.first() else { return Vec::new() };
    let is_import = |id: &StmtId| matches!(body[*id], Stmt::Import(_) | Stmt::Pass);
    let mut found: Vec<Vec<HeadStatement>> = vec![Vec::new()];
    let mut is_first = true;
    let mut split = Splits::default();
    for (index, id) in body.root.iter().enumerate() {
        match &body[*id] {
            Stmt::Import(ids) => {
                let Some(statement) = head_statement(cx, ids) else { continue };
                match split.before(cx, statement.span) {
                    Split::None => {}
                    Split::New => found.push(Vec::new()),
                    Split::Off => continue,
                }
                if let Some(block) = found.last_mut() {
                    block.push(statement);
                }
            }
            Stmt::Expr(expr) if is_first && matches!(body[*expr], Expr::Literal(Literal::Str(_))) => {}
            // `if TYPE_CHECKING:` and guarded imports within the block.
            Stmt::If { body, orelse, .. } if body.iter().chain(orelse).all(is_import) => {
                found.push(Vec::new());
            }
            Stmt::Try { body, handlers, orelse, finally }
                if body.iter().all(is_import)
                    && orelse.is_empty()
                    && finally.is_empty()
                    && handlers.len() == 1 =>
            {
                found.push(Vec::new());
            }
            // They precede the imports (PEP 8, "Module Level Dunder Names").
            stmt if is_about_module(body, stmt) => found.push(Vec::new()),
            _ if start.is_some_and(|start| index <= start.index) => found.push(Vec::new()),
            _ => break,
        }
        split.at = cx.module.spans.stmt(BodyId(0), *id).end;
        is_first = false;
    }
    found.retain(|block| !block.is_empty());
    found
}

/// Whether a statement only declares module metadata: `__version__ = "1.0"`.
fn is_about_module(body: &Body, stmt: &Stmt) -> bool {
    let Stmt::Assign { targets, value: Some(value), .. } = stmt else { return false };
    let is_dunder = |name: &str| name.len() > 4 && name.starts_with("__") && name.ends_with("__");
    let is_literal = |id: &ExprId| matches!(body[*id], Expr::Literal(_));
    let is_plain = match &body[*value] {
        Expr::Literal(_) => true,
        Expr::List(items) | Expr::Tuple(items) => items.iter().all(is_literal),
        _ => false,
    };
    is_plain && targets.iter().all(|target| matches!(&body[*target], Expr::Name(name) if is_dunder(name)))
}

/// The blocks of imports under `if TYPE_CHECKING:` at the top level.
pub(crate) fn guarded(cx: &Context<'_>) -> Vec<Vec<HeadStatement>> {
    let Some(body) = cx.module.bodies.list.first() else { return Vec::new() };
    let mut found = Vec::new();
    for id in &body.root {
        let Stmt::If { body: inner, .. } = &body[*id] else { continue };
        let mut block = Vec::new();
        for id in inner {
            let Stmt::Import(ids) = &body[*id] else { break };
            let is_guarded = |id: &ImportId| {
                cx.module.imports.list.get(id.0 as usize).is_some_and(|import| import.context.type_checking)
            };
            block.extend(head_statement(cx, ids).filter(|_| ids.iter().all(is_guarded)));
        }
        if !block.is_empty() {
            found.push(block);
        }
    }
    found
}

fn head_statement(cx: &Context<'_>, ids: &[ImportId]) -> Option<HeadStatement> {
    let first = cx.import(*ids.first()?)?;
    Some(HeadStatement { imports: ids.to_vec(), span: first.spans.statement })
}

/// Comments that separate imports for import sorters: `# isort: split`, `# isort: off` and `# isort: on`.
#[derive(Default)]
struct Splits {
    /// Where the last statement ended.
    at: u32,
    is_off: bool,
}

enum Split {
    None,
    New,
    Off,
}

impl Splits {
    /// The separators between the last statement and this one.
    fn before(&mut self, cx: &Context<'_>, span: Span) -> Split {
        let lines = Lines { text: cx.text.as_str() };
        let between = lines.slice(Span::new(self.at, span.start.max(self.at)));
        if !between.contains("isort:") {
            return if self.is_off { Split::Off } else { Split::None };
        }
        for line in between.lines().map(str::trim) {
            match line.trim_start_matches(['#', ' ']) {
                "isort: off" | "isort:off" if line.starts_with('#') => self.is_off = true,
                "isort: on" | "isort:on" if line.starts_with('#') => self.is_off = false,
                _ => {}
            }
        }
        if self.is_off { Split::Off } else { Split::New }
    }
}
