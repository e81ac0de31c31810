//! Conditions that decide whether an import is reached: those around it, and those before it that leave the function.

use model::Head;
use python::{Body, BodyOwner, Expr, ExprId, ImportId, Literal, Name, Stmt, StmtId};
use view::Context;

use super::Hidden;

/// What the conditions ask for.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The texts in them, and in the functions and constants that they name: `"shop.loyalty"` of
    /// `apps.is_installed("shop.loyalty")`.
    texts: Vec<Name>,
    /// Whether one asks how the program is set up: a setting, a constant, the environment, an installed package.
    pub(super) is_about_setup: bool,
    /// Whether one reads a setting: `settings.LOYALTY_ENABLED`, `os.environ`.
    pub(super) reads_setting: bool,
}

impl Asked {
    /// The package that they name, among those around the module `name`. Where it isn't there, loading the module may fail:
    /// Django refuses models of an app that isn't installed.
    pub(super) fn package_of(&self, name: &str) -> Option<&Name> {
        self.texts.iter().find(|text| !text.is_empty() && libraries::is_of(name, text))
    }
}

/// Calls that ask whether something is installed or set.
const ASKING: [&str; 5] = ["is_installed", "find_spec", "getenv", "get_app_config", "get_app_configs"];

/// Reads the conditions that decide whether an import is reached.
pub(super) fn asked(cx: &Context<'_>, hidden: &Hidden<'_>) -> Asked {
    let import = hidden.imports[0].id;
    let mut asked = Asked::default();
    for body in cx.module.bodies.list.iter().filter(|it| matches!(it.owner, BodyOwner::Function(_))) {
        let mut tests = Vec::new();
        if decides(body, &body.root, import, &mut tests) {
            for test in tests {
                asked.read(cx, body, test);
            }
        }
    }
    asked
}

/// Collects the conditions on the way to an import in a block; whether it is there.
fn decides(body: &Body, block: &[StmtId], import: ImportId, tests: &mut Vec<ExprId>) -> bool {
    let mut before = Vec::new();
    for id in block {
        let inner: Vec<&[StmtId]> = match &body[*id] {
            Stmt::Import(ids) if ids.contains(&import) => {
                tests.extend(before);
                return true;
            }
            Stmt::If { body: then, orelse, .. } | Stmt::While { body: then, orelse, .. } => {
                vec![then, orelse]
            }
            Stmt::For { body: then, orelse, .. } => vec![then, orelse],
            Stmt::With { body: then, .. } => vec![then],
            Stmt::Try { body: then, handlers, orelse, finally } => {
                let handlers = handlers.iter().map(|handler| &*handler.body);
                [&**then, &**orelse, &**finally].into_iter().chain(handlers).collect()
            }
            Stmt::Match { cases, .. } => cases.iter().map(|case| &*case.body).collect(),
            _ => Vec::new(),
        };
        let is_inside = inner.iter().any(|block| decides(body, block, import, tests));
        let test = match &body[*id] {
            Stmt::If { test, body: then, orelse } => {
                (is_inside || leaves(body, then) || leaves(body, orelse)).then_some(*test)
            }
            Stmt::Assert { test, .. } => Some(*test),
            _ => None,
        };
        before.extend(test);
        if is_inside {
            tests.extend(before);
            return true;
        }
    }
    false
}

/// Whether a block ends the function, or the round of a loop.
fn leaves(body: &Body, block: &[StmtId]) -> bool {
    block.last().is_some_and(|last| match &body[*last] {
        Stmt::Return(_) | Stmt::Raise { .. } | Stmt::Continue | Stmt::Break => true,
        Stmt::If { body: then, orelse, .. } => leaves(body, then) && leaves(body, orelse),
        _ => false,
    })
}

impl Asked {
    fn read(&mut self, cx: &Context<'_>, body: &Body, test: ExprId) {
        let mut open = vec![test];
        while let Some(expr) = open.pop() {
            match &body[expr] {
                Expr::Literal(Literal::Str(text)) => self.texts.push(text.clone()),
                Expr::Name(name) => {
                    self.is_about_setup |= is_constant(name);
                    self.constant(cx, name);
                }
                Expr::Attribute { value, name } => {
                    let is_setting = is_constant(name) || name == "environ";
                    self.is_about_setup |= is_setting;
                    // A member of an enumeration (`Kind.EXPRESS`) is no setting.
                    self.reads_setting |= is_setting
                        && matches!(&body[*value], Expr::Name(owner) | Expr::Attribute { name: owner, .. }
                            if owner.starts_with(|letter: char| letter.is_lowercase() || letter == '_'));
                    open.push(*value);
                }
                Expr::Call { callee, .. } => {
                    let called = body.exprs.dotted(*callee).unwrap_or_default();
                    let last = called.rsplit('.').next().unwrap_or_default();
                    self.is_about_setup |= ASKING.contains(&last);
                    self.function(cx, &called);
                    body[expr].for_each_child(|child| open.push(child));
                }
                other => other.for_each_child(|child| open.push(child)),
            }
        }
    }

    /// The value of a constant of the module.
    fn constant(&mut self, cx: &Context<'_>, name: &str) {
        let definitions = &cx.module.definitions;
        let values = definitions.variables.iter().filter(|it| it.name == name);
        for value in values.filter_map(|it| it.value) {
            let mut open = vec![value];
            while let Some(expr) = open.pop() {
                match &definitions[expr] {
                    Expr::Literal(Literal::Str(text)) => self.texts.push(text.clone()),
                    other => other.for_each_child(|child| open.push(child)),
                }
            }
        }
    }

    /// What a function of the project asks for: `if not has_loyalty(): return`.
    fn function(&mut self, cx: &Context<'_>, called: &str) {
        let Head::Function(module, function) = named(cx, called) else { return };
        let file = cx.file_of(module);
        let bodies = python::query::bodies(cx.db, file);
        let is_it = |body: &&std::sync::Arc<Body>| body.owner == BodyOwner::Function(function);
        let Some(body) = bodies.list.iter().find(is_it) else { return };
        for expr in &body.exprs.list {
            let Expr::Call { callee, args } = expr else { continue };
            let called = body.exprs.dotted(*callee).unwrap_or_default();
            if !ASKING.contains(&called.rsplit('.').next().unwrap_or_default()) {
                continue;
            }
            self.is_about_setup = true;
            for arg in args {
                if let Expr::Literal(Literal::Str(text)) = &body[arg.value()] {
                    self.texts.push(text.clone());
                }
            }
        }
    }
}

/// What a dotted name means in the module.
fn named(cx: &Context<'_>, dotted: &str) -> Head {
    let mut segments = dotted.split('.');
    let first = segments.next().unwrap_or_default();
    let mut head = model::query::head(cx.db, cx.project, cx.id, first.into());
    for segment in segments {
        let Head::Module(module) = head else { return Head::Unknown };
        head = model::query::head_member(cx.db, cx.project, module, segment);
    }
    head
}

/// `LOYALTY_ENABLED`
fn is_constant(name: &str) -> bool {
    name.len() > 1
        && name.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit() || letter == '_')
        && name.chars().any(char::is_alphabetic)
}
