//! References that are no imports: names that tests replace, dotted names and paths in files that aren't Python, and what
//! frameworks find by its place.
//!
//! What a text names counts only where the project has it: a module of at least two segments, or a name that the module
//! binds. Files that aren't Python are read when something moves, and never on a keystroke.

mod mentions;
mod places;
mod replaced;
mod texts;

pub use mentions::{Mention, mentions, path_mentions};
pub use places::{Collected, Finder, Hold, NamedPlace, Place, collected, named_place, place_of};
pub(crate) use replaced::replaced;
pub use replaced::{Form, Replaced};
pub use texts::{TextFile, TextKind, text_files};
