//! The lists of apps that one module writes: `INSTALLED_APPS = [...]`, with what it adds to them afterwards, and
//! `settings.configure(INSTALLED_APPS=[...])`.

use model::{ModuleId, Modules, Project};
use python::{Arg, Body, BodyOwner, Definitions, Expr, ExprId, Literal, Name, Scope, Stmt, StmtId};
use rustc_hash::FxHashMap;

use super::AppList;
use crate::Db;

/// The setting.
const INSTALLED: &str = "INSTALLED_APPS";

/// The lists that begin in a module.
pub(crate) fn lists(db: &dyn Db, project: Project, module: ModuleId) -> Vec<AppList> {
    let file = model::query::file_of(db, project, module);
    if !source::query::text(db, file).as_str().contains(INSTALLED) {
        return Vec::new();
    }
    let modules = model::query::modules(db, project);
    let mut found = Vec::new();
    for body in &python::query::bodies(db, file).list {
        let mut reader = Reader { body, variables: FxHashMap::default() };
        if !matches!(body.owner, BodyOwner::Function(_)) {
            reader.block(&body.root, true);
            found.extend(reader.variables.remove(INSTALLED).filter(|it| it.is_fresh));
        }
        found.extend(reader.configured());
    }
    found.into_iter().map(|list| list.named(db, &modules, module)).collect()
}

/// A list while it is read: as written.
#[derive(Debug, Clone, Default)]
struct Written {
    surely: Vec<Name>,
    perhaps: Vec<Name>,
    is_open: bool,
    /// Whether it begins here, rather than with the list of another module.
    is_fresh: bool,
}

impl Written {
    fn add(&mut self, other: Written, is_sure: bool) {
        let perhaps = if is_sure { &mut self.surely } else { &mut self.perhaps };
        perhaps.extend(other.surely);
        self.perhaps.extend(other.perhaps);
        self.is_open |= other.is_open;
    }

    /// The packages that it means.
    fn named(self, db: &dyn Db, modules: &Modules, settings: ModuleId) -> AppList {
        let named =
            |names: Vec<Name>| names.iter().map(|name| package(db, modules, settings, name)).collect();
        AppList { surely: named(self.surely), perhaps: named(self.perhaps), is_open: self.is_open }
    }
}

/// The package of an app, which a list names itself or by its configuration.
fn package(db: &dyn Db, modules: &Modules, settings: ModuleId, written: &Name) -> Name {
    let root = modules[settings].root;
    if let Some(id) = modules.by_name(written, root) {
        return modules[id].name.clone();
    }
    let Some((module, class)) = written.rsplit_once('.') else { return written.clone() };
    match modules.by_name(module, root) {
        Some(id) => {
            let definitions = python::query::definitions(db, modules[id].file);
            let own = modules[id].name.as_str();
            name_of_configuration(&definitions, class)
                .unwrap_or_else(|| own.rsplit_once('.').map_or(own, |(package, _)| package).into())
        }
        // `django.contrib.admin.apps.SimpleAdminConfig`
        None => match module.rsplit_once('.') {
            Some((package, "apps")) => package.into(),
            _ => written.clone(),
        },
    }
}

/// The `name` of an app's configuration.
fn name_of_configuration(definitions: &Definitions, class: &str) -> Option<Name> {
    let (id, _) = definitions.classes().find(|(_, it)| it.name == class && it.scope == Scope::Module)?;
    let mut variables = definitions.variables.iter();
    let value = variables.find(|it| it.name == "name" && it.scope == Scope::Class(id))?.value?;
    match &definitions[value] {
        Expr::Literal(Literal::Str(name)) => Some(name.clone()),
        _ => None,
    }
}

/// Follows the lists of one body.
struct Reader<'b> {
    body: &'b Body,
    /// Its lists so far: also parts such as `LOCAL_APPS`.
    variables: FxHashMap<Name, Written>,
}

