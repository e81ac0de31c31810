//! What does this code do? Values, queries and effects: one summary per function, bottom up through the call graph.
//!
//! The analysis is compositional: each function is analysed once, and its callers read the summary, never the body
//! (<https://fbinfer.com/docs/about-Infer>, <https://pyre-check.org/docs/pysa-advanced>). Recursion is a fixed point
//! that starts from "nothing happens". Invariants:
//! - what can't be resolved is [`Kind::Unknown`], and nothing is reported about it;
//! - a summary holds no position and no index into its body, so an edit of a body that changes nothing visible to
//!   callers stops there; positions come from the [`Analysis`] of the function when a finding is reported;
//! - every list in a summary is bounded, so that fixed points terminate and generated code costs no more than other
//!   code.

mod bind;
pub mod cost;
mod db;
mod decorated;
pub mod eager;
#[cfg(test)]
mod effort;
mod expiry;
#[cfg(test)]
mod fixture;
mod heir;
pub mod import_time;
mod interpreter;
mod library;
pub mod query;
mod rounds;
mod separate_loads;
pub mod serializers;
mod summary;
pub mod trace;
pub mod types;
mod usage;
mod value;
mod walk;
pub mod ways;
mod writes;

pub use cost::Cost;
pub use db::Db;
pub use expiry::Factories;
pub use heir::{Callee, Heir, Reached, of_route as handler_of, ways_of};
pub use library::django::querysets::names_method as names_queryset_method;
pub use library::writes as is_write;
pub use summary::{
    Analysis, Arm, Asks, Blocking, Bound, Constant, Effect, EffectKind, Guard, Kept, Loop, Modifying,
    Problem, ProblemKind, Raises, Site, Summary, Touch, Walks,
};
pub use usage::{MemberUse, Usage};
pub use value::{
    Deps, Entity, Entries, Fetch, FunctionRef, Inner, Kind, LoaderOption, Loads, ModelRef, Origin, Part,
    Parts, Path, QueryRef, QueryState, ReadKind, Related, Root, RowState, Shape, Step, Traits, Value,
};
pub use writes::{ANY, Receiver, Write, Writes};
