//! Who may do what.

pub mod any_origin_with_credentials;
