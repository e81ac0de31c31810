//! Which members every slice has, and which are specific to one.

use crate::spelling::{Subject, words_of};

/// Columns that nearly every table has, identified by their last word.
const PLAIN: [&str; 22] = [
    "id",
    "uuid",
    "pk",
    "guid",
    "oid",
    "name",
    "title",
    "slug",
    "label",
    "created",
    "updated",
    "modified",
    "deleted",
    "at",
    "on",
    "version",
    "description",
    "by",
    "active",
    "deleted_at",
    "sa",
    "sentinel",
];

/// Words for the owner of a row, which access control is based on.
const OWNERS: [&str; 9] =
    ["owner", "user", "author", "creator", "tenant", "organization", "organisation", "workspace", "account"];

/// Actions that apply to any subject.
const DEEDS: &[&str] = &[
    "create",
    "get",
    "list",
    "update",
    "delete",
    "add",
    "save",
    "remove",
    "read",
    "find",
    "all",
    "by",
    "id",
    "ids",
    "one",
    "many",
    "new",
    "retrieve",
    "destroy",
    "edit",
    "patch",
    "put",
    "post",
    "fetch",
    "insert",
    "upsert",
    "detail",
    "index",
    "count",
    "exists",
    "paginate",
    "paginated",
    "page",
    "paged",
    "or",
    "none",
    "404",
    "raise",
    "async",
    "store",
    "set",
    "to",
    "from",
    "as",
    "handle",
    "execute",
    "run",
    "call",
    "name",
    "title",
    "slug",
    "write",
    "erase",
    "view",
    "show",
    "router",
    "db",
];

/// Name prefixes of methods that belong to the structure of a slice.
const BUILDING: [&str; 18] = [
    "to",
    "from",
    "as",
    "is",
    "has",
    "map",
    "convert",
    "build",
    "make",
    "validate",
    "check",
    "ensure",
    "setup",
    "provide",
    "override",
    "serialize",
    "parse",
    "with",
];

/// Whether any slice may have this column.
pub(crate) fn is_plain_column(name: &str, subject: &Subject) -> bool {
    let words: Vec<String> = words_of(name).iter().map(|word| word.to_lowercase()).collect();
    let rest = match subject.run_in(&words) {
        Some((0, _)) => &words[subject.words().len()..],
        _ => &words[..],
    };
    match rest {
        [only] => PLAIN.contains(&only.as_str()),
        [owner, id] => id == "id" && OWNERS.contains(&owner.as_str()) || is_stamp(rest),
        _ => is_stamp(rest),
    }
}

/// `created_at`, `date_updated`, `is_active`.
fn is_stamp(words: &[String]) -> bool {
    let stamps = ["created", "updated", "modified", "deleted", "active"];
    words.len() == 2 && words.iter().any(|word| stamps.contains(&word.as_str()))
}

/// Whether a column holds a display name.
pub(crate) fn is_name_like(name: &str) -> bool {
    let last = words_of(name).last().map(|word| word.to_lowercase()).unwrap_or_default();
    ["name", "title", "label", "slug"].contains(&last.as_str())
}

/// Whether a function does something that applies to any subject, so that it is kept if possible.
pub(crate) fn is_usual(name: &str, subject: &Subject) -> bool {
    if name.starts_with("__") {
        return true;
    }
    let words: Vec<String> = words_of(name).iter().map(|word| word.to_lowercase()).collect();
    let rest: Vec<&String> = match subject.run_in(&words) {
        Some((at, _)) => {
            let length = subject.words().len();
            words
                .iter()
                .enumerate()
                .filter(|(index, _)| !(at..at + length).contains(index))
                .map(|(_, word)| word)
                .collect()
        }
        None => words.iter().collect(),
    };
    // `create_comment_for_article`
    let end = rest.iter().position(|word| matches!(word.as_str(), "for" | "from" | "in" | "of" | "with"));
    let rest = &rest[..end.filter(|end| *end > 0).unwrap_or(rest.len())];
    rest.iter().all(|word| DEEDS.contains(&word.as_str()))
}

/// Whether a public function is specific to its subject.
pub(crate) fn is_business(name: &str, subject: &Subject) -> bool {
    let first = words_of(name).first().map(|word| word.to_lowercase()).unwrap_or_default();
    !name.starts_with('_') && !is_usual(name, subject) && !BUILDING.contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_any_slice_has() {
        let order = Subject::of("order").unwrap();
        for name in ["id", "order_id", "name", "created_at", "owner_id", "is_active"] {
            assert!(is_plain_column(name, &order), "{name}");
        }
        for name in ["email", "customer_id", "total", "status", "phone_number"] {
            assert!(!is_plain_column(name, &order), "{name}");
        }
        for name in ["create_order", "list_orders", "get_by_id", "add", "__init__", "get_or_404"] {
            assert!(is_usual(name, &order), "{name}");
        }
        for name in ["ship_order", "cancel", "mark_as_paid"] {
            assert!(is_business(name, &order), "{name}");
        }
        assert!(!is_business("to_dict", &order) && !is_business("_ship", &order));
    }
}
