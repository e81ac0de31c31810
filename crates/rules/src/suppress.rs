//! Ignore comments.
