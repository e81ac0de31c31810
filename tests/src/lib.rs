//! The test kit: in-memory projects, Markdown pages parsed into cases, and the comparison of a rule's findings with the
//! expected ones on its page.
//!
//! Tests are data. A case is one or more fenced files, with each expected finding as a comment on its line:
//!
//! ````text
//! ```python path=shop/orders.py
//! from shop.pricing import price  # finding: some-rule "what the message must hold"
//! ```
//! ````
//!
//! Below the files, a `found` block shows the rest: underlined text, level, reasons, related places. `UPDATE_PAGES=1
//! cargo test -p tests --test specs` writes these blocks; review the diff.

mod bless;
mod case;
pub mod client;
mod expectation;
mod found;
pub mod generated;
mod markdown;
mod new_rule;
mod project;
mod verdict;

pub use bless::blessed;
pub use case::{Case, CaseFile, Shown, cases};
pub use expectation::{Expectation, Marked, read_marks};
pub use found::{differences, found};
pub use markdown::{Fence, Section, sections};
pub use new_rule::new_rule;
pub use project::TestProject;
pub use verdict::judge;
