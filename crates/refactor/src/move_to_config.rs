//! Moves a module's environment variable into the project's configuration: a field of its settings, or a constant
//! beside the others, which the module then uses.
//!
//! The value is then read when the configuration is imported. A read that fails if its variable is missing is moved
//! only if it already failed at import time.

mod place;

use python::{BodyId, BodyOwner, Expr, ExprId, Literal, Name, Stmt};
use source::{Span, TextEdit};
use view::environment::{Missing, Read, reads};
use view::scope::Names;
use view::{Context, MoveToConfig};

use self::place::{Kind, Place};
use super::lines::Lines;
use super::rewrite::{At, FileRewrite, Home, Import, Rewrite};
use super::{Abilities, Changes, Refusal};

/// What is moved, and where to.
struct Plan {
    /// The environment variable.
    variable: Name,
    /// All reads of it in the module.
    reads: Vec<(BodyId, ExprId)>,
    missing: Missing,
    /// The default as written.
    default: Option<String>,
    /// The module-level statement `X = os.getenv("X")` that binds the constant's own name: the import replaces it.
    alias: Option<Span>,
    place: Place,
}

/// Whether it can be done, judging without the configuration's text.
pub(crate) fn is_offered(cx: &Context<'_>, moved: MoveToConfig) -> bool {
    Plan::of(cx, moved).is_ok()
}

/// The edits of both files.
///
/// # Errors
/// Why it can't be done.
pub(super) fn changes(
    cx: &Context<'_>,
    moved: MoveToConfig,
    abilities: Abilities,
) -> Result<Changes, Refusal> {
    let plan = Plan::of(cx, moved)?;
    let mut rewrite = Rewrite::of(cx, abilities);
    let place = cx.module_name(plan.place.module);
    let config = rewrite.file(cx.file_of(plan.place.module));
    let config = config.ok_or_else(|| Refusal::new(format!("{place} can't be read")))?;
    let value = plan.place.written(&config.cx, &plan.variable).ok_or_else(|| {
        Refusal::new(format!("the settings in {place} look their variables up under other names"))
    })?;
    if !plan.place.is_there {
        plan.add_to(config).ok_or_else(|| Refusal::new(format!("{place} can't take another setting")))?;
    }
    plan.read_from_config(cx, &mut rewrite, &value)
        .ok_or_else(|| Refusal::new(format!("{} can't be replaced in {}", plan.variable, cx.own_name())))?;
    rewrite.finish().ok_or_else(|| Refusal::new("its edits overlap"))
}

impl Plan {
    /// The edits of the module that reads it.
    fn read_from_config(&self, cx: &Context<'_>, rewrite: &mut Rewrite<'_>, value: &str) -> Option<()> {
        let file = rewrite.own();
        let root = root_of(cx, *self.reads.first()?)?;
        let edits: Vec<TextEdit> = if let Some(stmt) = self.alias {
            vec![TextEdit { span: stmt, insert: String::new() }]
        } else {
            let span = |(body, expr): &(BodyId, ExprId)| cx.module.spans.expr(*body, *expr);
            self.reads.iter().map(|read| TextEdit { span: span(read), insert: value.to_owned() }).collect()
        };
        file.apply(&edits)?;
        let (module, name, home) = self.place.import(cx, &self.variable);
        (file.import(Import { module: &module, name: &name, home }, At::RunTime)? == name).then_some(())?;
        file.drop_unused(&root)
    }

    fn of(cx: &Context<'_>, moved: MoveToConfig) -> Result<Self, Refusal> {
        let names = Names::of(cx);
        let all = reads(&names);
        let first = all.iter().find(|read| (read.body, read.expr) == (moved.body, moved.expr));
        let first = first.ok_or_else(|| Refusal::new("no environment variable is read here any more"))?;
        let refused = |reason: &str| Refusal::new(format!("{} {reason}", first.name));
        let alike: Vec<&Read> = all.iter().filter(|read| read.name == first.name).collect();
        let text = cx.text.as_str();
        let default_of = |read: &Read| match read.missing {
            Missing::Default(expr) => slice(text, cx.module.spans.expr(read.body, expr)).map(str::to_owned),
            _ => None,
        };
        let default = default_of(first);
        let is_same = |read: &&Read| {
            std::mem::discriminant(&read.missing) == std::mem::discriminant(&first.missing)
                && default_of(read) == default
        };
        if !alike.iter().all(is_same) {
            return Err(refused("is read with different defaults in this module"));
        }
        if !is_name(&first.name) {
            return Err(refused("can't be the name of a setting"));
        }
        match first.missing {
            Missing::Checked => return Err(refused("is asked for to see whether it is set")),
            Missing::None => {}
            Missing::Default(expr) => {
                let literal = &cx.module.bodies[first.body][expr];
                if !matches!(literal, Expr::Literal(Literal::Str(_) | Literal::None)) {
                    return Err(refused("has a default that is computed or no text"));
                }
            }
            Missing::Fails => {
                let at_import =
                    |read: &&Read| !matches!(cx.module.bodies[read.body].owner, BodyOwner::Function(_));
                if !alike.iter().all(at_import) {
                    return Err(refused("fails only when the function runs; it would fail at import time"));
                }
            }
        }
        if is_decouple(&names, first) {
            return Err(refused("is read by decouple, which reads files too"));
        }
        let place = Place::of(cx, &first.name)
            .ok_or_else(|| refused("has no module of settings that this module could import"))?;
        let mut plan = Self {
            variable: first.name.clone(),
            reads: alike.iter().map(|read| (read.body, read.expr)).collect(),
            missing: first.missing,
            default,
            alias: None,
            place,
        };
        if plan.place.kind == Kind::Constant {
            plan.alias = plan.alias(cx);
        }
        Ok(plan)
    }

