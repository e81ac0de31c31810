//! Who calls whom in the project.

use flow::FunctionRef;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Evidence;
use super::facts::Call;

/// The callers of each function.
#[derive(Debug, Default)]
pub struct Calls {
    callers: FxHashMap<FunctionRef, Vec<FunctionRef>>,
}

impl Calls {
    /// Who calls a function.
    pub fn callers(&self, function: FunctionRef) -> &[FunctionRef] {
        self.callers.get(&function).map(Vec::as_slice).unwrap_or_default()
    }

    /// These functions, and all that lead to one of them.
    pub fn leading_to(&self, ends: impl IntoIterator<Item = FunctionRef>) -> FxHashSet<FunctionRef> {
        let mut found: FxHashSet<FunctionRef> = FxHashSet::default();
        let mut open: Vec<FunctionRef> = ends.into_iter().collect();
        while let Some(at) = open.pop() {
            if found.insert(at) {
                open.extend(self.callers(at));
            }
        }
        found
    }
}

impl Evidence {
    /// The calls between functions of the project's own code.
    pub fn call_graph(&self) -> Calls {
        let mut callers: FxHashMap<FunctionRef, Vec<FunctionRef>> = FxHashMap::default();
        for function in self.code().flat_map(|it| &it.functions) {
            for callee in &function.calls {
                callers.entry(*callee).or_default().push(function.id);
            }
        }
        Calls { callers }
    }

    /// The functions of the project's own code with a call like this in their bodies.
    pub fn functions_with(&self, is_it: impl Fn(&Call) -> bool) -> Vec<FunctionRef> {
        let calls = self.calls().filter(|(_, call)| is_it(call));
        calls.filter_map(|(source, call)| Some(source.around(call)?.id)).collect()
    }
}
