//! What the code of a module reads from the rows of each query, so that one edit can load all of it.

use std::cell::OnceCell;

use flow::{FunctionRef, ProblemKind, QueryRef, ReadKind, Traits};
use model::ClassRef;
use python::Name;
use rustc_hash::FxHashMap;
use view::{Context, Loaded};

use super::problems;

/// A relationship that a query should load.
#[derive(Debug, Clone)]
pub(crate) struct Want {
    /// The entity that owns it.
    pub(crate) owner: ClassRef,
    /// The relationships from the query's rows to it, inclusive.
    pub(crate) path: Vec<Name>,
    /// What else the query does.
    pub(crate) traits: Traits,
}

impl Want {
    /// What a problem's rows should have had loaded, whichever query fetched them; `None` if loading doesn't help.
    pub(crate) fn of(kind: &ProblemKind) -> Option<Self> {
        match kind {
            ProblemKind::LazyPerRow {
                owner,
                chain,
                is_refined: false,
                asked: ReadKind::Rows,
                traits,
                ..
            }
            | ProblemKind::LazyInAsync { owner, chain, traits, .. } => {
                Some(Self { owner: owner.clone(), path: chain.clone(), traits: *traits })
            }
            _ => None,
        }
    }
}

/// The wants of each query; computed when the first fix needs them.
#[derive(Default)]
pub(crate) struct Wanted {
    by_query: OnceCell<FxHashMap<QueryRef, Vec<Want>>>,
}

impl Wanted {
    /// What `query` should load for everything that this module reads, including `wants`.
    pub(super) fn of_query(
        &self,
        cx: &Context<'_>,
        query: QueryRef,
        root: &ClassRef,
        wants: &[Want],
    ) -> Option<Loaded> {
        if !wants.iter().all(|want| leads_there(cx, root, want)) {
            return None;
        }
        let others = self.by_query.get_or_init(|| collect(cx)).get(&query);
        let others = others.into_iter().flatten().filter(|want| leads_there(cx, root, want));
        let all: Vec<&Want> = wants.iter().chain(others).collect();
        let mut paths: Vec<Box<[Name]>> = all.iter().map(|want| want.path.clone().into()).collect();
        paths.sort_unstable();
        paths.dedup();
        let traits = all.iter().fold(Traits::NONE, |traits, want| traits | want.traits);
        Some(Loaded { root: root.clone(), paths: paths.into(), traits })
    }
}

fn collect(cx: &Context<'_>) -> FxHashMap<QueryRef, Vec<Want>> {
    let mut wanted: FxHashMap<QueryRef, Vec<Want>> = FxHashMap::default();
    for found in problems(cx, |problem| wish(&problem.kind).is_some()) {
        if let Some((query, want)) = wish(&found.problem.kind)
            && !super::fixes::writes(cx, found.problem.site.body, &want.path)
        {
            wanted.entry(query).or_default().push(want);
        }
    }
    wanted
}

/// What a problem needs from the query that fetched the rows; `None` if loading doesn't help.
pub(crate) fn wish(kind: &ProblemKind) -> Option<(QueryRef, Want)> {
    let query = match kind {
        ProblemKind::LazyPerRow { query, .. } | ProblemKind::LazyInAsync { query, .. } => *query,
        _ => None,
    };
    query.zip(Want::of(kind))
}

/// Whether the path leads from `root` to the relationship that is meant: in a query for several entities it may start
/// from another one.
pub(super) fn leads_there(cx: &Context<'_>, root: &ClassRef, want: &Want) -> bool {
    let entity = |class: &ClassRef| model::query::entity(cx.db, cx.project, class.module, class.name.clone());
    let Some((last, before)) = want.path.split_last() else { return false };
    let mut at = root.clone();
    for name in before {
        let facts = entity(&at);
        let target = facts.as_ref().and_then(|facts| facts.relationship(name)?.target.clone());
        let Some(target) = target else { return false };
        at = target;
    }
    let (there, meant) = (entity(&at), entity(&want.owner));
    let (Some(there), Some(meant)) = (there, meant) else { return false };
    match (there.members.get(last), meant.members.get(last)) {
        (Some(model::Member::Relationship(there)), Some(model::Member::Relationship(meant))) => {
            there.declared_in == meant.declared_in && there.declared_as == meant.declared_as
        }
        (there, meant) => there.is_some() && there == meant,
    }
}

/// Whether code other than `reader` receives the rows of a query that `builder` builds, and doesn't read `path` of
/// them.
pub(super) fn is_shared(cx: &Context<'_>, query: QueryRef, reader: FunctionRef, path: &[Name]) -> bool {
    /// Limit on nested wrappers around getters.
    const MAX_WRAPPERS: usize = 8;
    let mut at = query.function;
    for _ in 0..MAX_WRAPPERS {
        if at == reader {
            return false;
        }
        let callers = flow::query::callers_of(cx.db, cx.project, at.module, at.function);
        match &*callers {
            [] => return false,
            [only] => at = *only,
            several => {
                return several.iter().any(|caller| *caller != reader && !reads(cx, *caller, query, path));
            }
        }
    }
    false
}

/// Whether a function reads the path from rows of the query, unloaded.
fn reads(cx: &Context<'_>, function: FunctionRef, query: QueryRef, path: &[Name]) -> bool {
    super::analysis(cx, function)
        .problems
        .iter()
        .filter_map(|problem| wish(&problem.kind))
        .any(|(other, want)| other == query && want.path == path)
}
