//! Requests over TLS that take any certificate.

use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "certificate-unchecked",
    area: Area::Security,
    title: "Peers prove who they are",
    docs: include_str!("certificate_unchecked.md"),
    asvs: Some("V12 Secure Communication"),
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for (source, call) in evidence.calls() {
        let known = call.called.callee.as_deref().and_then(caution);
        let sends = matches!(known, Some(Caution::Waits(_) | Caution::Sends | Caution::HttpClient));
        if !sends || call.called.keyword("verify") != Some(&Value::Bool(false)) {
            continue;
        }
        let who = call.function.as_deref().unwrap_or(&source.path);
        let what = call.called.written.as_deref().unwrap_or(&call.called.method);
        let text = format!(
            "`{who}` takes any certificate in `{what}`: whoever is in between reads and changes what is sent."
        );
        let claim = out.presence(Level::High, &[&source.path, who, what], text);
        claim.at(Place::new(source.path.clone(), call.line));
        claim.recommend(format!(
            "Give `{what}` in `{who}` the certificate of the peer's authority, where it isn't a public one."
        ));
        claim.example("python", "verify=\"/etc/ssl/certs/internal.pem\"");
    }
}
