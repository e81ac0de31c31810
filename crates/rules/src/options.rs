//! Options and levels of rules, as declared.

use config::{Config, Problem};

/// What is wrong with the rule ids, levels and options of a configuration.
pub fn validate(_config: &Config) -> Vec<Problem> {
    Vec::new()
}
