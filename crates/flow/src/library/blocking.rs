//! Calls that block the thread: sleep, files, sockets, synchronous HTTP clients and database drivers.

use python::ExprId;

use super::Arguments;
use crate::Value;
use crate::walk::Walker;

/// A function of a library that blocks.
pub(crate) fn call(_: &mut Walker<'_>, _: ExprId, _full_name: &str, _: &Arguments) -> Option<Value> {
    None
}
