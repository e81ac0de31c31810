//! A secret that a manifest holds as it is.

use report::deployment::Written;

use crate::claim::{Area, Level};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, is_for_development};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "secret-in-manifest",
    area: Area::Security,
    title: "Secrets are kept out of manifests",
    docs: include_str!("secret_in_manifest.md"),
    asvs: Some("V13 Configuration"),
    factor: Some(3),
    run,
};

/// The last words of names of secrets.
const WORDS: &[&str] = &["PASSWORD", "PASSWD", "SECRET", "TOKEN", "KEY"];

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for service in evidence.services() {
        if !matches!(service.written, Written::Workload | Written::Job) || is_for_development(service) {
            continue;
        }
        for variable in &service.environment {
            let Some(value) = variable.value.as_deref() else { continue };
            let last = variable.name.rsplit('_').next().unwrap_or_default().to_ascii_uppercase();
            let is_secret = WORDS.contains(&last.as_str()) && is_one(value);
            // What a Dockerfile sets is inherited, and another place.
            if variable.at.file != service.file || !(is_secret || holds_password(value)) {
                continue;
            }
            let text = format!(
                "The manifest of `{}` holds the secret of `{}` as it is: whoever reads the repository has it.",
                service.name, variable.name
            );
            let claim = out.presence(Level::High, &[&service.file, &service.name, &variable.name], text);
            claim.at(&variable.at);
            claim.recommend(format!(
                "Take `{}` from a secret of the cluster, and replace the value.",
                variable.name
            ));
            let key = variable.name.to_ascii_lowercase().replace('_', "-");
            claim.example(
                "yaml",
                format!(
                    "- name: {}\n  valueFrom:\n    secretKeyRef: {{name: {}, key: {key}}}",
                    variable.name, service.name
                ),
            );
        }
    }
}

/// Whether a value has the shape of a secret: long enough, of several kinds of letters, and no reference, path or
/// placeholder.
fn is_one(value: &str) -> bool {
    let low = value.to_ascii_lowercase();
    let is_placeholder =
        ["change", "example", "replace", "placeholder", "your", "<", "$", "{{", "todo", "xxx", "dummy"]
            .iter()
            .any(|it| low.contains(it));
    let kinds: [fn(char) -> bool; 4] = [
        |it| it.is_ascii_lowercase(),
        |it| it.is_ascii_uppercase(),
        |it| it.is_ascii_digit(),
        |it| it.is_ascii_punctuation(),
    ];
    let count = kinds.iter().filter(|is| value.chars().any(is)).count();
    let is_reference = value.starts_with('/') || value.contains(char::is_whitespace) || value.contains("://");
    value.len() >= 8 && count >= 2 && !is_placeholder && !is_reference && !is_word(value)
}

/// `db-password`, `shop.secret`: the name of something, not a secret.
fn is_word(value: &str) -> bool {
    value.chars().all(|it| it.is_ascii_lowercase() || matches!(it, '-' | '_' | '.' | '/'))
}

/// Whether a URL holds a password.
fn holds_password(value: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else { return false };
    let Some((user, _)) = rest.split('/').next().unwrap_or_default().rsplit_once('@') else { return false };
    user.split_once(':')
        .is_some_and(|(_, password)| !password.is_empty() && !password.contains(['$', '<', '{']))
}