    /// `X = os.getenv("X")` at module level, as lines, if the constant has the same name and is used elsewhere.
    fn alias(&self, cx: &Context<'_>) -> Option<Span> {
        let [(BodyId(0), expr)] = &self.reads[..] else { return None };
        let body = cx.module.bodies.list.first()?;
        let is_it = |expr: &Expr| matches!(expr, Expr::Name(name) if *name == self.variable);
        let uses: usize = cx
            .module
            .bodies
            .list
            .iter()
            .map(|body| body.exprs.list.iter().filter(|it| is_it(it)).count())
            .sum();
        (uses > 1).then_some(())?;
        let index = body.stmts.iter().position(|stmt| match stmt {
            Stmt::Assign { targets, value: Some(value), .. } => {
                value == expr
                    && matches!(&targets[..], [target] if matches!(&body[*target], Expr::Name(name) if *name == self.variable))
            }
            _ => false,
        })?;
        let stmt = cx.module.spans.stmt(BodyId(0), python::StmtId(index as u32));
        let lines = Lines { text: cx.text.as_str() };
        let is_alone = lines.before(stmt.start).is_empty() && lines.after(stmt.end).trim().is_empty();
        let (start, end) = (lines.start(stmt.start), lines.next(stmt.end));
        let is_blank = |at: u32| lines.line(at).trim().is_empty();
        let before = lines.start(start.saturating_sub(1));
        // Of the blank lines around it those after it stay.
        let start = if before < start && is_blank(before) && is_blank(end) { before } else { start };
        is_alone.then(|| Span::new(start, end))
    }

    /// Writes the field or the constant.
    fn add_to(&self, config: &mut FileRewrite<'_>) -> Option<()> {
        let text = config.cx.text.as_str();
        let lines = Lines { text };
        let at = self.place.end_of_last(&config.cx)?;
        let indentation = lines.indentation(at.start);
        let ending = lines.ending();
        let line = match &self.place.kind {
            Kind::Settings { .. } => {
                let field = self.place.field(&config.cx, &self.variable)?;
                let optional = if text.contains("Optional[") { "Optional[str]" } else { "str | None" };
                match (self.missing, self.default.as_deref()) {
                    (Missing::Fails, _) => format!("{field}: str"),
                    (_, None | Some("None")) => format!("{field}: {optional} = None"),
                    (_, Some(default)) => format!("{field}: str = {default}"),
                }
            }
            Kind::Constant | Kind::Django => {
                let name = &self.variable;
                match (self.missing, self.default.as_deref()) {
                    (Missing::Fails, _) => format!("{name} = os.environ[\"{name}\"]"),
                    (_, None) => format!("{name} = os.environ.get(\"{name}\")"),
                    (_, Some(default)) => format!("{name} = os.environ.get(\"{name}\", {default})"),
                }
            }
        };
        let insert = format!("{ending}{indentation}{line}");
        let end = lines.end(at.end);
        config.apply(&[TextEdit { span: Span::new(end, end), insert }])
    }
}

fn is_decouple(names: &Names<'_>, read: &Read) -> bool {
    match &names.body(read.body)[read.expr] {
        Expr::Call { callee, .. } => {
            names.outside(read.body, *callee).is_some_and(|full| full.starts_with("decouple."))
        }
        _ => false,
    }
}

/// The root name of a read: `os`, `environ`, `getenv`.
fn root_of(cx: &Context<'_>, (id, expr): (BodyId, ExprId)) -> Option<Name> {
    let body = &cx.module.bodies[id];
    let mut at = expr;
    for _ in 0..8 {
        at = match &body[at] {
            Expr::Name(name) => return Some(name.clone()),
            Expr::Call { callee, .. } => *callee,
            Expr::Subscript { value, .. } | Expr::Attribute { value, .. } => *value,
            _ => return None,
        };
    }
    None
}

fn is_name(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

fn slice(text: &str, span: Span) -> Option<&str> {
    text.get(span.start as usize..span.end as usize)
}
