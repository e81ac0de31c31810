//! Calls that happen while a module is loaded.

use std::sync::Arc;

use model::{ClassRef, Head};
use python::{Expr, ExprId, Function, Name, ParameterKind, Scope};

use super::SideEffect;
use super::frame::{Frame, FrameKind};
use super::library::{self, Call};
use super::thing::{Locals, Thing, ThingKind};
use super::walker::Walker;
use crate::FunctionRef;
use crate::query::types;
use crate::types::classes::{self, Member, MethodKind, member};

/// Arguments in order: keyword arguments with their names, unpacked ones as `*`.
pub(super) type Args = [(Option<Name>, Thing)];

/// Stands for an attribute whose name isn't known.
const ANY_ATTRIBUTE: &str = "*";

impl Walker<'_> {
    /// Calls `target`, spelled `what` in the source; `text` is the first argument if it is a string literal.
    pub(super) fn call(
        &mut self,
        frame: &Frame,
        target: &Thing,
        args: &Args,
        what: &Name,
        text: Option<&Name>,
    ) -> Thing {
        match &target.kind {
            ThingKind::Function(function, captured) => {
                self.call_function(*function, captured.clone(), None, args)
            }
            ThingKind::Method(receiver, function) => {
                self.call_function(*function, None, Some((**receiver).clone()), args)
            }
            ThingKind::Class(class) => self.instantiate(class, args, what),
            ThingKind::Instance(_) => {
                let things: Vec<Thing> = args.iter().map(|(_, thing)| thing.clone()).collect();
                self.special(target, "__call__", &things);
                Thing::UNKNOWN
            }
            ThingKind::Foreign(full) => self.call_foreign(frame, full, args, what, text),
            // Calling the result of a library call: a decorator, a factory.
            ThingKind::Made(full) => {
                if target.is_shared {
                    self.side_effect(SideEffect::Calls(what.clone()));
                }
                decorated(args).unwrap_or(Thing::own(ThingKind::Made(full.clone())))
            }
            ThingKind::Member(owner, name) => self.call_member(frame, owner, name, args, what),
            ThingKind::Partial(inner) => self.call(frame, inner, args, what, None),
            ThingKind::Super => Thing::own(ThingKind::Super),
            ThingKind::Unknown
            | ThingKind::Plain
            | ThingKind::Container
            | ThingKind::Module(_)
            | ThingKind::Namespace(..) => {
                self.side_effect(SideEffect::CallsAnything(what.clone()));
                Thing::UNKNOWN
            }
        }
    }

    /// Runs the body of a project function.
    pub(super) fn call_function(
        &mut self,
        function: FunctionRef,
        captured: Option<Arc<Locals>>,
        receiver: Option<Thing>,
        args: &Args,
    ) -> Thing {
        let definitions = python::query::definitions(self.db, self.modules[function.module].file);
        let Some(facts) = definitions.functions.get(function.function.0 as usize) else {
            return Thing::UNKNOWN;
        };
        if facts.is_stub || facts.is_async {
            // Calling a coroutine function only creates the coroutine.
            return Thing::UNKNOWN;
        }
        if captured.is_none() {
            self.wrapped(function, facts, &definitions.exprs);
        }
        if !self.may_call(function) {
            return Thing::UNKNOWN;
        }
        let Some(mut frame) = self.frame(function.module, facts.body, FrameKind::Function) else {
            return Thing::UNKNOWN;
        };
        frame.captured = captured;
        frame.method_of = receiver.as_ref().and_then(|receiver| {
            let (ThingKind::Instance(class) | ThingKind::Class(class)) = &receiver.kind else { return None };
            let Scope::Class(defined_in) = facts.scope else { return None };
            let defined_in = ClassRef::new(function.module, definitions[defined_in].name.clone());
            Some((class.clone(), defined_in))
        });
        bind_arguments(&mut frame.locals, facts, receiver, args, &definitions.exprs);
        self.stack.push(function);
        let body = Arc::clone(&frame.body);
        self.block(&mut frame, &body.root, true);
        self.stack.pop();
        frame.returned.unwrap_or(Thing::PLAIN)
    }

    /// Calling a function that project decorators wrap may run anything that they do.
    fn wrapped(&mut self, function: FunctionRef, facts: &Function, exprs: &python::ExprArena) {
        for decorator in &facts.decorators {
            let callee = match &exprs[*decorator] {
                Expr::Call { callee, .. } => *callee,
                _ => *decorator,
            };
            let Some(dotted) = exprs.dotted(callee) else { continue };
            if let Head::Function(..) | Head::Class(_) = self.dotted(function.module, &dotted) {
                self.side_effect(SideEffect::CallsAnything(facts.name.clone()));
            }
        }
    }

    fn instantiate(&mut self, class: &ClassRef, args: &Args, what: &Name) -> Thing {
        let instance = Thing::own(ThingKind::Instance(class.clone()));
        for name in ["__new__", "__init__", "__post_init__", "__attrs_post_init__"] {
            if let Some(Member::Method { function, kind }) = member(self.db, self.project, class, name) {
                let receiver = match kind {
                    MethodKind::Class => Thing::own(ThingKind::Class(class.clone())),
                    _ => instance.clone(),
                };
                self.call_function(function, None, Some(receiver), args);
            }
        }
        if let Some(meta) = self.metaclass(class)
            && let Some(Member::Method { function, .. }) = member(self.db, self.project, &meta, "__call__")
        {
            self.call_function(function, None, Some(Thing::own(ThingKind::Class(class.clone()))), args);
        }
        for base in types::foreign_ancestors(self.db, self.project, class.module, class.name.clone()).iter() {
            match library::call(base) {
                Call::Environment => self.side_effect(SideEffect::ReadsEnvironment("os.environ".into())),
                Call::Acts | Call::Unknown => self.side_effect(SideEffect::CallsUnknown(what.clone())),
                Call::Pure | Call::Makes | Call::Configures | Call::Container | Call::CallsArguments => {}
            }
        }
        instance
    }

    fn call_foreign(
        &mut self,
        frame: &Frame,
        full: &Name,
        args: &Args,
        what: &Name,
        text: Option<&Name>,
    ) -> Thing {
        match full.as_str() {
            "builtins.super" => return Thing::own(ThingKind::Super),
            "builtins.__import__"
            | "importlib.import_module"
            | "django.utils.module_loading.import_string" => {
                return self.import_by_string(frame, text.map(Name::as_str), what);
            }
            "functools.partial" => {
                return args.first().map_or(Thing::UNKNOWN, |(_, thing)| {
                    Thing::own(ThingKind::Partial(Box::new(thing.clone())))
                });
            }
            // Returns a decorator, not the function passed to it.
            "functools.wraps" => return Thing::own(ThingKind::Made(full.clone())),
            "functools.update_wrapper" => {
                return args.first().map_or(Thing::UNKNOWN, |(_, thing)| thing.clone());
            }
            // Registering a listener on something just defined is part of its definition.
            "sqlalchemy.event.listen" | "sqlalchemy.event.listens_for"
                if args.first().is_some_and(|(_, thing)| !thing.is_shared) =>
            {
                return Thing::own(ThingKind::Made("sqlalchemy.Column".into()));
            }
            // An attribute read by its name: `getattr(settings, "LEVEL", 3)`.
            "builtins.getattr" | "builtins.hasattr" => {
                if let Some((_, Thing { kind: ThingKind::Foreign(object), .. })) = args.first()
                    && libraries::needs_program(&format!("{object}.{ANY_ATTRIBUTE}"))
                {
                    self.side_effect(SideEffect::ReadsSettings(object.clone()));
                }
            }
            "builtins.setattr" | "builtins.delattr" => {
                if args.first().is_none_or(|(_, thing)| thing.is_shared) {
                    self.side_effect(SideEffect::Changes(text.cloned().unwrap_or_else(|| what.clone())));
                }
                return Thing::PLAIN;
            }
            _ => {}
        }
        match library::call(full) {
            Call::Pure => decorated(args).unwrap_or(Thing::PLAIN),
            Call::Container => Thing::FRESH,
            Call::Makes | Call::Configures => {
                decorated(args).unwrap_or(Thing::own(ThingKind::Made(full.clone())))
            }
            Call::CallsArguments => {
                self.call_back(frame, args, what);
                Thing::FRESH
            }
            Call::Environment => {
                let name = text.cloned().unwrap_or_else(|| "os.environ".into());
                self.side_effect(SideEffect::ReadsEnvironment(name));
                Thing::PLAIN
            }
            Call::Acts => {
                self.side_effect(SideEffect::Calls(what.clone()));
                Thing::UNKNOWN
            }
            Call::Unknown => {
                self.side_effect(SideEffect::CallsUnknown(what.clone()));
                Thing::UNKNOWN
            }
        }
    }

    /// Calls the arguments that are project functions.
    fn call_back(&mut self, frame: &Frame, args: &Args, what: &Name) {
        for (_, thing) in args.iter().filter(|(_, thing)| thing.is_callable_of_project()) {
            self.call(frame, thing, &[(Some("*".into()), Thing::UNKNOWN)], what, None);
        }
    }

    /// Calls the method `name` of a value for which the project doesn't define it.
    fn call_member(&mut self, frame: &Frame, owner: &Thing, name: &Name, args: &Args, what: &Name) -> Thing {
        let is_quiet = match &owner.kind {
            ThingKind::Super => return self.call_super(frame, name, args, what),
            ThingKind::Plain => {
                self.call_back(frame, args, what);
                return Thing::PLAIN;
            }
            ThingKind::Container => {
                if !library::only_stores(name) {
                    self.call_back(frame, args, what);
                }
                if owner.is_shared && !library::only_reads(name) {
                    self.side_effect(SideEffect::Changes(owner_of(what)));
                }
                return Thing { kind: ThingKind::Unknown, is_shared: owner.is_shared };
            }
            ThingKind::Made(full) => {
                (!owner.is_shared || library::never_changes(full)) && library::method_is_quiet(full, name)
            }
            // `@total.setter` only defines; `@convert.register` and `@group.command` modify another module's function.
            ThingKind::Function(..) | ThingKind::Method(..) => match name.as_str() {
                "setter" | "getter" | "deleter" | "expression" | "comparator" => true,
                "register" | "command" | "group" => !owner.is_shared,
                _ => false,
            },
            ThingKind::Instance(class) => !owner.is_shared && self.foreign_bases_are_quiet(class, name),
            ThingKind::Class(_) => {
                library::makes_of_class(name) || !owner.is_shared && library::completes_class(name)
            }
            // `path.replace(target)` moves a file; `str.replace` takes two arguments.
            ThingKind::Unknown if library::is_of_text(name) && (name != "replace" || args.len() > 1) => {
                return Thing::PLAIN;
            }
            // A method of an attribute: treated like a method of the object that the attribute was read from.
            ThingKind::Member(inner, _) => {
                let root = self.call_member(frame, &inner.clone(), name, &[], what);
                return decorated(args).unwrap_or(root);
            }
            _ => false,
        };
        if !is_quiet {
            self.side_effect(match owner.kind {
                ThingKind::Made(_) if owner.is_shared => SideEffect::Calls(what.clone()),
                ThingKind::Made(_) => SideEffect::CallsUnknown(what.clone()),
                _ => SideEffect::CallsAnything(what.clone()),
            });
        }
        decorated(args).unwrap_or_else(|| match &owner.kind {
            ThingKind::Made(full) => {
                Thing { kind: ThingKind::Made(full.clone()), is_shared: owner.is_shared }
            }
            // A decorator of the command group that the function has become.
            ThingKind::Function(..) if matches!(name.as_str(), "command" | "group") => {
                Thing::own(ThingKind::Made("click.Command".into()))
            }
            _ => Thing::UNKNOWN,
        })
    }

    /// `super().name(...)`
    fn call_super(&mut self, frame: &Frame, name: &Name, args: &Args, what: &Name) -> Thing {
        let Some((class, defined_in)) = frame.method_of.clone() else {
            self.side_effect(SideEffect::CallsUnknown(what.clone()));
            return Thing::UNKNOWN;
        };
        let receiver = match frame.locals.values().find(
            |thing| matches!(&thing.kind, ThingKind::Instance(it) | ThingKind::Class(it) if *it == class),
        ) {
            Some(receiver) => receiver.clone(),
            None => Thing::UNKNOWN,
        };
        if let Some(Member::Method { function, .. }) =
            classes::member_past(self.db, self.project, &class, &defined_in, name)
        {
            return self.call_function(function, None, Some(receiver), args);
        }
        if !name.starts_with("__") && !self.foreign_bases_are_quiet(&class, name) {
            self.side_effect(SideEffect::CallsUnknown(what.clone()));
        }
        Thing::UNKNOWN
    }

    /// Whether a method that a class inherits from libraries has no visible effects.
    fn foreign_bases_are_quiet(&self, class: &ClassRef, name: &str) -> bool {
        let bases = types::foreign_ancestors(self.db, self.project, class.module, class.name.clone());
        !bases.is_empty() && bases.iter().all(|base| library::method_is_quiet(base, name))
    }
}

