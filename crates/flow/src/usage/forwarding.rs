//! What a callee does with an argument: it is bound to a parameter of a project function or constructor, or the callee
//! is known to use it no further than Python itself does.

use std::sync::Arc;

use model::{ClassRef, InjectionPlace, ModuleId, Project};
use python::{Arg, Body, Definitions, Expr, ExprId, Literal, Name, ParameterKind, Scope};

use super::follow::{Holder, parameter_of};
use super::words::{self, Builtin};
use crate::types::annotation::{self, Parameter};
use crate::types::classes::{self, Member, MethodKind};
use crate::types::names::{self, Evaluator, Locals};
use crate::{Db, FunctionRef, Kind, Site, Value};

/// How a callee uses an argument.
pub(super) enum Taken {
    /// In no relevant way.
    Nothing,
    /// It calls these members.
    Members(Vec<Name>),
    /// It reads or writes this member.
    Read { name: Name, is_written: bool },
    /// This holds it now, and was given it there.
    By(Holder, (ModuleId, InjectionPlace)),
    /// Unknown.
    Unknown,
}

/// A function that passes something on.
pub(super) struct Caller<'a> {
    db: &'a dyn Db,
    project: Project,
    pub(super) function: FunctionRef,
    body: &'a Body,
    definitions: Arc<Definitions>,
    /// The enclosing functions, innermost first: the function itself, and those that it is nested in.
    around: Vec<FunctionRef>,
}

impl<'a> Caller<'a> {
    pub(super) fn new(db: &'a dyn Db, project: Project, function: FunctionRef, body: &'a Body) -> Self {
        let file = model::query::file_of(db, project, function.module);
        let definitions = python::query::definitions(db, file);
        let mut around = vec![function];
        while let Some(Scope::Function(outer)) = around
            .last()
            .and_then(|last| definitions.functions.get(last.function.0 as usize))
            .map(|it| it.scope)
        {
            around.push(FunctionRef { module: function.module, function: outer });
        }
        Self { db, project, function, body, definitions, around }
    }

    /// The position of an expression in it.
    pub(super) fn site(&self, expr: ExprId) -> Site {
        Site { body: self.definitions[self.function.function].body, expr }
    }

    /// The method that the code runs in, with its class.
    fn method(&self) -> Option<(&python::Function, ClassRef)> {
        let outermost = *self.around.last()?;
        let class = annotation::own_class(&self.definitions, outermost)?;
        Some((&self.definitions[outermost.function], class))
    }

    /// The class whose instance the name refers to: `self`.
    pub(super) fn class_of_receiver(&self, name: &str) -> Option<ClassRef> {
        let (method, class) = self.method()?;
        let is_instance = matches!(
            classes::method_kind(&self.definitions, method),
            MethodKind::Instance | MethodKind::Property
        );
        (is_instance && method.parameters.first()?.name == name).then_some(class)
    }

    /// Whether the function itself has a parameter with this name.
    pub(super) fn has_parameter(&self, name: &str) -> bool {
        let facts = self.definitions.functions.get(self.function.function.0 as usize);
        facts.is_some_and(|facts| facts.parameters.iter().any(|parameter| parameter.name == name))
    }

    /// The property whose body this is.
    pub(super) fn own_property(&self) -> Option<(ClassRef, Name)> {
        let (method, class) = self.method()?;
        let is_property = classes::method_kind(&self.definitions, method) == MethodKind::Property;
        (self.around.len() == 1 && is_property).then(|| (class, method.name.clone()))
    }

    /// How the callee of `call` uses the argument `arg`.
    pub(super) fn taken(&self, call: ExprId, arg: usize) -> Taken {
        let Expr::Call { callee, args } = &self.body[call] else { return Taken::Unknown };
        if let Expr::Attribute { value, name } = &self.body[*callee] {
            if words::is_logging(name) && self.is_logger(*value) {
                return Taken::Nothing;
            }
            // `stack.enter_async_context(uow)`
            match name.as_str() {
                "enter_context" => return Taken::Members(vec!["__enter__".into(), "__exit__".into()]),
                "enter_async_context" => {
                    return Taken::Members(vec!["__aenter__".into(), "__aexit__".into()]);
                }
                _ => {}
            }
            // `super().__init__(orders)`
            if let Expr::Call { callee: inner, .. } = &self.body[*value]
                && matches!(&self.body[*inner], Expr::Name(name) if name == "super")
            {
                return self.by_base(name, args, arg);
            }
        }
        let evaluator = Evaluator::new(self.db, self.project, self.function.module, &self.body.exprs);
        let callee = evaluator.with_locals(self).value(*callee);
        self.by(&callee, args, arg)
    }

