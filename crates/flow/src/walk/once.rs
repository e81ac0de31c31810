//! Values that are read once and stay in memory: a relationship of a row, the rows of a queryset.

use model::{Loading, Member, Orm};
use python::{Expr, ExprId, Name, Stmt, StmtId};

use super::relationships::is_deferred;
use super::{Frame, Walker};
use crate::{EffectKind, FunctionRef, Kind, Loads, Root, Step, Traits, Value};

/// What is in memory of rows: what was read of them, and what the code put there.
#[derive(Debug, Default)]
pub(super) struct Known {
    read: Vec<Name>,
    given: Vec<Name>,
}

impl Walker<'_> {
    /// Leaves the loops in which the row whose attribute is read at `expr` is the same in each round: what the first round
    /// loads of it stays. Returns them, to be entered again.
    pub(super) fn leaves_rounds(&mut self, expr: ExprId) -> Vec<Frame> {
        let Expr::Attribute { value, .. } = &self.body[expr] else { return Vec::new() };
        let Some(holder) = self.body.exprs.dotted(*value) else { return Vec::new() };
        // Each loop is a `for` of this function, so that what it began with is known.
        let is_known = self.around.frames.len() == self.around.loop_starts.len();
        let held = self.environment.get(&holder);
        if !is_known || held.is_none() || self.expires_anything() {
            return Vec::new();
        }
        let is_before = |start: &super::environment::Environment| start.get(&holder) == held;
        let first = self.around.loop_starts.iter().position(is_before);
        first.map_or_else(Vec::new, |first| self.around.frames.split_off(first))
    }

    /// Whether the body may have a session forget what it loaded.
    fn expires_anything(&self) -> bool {
        self.body.exprs.list.iter().any(|expr| {
            matches!(expr, Expr::Attribute { name, .. }
                if matches!(name.as_str(), "commit" | "rollback" | "refresh" | "expire" | "expire_all" | "close"))
        })
    }

    /// `base` with its relationship `name` in memory, if `chain` was read before.
    pub(super) fn with_read(&self, chain: Option<&str>, base: Value, name: &Name) -> Value {
        let (Some(chain), Kind::Entity(entity)) = (chain, &base.kind) else { return base };
        if entity.loads.get(name).is_some_and(|loads| !loads.is_sometimes) {
            return base;
        }
        let holder = chain.strip_suffix(name.as_str()).and_then(|holder| holder.strip_suffix('.'));
        let loads = if holder.is_some_and(|holder| self.environment.is_given(holder, name)) {
            Loads::open()
        } else if self.environment.is_read(chain) {
            Loads::default()
        } else {
            return base;
        };
        let mut entity = entity.clone();
        entity.loads.put(name.clone(), loads);
        Value { kind: Kind::Entity(entity), ..base }
    }

    /// Notes that the relationship `name` of the row that `holder` names was read from the database; any of them where the
    /// name can't be read.
    pub(super) fn loads_again(&mut self, holder: ExprId, name: Option<&str>) {
        let Some(name) = name else { return self.gives(holder, None) };
        let Some(holder) = self.body.exprs.dotted(holder) else { return };
        let Some(held) = self.environment.get(&holder) else { return };
        let Kind::Entity(entity) = &held.kind else { return };
        let mut entity = entity.clone();
        entity.loads.put(name.into(), Loads::default());
        let held = Value { kind: Kind::Entity(entity), ..held.clone() };
        self.environment.refine(&holder, held);
        self.environment.note_read(format!("{holder}.{name}").into());
    }

    /// Notes that the code put the relationship `name` on the row that `holder` names, or found it there; any of them
    /// where the name can't be read.
    pub(crate) fn gives(&mut self, holder: ExprId, name: Option<&str>) {
        let Some(holder) = self.body.exprs.dotted(holder) else { return };
        let Some(held) = self.environment.get(&holder) else { return };
        let Kind::Entity(entity) = &held.kind else { return };
        let mut entity = entity.clone();
        match name {
            Some(name) => entity.loads.put(name.into(), Loads::open()),
            None => entity.loads.is_open = true,
        }
        let held = Value { kind: Kind::Entity(entity), ..held.clone() };
        self.environment.refine(&holder, held);
        self.environment.note_given(format!("{holder}.{}", name.unwrap_or("*")).into());
    }

    /// Records that the relationship `name` of `base`, which the function names `chain`, was read.
    pub(super) fn note_read(&mut self, chain: Option<String>, base: &Value, name: &Name) {
        let (Some(chain), Kind::Entity(entity)) = (chain, &base.kind) else { return };
        let root = chain.split('.').next().unwrap_or_default();
        if self.environment.get(root).is_none() {
            return;
        }
        let facts = entity.model.class().and_then(|class| self.entity(class));
        let Some(facts) = facts else { return };
        let is_kept = match facts.members.get(name) {
            Some(Member::Relationship(relationship)) => {
                let is_queryset = facts.orm == Orm::Django && relationship.is_many;
                !is_queryset && relationship.loading != Loading::Dynamic
            }
            Some(Member::Column(column)) => is_deferred(entity, name, *column),
            Some(_) => false,
            None => self.is_cached_property(base, name),
        };
        if is_kept {
            self.environment.note_read(chain.into());
        }
    }

    /// A row that `chain` names, with what was read of it in memory: a property, a method or a function that is given it
    /// reads that for nothing.
    pub(super) fn with_reads(&self, chain: Option<&str>, base: Value) -> Value {
        let (Some(chain), Kind::Entity(entity)) = (chain, &base.kind) else { return base };
        let mut reads: Vec<Name> = self.environment.own_attributes_read_of(chain).collect();
        reads.retain(|read| entity.loads.get(read).is_none());
        if reads.is_empty() {
            return base;
        }
        let Some(facts) = entity.model.class().and_then(|class| self.entity(class)) else { return base };
        let mut entity = entity.clone();
        for read in reads.into_iter().filter(|read| facts.relationship(read).is_some()) {
            entity.loads.put(read, Loads::default());
        }
        Value { kind: Kind::Entity(entity), ..base }
    }

    /// Notes what a function reads in any case of the row that `chain` names and that it is given as its parameter
    /// `index`.
    pub(super) fn note_read_by(&mut self, function: FunctionRef, index: usize, chain: &str, row: &Value) {
        if !matches!(row.kind, Kind::Entity(_)) {
            return;
        }
        let summary = crate::query::summary(self.db, self.project, function.module, function.function);
        for effect in &summary.effects {
            let EffectKind::Touch(touch) = &effect.kind else { continue };
            let Root::Param(root) = touch.path.root;
            if let [Step::Attr(name)] = touch.path.steps.as_slice()
                && usize::from(root) == index
                && !touch.is_refined
                && !effect.is_conditional
                && effect.arms.is_empty()
                && effect.guards.is_empty()
                && effect.loops.is_empty()
            {
                self.note_read(Some(format!("{chain}.{name}")), row, name);
            }
        }
    }

    /// The same for a property or a method of the row.
    pub(super) fn note_read_by_member(
        &mut self,
        chain: Option<&str>,
        row: &Value,
        name: &Name,
        kind: crate::types::classes::MethodKind,
    ) {
        use crate::types::classes::{Member, member};
        let (Some(chain), Kind::Entity(entity)) = (chain, &row.kind) else { return };
        let Some(class) = entity.model.class() else { return };
        let is_mapped = |facts: std::sync::Arc<model::Entity>| {
            matches!(facts.members.get(name), Some(model::Member::Column(_) | model::Member::Relationship(_)))
        };
        if self.entity(class).is_some_and(is_mapped) {
            return;
        }
        if let Some(Member::Method { function, kind: found }) = member(self.db, self.project, class, name)
            && found == kind
        {
            self.note_read_by(function, 0, chain, row);
        }
    }

    /// Whether an attribute is a property that keeps its value: `functools.cached_property`.
    pub(super) fn is_cached_property(&self, base: &Value, name: &Name) -> bool {
        use crate::types::classes::{Member, MethodKind, member};
        let found = base.instance_of().and_then(|class| member(self.db, self.project, class, name));
        let Some(Member::Method { function, kind: MethodKind::Property }) = found else { return false };
        let definitions = self.definitions_of(function);
        definitions.functions.get(function.function.0 as usize).is_some_and(|facts| {
            crate::decorated::of(self.db, self.project, function, &definitions, facts).is_memo
        })
    }

    /// Whether the queryset that `expr` names is already evaluated. Marks it as evaluated from now on.
    pub(super) fn is_evaluated(&mut self, expr: ExprId, value: &Value) -> bool {
        let Kind::Query(query) = &value.kind else { return false };
        // `list(orders)` iterates over its argument.
        let named = match &self.body[expr] {
            Expr::Call { args, .. } => args.first().map_or(expr, python::Arg::value),
            _ => expr,
        };
        let Some(chain) = self.body.exprs.dotted(named) else { return false };
        let is_same = self.environment.get(&chain).is_some_and(|held| held.kind == value.kind);
        if query.orm != Orm::Django
            || query.traits.has(Traits::STREAMED)
            || self.around.is_awaiting
            || !is_same
        {
            return false;
        }
        if self.environment.is_read(&chain) {
            return true;
        }
        self.environment.note_read(chain.into());
        false
    }

    /// Whether the rows of the queryset of which `expr` takes one, or whose method it calls, are in memory: `orders[0]` and
    /// `orders.count()` after a loop over `orders`.
    pub(super) fn has_rows_of(&self, expr: ExprId, held: &Value) -> bool {
        let rows = match &self.body[expr] {
            Expr::Subscript { value, .. } => *value,
            Expr::Call { callee, .. } => match &self.body[*callee] {
                Expr::Attribute { value, .. } => *value,
                _ => return false,
            },
            _ => return false,
        };
        let Some(chain) = self.body.exprs.dotted(rows) else { return false };
        self.environment.is_read(&chain)
            && self.environment.get(&chain).is_some_and(|named| named.kind == held.kind)
    }

    /// Transfers what was read from all rows of `iterable` to the row that a loop binds to `target`.
    pub(super) fn know_element(&mut self, target: ExprId, iterable: ExprId) {
        let body = std::sync::Arc::clone(&self.body);
        let (Expr::Name(target), Some(rows)) = (&body[target], body.exprs.dotted(iterable)) else { return };
        self.copy_read(&format!("{rows}[]"), target);
    }

    /// The attributes that the body of a loop has read from each row of `iterable`; empty if it can skip rows.
    pub(super) fn read_of_each(&self, target: ExprId, iterable: ExprId, block: &[StmtId]) -> Vec<Name> {
        let (Expr::Name(target), Some(rows)) = (&self.body[target], self.body.exprs.dotted(iterable)) else {
            return Vec::new();
        };
        if self.environment.get(&rows).is_none() || self.skips(block) {
            return Vec::new();
        }
        self.environment.read_of(target).map(|read| format!("{rows}[].{read}").into()).collect()
    }

    /// The names of what a loop's body has put on each row that `iterable` names.
    pub(super) fn given_to_each(&self, target: ExprId, iterable: ExprId) -> Vec<Name> {
        let (Expr::Name(target), Some(rows)) = (&self.body[target], self.body.exprs.dotted(iterable)) else {
            return Vec::new();
        };
        self.environment.given_to(target).map(|given| format!("{rows}[].{given}").into()).collect()
    }

    /// `ordered = sorted(orders)`: the same rows, also under the same name. What is known of them.
    pub(super) fn known_of_copy(&mut self, value: ExprId) -> Known {
        let body = std::sync::Arc::clone(&self.body);
        match &body[value] {
            Expr::Call { callee, args } => match (&body[*callee], args.first()) {
                (Expr::Name(name), Some(first))
                    if matches!(name.as_str(), "sorted" | "list" | "tuple" | "reversed") =>
                {
                    let source = body.exprs.dotted(first.value());
                    source.map_or_else(Known::default, |source| self.known_of(&format!("{source}[]")))
                }
                _ => Known::default(),
            },
            // `large = [order for order in orders if order.items]`
            Expr::Comprehension { element, .. } => match self.kept_rows.take() {
                Some((kept, known)) if kept == *element => known,
                _ => Known::default(),
            },
            _ => Known::default(),
        }
    }

    /// Notes it of the rows under their new name.
    pub(super) fn know_copy(&mut self, targets: &[ExprId], known: &Known) {
        let body = std::sync::Arc::clone(&self.body);
        for target in targets {
            if let Expr::Name(target) = &body[*target] {
                self.know(&format!("{target}[]"), known);
            }
        }
    }

    /// What is in memory of the row that a comprehension's target holds.
    pub(super) fn known_of(&self, row: &str) -> Known {
        Known {
            read: self.environment.read_of(row).map(Name::from).collect(),
            given: self.environment.given_to(row).map(Name::from).collect(),
        }
    }

    fn know(&mut self, row: &str, known: &Known) {
        for read in &known.read {
            self.environment.note_read(format!("{row}.{read}").into());
        }
        for given in &known.given {
            self.environment.note_given(format!("{row}.{given}").into());
        }
    }

    fn copy_read(&mut self, from: &str, to: &str) {
        let known = self.known_of(from);
        self.know(to, &known);
    }

    /// Records that a relationship of the innermost loop's row is read in each round.
    pub(super) fn note_each(&mut self, base: &Value, name: &Name) {
        let branches = self.around.branches;
        if let Some(frame) = self.around.frames.last_mut()
            && frame.branches == branches
            && base.deps.on_loop(frame.index)
        {
            frame.read.push(name.clone());
        }
    }

    /// Whether a block can skip the rest of a round, or further rounds.
    fn skips(&self, block: &[StmtId]) -> bool {
        block.iter().any(|id| match &self.body[*id] {
            Stmt::Break | Stmt::Continue | Stmt::Return(_) | Stmt::Raise { .. } | Stmt::Try { .. } => true,
            Stmt::If { body, orelse, .. }
            | Stmt::For { body, orelse, .. }
            | Stmt::While { body, orelse, .. } => self.skips(body) || self.skips(orelse),
            Stmt::With { body, .. } => self.skips(body),
            Stmt::Match { cases, .. } => cases.iter().any(|case| self.skips(&case.body)),
            _ => false,
        })
    }
}
