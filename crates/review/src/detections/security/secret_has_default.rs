//! A key that signs, and is written in the code.

use libraries::Job;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Launch, Source, Value, is_for_development};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "secret-has-default",
    area: Area::Security,
    title: "What signs is a secret",
    docs: include_str!("secret_has_default.md"),
    asvs: Some("V13 Configuration"),
    factor: Some(3),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    of_django(evidence, out);
    of_tokens(evidence, out);
}

/// `SECRET_KEY` of the settings that a service uses.
fn of_django(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut shown: Vec<Place> = Vec::new();
    for (launch, module) in evidence.started().filter(|(it, _)| it.job == Job::Web && !it.is_conditional) {
        let service = evidence.service(launch);
        let Some((source, value, line)) = evidence.django_setting(launch, module, "SECRET_KEY") else {
            continue;
        };
        let place = Place::new(source.path.clone(), line);
        if is_for_development(service) || shown.contains(&place) {
            continue;
        }
        if is_another(value) {
            shown.push(place.clone());
            differs(evidence, launch, (source, value), place, out);
            continue;
        }
        let (level, how) = match value {
            Value::Text(text) if !text.is_empty() => (Level::High, "is written in"),
            Value::Call(call) if falls_back(&call.arguments) => {
                (Level::Medium, "falls back to what is written in")
            }
            _ => continue,
        };
        shown.push(place.clone());
        let text = format!(
            "`SECRET_KEY` of `{}` {how} `{}`, which `{}` uses: whoever reads the code signs sessions.",
            source.name, source.path, service.name
        );
        let claim = out.presence(level, &[&source.path], text);
        claim.at(place).at(&launch.at);
        claim.recommend(format!(
            "Read the `SECRET_KEY` of `{}` from the environment, without a default, and replace it.",
            source.name
        ));
        claim.example("python", "SECRET_KEY = os.environ[\"SECRET_KEY\"]");
    }
}

/// Functions that return another value each time.
const RANDOM: &[&str] = &[
    "get_random_secret_key",
    "getrandbits",
    "token_bytes",
    "token_hex",
    "token_urlsafe",
    "urandom",
    "uuid4",
];

/// Whether a key is made anew by each process, or is where the environment sets none.
fn is_another(value: &Value) -> bool {
    let Value::Call(call) = value else { return false };
    let is_random = |it: &Value| it.call().is_some_and(|it| RANDOM.contains(&it.method.as_str()));
    let default = call.positional(1).or_else(|| call.keyword("default"));
    is_random(value) || default.is_some_and(is_random)
}

/// `SECRET_KEY` that differs from process to process.
fn differs(
    evidence: &Evidence,
    launch: &Launch,
    (source, value): (&Source, &Value),
    place: Place,
    out: &mut Answers<'_>,
) {
    let service = evidence.service(launch);
    let variable = value.call().and_then(|it| it.positional(0)).and_then(Value::text);
    let is_set = variable.is_some_and(|it| !evidence.set_values(it).is_empty())
        || service.has_hidden_environment
        || !service.environment_files.is_empty();
    // What is loaded before the processes are made is the same in all.
    if (is_set && variable.is_some()) || launch.has(&["--preload"]) {
        return;
    }
    let whose = match variable {
        Some(variable) => format!("where `{variable}` isn't set"),
        None => "whatever is set".to_owned(),
    };
    let counts = evidence.processes(launch);
    let (level, text) = match counts.first() {
        Some(count) => (
            Level::Medium,
            format!(
                "`SECRET_KEY` of `{}` is another in each process {whose}, and `{}` runs `{}` with {}: a session that one signs, another refuses.",
                source.name,
                service.name,
                launch.name(),
                count.words
            ),
        ),
        None => (
            Level::Low,
            format!(
                "`SECRET_KEY` of `{}` is another after each start of `{}` {whose}: whoever is logged in is logged out.",
                source.name, service.name
            ),
        ),
    };
    let claim = out.contradiction(level, &[&source.path, "random"], text);
    claim.at(place).at(&launch.at);
    claim.recommend(format!(
        "Read the `SECRET_KEY` of `{}` from the environment, without a default.",
        source.name
    ));
    claim.example("python", "SECRET_KEY = os.environ[\"SECRET_KEY\"]");
}

/// Whether the second argument of a read of the environment, or its default, is a text.
fn falls_back(arguments: &[(Option<python::Name>, Value)]) -> bool {
    let plain = arguments.iter().filter(|(key, _)| key.is_none()).nth(1);
    let named = arguments.iter().find(|(key, _)| key.as_deref() == Some("default"));
    plain.or(named).is_some_and(|(_, it)| it.text().is_some_and(|it| !it.is_empty()))
}

/// A setting with a default that signs or checks tokens.
fn of_tokens(evidence: &Evidence, out: &mut Answers<'_>) {
    for (source, call) in evidence.calls() {
        let callee = call.called.callee.as_deref().unwrap_or_default();
        let is_token =
            matches!(callee.rsplit('.').next(), Some("encode" | "decode")) && callee.contains("jwt");
        let key = call.called.positional(1).or_else(|| call.called.keyword("key"));
        let Some(setting) = key.filter(|_| is_token).and_then(|it| evidence.setting_of(it)) else { continue };
        if setting.default.as_ref().and_then(Value::text).is_none_or(str::is_empty) {
            continue;
        }
        // A deployment that sets it doesn't use the default.
        let is_set = !evidence.set_values(&setting.variable).is_empty()
            || evidence
                .services()
                .iter()
                .any(|it| it.has_hidden_environment || !it.environment_files.is_empty());
        if is_set {
            continue;
        }
        let text = format!(
            "`{}` signs tokens and has a default that is written in `{}`, and no service here sets `{}`.",
            setting.owner, evidence.sources[setting.source].path, setting.variable
        );
        let claim = out.presence(Level::Medium, &[&setting.owner, &setting.variable], text);
        claim.at(setting.place.clone()).at(Place::new(source.path.clone(), call.line));
        claim.recommend(format!(
            "Leave `{}` without a default, so that nothing starts without a key.",
            setting.owner
        ));
        return;
    }
}
