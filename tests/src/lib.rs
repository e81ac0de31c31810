//! The test kit: projects in memory, pages of Markdown read as cases, and the comparison of what a rule says with what
//! its page promises.
//!
//! Tests are data. A case is one or several fenced files; what must be found stands as a comment on its line:
//!
//! ````text
//! ```python path=shop/orders.py
//! from shop.pricing import price  # finding: some-rule "what the message must hold"
//! ```
//! ````
//!
//! Below the files a block `found` shows the rest: what is underlined, level, reasons, related places. `UPDATE_PAGES=1
//! cargo test -p tests --test specs` writes these blocks; read what it wrote.

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
