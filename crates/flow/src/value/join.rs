//! The join of values after branches.

use std::sync::Arc;

use python::Name;

use super::{Entity, Entries, Kind, Loads, Origin, Parts, Path, QueryState, RowState, Step, Traits, Value};

impl Value {
    /// The value after two branches: what both agree on.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let path = match (&self.path, &other.path) {
            (Some(left), Some(right)) if self.is_unknown() && other.is_unknown() => shared_path(left, right),
            (left, right) if left == right => left.clone(),
            // What is `None` or empty otherwise is still reached that way.
            (path @ Some(_), None) if other.is_nothing() && self.is_of_callers() => path.clone(),
            (None, path @ Some(_)) if self.is_nothing() && other.is_of_callers() => path.clone(),
            _ => None,
        };
        let kind = match (self.unextended(other), other.unextended(self)) {
            (Some(before), _) => before.join(&other.kind),
            (None, Some(before)) => self.kind.join(&before),
            (None, None) => match self.or_given(other).or_else(|| other.or_given(self)) {
                Some(row) => row,
                None => self.kind.join(&other.kind),
            },
        };
        Self { kind, path, deps: self.deps | other.deps }
    }

    /// Whether it is `None`, or a display without elements: nothing is read of it.
    fn is_nothing(&self) -> bool {
        match &self.kind {
            Kind::None => true,
            Kind::Tuple(parts) => parts.is_empty(),
            Kind::Record(entries) => entries.is_empty(),
            _ => false,
        }
    }

    /// Whether only callers know what it is, or what it consists of.
    pub(crate) fn is_of_callers(&self) -> bool {
        match &self.kind {
            Kind::Unknown => true,
            Kind::Many(one) => one.is_unknown(),
            _ => false,
        }
    }

    /// This row, if `other` is a parameter that nothing is known of: what callers give in its place has its members.
    /// Nothing is known of what is loaded with it.
    fn or_given(&self, other: &Self) -> Option<Kind> {
        let (Kind::Entity(row), Kind::Unknown, Some(path)) = (&self.kind, &other.kind, &other.path) else {
            return None;
        };
        let row = Entity {
            model: row.model.clone(),
            loads: Loads::open(),
            origin: Origin::Declared,
            is_async: false,
            traits: Traits::NONE,
            back: None,
            state: RowState::Attached,
        };
        path.steps.is_empty().then_some(Kind::Entity(row))
    }
}

impl Value {
    /// Any of the values of two collections put together: for rows, what is loaded with all of them.
    pub(crate) fn beside(&self, other: &Self) -> Self {
        match (&self.kind, &other.kind) {
            (Kind::Entity(left), Kind::Entity(right)) if left.model == right.model => {
                let lacks = |row: &Entity, other: &Entity| {
                    let has = |name: &Name| row.loads.is_open || row.loads.get(name).is_some();
                    row.origin != Origin::Made && !other.loads.relationships.keys().all(has)
                };
                let (first, second) = if lacks(right, left) { (right, left) } else { (left, right) };
                let mut row = first.clone();
                row.loads.relationships.retain(|name, _| {
                    second.loads.is_open || second.loads.get(name).is_some() || second.origin == Origin::Made
                });
                row.loads.is_open = left.loads.is_open && right.loads.is_open;
                if left.origin != right.origin && first.origin == Origin::Made {
                    row.origin.clone_from(&second.origin);
                }
                Self::of(Kind::Entity(row)).with_deps(self.deps | other.deps)
            }
            _ => self.join(other),
        }
    }

    /// This value as a query, if `other` is a query that extends it.
    fn unextended(&self, other: &Self) -> Option<Kind> {
        let (Kind::Unknown, Some(path), Kind::Query(query)) = (&self.kind, &self.path, &other.kind) else {
            return None;
        };
        let before = || QueryState {
            loads: Loads::held_by(path.clone()),
            is_bounded: false,
            is_filtered: false,
            ..(**query).clone()
        };
        (query.base.as_ref() == Some(path)).then(|| Kind::Query(Arc::new(before())))
    }
}

