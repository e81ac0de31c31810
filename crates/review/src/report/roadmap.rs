//! What fails first: with more data, with a second process, with more of them.

use std::cmp::Reverse;

use flow::ways::Reached;
use serde::Serialize;

use super::OfArea;
use crate::claim::Place;
use crate::evidence::{Evidence, Found};

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// What grows: rows, processes, load.
    pub when: &'static str,
    /// The consequence.
    pub what: String,
    /// The place.
    pub place: Option<Place>,
}

/// Limit on the routes shown.
const ROUTES: usize = 5;

/// Limit on the functions shown that run before several routes.
const SHARED: usize = 2;

/// What fails, in order.
pub(super) fn roadmap(evidence: &Evidence, areas: &[OfArea]) -> Vec<Limit> {
    let mut found = Vec::new();
    let mut routes: Vec<_> = evidence.routes.iter().filter(|it| it.degree > 0).collect();
    routes.sort_by_key(|it| it.rank);
    let all = routes.clone();
    routes.dedup_by(|one, other| one.place == other.place);
    routes.truncate(ROUTES);
    let others = all.iter().filter(|it| !routes.iter().any(|shown| shown.place == it.place)).count();
    for shared in evidence.shared.iter().take(SHARED) {
        found.push(Limit {
            when: "with more data",
            what: format!(
                "`{}`, which runs before {} routes, runs up to {} queries.",
                shared.name, shared.routes, shared.cost
            ),
            place: Some(shared.place.clone()),
        });
    }
    for route in &routes {
        found.push(Limit {
            when: "with more data",
            what: format!("`{}` runs up to {} queries a request.", route.title(), route.own),
            place: Some(route.place.clone()),
        });
    }
    if others > 0 {
        let routes = python::naming::counted(others, "more route");
        let run = if others == 1 { "runs" } else { "run" };
        found.push(Limit {
            when: "with more data",
            what: format!(
                "{routes} {run} queries that grow with the data; `architrave routes --sort cost` lists all."
            ),
            place: None,
        });
    }
    let concerns = || areas.iter().flat_map(|it| &it.concerns);
    let stages = [
        ("with more requests at once", "blocking-call-in-async"),
        ("with a second process", "state-in-memory"),
        ("with a second process", "scheduler-replicated"),
        ("with a second process", "file-database-replicated"),
        ("with more processes", "pool-over-connections"),
    ];
    for (when, detection) in stages {
        for claim in concerns().filter(|it| it.detection == detection) {
            found.push(Limit { when, what: claim.text.clone(), place: claim.places.first().cloned() });
        }
        let is_apart = |it: &Found| match evidence.way_to(it) {
            Some(Reached::Schedule | Reached::Command) => true,
            None => evidence.is_once(it),
            Some(_) => false,
        };
        let loud = || {
            evidence
                .findings
                .iter()
                .filter(|it| it.rule == detection && it.is_loud())
                .filter(|it| !is_apart(it))
        };
        // Where most are, as in the concern about them.
        let beside = |it: &Found| loud().filter(|other| other.place.path == it.place.path).count();
        if let Some(first) = loud().min_by_key(|it| Reverse(beside(it))) {
            let more = loud().count() - 1;
            let more = if more > 0 { format!("; {more} more") } else { String::new() };
            found.push(Limit {
                when,
                what: format!("{}{more}.", first.message.trim_end_matches('.')),
                place: Some(first.place.clone()),
            });
        }
    }
    found
}
