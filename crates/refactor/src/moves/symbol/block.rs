//! The code that moves: the statements that define a name, with the comments directly above them.

use model::Export;
use python::{Body, Expr, Name, Scope, Stmt, StmtId};
use rustc_hash::FxHashSet;
use source::Span;
use view::Context;

use super::{SymbolMove, meaning, probe};
use crate::bindings;
use crate::lines::Lines;
use crate::moves::Refusal;

/// A definition that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The name it defines.
    pub(super) name: Name,
    /// Whole lines, from the comments directly above to the start of the line after.
    pub(super) span: Span,
    /// Whether it is a class or function.
    pub(super) is_definition: bool,
}

/// What moves: the requested definition first, then the helpers that only it uses, if those are to move along.
pub(super) fn pieces(cx: &Context<'_>, wanted: SymbolMove<'_>) -> Result<Vec<Piece>, Refusal> {
    let mut pieces = vec![piece(cx, wanted.name)?];
    if wanted.with_helpers {
        while let Some(helper) = helper_of(cx, &pieces) {
            pieces.push(helper);
        }
    }
    Ok(pieces)
}

/// A private definition that only the moved code uses.
fn helper_of(cx: &Context<'_>, pieces: &[Piece]) -> Option<Piece> {
    let exports = model::query::exports(cx.db, cx.file);
    let text = cx.text.as_str();
    let going: FxHashSet<&str> = pieces.iter().map(|piece| piece.name.as_str()).collect();
    let private: Vec<&str> = exports
        .names
        .iter()
        .filter(|(name, export)| {
            name.starts_with('_')
                && !name.starts_with("__")
                && !matches!(export, Export::Import(_))
                && !going.contains(name.as_str())
        })
        .map(|(name, _)| name.as_str())
        .collect();
    let uses = probe::uses(text, private.iter().copied());
    private.into_iter().find_map(|name| {
        let own = piece(cx, name).ok()?;
        let mut own_uses =
            uses.iter().filter(|it| it.name == name && !contains(own.span, it.start)).peekable();
        let only_there = own_uses.peek().is_some()
            && own_uses.all(|it| pieces.iter().any(|piece| contains(piece.span, it.start)));
        (only_there && !is_taken(cx, name)).then_some(own)
    })
}

fn contains(span: Span, at: u32) -> bool {
    span.start <= at && at < span.end
}

/// Whether another module imports a name from here.
fn is_taken(cx: &Context<'_>, name: &str) -> bool {
    cx.architecture.modules.iter().any(|(id, info)| {
        id != cx.id
            && source::query::text(cx.db, info.file).as_str().contains(name)
            && model::query::resolved(cx.db, cx.project, info.file).iter().any(|resolved| {
                matches!(&resolved.target, model::Target::Symbol { module, name: taken, .. }
                    if *module == cx.id && taken == name)
            })
    })
}

/// The definition of one name.
fn piece(cx: &Context<'_>, name: &str) -> Result<Piece, Refusal> {
    let missing = || Refusal::new(format!("{} defines no `{name}` at its head", cx.own_name()));
    let body = cx.module.bodies.list.first().ok_or_else(missing)?;
    let defining: Vec<(usize, StmtId)> = body
        .root
        .iter()
        .enumerate()
        .filter(|(_, id)| defines(cx, body, **id, name))
        .map(|(index, id)| (index, *id))
        .collect();
    let (Some((first, _)), Some((last, last_id))) = (defining.first(), defining.last()) else {
        return Err(missing());
    };
    let count = bound_at_top_level(cx, name);
    let is_definition = matches!(&body[*last_id], Stmt::Function(_) | Stmt::Class(_));
    let overloads = defining[..defining.len() - 1].iter().all(|(_, id)| is_overload(cx, &body[*id]));
    if count != defining.len() || last - first + 1 != defining.len() || !overloads {
        return Err(Refusal::new(format!("`{name}` is bound more than once")));
    }
    let rebound = cx.module.bodies.list.iter().any(|body| body.declares_global(name));
    if rebound || is_changed(body, name) {
        return Err(Refusal::new(format!("`{name}` is bound again by other code of the module")));
    }
    let stmts: Vec<Span> = defining.iter().map(|(_, id)| span_of(cx, body, *id)).collect();
    let around = stmts.iter().copied().reduce(Span::cover).unwrap_or_default();
    let span = whole_lines(cx, around)
        .ok_or_else(|| Refusal::new(format!("`{name}` shares its lines with other code")))?;
    meaning::reads_own_place(cx, span)?;
    writes_globals(cx, span)?;
    Ok(Piece { name: name.into(), span, is_definition })
}

