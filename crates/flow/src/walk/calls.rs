//! Calls: the callee, the arguments, and the result.

use std::sync::Arc;

use model::ClassRef;
use python::{Arg, Expr, ExprId, Name};

use super::Seen;
use super::Walker;
use super::arguments::bind_arguments;
use crate::interpreter::Arguments;
use crate::types::classes::{Member, MethodKind};
use crate::{
    EffectKind, Entity, FunctionRef, Kept, Kind, LoaderOption, ModelRef, Origin, Path, Root, RowState, Value,
};

impl Walker<'_> {
    /// Evaluates a call expression.
    pub(super) fn eval_call(&mut self, expr: ExprId, callee: ExprId, args: &[Arg]) -> Value {
        let body = Arc::clone(&self.body);
        if let Expr::Attribute { value, name } = &body[callee] {
            if matches!(&body[*value], Expr::Call { callee, .. } if matches!(&body[*callee], Expr::Name(it) if it == "super"))
            {
                let arguments = self.arguments(args);
                return self.call_super(expr, name, &arguments);
            }
            if body.exprs.dotted(callee).is_none_or(|chain| self.environment.get(&chain).is_none()) {
                let known = self.recorder.callbacks.len();
                let base = self.eval(*value);
                let arguments = self.arguments(args);
                self.passes_callbacks_by(name, known);
                // `chain.append(send)` of a queue's chain.
                if let Kind::ForeignInstance(class) = &base.kind {
                    let later = libraries::entry(class).filter(|entry| *entry > libraries::Entry::Request);
                    self.passes_callbacks_to(later, known);
                }
                if let Some(filled) = self.fill(*value, &base, name, &arguments) {
                    return filled;
                }
                let base = self.manager_by_name(*value, base, name);
                let is_row = matches!(base.kind, Kind::Entity(_));
                let holder = if is_row { body.exprs.dotted(*value) } else { None };
                let base = self.with_reads(holder.as_deref(), base);
                let mut given = self.call_method(expr, callee, &base, name, &arguments);
                if let Kind::Instance(class, _) | Kind::Holder(class, _) = &base.kind
                    && let Some(Member::Method { function, kind: MethodKind::Instance }) =
                        crate::types::classes::member(self.db, self.project, class, name)
                {
                    given = self.given_by(function, 1, &arguments, given);
                }
                self.note_read_by_member(holder.as_deref(), &base, name, MethodKind::Instance);
                return given;
            }
        }
        let value = self.eval(callee);
        // `next(order.customer for order in orders if order.is_open)` makes one element.
        if let (Kind::Foreign(name), Some(Arg::Positional(first))) = (&value.kind, args.first())
            && name == "builtins.next"
        {
            self.around.taken = Some(*first);
        }
        let known = self.recorder.callbacks.len();
        if let (Kind::Foreign(name), [Arg::Positional(only)]) = (&value.kind, args)
            && crate::library::builtins::tests_each(name)
        {
            self.around.tested = Some(*only);
        }
        let arguments = self.arguments(args);
        if let Kind::Foreign(name) = &value.kind {
            self.passes_callbacks_to(libraries::entry(name), known);
        }
        let mut made = self.call(expr, &value, &arguments);
        if let Kind::Function(function) = &value.kind {
            made = self.given_by(*function, 0, &arguments, made);
            for (index, (row, at)) in arguments.positional.iter().enumerate() {
                if let Expr::Name(name) = &body[*at] {
                    self.note_read_by(*function, index, name, row);
                }
            }
        }
        // `Repository[Order](session)` states its type arguments itself.
        if let (Expr::Subscript { .. }, Kind::Class(_), Kind::Instance(..)) =
            (&body[callee], &value.kind, &made.kind)
        {
            let module = self.function.module;
            let said = crate::types::annotation::value(self.db, self.project, module, &body.exprs, callee);
            if let Kind::Instance(..) = said.kind {
                return Value { kind: said.kind, ..made };
            }
        }
        made
    }

    /// Calls the method `name` of a value.
    fn call_method(
        &mut self,
        expr: ExprId,
        callee: ExprId,
        base: &Value,
        name: &Name,
        arguments: &Arguments,
    ) -> Value {
        self.sends_by(expr, base, name);
        let is_library = match &base.kind {
            Kind::Module(_) | Kind::Foreign(_) | Kind::Record(_) => false,
            // Members inherited from a library come after the class's own.
            Kind::Instance(class, _) | Kind::Holder(class, _) => {
                crate::types::classes::member(self.db, self.project, class, name).is_none()
            }
            _ => true,
        };
        if is_library && let Some(value) = crate::library::method(self, expr, base, name, arguments) {
            let is_session = matches!(base.kind, Kind::Session { .. });
            if is_session {
                let is_async = matches!(base.kind, Kind::Session { is_async: true });
                self.expires(is_async, name, arguments);
                self.works_on_rows(base, name, arguments);
                self.expires_rows(is_async, name, arguments.positional.first().map(|(_, given)| *given));
                self.closes_by_hand(callee, name);
                self.expunges(name, arguments);
            }
            self.see_method(expr, base, name, arguments);
            for (target, relationship) in crate::library::refreshed(base, name, arguments) {
                self.loads_again(target, relationship.as_deref());
            }
            if let Kind::Option(option) = &value.kind {
                self.extend_option(callee, base, option);
            }
            return value.with_deps(base.deps | arguments.deps());
        }
        if base.is_unknown()
            && let Some(value) = self.call_only_method(expr, base, name, arguments)
        {
            return value;
        }
        let method = self.attribute(callee, base, name);
        let value = self.call(expr, &method, arguments);
        // The result of the method is left to callers, who know the receiver.
        if base.is_unknown() && value.is_unknown() && value.path.is_none() {
            let path = base.path.as_ref().filter(|_| !self.is_of_self(base));
            let step =
                key_asked(name, arguments).map_or_else(|| crate::Step::Call(name.clone()), crate::Step::Get);
            return value.at(path.and_then(|path| path.then(step)));
        }
        value
    }

    /// Notes which rows a method of a session expires: what was in memory of them isn't any more.
    pub(super) fn expires(&mut self, is_async: bool, method: &str, arguments: &Arguments) {
        match (method, arguments.positional.first()) {
            ("refresh" | "expire", Some((_, row))) => {
                if let Some(row) = self.body.exprs.dotted(*row) {
                    self.environment.forget(&row);
                }
            }
            // `expire_on_commit=False`: rows keep what was read of them.
            ("commit", _) => {
                let expiry = crate::expiry::expiry(self.db, self.project);
                let is_forgotten = if is_async { expiry.awaited } else { expiry.blocking };
                if is_forgotten {
                    self.environment.expire();
                }
            }
            ("rollback" | "expire" | "expire_all", _) => self.environment.expire(),
            _ => {}
        }
    }

    /// A method of something unknown that one entity of the project alone has, by a name that nothing else is likely to
    /// have.
    fn call_only_method(
        &mut self,
        expr: ExprId,
        base: &Value,
        name: &Name,
        arguments: &Arguments,
    ) -> Option<Value> {
        const TELLING: usize = 12;
        let has_words = name.contains('_') || name.chars().any(char::is_uppercase);
        if name.len() < TELLING || !has_words || name.starts_with('_') {
            return None;
        }
        let function = crate::query::only_method(self.db, self.project, name.clone())?;
        Some(
            self.call_function(expr, function, Some(base), arguments).with_deps(base.deps | arguments.deps()),
        )
    }

    /// Whether a value is reached from the receiver of the method. It is known from the class, or not at all.
    fn is_of_self(&self, value: &Value) -> bool {
        value.path.as_ref().is_some_and(|path| path.root == Root::Param(0)) && self.has_receiver()
    }

    /// `strategy.joinedload("session")` as a statement: before SQLAlchemy 2, chaining an option also modifies the
    /// option that a name holds.
    fn extend_option(&mut self, callee: ExprId, base: &Value, chained: &LoaderOption) {
        let body = Arc::clone(&self.body);
        let Expr::Attribute { value, .. } = &body[callee] else { return };
        if let (Expr::Name(name), Kind::Option(own)) = (&body[*value], &base.kind) {
            let mut own = (**own).clone();
            own.loads.merge(&chained.loads);
            self.environment.set(name.clone(), Value { kind: Kind::Option(Arc::new(own)), ..base.clone() });
        }
    }

    /// Calls a value: a project function, a method, a class, a partial, a lambda.
    pub(crate) fn call(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value {
        if self.spent.depth >= super::MAX_DEPTH || self.is_exhausted() {
            return Value::UNKNOWN;
        }
        self.spent.depth += 1;
        let value = self.call_within(expr, callee, arguments);
        self.spent.depth -= 1;
        self.worked_on(&value);
        value.with_deps(callee.deps | arguments.deps())
    }

    /// Calls a value in another thread, where blocking calls don't block this one.
    pub(crate) fn call_in_thread(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value {
        self.around.threads += 1;
        let value = self.call(expr, callee, arguments);
        self.around.threads -= 1;
        value
    }

    /// The same where SQLAlchemy awaits for synchronous code: what isn't loaded is loaded when it is read.
    pub(crate) fn call_in_greenlet(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value {
        self.around.greenlets += 1;
        let value = self.call(expr, callee, arguments);
        self.around.greenlets -= 1;
        value
    }

    fn call_within(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) -> Value {
        match &callee.kind {
            Kind::Foreign(name) => {
                self.sends_request(expr, name);
                self.see(expr, || Seen::Library(name.clone()));
                if let Some(value) = crate::library::call(self, expr, name, arguments) {
                    return value;
                }
                let last = name.rsplit('.').next().unwrap_or_default();
                let is_class = last.chars().next().is_some_and(char::is_uppercase);
                if is_class { Value::of(Kind::ForeignInstance(name.clone())) } else { Value::UNKNOWN }
            }
            Kind::Class(class) => self.construct(expr, class, arguments),
            Kind::Function(function) => self.call_function(expr, *function, None, arguments),
            Kind::Method(receiver, function) => self.call_bound(expr, *function, receiver, arguments),
            Kind::Composed(_) => {
                self.notes_functions(callee);
                Value::UNKNOWN
            }
            Kind::Partial(inner, before) => {
                let mut all = arguments.clone();
                let head = before.iter().map(|value| (value.clone(), expr));
                all.positional = head.chain(arguments.positional.iter().cloned()).collect();
                self.call(expr, inner, &all)
            }
            Kind::Lambda(lambda) => {
                let values: Vec<Value> = arguments.values().cloned().collect();
                self.call_lambda(*lambda, &values)
            }
            Kind::ForeignMethod(receiver, name) => {
                self.see_method(expr, receiver, name, arguments);
                crate::library::method(self, expr, receiver, name, arguments).unwrap_or_default()
            }
            Kind::Instance(class, _) | Kind::Holder(class, _) => {
                match crate::types::classes::member(self.db, self.project, class, "__call__") {
                    Some(Member::Method { function, .. }) => {
                        self.call_bound(expr, function, &callee.clone().into(), arguments)
                    }
                    _ => Value::UNKNOWN,
                }
            }
            Kind::ForeignInstance(_) | Kind::Session { .. } => {
                crate::library::method(self, expr, callee, "__call__", arguments).unwrap_or_default()
            }
            Kind::Unknown => {
                self.notes_unresolved(expr);
                self.see(expr, || Seen::Unknown);
                self.call_unknown(expr, callee, arguments);
                Value::UNKNOWN
            }
            _ => Value::UNKNOWN,
        }
    }

    /// Calls a value held by a parameter, which callers know.
    fn call_unknown(&mut self, expr: ExprId, callee: &Value, arguments: &Arguments) {
        let Some(path) = &callee.path else { return };
        if self.is_of_self(callee) || path.steps.len() > 2 || arguments.positional.len() > 6 {
            return;
        }
        let positional = arguments.positional.iter().map(|(value, _)| (None, value));
        let keywords = arguments.keywords.iter().map(|(name, value, _)| (Some(name.clone()), value));
        let given = positional
            .chain(keywords)
            .map(|(name, value)| {
                let mut given = crate::bind::without_loops(value);
                // Callers can't identify the loop, but it matters to them that it was one of the surrounding loops.
                given.deps.loops = u32::from(value.deps.loops != 0);
                (name, given)
            })
            .collect();
        let is_in_thread = self.around.threads > 0;
        let kind = EffectKind::Calls { callee: path.clone(), arguments: given, is_in_thread };
        self.effect(expr, kind, callee.deps | arguments.deps(), None);
    }

    /// `Order(...)`
    fn construct(&mut self, expr: ExprId, class: &ClassRef, arguments: &Arguments) -> Value {
        if self.entity(class).is_some_and(|entity| !entity.is_abstract) {
            return Value::of(Kind::Entity(Entity {
                model: ModelRef::Known(class.clone()),
                loads: self.given_to_row(expr, class, arguments),
                origin: Origin::Made,
                is_async: false,
                traits: crate::Traits::NONE,
                back: None,
                state: RowState::Attached,
            }));
        }
        if let Some(value) = crate::library::construct(self, expr, class, arguments) {
            return value;
        }
        let positional: Vec<Value> = arguments.positional.iter().map(|(value, _)| value.clone()).collect();
        let keywords: Vec<(Name, Value)> =
            arguments.keywords.iter().map(|(name, value, _)| (name.clone(), value.clone())).collect();
        let made = crate::types::classes::made(self.db, self.project, class, &positional, &keywords);
        if let Some(Member::Method { function, .. }) =
            crate::types::classes::member(self.db, self.project, class, "__init__")
        {
            self.call_function(expr, function, Some(&made), arguments);
        }
        self.with_fields(expr, class, made, arguments)
    }

    /// `super().method(...)`
    fn call_super(&mut self, expr: ExprId, name: &Name, arguments: &Arguments) -> Value {
        let Some(class) = self.own_class() else { return Value::UNKNOWN };
        let own = self.own_self();
        // The class of the instance determines what comes next. Where it is unknown, the method's own class does.
        let instance = self.heir.and_then(|heir| heir.class(self.db, self.project));
        let instance = instance.as_ref().unwrap_or(&class);
        if let Some(Member::Method { function, kind }) =
            crate::types::classes::member_past(self.db, self.project, instance, &class, name)
        {
            let receiver = (kind != MethodKind::Static).then_some(&own);
            return self.call_function(expr, function, receiver, arguments);
        }
        crate::library::super_method(self, expr, &own, name, arguments).unwrap_or_default()
    }

    /// The value of the method's first parameter.
    pub(super) fn own_self(&self) -> Value {
        let facts = self.definitions.functions.get(self.function.function.0 as usize);
        facts
            .and_then(|facts| facts.parameters.first())
            .and_then(|parameter| self.environment.get(&parameter.name))
            .cloned()
            .unwrap_or_else(|| Value::UNKNOWN.at(Some(Path::param(0))))
    }

    /// Calls a project function and applies its effects here.
    pub(super) fn call_function(
        &mut self,
        expr: ExprId,
        function: FunctionRef,
        receiver: Option<&Value>,
        arguments: &Arguments,
    ) -> Value {
        let definitions = self.definitions_of(function);
        let Some(facts) = definitions.functions.get(function.function.0 as usize) else {
            return Value::UNKNOWN;
        };
        let decorated = crate::decorated::of(self.db, self.project, function, &definitions, facts);
        self.around.threads += u32::from(decorated.in_thread);
        self.around.memos += u32::from(decorated.is_kept);
        self.around.lasting_memos += u32::from(decorated.is_kept);
        let inner = self.call_inner(expr, function, arguments);
        self.around.memos -= u32::from(decorated.is_kept);
        self.around.lasting_memos -= u32::from(decorated.is_kept);
        self.around.threads -= u32::from(decorated.in_thread);
        if let Some(value) = inner {
            self.see(expr, || Seen::Inner(function));
            return value;
        }
        let bound = bind_arguments(facts, receiver, arguments);
        self.hands_out(arguments);
        self.hands_out_expired(expr, receiver, arguments);
        let site = self.site(expr);
        if self.around.inner == 0 && self.recorder.calls.len() < 256 {
            self.recorder.calls.push((site, function));
            self.notes_modifying(site);
        } else {
            self.notes_function(function);
        }
        // A call memoized for arguments that no round changes runs only in the first round.
        let is_once = decorated.is_memo && bound.iter().flatten().all(|value| value.deps.loops == 0);
        let frames = if is_once { std::mem::take(&mut self.around.frames) } else { Vec::new() };
        self.around.threads += u32::from(decorated.in_thread);
        self.around.memos += u32::from(decorated.is_kept);
        self.around.lasting_memos += u32::from(decorated.is_kept);
        self.see(expr, || Seen::Call(function, bound.clone()));
        let callee = match receiver {
            Some(receiver) => crate::heir::called_on(self.db, self.project, function, receiver),
            None => function.into(),
        };
        let is_kept = decorated.is_memo && self.is_property_of_receiver(function, receiver);
        let kept = if is_kept { Kept::WithReceiver } else { self.around.kept };
        let kept = std::mem::replace(&mut self.around.kept, kept);
        let value = self.apply(expr, callee, &bound);
        self.updated_by(expr, callee, &bound);
        self.around.kept = kept;
        self.around.memos -= u32::from(decorated.is_kept);
        self.around.lasting_memos -= u32::from(decorated.is_kept);
        self.around.threads -= u32::from(decorated.in_thread);
        if is_once {
            self.around.frames = frames;
        }
        let says_nothing = value.is_unknown() && value.path.is_none();
        let value = match (facts.returns, says_nothing) {
            (Some(annotation), true) => {
                let class = match receiver.map(|receiver| &receiver.kind) {
                    Some(Kind::Instance(class, _) | Kind::Holder(class, _) | Kind::Class(class)) => {
                        Some(class.clone())
                    }
                    _ => None,
                };
                crate::types::annotation::value_in(
                    self.db,
                    self.project,
                    function.module,
                    &definitions.exprs,
                    annotation,
                    class.as_ref(),
                )
                .with_deps(value.deps)
            }
            _ => value,
        };
        let is_awaited = (facts.is_async && !facts.is_generator) || decorated.in_thread;
        if is_awaited && !matches!(value.kind, Kind::Awaitable(_)) {
            let deps = value.deps;
            return Value::of(Kind::Awaitable(value.into())).with_deps(deps);
        }
        value
    }
}

/// The key of `kwargs.get("owner")`, which is `None` where there is no such key.
fn key_asked(method: &str, arguments: &Arguments) -> Option<Name> {
    let [(Value { kind: Kind::Text(key), .. }, _), rest @ ..] = &*arguments.positional else { return None };
    let is_none = rest.iter().all(|(default, _)| default.kind == Kind::None);
    (method == "get" && is_none && arguments.keywords.is_empty()).then(|| key.clone())
}
