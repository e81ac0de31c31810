//! Reads the facts of a module from its bodies and definitions.

mod definitions;

use std::collections::{BTreeMap, BTreeSet};

use flow::FunctionRef;
use model::{Head, ModuleId, Project};
use python::{BodyId, BodyOwner, Expr, ExprArena, ExprId, Literal, Name, Scope, Stmt, StmtId};
use rustc_hash::FxHashMap;
use source::{File, PositionEncoding, Span};
use view::environment::Missing;
use view::scope::{Meaning, Names};
use workspace::Snapshot;

use super::super::value::{Value, called};
use super::{Assignment, Call, Function, Handler, Read, Source};

/// Reads one module.
pub(in crate::evidence) fn source(
    snapshot: &Snapshot,
    project: Project,
    file: File,
    index: &BTreeMap<ModuleId, usize>,
) -> Option<Source> {
    let cx = view::query::context(snapshot.db(), project, file)?;
    let names = Names::of(&cx);
    let info = cx.info();
    let text = snapshot.text(file);
    let line = |span: Span| text.position(span.start, PositionEncoding::Utf8).line + 1;
    let mut reader = Reader {
        names: &names,
        line: &line,
        callees: FxHashMap::default(),
        named: BTreeMap::new(),
        source: Source {
            name: info.name.clone(),
            path: info.path.to_string(),
            role: info.role,
            id: cx.id,
            file,
            names: BTreeMap::new(),
            has_hidden_names: false,
            stars: Vec::new(),
            assignments: Vec::new(),
            calls: Vec::new(),
            classes: Vec::new(),
            functions: Vec::new(),
            handlers: Vec::new(),
            reads: Vec::new(),
            writes: view::environment::writes(&names).into_iter().collect(),
            measures: BTreeSet::new(),
            attributes: BTreeSet::new(),
            needs: BTreeMap::new(),
            paths: BTreeSet::new(),
            imports: Vec::new(),
            outside: BTreeSet::new(),
            programs: BTreeSet::new(),
        },
    };
    reader.imports(index);
    reader.definitions();
    for (id, body) in names.bodies() {
        let walk =
            Walk { body: id, blocks: Vec::new(), within: Vec::new(), is_repeated: false, is_main: false };
        reader.block(&walk, &body.root);
    }
    reader.source.calls.sort_by_key(|call| call.offset);
    reader.reads();
    let named = std::mem::take(&mut reader.named);
    let is_program = |it: &&Function| it.decorators.is_empty() && named.get(it.name.as_str()) == Some(&true);
    reader.source.programs = reader.source.functions.iter().filter(is_program).map(|it| it.id).collect();
    Some(reader.source)
}

struct Reader<'r, 'a> {
    names: &'r Names<'a>,
    line: &'r dyn Fn(Span) -> u32,
    /// Per call, the functions of the project that it calls.
    callees: FxHashMap<(BodyId, ExprId), Vec<FunctionRef>>,
    /// The names in the module's body, with whether they are only under `if __name__ == "__main__":`.
    named: BTreeMap<Name, bool>,
    source: Source,
}

/// What becomes of the value of an expression.
enum Goal<'g> {
    /// It is assigned to these.
    Assigned(&'g [ExprId]),
    /// It is returned.
    Returned,
    /// Anything else.
    Other,
}

/// The reader's position in a body.
#[derive(Clone)]
struct Walk {
    body: BodyId,
    blocks: Vec<(StmtId, u8)>,
    within: Vec<String>,
    is_repeated: bool,
    /// Whether it is under `if __name__ == "__main__":`.
    is_main: bool,
}

impl Walk {
    fn into(&self, stmt: StmtId, block: u8) -> Self {
        let mut inner = self.clone();
        inner.blocks.push((stmt, block));
        inner
    }
}