impl Reader<'_> {
    fn block(&mut self, block: &[StmtId], is_sure: bool) {
        for id in block {
            self.statement(*id, is_sure);
        }
    }

    fn statement(&mut self, id: StmtId, is_sure: bool) {
        match &self.body[id] {
            Stmt::Assign { targets, value: Some(value), .. } => {
                for target in targets {
                    if let Expr::Name(name) = &self.body[*target] {
                        self.bind(name, *value, is_sure);
                    }
                }
            }
            Stmt::AugAssign { target, value, .. } => {
                if let Expr::Name(name) = &self.body[*target] {
                    let added = self.value(*value);
                    self.variables.entry(name.clone()).or_default().add(added, is_sure);
                }
            }
            Stmt::Expr(expr) => self.call(*expr, is_sure),
            Stmt::If { body, orelse, .. }
            | Stmt::For { body, orelse, .. }
            | Stmt::While { body, orelse, .. } => {
                self.block(body, false);
                self.block(orelse, false);
            }
            Stmt::With { body, .. } => self.block(body, is_sure),
            Stmt::Try { body, handlers, orelse, finally } => {
                for block in [&**body, &**orelse].into_iter().chain(handlers.iter().map(|it| &*it.body)) {
                    self.block(block, false);
                }
                self.block(finally, is_sure);
            }
            _ => {}
        }
    }

    fn bind(&mut self, name: &Name, value: ExprId, is_sure: bool) {
        let mut new = self.value(value);
        let extends = self.mentions(value, name);
        let before = self.variables.remove(name);
        new.is_fresh = if extends { before.as_ref().is_some_and(|it| it.is_fresh) } else { true };
        if !is_sure {
            // One of both.
            let before = before.unwrap_or_default();
            let is_fresh = new.is_fresh || before.is_fresh;
            let mut either = Written { is_open: before.is_open, is_fresh, ..Written::default() };
            either.perhaps.extend(before.perhaps);
            let (kept, lost): (Vec<Name>, Vec<Name>) =
                before.surely.into_iter().partition(|app| new.surely.contains(app));
            either.surely.extend(kept);
            either.perhaps.extend(lost);
            either.add(new, false);
            new = either;
        }
        self.variables.insert(name.clone(), new);
    }

    /// `INSTALLED_APPS.append("shop")`
    fn call(&mut self, expr: ExprId, is_sure: bool) {
        let Expr::Call { callee, args } = &self.body[expr] else { return };
        let Expr::Attribute { value, name: method } = &self.body[*callee] else { return };
        let Expr::Name(name) = &self.body[*value] else { return };
        let Some(last) = args.last().map(Arg::value) else { return };
        let given = self.value(last);
        let Some(known) = self.variables.get_mut(name) else { return };
        match method.as_str() {
            "append" | "extend" | "insert" => known.add(given, is_sure),
            "remove" => {
                let is_gone = |app: &Name| given.surely.contains(app);
                known.surely.retain(|app| !is_gone(app));
                known.perhaps.retain(|app| !is_gone(app));
                if !is_sure {
                    known.perhaps.extend(given.surely);
                }
            }
            _ => known.is_open = true,
        }
    }

    /// The apps in an expression.
    fn value(&self, value: ExprId) -> Written {
        let mut found = Written::default();
        let mut open = vec![(value, true)];
        while let Some((at, is_sure)) = open.pop() {
            match &self.body[at] {
                Expr::Literal(Literal::Str(text)) => {
                    let list = if is_sure { &mut found.surely } else { &mut found.perhaps };
                    list.push(text.clone());
                }
                Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => {
                    open.extend(parts.iter().map(|part| (*part, is_sure)));
                }
                Expr::Starred(inner) => open.push((*inner, is_sure)),
                Expr::Binary { op, left, right } if op == "+" => {
                    open.extend([(*left, is_sure), (*right, is_sure)]);
                }
                Expr::Conditional { body, orelse, .. } => open.extend([(*body, false), (*orelse, false)]),
                // `list(DJANGO_APPS)`
                Expr::Call { callee, args } if matches!(&self.body[*callee], Expr::Name(name) if name == "list" || name == "tuple") =>
                {
                    open.extend(args.iter().map(|arg| (arg.value(), is_sure)));
                }
                Expr::Name(name) => match self.variables.get(name) {
                    Some(known) => found.add(known.clone(), is_sure),
                    None => found.is_open = true,
                },
                _ => found.is_open = true,
            }
        }
        found
    }

    /// Whether an expression contains a variable, or an attribute of that name.
    fn mentions(&self, value: ExprId, name: &Name) -> bool {
        let mut open = vec![value];
        while let Some(at) = open.pop() {
            match &self.body[at] {
                Expr::Name(own) | Expr::Attribute { name: own, .. } if own == name => return true,
                other => other.for_each_child(|child| open.push(child)),
            }
        }
        false
    }

    /// The lists that calls take: `settings.configure(INSTALLED_APPS=[...])`.
    fn configured(&self) -> Vec<Written> {
        let arguments = self.body.exprs.list.iter().filter_map(|expr| match expr {
            Expr::Call { args, .. } => args.iter().find_map(|arg| match arg {
                Arg::Keyword(name, value) if name == INSTALLED => Some(*value),
                _ => None,
            }),
            _ => None,
        });
        arguments.filter(|value| !self.mentions(*value, &INSTALLED.into())).map(|it| self.value(it)).collect()
    }
}
