//! Library collaborators, by the full name of the class or of its factory.

use libraries::Handle;

use super::Role;

/// The role of the class or factory with this full name.
pub fn of_library(full: &str) -> Option<Role> {
    Some(match libraries::handle(full)? {
        Handle::Session => Role::Session,
        Handle::Client => Role::Client,
        Handle::Cache => Role::Cache,
        Handle::Broker => Role::Broker,
    })
}
