//! Which queries write, based on their descriptions by the library models.

/// Whether a query with this description changes stored data.
pub fn writes(what: &str) -> bool {
    const STATEMENTS: &[&str] = &["a statement on ", "the DELETE of ", "the INSERT of ", "the UPDATE of "];
    if STATEMENTS.iter().any(|start| what.starts_with(start)) {
        return true;
    }
    let last = what.split('(').next().unwrap_or(what).rsplit('.').next().unwrap_or_default();
    let last = last.strip_prefix('a').filter(|rest| WRITES.contains(rest)).unwrap_or(last);
    WRITES.contains(&last)
}

/// Methods of rows, querysets and sessions that change stored data.
const WRITES: &[&str] = &[
    "add",
    "add_all",
    "bulk_create",
    "bulk_insert_mappings",
    "bulk_save_objects",
    "bulk_update",
    "bulk_update_mappings",
    "clear",
    "create",
    "delete",
    "get_or_create",
    "merge",
    "remove",
    "save",
    "save_base",
    "set",
    "update",
    "update_or_create",
];