/// Whether a statement defines `name` and nothing else.
fn defines(cx: &Context<'_>, body: &Body, id: StmtId, name: &str) -> bool {
    match &body[id] {
        Stmt::Function(id) => cx.module.definitions[*id].name == name,
        Stmt::Class(id) => cx.module.definitions[*id].name == name,
        Stmt::TypeAlias { name: alias, .. } => alias == name,
        Stmt::Assign { targets, value: Some(_), .. } => {
            matches!(&**targets, [target] if matches!(&body[*target], Expr::Name(it) if it == name))
        }
        _ => false,
    }
}

/// How often the module's top level binds `name`, including branches.
pub(super) fn bound_at_top_level(cx: &Context<'_>, name: &str) -> usize {
    let definitions = &cx.module.definitions;
    let functions = definitions.functions.iter().filter(|it| it.scope == Scope::Module && it.name == name);
    let classes = definitions.classes.iter().filter(|it| it.scope == Scope::Module && it.name == name);
    let variables = definitions.variables.iter().filter(|it| it.scope == Scope::Module && it.name == name);
    let imports = cx
        .module
        .imports
        .list
        .iter()
        .filter(|import| import.context.scope == Scope::Module && import.bound_name() == Some(name));
    functions.count() + classes.count() + variables.count() + imports.count()
}

fn is_overload(cx: &Context<'_>, stmt: &Stmt) -> bool {
    let Stmt::Function(id) = stmt else { return false };
    let definitions = &cx.module.definitions;
    definitions[*id].decorators.iter().any(|decorator| {
        let dotted = definitions.exprs.dotted(*decorator).unwrap_or_default();
        dotted.rsplit('.').next() == Some("overload")
    })
}

/// Whether the top level deletes a name or extends it.
fn is_changed(body: &Body, name: &str) -> bool {
    let is_it = |id: &python::ExprId| matches!(&body[*id], Expr::Name(it) if it == name);
    body.stmts.iter().any(|stmt| match stmt {
        Stmt::AugAssign { target, .. } => is_it(target),
        Stmt::Delete(targets) => targets.iter().any(is_it),
        _ => false,
    })
}

fn span_of(cx: &Context<'_>, body: &Body, id: StmtId) -> Span {
    let spans = &cx.module.spans;
    let own = spans.stmt(python::BodyId(0), id);
    let whole = match &body[id] {
        Stmt::Function(id) => spans.functions.get(id.0 as usize),
        Stmt::Class(id) => spans.classes.get(id.0 as usize),
        _ => None,
    };
    whole.map_or(own, |whole| whole.cover(own))
}

/// The lines of a statement with the comments directly above. `None` if it shares them.
pub(super) fn whole_lines(cx: &Context<'_>, span: Span) -> Option<Span> {
    let lines = Lines { text: cx.text.as_str() };
    let after = lines.after(span.end).trim();
    if !lines.before(span.start).is_empty() || !(after.is_empty() || after.starts_with('#')) {
        return None;
    }
    let mut start = lines.start(span.start);
    while start > 0 {
        let above = lines.start(start - 1);
        let line = lines.line(above);
        // Comments at the start of a file are about the file.
        if !line.starts_with('#') || line.starts_with("#!") || above == 0 {
            break;
        }
        start = above;
    }
    Some(Span::new(start, lines.next(span.end)))
}

/// The moved code must not write variables that stay.
fn writes_globals(cx: &Context<'_>, span: Span) -> Result<(), Refusal> {
    let exports = model::query::exports(cx.db, cx.file);
    for (body, spans) in cx.module.bodies.list.iter().zip(&cx.module.spans.bodies) {
        for (stmt, at) in body.stmts.iter().zip(&spans.stmts) {
            let Stmt::Global(names) = stmt else { continue };
            if let Some(name) = names.iter().find(|name| span.contains(*at) && exports.get(name).is_some()) {
                return Err(Refusal::new(format!("it writes the variable `{name}` of its module")));
            }
        }
        let asks_globals =
            body.exprs.list.iter().zip(&spans.exprs).any(|(expr, at)| {
                matches!(expr, Expr::Name(name) if name == "globals") && span.contains(*at)
            });
        if asks_globals && !bindings::is_bound_otherwise(cx, "globals") {
            return Err(Refusal::new("it reads `globals()`, which differ there"));
        }
    }
    Ok(())
}
