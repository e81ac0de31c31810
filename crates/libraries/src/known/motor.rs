//! `motor`.

use crate::{Handle, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "motor",
    imports: &["motor"],
    kinds: &[("motor", Kind::Driver)],
    calls: &[("motor.motor_asyncio.AsyncIOMotorClient", Mark::Engine)],
    handles: &[("motor.motor_asyncio.AsyncIOMotorClient", Handle::Session)],
    ..Library::UNKNOWN
};
