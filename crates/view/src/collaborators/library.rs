//! Collaborators of libraries, by the full name of the class or of the function that makes one.

use libraries::Handle;

use super::Role;

/// What the class or the maker with this full name is.
pub fn of_library(full: &str) -> Option<Role> {
    Some(match libraries::handle(full)? {
        Handle::Session => Role::Session,
        Handle::Client => Role::Client,
        Handle::Cache => Role::Cache,
        Handle::Broker => Role::Broker,
    })
}
