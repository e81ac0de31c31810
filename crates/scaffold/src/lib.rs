//! Which files would a new slice of this project need?
//!
//! A slice is what a project holds of one subject: router, schemas, service, port, repository, model, their wiring and their
//! tests. A new one imitates the nearest that there is: its files are copied with all names in the spellings of the new
//! subject, what is special to the model (columns, business methods) is left out as far as what remains is whole, and
//! wherever the model is registered the new one is registered beside it. So folders, names, bases, libraries and the style of
//! injection are the project's own.
//!
//! Pure: texts in, texts out. Whoever calls reads the project ([`Survey`]), checks the outcome and writes it.

mod bound;
mod names;
mod plan;
mod prune;
mod register;
mod rename;
mod slice;
mod spelling;
mod statement;
mod survey;
mod tidy;
mod token;

pub use plan::{Plan, Planned, Refusal, Wish, plan};
pub use spelling::Subject;
pub use survey::{Entity, Link, Place, Survey, SurveyedFile};
