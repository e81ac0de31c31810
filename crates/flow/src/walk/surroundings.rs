//! What surrounds the code being walked: loops, branches, caches, threads, calls of inner functions.

use model::ClassRef;
use python::{ExprId, Name};

use super::environment::Environment;
use crate::serializers::Shown;
use crate::{Arm, Guard, Kept, Loop, Site};

/// What surrounds the code being walked. Whoever enters something adds it, and removes it when leaving.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    /// The loops, outermost first, with those of callees whose effects are being applied.
    pub(super) frames: Vec<Frame>,
    /// The number of loops so far.
    pub(super) loops: usize,
    /// The number of branches.
    pub(super) branches: u32,
    /// The number of branches so far.
    pub(super) branch_count: u16,
    /// The arms of branches, and of earlier branches whose other arm leaves the block.
    pub(super) arms: Vec<Arm>,
    /// The branches of the callee whose effects are being applied, with their numbers in this function; `None` if the
    /// callee is unknown.
    pub(super) renamed: Option<Vec<(u16, u16)>>,
    /// The number of memos. Effects inside one happen once per key.
    pub(super) memos: u32,
    /// The number of memos that outlive the call.
    pub(super) lasting_memos: u32,
    /// How long what the code computes is kept.
    pub(super) kept: Kept,
    /// Conditions on arguments under which the code runs.
    pub(super) guards: Vec<Guard>,
    /// The values of names before each loop.
    pub(super) loop_starts: Vec<Environment>,
    /// The nesting of the inner function being walked.
    pub(super) inner: u32,
    /// The number of loops around the inner function being walked. Returning from it leaves none of them.
    pub(super) outside: usize,
    /// The calls of the inner functions being walked, outermost first.
    pub(super) callers: Vec<Site>,
    /// Whether rows are awaited individually: `async for`.
    pub(super) is_awaiting: bool,
    /// The comprehension whose elements are tested one by one: `any(order.items.all() for order in orders)`.
    pub(super) tested: Option<ExprId>,
    /// The generator of which one element is taken: `next(...)`.
    pub(super) taken: Option<ExprId>,
    /// The number of calls that run in another thread.
    pub(super) threads: u32,
    /// The number of calls that run where SQLAlchemy awaits for synchronous code.
    pub(super) greenlets: u32,
    /// The number of blocks that close the session that they made when they are left.
    pub(super) closing: u32,
    /// The arms that only requests enter that modify, with the method if it is known.
    pub(super) modifying: Vec<(Arm, Option<Name>)>,
    /// The serializer whose field is being rendered.
    pub(super) rendering: Option<(ClassRef, Name)>,
    /// The fields that the schema's instance shows.
    pub(super) shown: Shown,
}

/// A surrounding loop.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// Its number in the function.
    pub(super) index: usize,
    /// Its description for callers.
    pub(super) info: Loop,
    /// The iterable; for a loop of a callee, the call.
    pub(super) site: Site,
    /// Whether it is a loop of a callee. Problems that don't depend on the caller were reported there.
    pub(super) is_below: bool,
    /// The number of surrounding arms where it begins.
    pub(super) arms: usize,
    /// The number of surrounding branches where it begins.
    pub(super) branches: u32,
    /// Whether each round sends a network request.
    pub(super) is_remote: bool,
    /// Whether rounds write.
    pub(super) writes: bool,
    /// The relationships of its rows that are read in each round.
    pub(super) read: Vec<Name>,
}