impl Kind {
    fn join(&self, other: &Self) -> Self {
        match (self, other) {
            (left, right) if left == right => left.clone(),
            (Kind::None, kind) | (kind, Kind::None) => kind.clone(),
            (Kind::Written(_), kind) | (kind, Kind::Written(_)) => Kind::Plain.join(kind),
            // The larger number of rows.
            (Kind::Column(left), Kind::Column(right)) => Kind::Column(*left.min(right)),
            (Kind::Column(_) | Kind::Flag(_), Kind::Plain | Kind::Flag(_))
            | (Kind::Plain | Kind::Flag(_), Kind::Column(_))
            | (Kind::Plain, Kind::Flag(_)) => Kind::Plain,
            (Kind::Entity(left), Kind::Entity(right)) if left.model == right.model => Kind::Entity(Entity {
                model: left.model.clone(),
                // What one side may have loaded may be loaded. When unsure, nothing is reported.
                loads: left.loads.either(&right.loads),
                origin: origin_of_both(left, right),
                is_async: left.is_async && right.is_async,
                traits: left.traits | right.traits,
                back: if left.back == right.back { left.back.clone() } else { None },
                state: if left.state == right.state { left.state } else { RowState::Attached },
            }),
            (Kind::Query(left), Kind::Query(right))
                if left.model == right.model && left.shape == right.shape =>
            {
                // A query that never has rows has no influence on their origin.
                let is_empty = left.traits.has(Traits::EMPTY) && left.source != right.source;
                let base = if is_empty { right } else { left };
                Kind::Query(Arc::new(QueryState {
                    loads: match (left.traits.has(Traits::EMPTY), right.traits.has(Traits::EMPTY)) {
                        // What has no rows lacks nothing.
                        (true, false) => right.loads.clone(),
                        (false, true) => left.loads.clone(),
                        _ => left.loads.either(&right.loads),
                    },
                    deps: left.deps | right.deps,
                    shared: left.shared.iter().filter(|name| right.shared.contains(name)).cloned().collect(),
                    is_bounded: left.is_bounded && right.is_bounded,
                    // If only one branch adds a condition, every caller can still choose that branch.
                    is_filtered: if left.source == right.source {
                        left.is_filtered || right.is_filtered
                    } else {
                        left.is_filtered && right.is_filtered
                    },
                    related: if left.related == right.related { left.related.clone() } else { None },
                    traits: traits_of_both(left, right),
                    ..(**base).clone()
                }))
            }
            (Kind::Many(left), Kind::Many(right)) => Kind::Many(left.join(right).into()),
            // An empty display joins with whatever it is filled with.
            (Kind::Tuple(empty), many @ Kind::Many(_)) | (many @ Kind::Many(_), Kind::Tuple(empty))
                if empty.is_empty() =>
            {
                many.clone()
            }
            (Kind::Mapping(left), Kind::Mapping(right)) => Kind::Mapping(left.join(right).into()),
            (Kind::Record(left), Kind::Record(right)) => Kind::Record(entries_of_both(left, right)),
            (Kind::Record(empty), map @ Kind::Mapping(_)) | (map @ Kind::Mapping(_), Kind::Record(empty))
                if empty.is_empty() =>
            {
                map.clone()
            }
            (Kind::Awaitable(left), Kind::Awaitable(right)) => Kind::Awaitable(left.join(right).into()),
            (Kind::Holder(left, fields), Kind::Holder(right, others)) if left == right => {
                Kind::Holder(left.clone(), entries_of_both(fields, others))
            }
            (Kind::Holder(left, _), Kind::Instance(right, parts))
            | (Kind::Instance(right, parts), Kind::Holder(left, _))
                if left == right =>
            {
                Kind::Instance(left.clone(), parts.clone())
            }
            // If one side has no type arguments, take the other's.
            (Kind::Instance(left, none), Kind::Instance(right, some))
            | (Kind::Instance(right, some), Kind::Instance(left, none))
                if left == right && none.is_empty() =>
            {
                Kind::Instance(left.clone(), some.clone())
            }
            (Kind::Instance(left, parts), Kind::Instance(right, others))
                if left == right && parts.len() == others.len() =>
            {
                let joined = parts.iter().zip(others.iter()).map(|(left, right)| left.join(right));
                Kind::Instance(left.clone(), joined.collect())
            }
            (Kind::Tuple(left), Kind::Tuple(right)) if left.len() == right.len() => {
                Kind::Tuple(left.iter().zip(right.iter()).map(|(left, right)| left.join(right)).collect())
            }
            (Kind::Either(ways), kind) | (kind, Kind::Either(ways)) => with_way(ways, kind),
            (left, right) if holds_rows(left) && holds_rows(right) => {
                Kind::Either([Value::of(left.clone()), Value::of(right.clone())].into())
            }
            _ => Kind::Unknown,
        }
    }
}

