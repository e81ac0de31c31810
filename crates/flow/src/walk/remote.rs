//! Requests over the network: what waits for one in each round anyway isn't made fast by fewer queries.

use libraries::{Handle, Kind as Library, Method};
use python::ExprId;

use super::Walker;
use crate::{Kind, Site, Value};

/// What of a function sends requests over the network.
#[derive(Debug, Default)]
pub(super) struct Remote {
    /// What the loops walk that send one in each round.
    pub(super) loops: Vec<Site>,
    /// Whether each call of the function sends one.
    pub(super) is_each_call: bool,
}

impl Walker<'_> {
    /// Notes that a request is sent here: by each round of the loops around, as far as no branch lies between.
    pub(super) fn is_sent(&mut self) {
        let branches = self.branches;
        self.remote.is_each_call |= branches == 0 && self.frames.is_empty();
        for frame in &mut self.frames {
            frame.is_remote |= frame.branches == branches;
        }
    }

    /// The same where a function of a library is called that sends one.
    pub(super) fn sends_request(&mut self, call: ExprId, full_name: &str) {
        let is_mail = libraries::kind(full_name) == Some(Library::Mail);
        let waits = || libraries::waits(full_name) || self.is_awaited(call);
        if libraries::sends_request(full_name) || is_mail || (is_far(full_name) && waits()) {
            self.is_sent();
        }
    }

    /// The same where a method of a library's instance is called.
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

/// Whether something of a library speaks with others over the network, databases and caches left out.
fn is_far(full_name: &str) -> bool {
    let kind = libraries::kind(full_name);
    matches!(
        kind,
        Some(Library::Client | Library::Cloud | Library::Mail | Library::Service | Library::Broker)
    )
}