    fn is_logger(&self, value: ExprId) -> bool {
        matches!(&self.body[value], Expr::Name(name) | Expr::Attribute { name, .. }
            if name.to_lowercase().contains("log"))
    }

    fn by_base(&self, name: &str, args: &[Arg], arg: usize) -> Taken {
        let Some((_, class)) = self.method() else { return Taken::Unknown };
        match classes::member_past(self.db, self.project, &class, &class, name) {
            Some(Member::Method { function, kind }) => {
                self.by_function(function, usize::from(kind != MethodKind::Static), args, arg)
            }
            _ => Taken::Unknown,
        }
    }

    fn by(&self, callee: &Value, args: &[Arg], arg: usize) -> Taken {
        match &callee.kind {
            Kind::Function(function) => self.by_function(*function, 0, args, arg),
            Kind::Method(_, function) => self.by_function(*function, 1, args, arg),
            Kind::Class(class) => self.by_constructor(class, args, arg),
            Kind::Instance(class, _) => match classes::member(self.db, self.project, class, "__call__") {
                Some(Member::Method { function, .. }) => self.by_function(function, 1, args, arg),
                _ => Taken::Unknown,
            },
            // The result of the call is followed like the argument.
            Kind::Foreign(full) if full == "typing.cast" => Taken::Nothing,
            Kind::Foreign(full) if full == "functools.partial" && arg > 0 => {
                let Some(Arg::Positional(function)) = args.first() else { return Taken::Unknown };
                let evaluator = Evaluator::new(self.db, self.project, self.function.module, &self.body.exprs);
                let function = evaluator.with_locals(self).value(*function);
                match function.kind {
                    Kind::Foreign(_) => Taken::Unknown,
                    _ => self.by(&function, &args[1..], arg - 1),
                }
            }
            Kind::Foreign(full) => self.by_python(full, args, arg),
            _ => Taken::Unknown,
        }
    }

    fn by_python(&self, full: &str, args: &[Arg], arg: usize) -> Taken {
        match words::builtin(full) {
            Some(Builtin::Nothing) => Taken::Nothing,
            Some(Builtin::Member(name)) => Taken::Members(vec![Name::new_static(name)]),
            Some(Builtin::Named) if arg == 0 => match args.get(1).map(|name| &self.body[name.value()]) {
                Some(Expr::Literal(Literal::Str(name))) => {
                    let is_written = matches!(full, "builtins.setattr" | "builtins.delattr");
                    Taken::Read { name: name.clone(), is_written }
                }
                _ => Taken::Unknown,
            },
            _ => Taken::Unknown,
        }
    }

    fn by_constructor(&self, class: &ClassRef, args: &[Arg], arg: usize) -> Taken {
        match classes::member(self.db, self.project, class, "__init__") {
            Some(Member::Method { function, .. }) => self.by_function(function, 1, args, arg),
            _ => self.by_field(class, args, arg),
        }
    }

