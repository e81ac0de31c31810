//! Detections about the organisation of the code.

pub mod defaults_disagree;
pub mod development_package_imported;
