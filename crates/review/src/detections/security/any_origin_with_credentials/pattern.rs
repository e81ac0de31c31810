//! What a pattern of origins allows.

/// Whose pages a pattern allows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// Those of any host.
    Any,
    /// Those of any host below a domain where everybody may publish.
    Below(&'static str),
}

/// Domains below which everybody may publish.
const PUBLIC: &[&str] = &[
    ".azurewebsites.net",
    ".cloudfront.net",
    ".firebaseapp.com",
    ".fly.dev",
    ".github.io",
    ".gitlab.io",
    ".herokuapp.com",
    ".netlify.app",
    ".ngrok-free.app",
    ".ngrok.io",
    ".onrender.com",
    ".pages.dev",
    ".railway.app",
    ".surge.sh",
    ".trycloudflare.com",
    ".vercel.app",
    ".web.app",
    ".workers.dev",
];

/// Whether a text is a pattern rather than an origin.
pub(super) fn is_one(text: &str) -> bool {
    text != "*" && text.contains(['*', '\\', '?', '$', '^', '[', '(', '|', '+'])
}

/// Whose pages a pattern allows beside those of known hosts.
pub(super) fn takes(pattern: &str) -> Option<Takes> {
    let whole = pattern.trim_start_matches('^').trim_end_matches('$').replace("\\.", ".").replace("\\/", "/");
    let host = whole.split_once("://").map_or(whole.as_str(), |(_, host)| host);
    let host = host.strip_suffix("/?").unwrap_or(host);
    let bare = host.trim_start_matches('(').trim_end_matches(')');
    if matches!(bare, ".*" | ".+" | "[^/]*" | "[^/]+" | "\\S*" | "\\S+" | ".*?" | ".+?") {
        return Some(Takes::Any);
    }
    let is_below = |domain: &&&str| {
        let before = host.strip_suffix(**domain);
        before.is_some_and(|it| it.ends_with(['*', '+', ')', '}', ']', '?']))
    };
    PUBLIC.iter().find(is_below).map(|it| Takes::Below(it.trim_start_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_patterns_allow() {
        for (pattern, takes_it) in [
            (".*", Some(Takes::Any)),
            ("^https?://.*$", Some(Takes::Any)),
            (r"https://.*\.vercel\.app", Some(Takes::Below("vercel.app"))),
            (r"https://shop-[a-z0-9-]+\.netlify\.app", Some(Takes::Below("netlify.app"))),
            (r"https://.*-shop-team\.vercel\.app", None),
            (r"https://.*\.shop\.example", None),
        ] {
            assert_eq!(takes(pattern), takes_it, "{pattern}");
        }
    }
}
