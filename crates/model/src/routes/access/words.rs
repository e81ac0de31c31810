//! Names that indicate authentication.

/// Whether a name indicates that something authenticates the caller.
pub(super) fn looks_like_authentication(text: &str) -> bool {
    let callee = text.split('(').next().unwrap_or_default();
    let last = callee.rsplit('.').next().unwrap_or_default();
    let words = words(last);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    if has(OF_OTHER_THINGS) {
        return false;
    }
    has(SURE)
        || has(&["current", "active", "logged", "verified", "admin", "staff"])
            && has(&["user", "account", "member", "principal", "tenant", "identity"])
        || has(&["verify", "check", "validate", "decode", "require", "valid"])
            && has(&[
                "token",
                "key",
                "access",
                "user",
                "role",
                "roles",
                "scope",
                "scopes",
                "admin",
                "signature",
            ])
        || has(&["require", "requires", "required"])
            && words.len() > 1
            && !has(&["post", "get", "http", "safe"])
        || has(&["api"]) && has(&["key"])
        || has(&["admin", "admins"]) && has(&["only", "is"])
        || has(&["only"]) && has(&["authed", "staff", "superusers"])
}

const SURE: &[&str] = &[
    "acl",
    "apikey",
    "auth",
    "auth0",
    "authed",
    "authenticate",
    "authenticated",
    "authentication",
    "authenticator",
    "authorization",
    "authorize",
    "authorized",
    "authorizer",
    "bearer",
    "jwt",
    "login",
    "oauth",
    "oauth2",
    "permission",
    "permissions",
    "rbac",
    "superuser",
];

/// Names related to authentication that don't authenticate the caller.
const OF_OTHER_THINGS: &[&str] = &[
    "backend",
    "client",
    "config",
    "dao",
    "exempt",
    "factory",
    "form",
    "handler",
    "manager",
    "not",
    "optional",
    "provider",
    "repo",
    "repositories",
    "repository",
    "service",
    "services",
    "session",
    "settings",
    "store",
    "uow",
    "usecase",
];

/// The words of a name in snake or camel case, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_new = true;
    let mut was_lower = false;
    for char in name.chars() {
        if !char.is_alphanumeric() {
            is_new = true;
            continue;
        }
        if char.is_uppercase() && was_lower {
            is_new = true;
        }
        was_lower = char.is_lowercase();
        if is_new {
            words.push(String::new());
            is_new = false;
        }
        if let Some(word) = words.last_mut() {
            word.extend(char.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_ask_who_is_calling() {
        for name in [
            "get_current_user",
            "CurrentUser",
            "require_admin",
            "login_required",
            "verify_token",
            "auth.jwt_required",
            "IsAuthenticated",
            "admins_only",
            "check_permissions",
            "require_role(\"admin\")",
            "LoginRequiredMixin",
            "get_api_key",
            "get_verified_user",
            "get_admin_user",
        ] {
            assert!(looks_like_authentication(name), "{name}");
        }
        for name in [
            "get_db",
            "get_author",
            "get_auth_service",
            "OAuth2PasswordRequestForm",
            "require_POST",
            "get_user_service",
            "pagination",
            "csrf_exempt",
            "current_page",
        ] {
            assert!(!looks_like_authentication(name), "{name}");
        }
    }
}
