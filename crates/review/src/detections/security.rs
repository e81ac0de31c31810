//! Detections about access control.

pub mod any_host;
pub mod any_origin_with_credentials;
pub mod certificate_unchecked;
pub mod cookie_for_scripts;
pub mod fast_password_hash;
pub mod secret_has_default;
pub mod token_unchecked;
pub mod upload_read_whole;
pub mod workflow_runs_strangers;
