//! Methods that a class inherits and that call what it overrides: `list()` of the base runs `self.statement()` of the
//! heir.
//!
//! Such a method is analysed once more for each class whose instances it is called on, and only then: where the heir
//! overrides nothing that the method reaches, one analysis serves all of them.

use std::sync::Arc;

use model::{ClassRef, ModuleId, Project, Route};
use python::{Arg, Body, ClassId, Expr, ExprId, Name, Scope};
use rustc_hash::FxHashSet;
use source::File;

use crate::types::classes::{self, Member};
use crate::{Db, FunctionRef, Kind, Value};

/// The number of methods that are looked at to find out what one reaches.
const MAX_REACHED: usize = 64;
/// The number of heirs that a method is analysed for without anybody calling it on one.
const MAX_HEIRS: usize = 12;

/// The class of the instance that an inherited method is called on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Heir {
    module: ModuleId,
    class: ClassId,
}

/// A function that is called: as it is written, or as it behaves for instances of a class that inherits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Callee {
    /// The function.
    pub function: FunctionRef,
    /// The class of its receiver, if that makes a difference.
    pub heir: Option<Heir>,
}

impl From<FunctionRef> for Callee {
    fn from(function: FunctionRef) -> Self {
        Self { function, heir: None }
    }
}

impl Heir {
    fn of(db: &dyn Db, project: Project, class: &ClassRef) -> Option<Self> {
        let definitions = python::query::definitions(db, model::query::file_of(db, project, class.module));
        Some(Self { module: class.module, class: definitions.class_named(&class.name)? })
    }

    /// The class.
    pub(crate) fn class(self, db: &dyn Db, project: Project) -> Option<ClassRef> {
        let definitions = python::query::definitions(db, model::query::file_of(db, project, self.module));
        let facts = definitions.classes.get(self.class.0 as usize)?;
        Some(ClassRef::new(self.module, facts.name.clone()))
    }
}

/// A function as it behaves for this receiver.
pub(crate) fn called_on(db: &dyn Db, project: Project, function: FunctionRef, receiver: &Value) -> Callee {
    let class = match &receiver.kind {
        Kind::Class(class) => Some(class),
        _ => receiver.instance_of(),
    };
    class.map_or_else(|| function.into(), |class| for_class(db, project, function, class))
}

/// A function as it behaves for instances of this class.
pub(crate) fn for_class(db: &dyn Db, project: Project, function: FunctionRef, class: &ClassRef) -> Callee {
    let heir = match owner(db, project, function) {
        Some(owner) if owner != *class => {
            crate::query::heir(db, project, function.module, function.function, class.clone())
        }
        _ => None,
    };
    Callee { function, heir }
}

/// The function of the project that answers a route, as it behaves for the class that the route names.
pub fn of_route(db: &dyn Db, project: Project, route: &Route) -> Option<Callee> {
    let (module, function) = route.handler.function?;
    let function = FunctionRef { module, function };
    let class = route.handler.class.clone().map(|class| ClassRef::new(route.handler.module, class));
    Some(class.map_or_else(|| function.into(), |class| for_class(db, project, function, &class)))
}

/// The class as the heir for which a method behaves otherwise than for the class that defines it.
pub(crate) fn heir(db: &dyn Db, project: Project, function: FunctionRef, class: &ClassRef) -> Option<Heir> {
    let owner = owner(db, project, function)?;
    let inherits = classes::bases(db, project, class).contains(&owner);
    (inherits && overrides(db, project, function, &owner, class)).then(|| Heir::of(db, project, class))?
}

/// A method as it behaves for each of the classes that override something that it reaches.
pub(crate) fn heirs(db: &dyn Db, project: Project, function: FunctionRef) -> Vec<Callee> {
    let Some(owner) = owner(db, project, function) else { return Vec::new() };
    let below = model::query::descendants(db, project, owner);
    let found = below.iter().map(|class| for_class(db, project, function, class));
    found.filter(|callee| callee.heir.is_some()).take(MAX_HEIRS).collect()
}

/// The module-level class that a function is a method of.
pub(crate) fn owner(db: &dyn Db, project: Project, function: FunctionRef) -> Option<ClassRef> {
    let definitions = python::query::definitions(db, model::query::file_of(db, project, function.module));
    match definitions.functions.get(function.function.0 as usize)?.scope {
        Scope::Class(id) if definitions[id].scope == Scope::Module => {
            Some(ClassRef::new(function.module, definitions[id].name.clone()))
        }
        _ => None,
    }
}

/// Whether `heir` overrides something that a method of `base` reaches.
fn overrides(db: &dyn Db, project: Project, function: FunctionRef, base: &ClassRef, heir: &ClassRef) -> bool {
    let mut seen = FxHashSet::default();
    let mut open = vec![function];
    while let Some(method) = open.pop() {
        if !seen.insert(method) || seen.len() > MAX_REACHED {
            continue;
        }
        let Some(defined_in) = owner(db, project, method) else { continue };
        if kind_of(db, project, method) == Some(classes::MethodKind::Static) {
            continue;
        }
        let file = model::query::file_of(db, project, method.module);
        let reached = crate::query::reached_on_self(db, file, method.function);
        // What a class method does with its class is another thing for each class: `cls(...)`, `cls.model_validate(row)`.
        let is_of_class = kind_of(db, project, method) == Some(classes::MethodKind::Class);
        if is_of_class && reached.is_taken {
            return true;
        }
        for name in &reached.own {
            match (classes::member(db, project, base, name), classes::member(db, project, heir, name)) {
                (Some(Member::Method { function: own, .. }), Some(Member::Method { function, .. })) => {
                    if own != function {
                        return true;
                    }
                    open.push(own);
                }
                (_, Some(Member::Method { .. })) | (Some(Member::Method { .. }), _) => return true,
                (_, Some(Member::Attribute(value))) => {
                    if decides(db, project, &value) && is_set_below(db, project, base, heir, name) {
                        return true;
                    }
                }
                (_, None) if is_of_class => return true,
                (_, None) => {}
            }
        }
        for name in &reached.above {
            let past = |class| match classes::member_past(db, project, class, &defined_in, name) {
                Some(Member::Method { function, .. }) => Some(function),
                _ => None,
            };
            let (own, heirs) = (past(base), past(heir));
            if own != heirs {
                return true;
            }
            open.extend(own);
        }
    }
    false
}