impl Reader<'_, '_> {
    fn handler(&mut self, walk: &Walk, id: StmtId, block: u8, handler: &python::Handler) {
        let body = self.names.body(walk.body);
        let is_any = |id: ExprId| {
            let full = self.full(walk.body, &body.exprs, id);
            full.is_some_and(|it| matches!(it.as_str(), "builtins.Exception" | "builtins.BaseException"))
        };
        let is_broad = handler.exception.is_none_or(is_any);
        let is_empty = handler.body.iter().all(|it| match &body[*it] {
            Stmt::Pass | Stmt::Continue => true,
            Stmt::Expr(expr) => matches!(body[*expr], Expr::Literal(_)),
            _ => false,
        });
        self.source.handlers.push(Handler {
            function: self.owner(walk.body),
            is_broad,
            name: handler.name.clone(),
            is_empty,
            block: (id, block),
            body: walk.body,
            line: (self.line)(self.names.cx.module.spans.stmt(walk.body, id)),
        });
    }

    fn block(&mut self, walk: &Walk, block: &[StmtId]) {
        for stmt in block {
            self.stmt(walk, *stmt);
        }
    }

    fn stmt(&mut self, walk: &Walk, id: StmtId) {
        let body = self.names.body(walk.body);
        match &body[id] {
            Stmt::Expr(expr) => self.expr(walk, *expr, &Goal::Other),
            Stmt::Return(Some(expr)) => self.expr(walk, *expr, &Goal::Returned),
            Stmt::Assign { targets, annotation, value } => {
                let bound = match &targets[..] {
                    [only] => match &body[*only] {
                        Expr::Name(name) => Some(name.clone()),
                        _ => None,
                    },
                    _ => None,
                };
                if let Some(name) = &bound {
                    self.assignment(walk, id, name, *annotation, *value);
                }
                if let Some(value) = value {
                    self.expr(walk, *value, &Goal::Assigned(targets));
                }
            }
            Stmt::AugAssign { value, .. } => self.expr(walk, *value, &Goal::Other),
            Stmt::Raise { exception, cause } => {
                for expr in exception.iter().chain(cause) {
                    self.expr(walk, *expr, &Goal::Other);
                }
            }
            Stmt::If { test, body, orelse } => {
                self.expr(walk, *test, &Goal::Other);
                let is_main = walk.is_main || self.names.body(walk.body).exprs.is_main_guard(*test);
                self.block(&Walk { is_main, ..walk.into(id, 0) }, body);
                self.block(&walk.into(id, 1), orelse);
            }
            Stmt::While { test: expr, body, orelse } | Stmt::For { iterable: expr, body, orelse, .. } => {
                self.expr(walk, *expr, &Goal::Other);
                self.block(&Walk { is_repeated: true, ..walk.into(id, 0) }, body);
                self.block(&walk.into(id, 1), orelse);
            }
            Stmt::With { items, body: block, .. } => {
                let mut inner = walk.clone();
                for item in items {
                    self.expr(walk, item.manager, &Goal::Other);
                    inner.within.extend(self.manager(walk.body, item.manager));
                }
                // Not a separate block: its contents run wherever the statement does.
                self.block(&inner, block);
            }
            Stmt::Try { body, handlers, orelse, finally } => {
                self.block(&walk.into(id, 0), body);
                for (index, handler) in handlers.iter().enumerate() {
                    let block = u8::try_from(index + 2).unwrap_or(u8::MAX);
                    self.handler(walk, id, block, handler);
                    self.block(&walk.into(id, block), &handler.body);
                }
                self.block(&walk.into(id, 0), orelse);
                self.block(&walk.into(id, 0), finally);
            }
            Stmt::Match { subject, cases } => {
                self.expr(walk, *subject, &Goal::Other);
                for (index, case) in cases.iter().enumerate() {
                    let block = u8::try_from(index).unwrap_or(u8::MAX);
                    self.block(&walk.into(id, block), &case.body);
                }
            }
            Stmt::Function(function) => {
                let known = self.source.functions.iter_mut().find(|it| it.id.function == *function);
                if let Some(known) = known {
                    known.blocks = (walk.body, walk.blocks.clone());
                }
            }
            Stmt::Assert { test, .. } => self.expr(walk, *test, &Goal::Other),
            _ => {}
        }
    }

