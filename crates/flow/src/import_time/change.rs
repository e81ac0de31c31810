//! The module-level variables that the program modifies after they are bound. An import that reads one of them earlier
//! sees a different value.

use model::{Head, ModuleId, PathRole, Project};
use python::{Arg, Body, BodyOwner, Expr, ExprId, ImportId, Literal, Module, Name, Scope, Stmt};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Db;

/// A modified variable, as one file refers to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// A function rebinds a name of the file's own top level.
    Rebound(Name),
    /// The value of a name of the file's own top level, or an attribute of one of its classes.
    Own(Name),
    /// An imported object.
    Imported(ImportId),
    /// An attribute of an imported object, as a dotted path. If the object is a module, a name in it is rebound.
    Attribute(ImportId, Name),
    /// The value of such an attribute.
    Within(ImportId, Name),
}

/// The modified variables of a project, by module and name.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Those that are rebound.
    pub rebound: FxHashSet<(ModuleId, Name)>,
    /// Those that are rebound or whose values are modified in place.
    pub all: FxHashSet<(ModuleId, Name)>,
}

/// Methods that mutate their receiver.
const CHANGING: &[&str] = &[
    "__delitem__",
    "__setitem__",
    "add",
    "append",
    "appendleft",
    "clear",
    "configure",
    "connect",
    "discard",
    "extend",
    "extendleft",
    "init",
    "insert",
    "load",
    "pop",
    "popitem",
    "popleft",
    "push",
    "put",
    "register",
    "remove",
    "reset",
    "reverse",
    "set",
    "setdefault",
    "sort",
    "subscribe",
    "update",
];

/// Attribute chains are followed back to their first name up to this length.
const MAX_CHAIN: usize = 16;

/// The modifications in the code of a file, sorted.
pub(crate) fn changes(module: &Module) -> Vec<Change> {
    let definitions = &module.definitions;
    let mut own: FxHashSet<&str> = FxHashSet::default();
    own.extend(
        definitions.variables.iter().filter(|it| it.scope == Scope::Module).map(|it| it.name.as_str()),
    );
    own.extend(definitions.classes.iter().filter(|it| it.scope == Scope::Module).map(|it| it.name.as_str()));
    let mut imported: FxHashMap<&str, ImportId> = FxHashMap::default();
    for (id, import) in module.imports.iter() {
        if let Some(name) = import.bound_name() {
            imported.insert(name, id);
        }
    }
    let mut found = Vec::new();
    for body in &module.bodies.list {
        Reader { body, own: &own, imported: &imported, locals: locals(module, body), found: &mut found }
            .read();
    }
    found.sort();
    found.dedup();
    found
}

/// The names that a function binds locally.
fn locals(module: &Module, body: &Body) -> FxHashSet<Name> {
    let BodyOwner::Function(function) = body.owner else { return FxHashSet::default() };
    let parameters = module.definitions[function].parameters.iter().map(|it| it.name.clone());
    let mut names: FxHashSet<Name> = parameters.collect();
    for stmt in &body.stmts {
        let target = match stmt {
            Stmt::Assign { targets, .. } => targets.first(),
            Stmt::For { target, .. } => Some(target),
            _ => None,
        };
        if let Some(Expr::Name(name)) = target.map(|target| &body[*target])
            && !body.declares_global(name)
        {
            names.insert(name.clone());
        }
    }
    names
}

