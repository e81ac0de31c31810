//! Statements, in order. Branches are walked separately and joined.

use std::sync::Arc;

use python::{Expr, ExprId, Handler, MatchCase, Name, Stmt, StmtId};

use super::Walker;
use super::environment::Environment;
use super::expressions::awaited;
use crate::interpreter::Arguments;
use crate::types::classes::Member;
use crate::{Arm, Bound, Guard, Kind, Loop, Value, Walks};

/// How a block ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Execution continues after it.
    Open,
    /// It continues with the next element.
    NextElement,
    /// It leaves the innermost loop.
    LeavesLoop,
    /// It leaves the function (or raises).
    LeavesFunction,
}

impl Walker<'_> {
    /// Walks a block and returns how it ends.
    pub(super) fn block(&mut self, block: &[StmtId]) -> End {
        let (effects, problems, guards) =
            (self.recorder.effects.len(), self.recorder.problems.len(), self.around.guards.len());
        let memos = (self.around.memos, self.around.lasting_memos);
        let arms = self.around.arms.len();
        let mut end = End::Open;
        for id in block {
            end = self.statement(*id);
            if end != End::Open {
                self.at_most_once(end, effects, problems);
                // Queries for an error message rarely run.
                if self.around.branches > 0 && matches!(self.body[*id], Stmt::Raise { .. }) {
                    self.recorder.forget_effects(effects);
                    self.recorder.problems.truncate(problems);
                }
                break;
            }
        }
        self.around.guards.truncate(guards);
        self.around.arms.truncate(arms);
        (self.around.memos, self.around.lasting_memos) = memos;
        end
    }

    fn statement(&mut self, id: StmtId) -> End {
        if self.spent.depth >= super::MAX_DEPTH || self.is_exhausted() {
            return End::Open;
        }
        self.spent.depth += 1;
        let end = self.statement_within(id);
        self.spent.depth -= 1;
        end
    }

    fn statement_within(&mut self, id: StmtId) -> End {
        let body = Arc::clone(&self.body);
        match &body[id] {
            Stmt::Expr(expr) => {
                self.eval(*expr);
            }
            Stmt::Assign { targets, annotation, value } => self.assign(targets, *annotation, *value),
            Stmt::AugAssign { target, value, .. } => self.augment(*target, *value),
            Stmt::Return(returned) => {
                let returned = &match returned.map(|value| self.answered(value)) {
                    Some(None) => return End::LeavesFunction,
                    Some(answer) => answer,
                    None => None,
                };
                let value = returned.map_or(Value::of(Kind::None), |id| {
                    let value = self.eval(id);
                    self.renders_returned(id, &value);
                    let value = self.with_what_was_read(id, value);
                    self.leaves_session(id, value)
                });
                self.returns_query(*returned, &value);
                self.answer.returned = Some(match self.answer.returned.take() {
                    Some(before) => self.join_returned(&before, &value),
                    None => value,
                });
                return End::LeavesFunction;
            }
            Stmt::Raise { exception, cause } => {
                for part in [exception, cause].into_iter().flatten() {
                    self.eval(*part);
                }
                return End::LeavesFunction;
            }
            Stmt::If { test, body, orelse } => return self.branch(*test, body, orelse),
            Stmt::For { is_async, target, iterable, body, orelse } => {
                self.walk_for(*is_async, *target, *iterable, body);
                return self.block(orelse);
            }
            Stmt::While { test, body, orelse } => {
                self.walk_while(*test, body);
                return self.block(orelse);
            }
            Stmt::With { items, body, .. } => {
                // The names before the block, if it closes a session.
                let mut before = None;
                for item in items {
                    let manager = self.eval(item.manager);
                    let entered = self.entered(item.manager, manager);
                    if before.is_none() && self.closes(item.manager, &entered) {
                        before = Some(self.environment.clone());
                    }
                    if let Some(target) = item.target {
                        self.bind(target, entered);
                    }
                }
                let closes = u32::from(before.is_some());
                self.around.closing += closes;
                let end = self.block(body);
                self.around.closing -= closes;
                items.iter().for_each(|item| self.commits_after(item.manager));
                if let Some(before) = before {
                    self.outlive(&before);
                }
                return end;
            }
            Stmt::Try { body, handlers, orelse, finally } => {
                return self.guarded(body, handlers, orelse, finally);
            }
            Stmt::Match { subject, cases } => self.matched(*subject, cases),
            Stmt::Import(ids) => {
                let imports = python::query::imports(self.db, self.file);
                for id in ids {
                    let import = imports.list.get(id.0 as usize);
                    let Some(name) = import.and_then(python::Import::bound_name) else { continue };
                    let value =
                        crate::types::names::imported(self.db, self.project, self.function.module, *id);
                    self.environment.set(name.into(), value);
                }
            }
            Stmt::Function(function) => self.define(*function),
            Stmt::Class(class) => {
                let name = self.definitions[*class].name.clone();
                self.environment.set(name, Value::UNKNOWN);
            }
            Stmt::Delete(targets) => {
                for target in targets {
                    self.reads_in_target(*target);
                    if let Expr::Name(name) = &body[*target] {
                        self.environment.remove(name);
                    }
                }
            }
            Stmt::Assert { test, message } => {
                self.test(*test);
                if let Some(message) = message {
                    self.eval(*message);
                }
            }
            Stmt::Break => return End::LeavesLoop,
            Stmt::Continue => return End::NextElement,
            Stmt::Global(_) | Stmt::TypeAlias { .. } | Stmt::Pass => {}
        }
        End::Open
    }

    fn assign(&mut self, targets: &[ExprId], annotation: Option<ExprId>, value: Option<ExprId>) {
        let Some(value) = value else { return };
        let mut assigned = self.eval(value);
        if assigned.is_unknown()
            && let Some(annotation) = annotation
        {
            let body = Arc::clone(&self.body);
            let declared = crate::types::annotation::value(
                self.db,
                self.project,
                self.function.module,
                &body.exprs,
                annotation,
            );
            assigned = declared.at(assigned.path.clone()).with_deps(assigned.deps);
        }
        self.note_cached(targets, value);
        let known = self.known_of_copy(value);
        for target in targets {
            self.reads_in_target(*target);
            self.bind(*target, assigned.clone());
        }
        self.know_copy(targets, &known);
    }

    /// `names += more`, `query &= condition`
    fn augment(&mut self, target: ExprId, value: ExprId) {
        let before = self.eval(target);
        let added = self.eval(value);
        let is_collection = |kind: &Kind| matches!(kind, Kind::Tuple(_) | Kind::Many(_));
        if is_collection(&before.kind) && is_collection(&added.kind) {
            let element = self.element(value, &added);
            self.stores(target, &element);
            return;
        }
        let value = match (&before.kind, &added.kind) {
            (Kind::Query(_), Kind::Query(_)) => before.join(&added),
            _ => Value::of(before.kind.clone()),
        };
        self.bind(target, value.with_deps(before.deps | added.deps));
    }

    fn branch(&mut self, test: ExprId, body: &[StmtId], orelse: &[StmtId]) -> End {
        let before_test = (self.recorder.effects.len(), self.recorder.problems.len());
        self.test(test);
        if let Some(holds) = self
            .holds_for_list(test)
            .or_else(|| self.has_attribute(test))
            .or_else(|| self.lists_something(test))
            .or_else(|| self.is_kept(test))
            .or_else(|| self.kind_holds(test))
        {
            return self.block(if holds { body } else { orelse });
        }
        let memo = self.memo_of(test, body);
        let is_memo = memo.is_some();
        let is_lasting = memo.is_some_and(|container| self.outlives_call(&container));
        let before = self.environment.clone();
        let is_guess = self.tests_kind(test);
        self.narrow(test);
        self.narrow_null(test, true);
        self.narrow_loaded(test, true);
        self.around.branches += 1;
        self.around.memos += u32::from(is_memo);
        self.around.lasting_memos += u32::from(is_lasting);
        let kept = self.keeps_itself(test, body).unwrap_or(self.around.kept);
        let kept = std::mem::replace(&mut self.around.kept, kept);
        let (holds, otherwise) = (self.guard_of(test), self.guard_otherwise(test));
        let (first_effect, first_problem) = (self.recorder.effects.len(), self.recorder.problems.len());
        let branch = self.new_branch();
        self.notes_methods(test, branch);
        let asked = std::mem::take(&mut self.asked_cache);
        let first = self.guarded_by(holds.clone(), |walker| walker.in_arm(branch, 0, |it| it.block(body)));
        if is_guess {
            self.recorder.forget_effects(first_effect);
        }
        // Without a key there is no query, and with one the loop ends.
        if self.asks_for_row_of_key(test) {
            self.at_most_once(first, before_test.0, before_test.1);
        }
        self.in_one_round(test, first_effect);
        self.once_a_chunk(test, body, (first_effect, first_problem));
        self.around.memos -= u32::from(is_memo);
        self.around.lasting_memos -= u32::from(is_lasting);
        self.around.kept = kept;
        let after_body = std::mem::replace(&mut self.environment, before);
        self.narrow_null(test, false);
        self.narrow_loaded(test, false);
        let second =
            self.guarded_by(otherwise.clone(), |walker| walker.in_arm(branch, 1, |it| it.block(orelse)));
        self.around.branches -= 1;
        // The statements after a branch that leaves the block run only in the other case.
        match (first == End::Open, second == End::Open) {
            (false, true) => self.around.arms.push(Arm { branch, way: 1 }),
            (true, false) => self.around.arms.push(Arm { branch, way: 0 }),
            _ => {}
        }
        if (first, second) == (End::Open, End::Open) && orelse.is_empty() {
            self.follows_asked(test, asked);
        } else {
            self.asked_cache = asked;
        }
        match (first, second) {
            (End::LeavesFunction, End::Open) => {
                self.around.guards.extend(otherwise.clone());
                self.follows_cache(test);
            }
            (End::Open, End::LeavesFunction) => self.around.guards.extend(holds.clone()),
            _ => {}
        }
        match (first, second) {
            (End::Open, End::Open) => {
                self.rejoin_arms(test, (holds.as_ref(), otherwise.as_ref()), after_body);
                End::Open
            }
            (End::Open, _) => {
                self.environment = after_body;
                End::Open
            }
            (_, End::Open) => End::Open,
            (End::NextElement, _) | (_, End::NextElement) => End::NextElement,
            (End::LeavesLoop, _) | (_, End::LeavesLoop) => End::LeavesLoop,
            (End::LeavesFunction, End::LeavesFunction) => End::LeavesFunction,
        }
    }

    /// Whether a condition checks the type of a value that is unknown and doesn't come from a caller. Most callers
    /// never reach the branch, and it can't be determined which do.
    fn tests_kind(&self, test: ExprId) -> bool {
        let Expr::Call { callee, args } = &self.body[test] else { return false };
        let is_check = matches!(&self.body[*callee], Expr::Name(name) if name == "isinstance");
        let subject = args.first().and_then(|subject| self.body.exprs.dotted(subject.value()));
        let held = subject.and_then(|subject| self.environment.get(&subject));
        is_check && held.is_some_and(|held| held.is_unknown() && held.path.is_none() && held.deps.loops == 0)
    }

    /// `if isinstance(x, Order)`: inside, `x` is an `Order`, unless more is known about it.
    fn narrow(&mut self, test: ExprId) {
        let body = Arc::clone(&self.body);
        let Expr::Call { callee, args } = &body[test] else { return };
        let is_check = matches!(&body[*callee], Expr::Name(name) if name == "isinstance");
        let [python::Arg::Positional(subject), python::Arg::Positional(class)] = &**args else { return };
        let Some(name) = body.exprs.dotted(*subject).filter(|_| is_check) else { return };
        let Some(held) = self.environment.get(&name).filter(|held| held.is_unknown()).cloned() else {
            return;
        };
        if let Kind::Class(_) = self.eval(*class).kind {
            let one = crate::types::annotation::value(
                self.db,
                self.project,
                self.function.module,
                &body.exprs,
                *class,
            );
            self.environment.set(name.into(), one.at(held.path).with_deps(held.deps));
        }
    }

    fn guarded(
        &mut self,
        body: &[StmtId],
        handlers: &[Handler],
        orelse: &[StmtId],
        finally: &[StmtId],
    ) -> End {
        let before = self.environment.clone();
        let mut end = self.block(body);
        if end == End::Open {
            end = self.block(orelse);
        }
        let mut after = (end == End::Open).then(|| std::mem::take(&mut self.environment));
        self.around.branches += 1;
        for handler in handlers {
            if self.does_without(&before, body, handler) {
                continue;
            }
            self.environment = before.clone();
            if let Some(name) = &handler.name {
                self.environment.set(name.clone(), Value::UNKNOWN);
            }
            if self.block(&handler.body) == End::Open {
                let arm = std::mem::take(&mut self.environment);
                after = Some(after.map_or_else(|| arm.clone(), |joined| joined.join(arm.clone())));
            }
        }
        self.around.branches -= 1;
        let ends_open = after.is_some();
        self.environment = after.unwrap_or(before);
        match self.block(finally) {
            End::Open if ends_open => End::Open,
            End::Open => end,
            last => last,
        }
    }

    fn matched(&mut self, subject: ExprId, cases: &[MatchCase]) {
        let asked = subject;
        let subject = self.eval(subject);
        let before = self.environment.clone();
        let mut arms: Vec<(Option<Guard>, bool, Environment)> = Vec::new();
        self.around.branches += 1;
        let branch = self.new_branch();
        let guards = self.around.guards.len();
        for (way, case) in cases.iter().enumerate() {
            // What comes after a case runs where its pattern doesn't match.
            let here = self.case_guard(asked, &case.pattern);
            let before_case = self.around.guards.len();
            self.around.guards.extend(here.clone());
            self.environment = before.clone();
            for name in &case.pattern.bindings {
                self.environment.set(name.clone(), Value::UNKNOWN.with_deps(subject.deps));
            }
            self.narrow_case(asked, &case.pattern);
            if let Some(guard) = case.guard {
                self.eval(guard);
            }
            let way = u16::try_from(way).unwrap_or(u16::MAX);
            if self.in_arm(branch, way, |it| it.block(&case.body)) == End::Open {
                let arm = std::mem::take(&mut self.environment);
                arms.push((here.clone(), case.guard.is_none(), arm));
            }
            self.around.guards.truncate(before_case);
            self.around.guards.extend(here.filter(|_| case.guard.is_none()).map(Guard::negated));
        }
        self.around.guards.truncate(guards);
        self.around.branches -= 1;
        // Each case is what `elif` is after the cases before it.
        self.environment = arms.into_iter().rev().fold(before, |after, (here, is_whole, arm)| {
            let otherwise = here.clone().filter(|_| is_whole).map(Guard::negated);
            Self::join_under(here.as_ref(), otherwise.as_ref(), arm, after)
        });
    }

    fn walk_for(&mut self, is_async: bool, target: ExprId, iterable: ExprId, body: &[StmtId]) {
        let value = self.eval(iterable);
        let value = if is_async { awaited(&value) } else { value };
        let outside = std::mem::replace(&mut self.around.is_awaiting, is_async);
        let element = self.element(iterable, &value);
        self.around.is_awaiting = outside;
        let info = self.describe_loop(target, iterable, &value, &element, body);
        let site = self.site(iterable);
        let deps = self.enter_loop(info, site, false);
        let before = self.environment.clone();
        self.around.loop_starts.push(before.clone());
        self.bind(target, element.with_deps(deps));
        self.know_element(target, iterable);
        self.block(body);
        let read = self.read_of_each(target, iterable, body);
        let given = self.given_to_each(target, iterable);
        self.around.loop_starts.pop();
        self.leave_loop();
        self.rejoin(before);
        for given in given {
            self.environment.note_given(given);
        }
        for read in read {
            self.environment.note_read(read);
        }
    }

    fn walk_while(&mut self, test: ExprId, body: &[StmtId]) {
        let site = self.site(test);
        let before = if let Some((name, held)) = self.emptied(test, body) {
            let element = self.element(test, &held);
            let walks = super::walks::of_values(&held, &element);
            let each = super::frames::singular(&name);
            let info = Loop { label: name.clone(), each, bound: Bound::Data, over: held.path.clone(), walks };
            let deps = self.enter_loop(info, site, false);
            let before = self.environment.clone();
            self.environment.refine(&name, held.with_deps(deps));
            before
        } else {
            let each = Name::new_static("round");
            let bound = self.counted_rounds(test, body).map_or(Bound::Fixed, Bound::Rounds);
            let info = Loop {
                label: python::naming::plural(&each),
                each,
                bound,
                over: None,
                walks: Walks::Something,
            };
            self.enter_loop(info, site, false);
            self.test(test);
            self.environment.clone()
        };
        self.around.branches += 1;
        self.block(body);
        self.around.branches -= 1;
        self.leave_loop();
        self.rejoin(before);
    }

    /// Joins the values of names after a body that may not have run with their previous values.
    fn rejoin(&mut self, before: Environment) {
        let after = std::mem::take(&mut self.environment);
        self.environment = before.join(after);
    }

    /// The value that `with manager as target` binds.
    fn entered(&mut self, expr: ExprId, manager: Value) -> Value {
        match &manager.kind {
            // A generator with `@contextmanager` is a collection of what it yields.
            Kind::Tuple(parts) if parts.len() == 1 => parts[0].clone().with_deps(manager.deps),
            Kind::Awaitable(inner) | Kind::Many(inner) => (**inner).clone().with_deps(manager.deps),
            Kind::Instance(class, _) => {
                let methods = ["__enter__", "__aenter__"].into_iter();
                let mut found = methods
                    .filter_map(|name| crate::types::classes::member(self.db, self.project, class, name));
                let Some(Member::Method { function, .. }) = found.next() else { return manager };
                self.see_exit(expr, class, &manager);
                let method = Value::of(Kind::Method(manager.clone().into(), function));
                let entered = self.call(expr, &method, &Arguments::default());
                let entered = awaited(&entered);
                let says_nothing = entered.is_unknown() || entered.kind == Kind::None;
                if says_nothing { manager } else { entered }
            }
            _ => manager,
        }
    }
}