/// The result of calling a decorator with a function or class: for import purposes, the same object.
fn decorated(args: &Args) -> Option<Thing> {
    match args {
        [(None, thing)] if matches!(thing.kind, ThingKind::Function(..) | ThingKind::Class(_)) => {
            Some(thing.clone())
        }
        _ => None,
    }
}

/// The owner part of a dotted call: `a.b` for `a.b.append`.
fn owner_of(what: &Name) -> Name {
    what.rsplit_once('.').map_or_else(|| what.clone(), |(owner, _)| owner.into())
}

/// Binds arguments to parameters.
fn bind_arguments(
    locals: &mut Locals,
    function: &Function,
    receiver: Option<Thing>,
    args: &Args,
    exprs: &python::ExprArena,
) {
    let is_spread = args.iter().any(|(name, _)| name.as_deref() == Some("*"));
    let given = args.iter().filter(|(name, _)| name.is_none()).map(|(_, thing)| thing.clone());
    let mut positional = receiver.into_iter().chain(given);
    let default = |default: Option<ExprId>| match default.map(|id| &exprs[id]) {
        Some(Expr::Literal(_)) if !is_spread => Thing::PLAIN,
        _ => Thing::UNKNOWN,
    };
    for parameter in &function.parameters {
        let by_name = || {
            let is_it = |(name, _): &&(Option<Name>, Thing)| name.as_ref() == Some(&parameter.name);
            args.iter().find(is_it).map(|(_, thing)| thing.clone())
        };
        let thing = match parameter.kind {
            ParameterKind::PositionalOnly | ParameterKind::Normal => {
                positional.next().or_else(by_name).unwrap_or_else(|| default(parameter.default))
            }
            ParameterKind::KeywordOnly => by_name().unwrap_or_else(|| default(parameter.default)),
            // The collection is new; its elements aren't.
            ParameterKind::Args | ParameterKind::Kwargs => Thing::FRESH,
        };
        locals.insert(parameter.name.clone(), thing);
    }
}