    /// The argument of a class with a generated constructor, by field.
    fn by_field(&self, class: &ClassRef, args: &[Arg], arg: usize) -> Taken {
        let file = model::query::file_of(self.db, self.project, class.module);
        let definitions = python::query::definitions(self.db, file);
        let asks = model::query::injection_sites(self.db, self.project, file);
        let fields = asks.iter().filter_map(|ask| match ask.place {
            InjectionPlace::Field { class: id, variable } if definitions[id].name == class.name => {
                Some((&definitions.variables[variable as usize].name, ask.place))
            }
            _ => None,
        });
        let mut fields = fields.into_iter();
        let field = match &args[arg] {
            Arg::Keyword(name, _) => fields.find(|(field, _)| *field == name),
            Arg::Positional(_) => {
                let is_field = |variable: &&python::Variable| {
                    matches!(variable.scope, Scope::Class(id) if definitions[id].name == class.name)
                        && variable.annotation.is_some()
                };
                let wanted = definitions.variables.iter().filter(is_field).nth(arg);
                wanted.and_then(|wanted| fields.find(|(field, _)| **field == wanted.name))
            }
            Arg::Star(_) | Arg::DoubleStar(_) => None,
        };
        field.map_or(Taken::Unknown, |(field, place)| {
            Taken::By(Holder::Attribute(class.clone(), field.clone()), (class.module, place))
        })
    }

    /// The parameter that the argument is bound to, after skipping `skipped` parameters.
    fn by_function(&self, function: FunctionRef, skipped: usize, args: &[Arg], arg: usize) -> Taken {
        let file = model::query::file_of(self.db, self.project, function.module);
        let definitions = python::query::definitions(self.db, file);
        let Some(facts) = definitions.functions.get(function.function.0 as usize) else {
            return Taken::Unknown;
        };
        let index = match &args[arg] {
            Arg::Keyword(name, _) => facts.parameters.iter().position(|parameter| parameter.name == *name),
            Arg::Positional(_) if args[..arg].iter().all(|arg| !matches!(arg, Arg::Star(_))) => {
                let index = arg + skipped;
                let is_plain = |parameter: &python::Parameter| {
                    matches!(parameter.kind, ParameterKind::PositionalOnly | ParameterKind::Normal)
                };
                facts.parameters.iter().take(index + 1).all(is_plain).then_some(index)
            }
            _ => None,
        };
        let taken = index.and_then(|index| {
            let parameter = u16::try_from(index).ok()?;
            let place = InjectionPlace::Parameter { function: function.function, parameter };
            Some(Taken::By(parameter_of(&definitions, function, index)?, (function.module, place)))
        });
        taken.unwrap_or(Taken::Unknown)
    }
}

/// Names of the function: `self`, parameters, nested functions, local imports.
impl Locals for Caller<'_> {
    fn name(&self, name: &str) -> Option<Value> {
        if let Some(class) = self.class_of_receiver(name) {
            return Some(annotation::instance_of(self.db, self.project, &class, &[]));
        }
        for function in &self.around {
            let facts = self.definitions.functions.get(function.function.0 as usize)?;
            if let Some(index) = facts.parameters.iter().position(|parameter| parameter.name == name) {
                return Some(match annotation::parameter(self.db, self.project, *function, index) {
                    Parameter::Known(value) => value,
                    Parameter::Provider(_) | Parameter::Unknown => Value::UNKNOWN,
                });
            }
            let is_inner = |inner: &python::Function| {
                inner.scope == Scope::Function(function.function) && inner.name == name
            };
            if let Some((id, _)) = self.definitions.functions().find(|(_, inner)| is_inner(inner)) {
                return Some(Value::of(Kind::Function(FunctionRef {
                    module: function.module,
                    function: id,
                })));
            }
            let file = model::query::file_of(self.db, self.project, function.module);
            let imports = python::query::imports(self.db, file);
            let is_own = |import: &python::Import| {
                import.context.function == Some(function.function) && import.bound_name() == Some(name)
            };
            if let Some((id, _)) = imports.iter().find(|(_, import)| is_own(import)) {
                return Some(names::imported(self.db, self.project, function.module, id));
            }
        }
        self.assigned(name)
    }

    fn attribute(&self, _: &str, _: &str) -> Option<Value> {
        None
    }
}

impl Caller<'_> {
    /// A name that the body assigns: unknown, rather than the module-level name.
    fn assigned(&self, name: &str) -> Option<Value> {
        let is_it = |target: &ExprId| matches!(&self.body[*target], Expr::Name(own) if own == name);
        let is_assigned =
            self.body.stmts.iter().any(
                |stmt| matches!(stmt, python::Stmt::Assign { targets, .. } if targets.iter().any(is_it)),
            );
        is_assigned.then_some(Value::UNKNOWN)
    }
}
