//! Words in names: of changes, of public routes, and of the caller's identity.

/// The words of a name or path, in lower case: `createOrder`, `create_order` and `/create-order` are two words each.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    let mut list: Vec<String> = Vec::new();
    let (mut is_new, mut was_lower) = (true, false);
    for char in text.chars() {
        if !char.is_alphanumeric() {
            (is_new, was_lower) = (true, false);
            continue;
        }
        is_new |= char.is_uppercase() && was_lower;
        was_lower = char.is_lowercase() || char.is_numeric();
        if is_new {
            list.push(String::new());
            is_new = false;
        }
        if let Some(word) = list.last_mut() {
            word.extend(char.to_lowercase());
        }
    }
    list.into_iter()
}

/// Whether one of the words is listed.
pub(crate) fn has(text: &str, list: &[&str]) -> bool {
    words(text).any(|word| list.contains(&word.as_str()))
}

/// Whether a name denotes a change.
pub(crate) fn names_change(name: &str) -> bool {
    has(name, CHANGES)
}

/// Whether words denote a public route, or one for anonymous users.
pub(crate) fn names_public(text: &str, more: &[&str]) -> bool {
    words(text).any(|word| {
        PUBLIC.contains(&word.as_str()) || more.iter().any(|more| more.eq_ignore_ascii_case(&word))
    })
}

/// Whether a name in code denotes the caller's identity, or a credential.
pub(crate) fn names_identity(name: &str) -> bool {
    let words: Vec<String> = words(name).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    has(IDENTITY) || has(&["current"]) && has(USERS) || has(&["api"]) && has(&["key", "keys"])
}

/// Whether a name denotes a possible caller.
pub(crate) fn names_user(name: &str) -> bool {
    has(name, USERS) || has(name, &["current"])
}

const CHANGES: &[&str] = &[
    "accept",
    "activate",
    "add",
    "append",
    "approve",
    "archive",
    "assign",
    "attach",
    "block",
    "book",
    "bulk",
    "cancel",
    "change",
    "clear",
    "close",
    "commit",
    "complete",
    "copy",
    "create",
    "deactivate",
    "delay",
    "delete",
    "destroy",
    "detach",
    "disable",
    "duplicate",
    "edit",
    "enable",
    "enqueue",
    "enroll",
    "execute",
    "flush",
    "import",
    "insert",
    "install",
    "invite",
    "link",
    "lock",
    "mark",
    "merge",
    "move",
    "new",
    "pay",
    "persist",
    "process",
    "promote",
    "publish",
    "purge",
    "put",
    "rebuild",
    "record",
    "refund",
    "reject",
    "release",
    "remove",
    "rename",
    "reorder",
    "replace",
    "reserve",
    "restart",
    "restore",
    "revoke",
    "rotate",
    "run",
    "save",
    "schedule",
    "send",
    "set",
    "ship",
    "start",
    "stop",
    "store",
    "submit",
    "sync",
    "toggle",
    "transfer",
    "trigger",
    "unblock",
    "unlink",
    "unlock",
    "unpublish",
    "update",
    "upload",
    "upsert",
    "write",
];

