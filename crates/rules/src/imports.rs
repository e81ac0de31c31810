//! How imports are written.