/// The origin of a row that comes from either of two places: of two queries, that which loads less.
fn origin_of_both(left: &Entity, right: &Entity) -> Origin {
    let lacks = |one: &Entity, other: &Entity| {
        !one.loads.is_open && other.loads.relationships.keys().any(|name| one.loads.get(name).is_none())
    };
    match (&left.origin, &right.origin) {
        (one, other) if one == other => one.clone(),
        (one @ Origin::Query(_), Origin::Query(_)) if lacks(left, right) && !lacks(right, left) => {
            one.clone()
        }
        (Origin::Query(_), one @ Origin::Query(_)) if lacks(right, left) && !lacks(left, right) => {
            one.clone()
        }
        _ => Origin::Declared,
    }
}

/// Whether it is rows in memory, or something written out that holds them.
fn holds_rows(kind: &Kind) -> bool {
    match kind {
        Kind::Many(row) => matches!(row.kind, Kind::Entity(_)),
        Kind::Record(entries) | Kind::Holder(_, entries) => entries.iter().any(|(_, value)| is_rows(value)),
        Kind::Instance(_, parts) | Kind::Tuple(parts) => parts.iter().any(is_rows),
        Kind::ForeignMethod(page, _) => is_rows(page),
        _ => false,
    }
}

fn is_rows(value: &Value) -> bool {
    matches!(&value.kind, Kind::Many(row) if matches!(row.kind, Kind::Entity(_)))
}

/// Another way of holding rows beside these.
fn with_way(ways: &Parts, kind: &Kind) -> Kind {
    const MAX_WAYS: usize = 4;
    let is_alike = |way: &Value| std::mem::discriminant(&way.kind) == std::mem::discriminant(kind);
    if let Kind::Either(others) = kind {
        return others.iter().fold(Kind::Either(ways.clone()), |all, other| all.join(&other.kind));
    }
    let mut all = ways.to_vec();
    match all.iter().position(is_alike) {
        Some(at) => all[at] = all[at].join(&Value::of(kind.clone())),
        None if all.len() < MAX_WAYS && holds_rows(kind) => all.push(Value::of(kind.clone())),
        None => return Kind::Unknown,
    }
    Kind::Either(all.into())
}

/// The entries of two dictionaries that are written out: one that only one side has may be there.
fn entries_of_both(left: &Entries, right: &Entries) -> Entries {
    let of = |entries: &Entries, name: &Name| {
        entries.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    };
    let own = left.iter().map(|(name, value)| match of(right, name) {
        Some(other) => (name.clone(), value.join(&other)),
        None => (name.clone(), value.clone()),
    });
    let others = right.iter().filter(|(name, _)| of(left, name).is_none()).cloned();
    own.chain(others).collect()
}

/// The traits of one of two queries.
fn traits_of_both(left: &QueryState, right: &QueryState) -> Traits {
    match (left.traits.has(Traits::EMPTY), right.traits.has(Traits::EMPTY)) {
        _ if left.source == right.source => left.traits | right.traits,
        (true, false) => right.traits,
        (false, true) => left.traits,
        _ => left.traits | right.traits | Traits::SEVERAL,
    }
}

/// Query methods that return fewer rows or another order, without loading more.
const NARROWING: &[&str] = &[
    "filter",
    "filter_by",
    "where",
    "exclude",
    "order_by",
    "distinct",
    "join",
    "outerjoin",
    "limit",
    "group_by",
];

/// The common path of two unknown values, one of which may be the other after filtering.
fn shared_path(left: &Path, right: &Path) -> Option<Path> {
    let (short, long) = if left.steps.len() <= right.steps.len() { (left, right) } else { (right, left) };
    let (start, rest) = long.steps.split_at(short.steps.len());
    let narrows = |step: &Step| matches!(step, Step::Call(name) if NARROWING.contains(&name.as_str()));
    (short.root == long.root && start == short.steps && rest.iter().all(narrows)).then(|| short.clone())
}