    /// The context manager of a `with`: `shop.db.Session.begin`, `session.begin`.
    fn manager(&self, body: BodyId, expr: ExprId) -> Option<String> {
        let exprs = &self.names.body(body).exprs;
        let callee = match &exprs[expr] {
            Expr::Call { callee, .. } => *callee,
            _ => expr,
        };
        self.full(body, exprs, callee).or_else(|| exprs.dotted(callee))
    }

    fn assignment(
        &mut self,
        walk: &Walk,
        stmt: StmtId,
        name: &Name,
        annotation: Option<ExprId>,
        value: Option<ExprId>,
    ) {
        let cx = self.names.cx;
        let body = self.names.body(walk.body);
        let class = match body.owner {
            BodyOwner::Module => None,
            BodyOwner::Class(id) => Some(cx.module.definitions[id].name.clone()),
            BodyOwner::Function(_) => return,
        };
        let read = |id: ExprId| Value::of(&body.exprs, id, &|id| self.full(walk.body, &body.exprs, id));
        let assignment = Assignment {
            name: name.clone(),
            class,
            annotation: annotation.map(read),
            value: value.map(read),
            is_conditional: !walk.blocks.is_empty(),
            line: (self.line)(cx.module.spans.stmt(walk.body, stmt)),
        };
        self.source.assignments.push(assignment);
    }

    fn expr(&mut self, walk: &Walk, id: ExprId, goal: &Goal<'_>) {
        let body = self.names.body(walk.body);
        let name = |id: &ExprId| match &body[*id] {
            Expr::Name(name) => Some(name.clone()),
            _ => None,
        };
        let target = match goal {
            Goal::Assigned([only]) => Some(&body[*only]),
            _ => None,
        };
        let parts = match target {
            Some(Expr::Tuple(parts) | Expr::List(parts)) => &**parts,
            _ => &[],
        };
        let bound_to = match target {
            Some(Expr::Name(name)) => Some(name),
            _ => None,
        };
        // What is awaited is what is assigned.
        let id = match &body[id] {
            Expr::Await(inner) => *inner,
            _ => id,
        };
        let mut open = vec![id];
        while let Some(at) = open.pop() {
            // A lambda's body doesn't run here.
            if !matches!(body[at], Expr::Lambda { .. }) {
                body[at].for_each_child(|child| open.push(child));
            }
            match &body[at] {
                Expr::Call { callee, args } => {
                    let full = |id: ExprId| self.full(walk.body, &body.exprs, id);
                    let read = |id: ExprId| Value::of(&body.exprs, id, &full);
                    let Some(called) = called(&body.exprs, *callee, args, &full, &read) else { continue };
                    if called.written.as_deref() == Some("globals") {
                        self.source.has_hidden_names = true;
                    }
                    let span = self.names.span(walk.body, at);
                    self.source.calls.push(Call {
                        called,
                        function: self.owner(walk.body),
                        own: self.callees.get(&(walk.body, at)).cloned().unwrap_or_default(),
                        body: walk.body,
                        offset: span.end,
                        line: (self.line)(span),
                        blocks: walk.blocks.clone(),
                        within: walk.within.clone(),
                        is_repeated: walk.is_repeated,
                        bound_to: bound_to.filter(|_| at == id).cloned(),
                        parts_to: parts.iter().filter(|_| at == id).filter_map(name).collect(),
                        is_stored: at == id
                            && matches!(target, Some(Expr::Attribute { .. } | Expr::Subscript { .. })),
                        stored_in: match goal {
                            Goal::Assigned([only]) if at == id => {
                                body.exprs.dotted(*only).filter(|it| it.contains('.'))
                            }
                            _ => None,
                        },
                        is_returned: at == id && matches!(goal, Goal::Returned),
                    });
                }
                Expr::Name(name) if walk.body == BodyId(0) => {
                    let is_only = self.named.entry(name.clone()).or_insert(true);
                    *is_only &= walk.is_main;
                }
                Expr::Attribute { name, .. } => {
                    self.source.attributes.insert(name.clone());
                }
                Expr::Literal(Literal::Str(text)) if text.eq_ignore_ascii_case("content-length") => {
                    self.source.measures.extend(self.owner(walk.body));
                }
                Expr::Literal(Literal::Str(text)) if text.starts_with('/') => {
                    self.source.paths.insert(text.clone());
                }
                _ => {}
            }
        }
    }

