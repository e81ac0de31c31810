//! `blacksheep`.

use crate::{Decorator, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "blacksheep",
    imports: &["blacksheep"],
    kinds: &[("blacksheep", Kind::Web)],
    calls: &[("blacksheep.Application", Mark::CreatesApp)],
    decorators: &[
        ("blacksheep.delete", Decorator::Route),
        ("blacksheep.get", Decorator::Route),
        ("blacksheep.patch", Decorator::Route),
        ("blacksheep.post", Decorator::Route),
        ("blacksheep.put", Decorator::Route),
        ("blacksheep.route", Decorator::Route),
        ("blacksheep.ws", Decorator::Route),
    ],
    wired_by_type: true,
    ..Library::UNKNOWN
};
