//! Addresses in values of variables: their schemes and hosts. What else stands there may be secret.

/// An address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) scheme: String,
    pub(super) host: String,
}

/// All addresses in a value.
pub(super) fn addresses(value: &str) -> Vec<Address> {
    let mut found = Vec::new();
    for (at, _) in value.match_indices("://") {
        let before = value.get(..at).unwrap_or_default();
        let begin = before.rfind(|it: char| !(it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.')));
        let scheme = match begin {
            Some(begin) => before
                .get(begin..)
                .map(|rest| rest.trim_start_matches(|it: char| !it.is_ascii_alphanumeric())),
            None => Some(before),
        };
        let after = value.get(at + 3..).unwrap_or_default();
        let end =
            after.find(|it: char| matches!(it, '/' | '?' | '#' | ',' | '"' | '\'') || it.is_whitespace());
        let authority = end.and_then(|end| after.get(..end)).unwrap_or(after);
        // Only what stands after the last `@` is no secret.
        let host = authority.rsplit('@').next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        let is_host = !host.is_empty()
            && host.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_'));
        if let Some(scheme) = scheme.filter(|scheme| is_host && !scheme.is_empty()) {
            found.push(Address { scheme: scheme.to_ascii_lowercase(), host: host.to_owned() });
        }
    }
    found
}
