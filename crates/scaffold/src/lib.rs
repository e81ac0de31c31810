//! Which files would a new slice of this project need?
//!
//! A slice is everything a project has about one subject: router, schemas, service, port, repository, model, their
//! wiring and their tests. A new slice imitates the most suitable existing one: its files are copied with all names in
//! the spellings of the new subject, members specific to the model (columns, business methods) are left out as far as
//! the rest stays intact, and the new slice is registered next to the model wherever that is registered. So folders,
//! names, base classes, libraries and the injection style are those of the project.
//!
//! This crate is pure: texts in, texts out. The caller reads the project ([`Survey`]), checks the result and writes it.

mod bound;
mod names;
mod plan;
mod prefix;
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
