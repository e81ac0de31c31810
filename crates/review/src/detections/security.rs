//! Detections about access control.

pub mod any_origin_with_credentials;
