//! Evaluation of expressions while a module is loaded.

use model::Head;
use python::{Arg, ComprehensionClause, Expr, ExprArena, ExprId, FStringPart, Literal, Name};

use super::SideEffect;
use super::frame::Frame;
use super::library;
use super::thing::{Thing, ThingKind};
use super::walker::Walker;
use crate::types::classes::{Member, MethodKind, member};
use crate::types::names;

/// The environment mapping.
const ENVIRONMENT: &str = "os.environ";

impl Walker<'_> {
    /// Evaluates an expression and records its side effects as steps.
    pub(super) fn value(&mut self, frame: &mut Frame, exprs: &ExprArena, id: ExprId) -> Thing {
        if matches!(exprs[id], Expr::Literal(_)) {
            return Thing::PLAIN;
        }
        if !self.enter() {
            return Thing::UNKNOWN;
        }
        let thing = self.evaluate(frame, exprs, id);
        self.leave();
        if self.reads_whole_environment && is_environment(&thing) {
            self.side_effect(SideEffect::ReadsEnvironment(ENVIRONMENT.into()));
        }
        thing
    }

    /// Evaluates an expression whose attribute, item or method is accessed. Here, mentioning `os.environ` doesn't read
    /// all of it.
    pub(super) fn owner(&mut self, frame: &mut Frame, exprs: &ExprArena, id: ExprId) -> Thing {
        let before = std::mem::replace(&mut self.reads_whole_environment, false);
        let thing = self.value(frame, exprs, id);
        self.reads_whole_environment = before;
        thing
    }

    fn evaluate(&mut self, frame: &mut Frame, exprs: &ExprArena, id: ExprId) -> Thing {
        match &exprs[id] {
            Expr::Missing => {
                self.side_effect(SideEffect::TooMuch);
                Thing::UNKNOWN
            }
            Expr::Name(name) => self.name(frame, name),
            Expr::Attribute { value, name } => {
                let owner = self.owner(frame, exprs, *value);
                self.attribute(&owner, name)
            }
            Expr::Call { callee, args } => self.call_expression(frame, exprs, *callee, args),
            Expr::Subscript { value, index } => {
                let owner = self.owner(frame, exprs, *value);
                self.value(frame, exprs, *index);
                self.item(owner, &exprs[*index])
            }
            Expr::Slice(parts) => {
                for part in parts.iter().flatten() {
                    self.value(frame, exprs, *part);
                }
                Thing::PLAIN
            }
            Expr::Await(value) | Expr::YieldFrom(value) | Expr::Yield(Some(value)) => {
                self.value(frame, exprs, *value);
                Thing::UNKNOWN
            }
            Expr::Yield(None) => Thing::UNKNOWN,
            Expr::Literal(_) => Thing::PLAIN,
            Expr::FString(parts) | Expr::TString(parts) => {
                for part in parts {
                    let (value, name) = match part {
                        FStringPart::Text(_) => continue,
                        FStringPart::Value(value) => (value, "__str__"),
                        FStringPart::Repr(value) => (value, "__repr__"),
                    };
                    let thing = self.value(frame, exprs, *value);
                    self.special(&thing, name, &[]);
                }
                Thing::PLAIN
            }
            Expr::Tuple(items) => {
                let mut is_plain = true;
                for item in items {
                    is_plain &= self.value(frame, exprs, *item).kind == ThingKind::Plain;
                }
                if is_plain { Thing::PLAIN } else { Thing::FRESH }
            }
            Expr::List(items) | Expr::Set(items) => {
                for item in items {
                    self.value(frame, exprs, *item);
                }
                Thing::FRESH
            }
            Expr::Dict(entries) => {
                for (key, value) in entries {
                    if let Some(key) = key {
                        self.value(frame, exprs, *key);
                    }
                    self.value(frame, exprs, *value);
                }
                Thing::FRESH
            }
            Expr::Comprehension { element, value, clauses, .. } => {
                let outer = frame.targets.len();
                for clause in clauses {
                    self.clause(frame, exprs, clause);
                }
                self.value(frame, exprs, *element);
                if let Some(value) = value {
                    self.value(frame, exprs, *value);
                }
                frame.targets.truncate(outer);
                Thing::FRESH
            }
            Expr::Lambda { .. } => Thing::own(ThingKind::Unknown),
            Expr::Binary { op, left, right } => {
                let (left, right) = (self.value(frame, exprs, *left), self.value(frame, exprs, *right));
                for (operand, names) in [(&left, library::operator(op)), (&right, library::reflected(op))] {
                    for name in names {
                        self.special(operand, name, &[Thing::UNKNOWN]);
                    }
                }
                combined(left, &right)
            }
            Expr::Unary { operand, .. } => {
                let operand = self.value(frame, exprs, *operand);
                self.special(&operand, "__bool__", &[]);
                if operand.kind == ThingKind::Plain { Thing::PLAIN } else { Thing::own(ThingKind::Unknown) }
            }
            Expr::Bool { left, right, .. } => {
                let left = self.value(frame, exprs, *left);
                let right = self.value(frame, exprs, *right);
                left.join(&right)
            }
            Expr::Compare { first, rest } => {
                self.value(frame, exprs, *first);
                for (op, operand) in rest {
                    if op.ends_with("in") {
                        let container = self.owner(frame, exprs, *operand);
                        if is_environment(&container) {
                            self.side_effect(SideEffect::ReadsEnvironment(text_or_all(&exprs[*first])));
                        }
                        self.special(&container, "__contains__", &[Thing::UNKNOWN]);
                    } else {
                        self.value(frame, exprs, *operand);
                    }
                }
                Thing::PLAIN
            }
            Expr::Conditional { test, body, orelse } => {
                self.value(frame, exprs, *test);
                let body = self.value(frame, exprs, *body);
                let orelse = self.value(frame, exprs, *orelse);
                body.join(&orelse)
            }
            Expr::Starred(value) => {
                let thing = self.value(frame, exprs, *value);
                Self::element(&thing)
            }
            Expr::Walrus { target, value } => {
                let thing = self.value(frame, exprs, *value);
                self.bind(frame, target, thing.clone(), false);
                thing
            }
        }
    }

    fn clause(&mut self, frame: &mut Frame, exprs: &ExprArena, clause: &ComprehensionClause) {
        let iterable = self.value(frame, exprs, clause.iterable);
        self.special(&iterable, "__iter__", &[]);
        let element = Self::element(&iterable);
        let mut targets = vec![clause.target];
        while let Some(target) = targets.pop() {
            match &exprs[target] {
                Expr::Name(name) => frame.targets.push((name.clone(), element.clone())),
                Expr::Tuple(items) | Expr::List(items) => targets.extend(items),
                Expr::Starred(inner) => targets.push(*inner),
                _ => {}
            }
        }
        for condition in &clause.conditions {
            self.value(frame, exprs, *condition);
        }
    }

    fn call_expression(
        &mut self,
        frame: &mut Frame,
        exprs: &ExprArena,
        callee: ExprId,
        args: &[Arg],
    ) -> Thing {
        let target = self.owner(frame, exprs, callee);
        let what = match (exprs.dotted(callee), &exprs[callee]) {
            (Some(dotted), _) => dotted.into(),
            // The last of a chain of calls: `builder().filter(…).build()`.
            (None, Expr::Attribute { name, .. }) => name.clone(),
            (None, _) => "…".into(),
        };
        let calls_arguments = matches!(&target.kind, ThingKind::Foreign(full) if library::call(full) == library::Call::CallsArguments);
        let mut things = Vec::with_capacity(args.len());
        for arg in args {
            let thing = match &exprs[arg.value()] {
                // A lambda passed to a function that calls its arguments runs immediately.
                Expr::Lambda { parameters, body } if calls_arguments => {
                    let outer = frame.targets.len();
                    frame.targets.extend(parameters.iter().map(|name| (name.clone(), Thing::UNKNOWN)));
                    self.value(frame, exprs, *body);
                    frame.targets.truncate(outer);
                    Thing::PLAIN
                }
                _ => self.value(frame, exprs, arg.value()),
            };
            match arg {
                Arg::Positional(_) => things.push((None, thing)),
                Arg::Keyword(name, _) => things.push((Some(name.clone()), thing)),
                Arg::Star(_) | Arg::DoubleStar(_) => things.push((Some("*".into()), Thing::UNKNOWN)),
            }
        }
        let first = args.first().and_then(|arg| match &exprs[arg.value()] {
            Expr::Literal(Literal::Str(text)) => Some(text.clone()),
            _ => None,
        });
        self.call(frame, &target, &things, &what, first.as_ref())
    }

    /// Evaluates an attribute of `owner`. Reading it may run a property.
    fn attribute(&mut self, owner: &Thing, name: &Name) -> Thing {
        let is_shared = owner.is_shared;
        match &owner.kind {
            ThingKind::Module(module) => {
                let module = *module;
                match model::query::head_member(self.db, self.project, module, name) {
                    Head::Unknown => self.absent(module),
                    head => self.head(head),
                }
            }
            ThingKind::Namespace(root, package) => {
                let head = model::query::namespace_member(self.db, self.project, *root, package, name);
                self.head(head)
            }
            ThingKind::Foreign(full) => {
                let head = names::head_attribute(self.db, self.project, &Head::Foreign(full.clone()), name);
                let Head::Foreign(full) = head else { return Thing::UNKNOWN };
                if libraries::needs_program(&full) {
                    self.side_effect(SideEffect::ReadsSettings(full.clone()));
                }
                Thing::shared(ThingKind::Foreign(full))
            }
            ThingKind::Class(class) => match member(self.db, self.project, class, name) {
                Some(Member::Method { function, kind: MethodKind::Class }) => {
                    Thing { kind: ThingKind::Method(Box::new(owner.clone()), function), is_shared }
                }
                Some(Member::Method { function, .. }) => {
                    Thing { kind: ThingKind::Function(function, None), is_shared }
                }
                Some(Member::Attribute(value)) => {
                    let holder = self.holder(class, name);
                    if holder.module != self.running {
                        self.step(super::Step::Reads { module: holder.module, name: name.clone() });
                    }
                    let thing = Thing::of_value(&value, holder.module != self.running);
                    if thing.kind == ThingKind::Unknown {
                        return Thing {
                            kind: ThingKind::Member(Box::new(owner.clone()), name.clone()),
                            ..thing
                        };
                    }
                    thing
                }
                None => Thing { kind: ThingKind::Member(Box::new(owner.clone()), name.clone()), is_shared },
            },
            ThingKind::Instance(class) => match member(self.db, self.project, class, name) {
                Some(Member::Method { function, kind: MethodKind::Property }) => {
                    self.call_function(function, None, Some(owner.clone()), &[])
                }
                Some(Member::Method { function, kind: MethodKind::Static }) => {
                    Thing { kind: ThingKind::Function(function, None), is_shared }
                }
                Some(Member::Method { function, .. }) => {
                    Thing { kind: ThingKind::Method(Box::new(owner.clone()), function), is_shared }
                }
                Some(Member::Attribute(value)) => Thing::of_value(&value, is_shared),
                None => Thing { kind: ThingKind::Member(Box::new(owner.clone()), name.clone()), is_shared },
            },
            // An attribute of an attribute has the same owner as the first one.
            ThingKind::Member(..)
            | ThingKind::Made(_)
            | ThingKind::Container
            | ThingKind::Plain
            | ThingKind::Function(..)
            | ThingKind::Method(..)
            | ThingKind::Partial(_)
            | ThingKind::Super => {
                Thing { kind: ThingKind::Member(Box::new(owner.clone()), name.clone()), is_shared }
            }
            ThingKind::Unknown if library::is_of_text(name) => {
                Thing { kind: ThingKind::Member(Box::new(owner.clone()), name.clone()), is_shared }
            }
            ThingKind::Unknown => Thing { kind: ThingKind::Unknown, is_shared },
        }
    }

    /// The class that binds the attribute `name` of `class`.
    fn holder(&self, class: &model::ClassRef, name: &str) -> model::ClassRef {
        let ancestors =
            crate::query::types::ancestors(self.db, self.project, class.module, class.name.clone());
        let binds = |class: &&model::ClassRef| {
            let classes = crate::query::types::classes(self.db, self.modules[class.module].file);
            classes.get(&class.name).is_some_and(|own| own.get(name).is_some())
        };
        ancestors.iter().map(|ancestor| &ancestor.class).find(binds).unwrap_or(class).clone()
    }

    fn item(&mut self, owner: Thing, index: &Expr) -> Thing {
        if is_environment(&owner) {
            self.side_effect(SideEffect::ReadsEnvironment(text_or_all(index)));
            return Thing::PLAIN;
        }
        self.special(&owner, "__getitem__", &[Thing::UNKNOWN]);
        match owner.kind {
            // `List[Order]`, `Repository[Order]`
            ThingKind::Foreign(_) | ThingKind::Class(_) => owner,
            ThingKind::Plain => Thing::PLAIN,
            _ => Thing { kind: ThingKind::Unknown, is_shared: owner.is_shared },
        }
    }
}

fn is_environment(thing: &Thing) -> bool {
    matches!(&thing.kind, ThingKind::Foreign(full) if full == ENVIRONMENT)
}

/// The text of a string expression, or the whole environment.
fn text_or_all(expr: &Expr) -> Name {
    match expr {
        Expr::Literal(Literal::Str(text)) => text.clone(),
        _ => ENVIRONMENT.into(),
    }
}

/// The result of a binary operator.
fn combined(left: Thing, right: &Thing) -> Thing {
    match (&left.kind, &right.kind) {
        (ThingKind::Plain, ThingKind::Plain) => Thing::PLAIN,
        (ThingKind::Container, _) | (_, ThingKind::Container) => Thing::FRESH,
        (ThingKind::Made(_), _) => Thing { is_shared: false, ..left },
        (_, ThingKind::Made(full)) => Thing::own(ThingKind::Made(full.clone())),
        // `int | None` is a type.
        (ThingKind::Foreign(_) | ThingKind::Class(_), _) => left,
        _ => Thing::own(ThingKind::Unknown),
    }
}