/// One body, and the meaning of its names.
struct Reader<'a> {
    body: &'a Body,
    own: &'a FxHashSet<&'a str>,
    imported: &'a FxHashMap<&'a str, ImportId>,
    locals: FxHashSet<Name>,
    found: &'a mut Vec<Change>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let body = self.body;
        for stmt in &body.stmts {
            match stmt {
                Stmt::Global(names) => self.found.extend(names.iter().cloned().map(Change::Rebound)),
                Stmt::Assign { targets, .. } => targets.iter().for_each(|target| self.target(*target)),
                Stmt::AugAssign { target, .. } => self.target(*target),
                Stmt::Delete(targets) => targets.iter().for_each(|target| self.target(*target)),
                _ => {}
            }
        }
        for expr in &body.exprs.list {
            let Expr::Call { callee, args } = expr else { continue };
            match (&body[*callee], &args[..]) {
                (Expr::Attribute { value, name }, _) if CHANGING.binary_search(&name.as_str()).is_ok() => {
                    self.object(*value);
                }
                (Expr::Name(name), [Arg::Positional(on), Arg::Positional(attribute), ..])
                    if name == "setattr" || name == "delattr" =>
                {
                    let attribute = match &body[*attribute] {
                        Expr::Literal(Literal::Str(text)) => Some(text.clone()),
                        _ => None,
                    };
                    self.attribute(*on, attribute);
                }
                _ => {}
            }
        }
    }

    fn target(&mut self, target: ExprId) {
        match &self.body[target] {
            Expr::Attribute { value, name } => self.attribute(*value, Some(name.clone())),
            Expr::Subscript { value, .. } => self.object(*value),
            Expr::Tuple(items) | Expr::List(items) => {
                for item in items {
                    if matches!(self.body[*item], Expr::Attribute { .. } | Expr::Subscript { .. }) {
                        self.target(*item);
                    }
                }
            }
            _ => {}
        }
    }

    /// `on.attribute = ...`
    fn attribute(&mut self, on: ExprId, attribute: Option<Name>) {
        self.object(on);
        let Some(attribute) = attribute else { return };
        let Some(path) = self.body.exprs.dotted(on) else { return };
        let (name, rest) = path.split_once('.').unwrap_or((&path, ""));
        if !self.locals.contains(name)
            && let Some(id) = self.imported.get(name)
        {
            let path = if rest.is_empty() { attribute } else { format!("{rest}.{attribute}").into() };
            self.found.push(Change::Attribute(*id, path));
        }
    }

    /// Records that the object `value` is modified, by the name that it comes from.
    fn object(&mut self, mut value: ExprId) {
        let mut path: Vec<&Name> = Vec::new();
        for _ in 0..MAX_CHAIN {
            match &self.body[value] {
                Expr::Attribute { value: inner, name } => {
                    path.push(name);
                    value = *inner;
                }
                Expr::Subscript { value: inner, .. } => {
                    path.clear();
                    value = *inner;
                }
                Expr::Name(name) => {
                    path.reverse();
                    let path: Vec<&str> = path.into_iter().map(Name::as_str).collect();
                    let path = (!path.is_empty()).then(|| Name::from(path.join(".")));
                    self.root(&name.clone(), path);
                    return;
                }
                _ => return,
            }
        }
    }

    fn root(&mut self, name: &Name, attribute: Option<Name>) {
        let is_function = matches!(self.body.owner, BodyOwner::Function(_));
        if name == "cls" || self.own.contains(name.as_str()) && !self.locals.contains(name) {
            if is_function {
                let first = attribute.as_deref().and_then(|path| path.split('.').next());
                self.found.extend(first.map(|first| Change::Own(first.into())));
                if name != "cls" {
                    self.found.push(Change::Own(name.clone()));
                }
            }
        } else if let Some(id) = self.imported.get(name.as_str())
            && !self.locals.contains(name)
        {
            self.found.push(Change::Imported(*id));
            self.found.extend(attribute.map(|attribute| Change::Within(*id, attribute)));
        }
    }
}

/// The variables that the project's code modifies.
pub(crate) fn changed(db: &dyn Db, project: Project) -> Changed {
    let modules = model::query::modules(db, project);
    let mut changed = Changed::default();
    for (id, info) in modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
        for change in crate::query::changes(db, info.file).iter() {
            add(db, project, id, change, &mut changed);
        }
    }
    changed
}

fn add(db: &dyn Db, project: Project, module: ModuleId, change: &Change, to: &mut Changed) {
    let of = |id: &ImportId| model::query::imported(db, project, module, *id);
    let changed = match change {
        Change::Rebound(name) => {
            to.rebound.insert((module, name.clone()));
            (module, name.clone())
        }
        Change::Own(name) => (module, name.clone()),
        Change::Imported(id) => match of(id) {
            Head::Variable(module, name) => (module, name),
            Head::Class(class) => (class.module, class.name),
            _ => return,
        },
        Change::Attribute(id, path) | Change::Within(id, path) => {
            let mut head = of(id);
            let mut found = None;
            for name in path.split('.') {
                found = match &head {
                    Head::Module(module) => Some((*module, Name::from(name))),
                    Head::Class(class) => Some((class.module, name.into())),
                    Head::Variable(module, name) => Some((*module, name.clone())),
                    _ => break,
                };
                // The last name reached is the one that is rebound.
                head = match head {
                    Head::Class(_) | Head::Variable(..) => break,
                    _ => crate::types::names::head_attribute(db, project, &head, name),
                };
            }
            let Some(found) = found else { return };
            if matches!(change, Change::Attribute(..)) {
                to.rebound.insert(found.clone());
            }
            found
        }
    };
    to.all.insert(changed);
}
