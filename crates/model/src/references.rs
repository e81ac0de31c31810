//! References other than imports: names that tests replace, dotted names and paths in non-Python files, and names that
//! frameworks find by location.
//!
//! A mention counts only if the project has its target: a module of at least two segments, or a name that the module
//! binds. Non-Python files are read when something is moved, never on a keystroke.

mod mentions;
mod places;
mod replaced;
mod texts;

pub use mentions::{Mention, mentions, path_mentions};
pub use places::{Collected, Finder, Hold, NamedPlace, Place, collected, named_place, place_of};
pub(crate) use replaced::replaced;
pub use replaced::{Form, Replaced};
pub use texts::{TextFile, TextKind, text_files};