    /// The function that contains a body.
    fn owner(&self, body: BodyId) -> Option<String> {
        let definitions = &self.names.cx.module.definitions;
        match self.names.body(body).owner {
            BodyOwner::Module | BodyOwner::Class(_) => None,
            BodyOwner::Function(id) => {
                let function = &definitions[id];
                Some(qualified(definitions, function.scope, &function.name))
            }
        }
    }

    /// The full name of a name or attribute: of a library, or of a module of the project.
    fn full(&self, body: BodyId, exprs: &ExprArena, expr: ExprId) -> Option<String> {
        let cx = self.names.cx;
        let dotted = exprs.dotted(expr)?;
        let (root, rest) =
            dotted.split_once('.').map_or((dotted.as_str(), None), |(it, rest)| (it, Some(rest)));
        let module = |id: ModuleId| cx.architecture.modules[id].name.to_string();
        let start = match self.names.meaning(body, root) {
            Meaning::Import(import) => {
                if let Some(outside) = self.names.outside_import(import) {
                    outside
                } else {
                    match model::query::imported(cx.db, cx.project, cx.id, import) {
                        Head::Class(class) => format!("{}.{}", module(class.module), class.name),
                        Head::Function(id, function) => {
                            let file = model::query::file_of(cx.db, cx.project, id);
                            let definitions = python::query::definitions(cx.db, file);
                            format!("{}.{}", module(id), definitions[function].name)
                        }
                        Head::Variable(id, name) => format!("{}.{name}", module(id)),
                        Head::Module(id) => module(id),
                        Head::Namespace(_, name) | Head::Foreign(name) => name.to_string(),
                        Head::Unknown => return None,
                    }
                }
            }
            Meaning::Bound(BodyId(0), _) => format!("{}.{root}", cx.own_name()),
            Meaning::Free => format!("builtins.{root}"),
            Meaning::Bound(..) => return None,
        };
        Some(rest.map_or(start.clone(), |rest| format!("{start}.{rest}")))
    }

    fn reads(&mut self) {
        for read in view::environment::reads(self.names) {
            let body = self.names.body(read.body);
            let full = |id: ExprId| self.full(read.body, &body.exprs, id);
            let default = match read.missing {
                Missing::Default(id) => Some(Value::of(&body.exprs, id, &full)),
                _ => None,
            };
            let is_root = matches!(body.owner, BodyOwner::Module | BodyOwner::Class(_));
            // In a branch it may never run; at the root of a module it does.
            let is_plain = is_root && body.root.iter().any(|it| holds(body, *it, read.expr));
            self.source.reads.push(Read {
                name: read.name,
                missing: read.missing,
                default,
                is_certain: is_plain,
                line: (self.line)(self.names.span(read.body, read.expr)),
            });
        }
    }
}

/// Whether a plain statement contains an expression, outside conditions.
fn holds(body: &python::Body, stmt: StmtId, wanted: ExprId) -> bool {
    let (Stmt::Expr(value) | Stmt::Assign { value: Some(value), .. }) = &body[stmt] else { return false };
    let mut open = vec![*value];
    while let Some(at) = open.pop() {
        if at == wanted {
            return true;
        }
        match &body[at] {
            Expr::Bool { .. } | Expr::Conditional { .. } | Expr::Lambda { .. } => {}
            other => other.for_each_child(|child| open.push(child)),
        }
    }
    false
}

fn qualified(definitions: &python::Definitions, scope: Scope, name: &str) -> String {
    match scope {
        Scope::Module => name.to_owned(),
        Scope::Class(id) => format!("{}.{name}", definitions[id].name),
        Scope::Function(id) => {
            let outer = &definitions[id];
            format!("{}.{name}", qualified(definitions, outer.scope, &outer.name))
        }
    }
}
