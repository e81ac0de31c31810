//! Addresses in values of variables: their schemes and hosts. The rest may be secret.

/// An address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Before `://`, in lower case.
    pub scheme: String,
    /// Its name or number.
    pub host: String,
}

/// Limit on the variables substituted in one value.
const MOST_VARIABLES: usize = 64;

/// A value with compose's defaults for unset variables: `${HOST:-db}` is `db`. A variable without default becomes a
/// `$`, which no host name contains.
pub fn filled(value: &str) -> String {
    let mut all = value.to_owned();
    for _ in 0..MOST_VARIABLES {
        // The last one that opens is not nested in another.
        let Some((before, rest)) = all.rsplit_once("${") else { break };
        let (variable, after) = rest.split_once('}').unwrap_or((rest, ""));
        let name_ends = variable.find(|it: char| !(it.is_ascii_alphanumeric() || it == '_'));
        let said = name_ends.and_then(|end| variable.get(end..)).unwrap_or_default();
        let default = said.strip_prefix(":-").or_else(|| said.strip_prefix('-')).unwrap_or("$");
        all = [before, default, after].concat();
    }
    all
}

/// All addresses in a value.
pub fn addresses(value: &str) -> Vec<Address> {
    let value = filled(value);
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
        // A password may contain characters that end a host: the part before them is not a host then.
        let rest = after.get(authority.len()..).unwrap_or_default();
        let rest = rest.split(|it: char| it.is_whitespace() || matches!(it, ',' | '"' | '\'')).next();
        if !authority.contains('@') && rest.is_some_and(|rest| rest.contains('@')) {
            continue;
        }
        // Only the part after the last `@` is not secret.
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