/// How a function of a class is called.
pub(crate) fn kind_of(db: &dyn Db, project: Project, function: FunctionRef) -> Option<classes::MethodKind> {
    let definitions = python::query::definitions(db, model::query::file_of(db, project, function.module));
    let facts = definitions.functions.get(function.function.0 as usize)?;
    Some(classes::method_kind(&definitions, facts))
}

/// Whether an attribute's value decides what a method does. Callers know the model of a repository anyway.
fn decides(db: &dyn Db, project: Project, value: &Value) -> bool {
    match &value.kind {
        Kind::Class(class) => model::query::entity(db, project, class.module, class.name.clone()).is_none(),
        Kind::None | Kind::Plain | Kind::Written(_) | Kind::Column(_) | Kind::Text(_) | Kind::Flag(_) => {
            false
        }
        _ => true,
    }
}

/// Whether the heir, or a class between it and the base, gives the attribute another value than the base.
fn is_set_below(db: &dyn Db, project: Project, base: &ClassRef, heir: &ClassRef, name: &str) -> bool {
    classes::assigning(db, project, heir, name) != classes::assigning(db, project, base, name)
        || classes::storing(db, project, heir, name) != classes::storing(db, project, base, name)
}

/// The names that a method reads of its own receiver.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Reached {
    /// `self.statement`, sorted.
    own: Vec<Name>,
    /// `super().statement`, sorted.
    above: Vec<Name>,
    /// Whether it takes its receiver as a whole: calls it, passes it on.
    is_taken: bool,
}

impl Reached {
    /// Collects them from a method and the functions nested in it.
    pub(crate) fn of(db: &dyn Db, file: File, method: python::FunctionId) -> Self {
        let definitions = python::query::definitions(db, file);
        let mut reached = Self::default();
        let Some(facts) = definitions.functions.get(method.0 as usize) else { return reached };
        let Some(receiver) = facts.parameters.first() else { return reached };
        let nested = definitions.functions.iter().filter(|other| other.scope == Scope::Function(method));
        for body in std::iter::once(facts.body).chain(nested.map(|nested| nested.body)) {
            if let Some(body) = python::query::body(db, file, body) {
                reached.add(&body, &receiver.name);
            }
        }
        for names in [&mut reached.own, &mut reached.above] {
            names.sort_unstable();
            names.dedup();
        }
        reached
    }

    fn add(&mut self, body: &Body, receiver: &str) {
        let (mut named, mut read) = (0, 0);
        for expr in &body.exprs.list {
            match expr {
                Expr::Name(name) if name == receiver => named += 1,
                Expr::Attribute { value, name } => {
                    read += usize::from(is_named(body, *value, receiver));
                    if is_receiver(body, *value, receiver) {
                        self.own.push(name.clone());
                    } else if matches!(&body[*value], Expr::Call { callee, .. } if is_named(body, *callee, "super"))
                    {
                        self.above.push(name.clone());
                    }
                }
                _ => {}
            }
        }
        self.is_taken |= named > read;
    }
}

/// `self`, `type(self)`, `self.__class__`
fn is_receiver(body: &Body, expr: ExprId, receiver: &str) -> bool {
    match &body[expr] {
        Expr::Name(name) => name == receiver,
        Expr::Attribute { value, name } => name == "__class__" && is_named(body, *value, receiver),
        Expr::Call { callee, args } => {
            is_named(body, *callee, "type")
                && matches!(&**args, [Arg::Positional(of)] if is_named(body, *of, receiver))
        }
        _ => false,
    }
}

fn is_named(body: &Body, expr: ExprId, name: &str) -> bool {
    matches!(&body[expr], Expr::Name(it) if it == name)
}

/// The receiver of an inherited method: what the method knows of it, as an instance of the heir.
pub(crate) fn received(db: &dyn Db, project: Project, heir: Heir, value: Value) -> Value {
    let Some(class) = heir.class(db, project) else { return value };
    let kind = match value.kind {
        Kind::Class(_) => Kind::Class(class),
        Kind::Entity(row) => Kind::Entity(crate::Entity { model: crate::ModelRef::Known(class), ..row }),
        _ => match model::query::entity(db, project, class.module, class.name.clone()) {
            Some(_) => value.kind,
            None => Kind::Instance(class, crate::Parts::default()),
        },
    };
    Value { kind, ..value }
}

/// All ways in which a function behaves: as it is written, and for the heirs that make a difference.
pub fn ways_of(db: &dyn Db, project: Project, function: FunctionRef) -> Vec<Callee> {
    let heirs: Arc<[Callee]> = if function.class_body().is_some() {
        Arc::default()
    } else {
        crate::query::heirs(db, project, function.module, function.function)
    };
    std::iter::once(function.into()).chain(heirs.iter().copied()).collect()
}