const PUBLIC: &[&str] = &[
    "2fa",
    "acme",
    "acs",
    "activate",
    "activation",
    "alive",
    "anonymous",
    "answer",
    "assertion",
    "auth",
    "authenticate",
    "authentication",
    "authorization",
    "authorize",
    "beacon",
    "callback",
    "callbacks",
    "captcha",
    "check",
    "checkout",
    "confirm",
    "confirmation",
    "consent",
    "contact",
    "cookie",
    "cookies",
    "credential",
    "credentials",
    "cron",
    "csp",
    "csrf",
    "debug",
    "demo",
    "device",
    "discovery",
    "echo",
    "enroll",
    "feedback",
    "forgot",
    "forgotten",
    "graphql",
    "guest",
    "health",
    "healthcheck",
    "healthz",
    "heartbeat",
    "hook",
    "hooks",
    "inbound",
    "ingest",
    "install",
    "internal",
    "invitation",
    "invitations",
    "invite",
    "invites",
    "ipn",
    "join",
    "jwks",
    "kiosk",
    "landing",
    "language",
    "ldap",
    "live",
    "liveness",
    "locale",
    "log",
    "login",
    "logout",
    "logs",
    "lti",
    "magic",
    "me",
    "metrics",
    "mfa",
    "mock",
    "newsletter",
    "nonce",
    "notification",
    "notify",
    "oauth",
    "oauth2",
    "oidc",
    "onboarding",
    "open",
    "optin",
    "optout",
    "otp",
    "password",
    "passwordless",
    "passwords",
    "ping",
    "preview",
    "probe",
    "profile",
    "public",
    "query",
    "readiness",
    "ready",
    "receive",
    "receiver",
    "recover",
    "recovery",
    "redirect",
    "refresh",
    "register",
    "registration",
    "remember",
    "renew",
    "report",
    "resend",
    "reset",
    "rsvp",
    "saml",
    "search",
    "session",
    "sessions",
    "setup",
    "share",
    "shared",
    "signin",
    "signout",
    "signup",
    "slack",
    "sms",
    "social",
    "sso",
    "status",
    "stripe",
    "submission",
    "subscribe",
    "subscription",
    "survey",
    "test",
    "testing",
    "theme",
    "token",
    "tokens",
    "totp",
    "track",
    "tracking",
    "twilio",
    "twofactor",
    "unsubscribe",
    "user",
    "users",
    "validate",
    "verification",
    "verify",
    "visitor",
    "vote",
    "waitlist",
    "webauthn",
    "webhook",
    "webhooks",
    "welcome",
    "xmlrpc",
];

const IDENTITY: &[&str] = &[
    "401",
    "403",
    "acl",
    "admin",
    "allowed",
    "anonymous",
    "apikey",
    "auth",
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
    "captcha",
    "credential",
    "credentials",
    "csrf",
    "denied",
    "forbidden",
    "guard",
    "guards",
    "hmac",
    "identity",
    "jwt",
    "logged",
    "login",
    "nonce",
    "oauth",
    "oauth2",
    "otp",
    "owner",
    "password",
    "permission",
    "permissions",
    "permitted",
    "principal",
    "privilege",
    "privileges",
    "rbac",
    "recaptcha",
    "rights",
    "role",
    "roles",
    "scopes",
    "secret",
    "signature",
    "signed",
    "staff",
    "superuser",
    "token",
    "tokens",
    "unauthenticated",
    "unauthorized",
    "viewer",
    "whitelist",
];

const USERS: &[&str] = &[
    "account",
    "actor",
    "caller",
    "customer",
    "identity",
    "member",
    "organization",
    "org",
    "owner",
    "participant",
    "person",
    "player",
    "principal",
    "profile",
    "session",
    "subject",
    "team",
    "tenant",
    "user",
    "wallet",
    "workspace",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_into_words() {
        let table = [
            ("create_order", vec!["create", "order"]),
            ("createOrder", vec!["create", "order"]),
            ("/orders/{order_id}/pay-now", vec!["orders", "order", "id", "pay", "now"]),
            ("HTTP_401_UNAUTHORIZED", vec!["http", "401", "unauthorized"]),
            ("", vec![]),
        ];
        for (name, expected) in table {
            assert_eq!(words(name).collect::<Vec<_>>(), expected, "{name}");
        }
    }

    #[test]
    fn routes_for_everybody_say_so() {
        for text in
            ["login", "stripe_webhook", "/password/reset", "RefreshToken", "healthz", "sign-up/register"]
        {
            assert!(names_public(text, &[]), "{text}");
        }
        for text in ["create_order", "/orders/{order_id}", "delete_invoice"] {
            assert!(!names_public(text, &[]), "{text}");
        }
        assert!(names_public("create_lead", &["Lead"]));
    }

    #[test]
    fn names_that_speak_of_who_is_calling() {
        for name in ["current_user", "check_permission", "x_hub_signature", "HTTP_403_FORBIDDEN", "api_key"] {
            assert!(names_identity(name), "{name}");
        }
        for name in ["order", "current_page", "author", "key"] {
            assert!(!names_identity(name), "{name}");
        }
    }
}
