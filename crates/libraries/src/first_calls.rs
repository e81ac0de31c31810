//! Calls that change what later imports find or get: whatever they concern is imported below them.

/// Functions that replace parts of the standard library: an import above them keeps the unpatched parts.
const PATCHING: &[&str] = &["eventlet.monkey_patch", "eventlet.patcher.monkey_patch", "gevent.monkey"];

/// Functions that decide what the project's own modules find when they are imported.
const PREPARING: &[&str] = &[
    "django.setup",
    "dotenv.load_dotenv",
    "site.addsitedir",
    "sys.path.append",
    "sys.path.extend",
    "sys.path.insert",
];

/// What must be imported below a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ComesFirst {
    /// The modules of the project.
    BeforeProject,
    /// All modules.
    BeforeAll,
}

/// What must be imported below a call of the function of this full name.
pub fn comes_first(full_name: &str) -> Option<ComesFirst> {
    let patches = ["monkey_patch", "patch_"].iter().any(|start| last_part(full_name).starts_with(start));
    if patches && PATCHING.iter().any(|name| crate::is_of(full_name, name)) {
        return Some(ComesFirst::BeforeAll);
    }
    PREPARING.contains(&full_name).then_some(ComesFirst::BeforeProject)
}

fn last_part(full_name: &str) -> &str {
    full_name.rsplit('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_before_imports() {
        assert_eq!(comes_first("gevent.monkey.patch_all"), Some(ComesFirst::BeforeAll));
        assert_eq!(comes_first("gevent.monkey.is_module_patched_by"), None);
        assert_eq!(comes_first("eventlet.monkey_patch"), Some(ComesFirst::BeforeAll));
        assert_eq!(comes_first("sys.path.insert"), Some(ComesFirst::BeforeProject));
        assert_eq!(comes_first("logging.basicConfig"), None);
    }
}
