//! Network requests: if each round of a loop waits for one anyway, fewer queries don't make it fast.

use libraries::{Handle, Kind as Library, Method};
use python::ExprId;

use super::Walker;
use crate::{Kind, Site, Value};

/// The network requests of a function.
#[derive(Debug, Default)]
pub(super) struct Remote {
    /// The iterables of the loops that send one in each round.
    pub(super) loops: Vec<Site>,
    /// Whether each call of the function sends one.
    pub(super) is_each_call: bool,
}

impl Walker<'_> {
    /// Records that a request is sent here, in each round of the surrounding loops up to the nearest branch.
    pub(super) fn is_sent(&mut self) {
        let branches = self.around.branches;
        self.recorder.remote.is_each_call |= branches == 0 && self.around.frames.is_empty();
        for frame in &mut self.around.frames {
            frame.is_remote |= frame.branches == branches;
        }
    }

    /// Records a request if the library function sends one.
    pub(super) fn sends_request(&mut self, call: ExprId, full_name: &str) {
        let is_mail = libraries::kind(full_name) == Some(Library::Mail);
        let waits = || libraries::waits(full_name) || self.is_awaited(call);
        if libraries::sends_request(full_name) || is_mail || (is_far(full_name) && waits()) {
            self.is_sent();
        }
    }

    /// Records a request if the method of a library instance sends one.
    pub(super) fn sends_by(&mut self, call: ExprId, base: &Value, method: &str) {
        let Kind::ForeignInstance(class) = &base.kind else { return };
        let is_far =
            matches!(libraries::handle(class), Some(Handle::Client | Handle::Broker)) || is_far(class);
        let waits = || libraries::method(class, method) == Some(Method::Waits) || self.is_awaited(call);
        if is_far && waits() {
            self.is_sent();
        }
    }
}

/// Whether something from a library accesses the network, excluding databases and caches.
fn is_far(full_name: &str) -> bool {
    let kind = libraries::kind(full_name);
    matches!(
        kind,
        Some(Library::Client | Library::Cloud | Library::Mail | Library::Service | Library::Broker)
    )
}
