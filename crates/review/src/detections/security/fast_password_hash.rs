//! Passwords that are kept with a digest that is made to be fast.

use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "fast-password-hash",
    area: Area::Security,
    title: "Passwords are hashed slowly",
    docs: include_str!("fast_password_hash.md"),
    asvs: Some("V11 Cryptography"),
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for (source, call) in evidence.calls() {
        let Some(callee) = call.called.callee.as_deref() else { continue };
        let is_digest = caution(callee) == Some(Caution::FastDigest);
        let is_other = call.called.keyword("usedforsecurity") == Some(&Value::Bool(false));
        if !is_digest || is_other || !call.called.positional(0).is_some_and(is_password) {
            continue;
        }
        // A digest before a slow hash, or one that a service of leaked passwords is asked for.
        let of_function = source.calls.iter().filter(|it| it.function == call.function);
        let is_hashed = of_function.filter_map(|it| it.called.callee.as_deref()).any(|it| {
            matches!(caution(it), Some(Caution::PasswordHash | Caution::Waits(_) | Caution::Sends))
        });
        if is_hashed {
            continue;
        }
        let who = call.function.as_deref().unwrap_or(&source.path);
        let digest = &call.called.method;
        let text = format!(
            "`{who}` hashes a password with `{digest}`: a stolen table is guessed at millions a second."
        );
        let claim = out.presence(Level::High, &[&source.path, who], text);
        claim.at(Place::new(source.path.clone(), call.line));
        claim.recommend(format!("Let `{who}` use a hash that is slow on purpose, as Argon2 or bcrypt."));
    }
}

/// Whether a value is a password by its name: `password.encode()`, `user.password`.
fn is_password(value: &Value) -> bool {
    match value {
        Value::Name(name) => {
            let last = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
            last == "password" || last == "passwd" || last.ends_with("_password")
        }
        Value::Call(call) => {
            let owner = call.written.as_deref().and_then(|it| it.strip_suffix(".encode"));
            owner.is_some_and(|it| is_password(&Value::Name(it.to_owned())))
        }
        _ => false,
    }
}
