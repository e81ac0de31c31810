//! What is found by its path.

/// Whether pytest, or Django's runner, collects tests from a file of this name (without its extension).
pub(super) fn is_test_file(stem: &str) -> bool {
    stem.starts_with("test") || stem.ends_with("_test") || stem.ends_with("_tests")
}
