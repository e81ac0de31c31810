//! Pages of any origin may send requests with the cookies of a logged-in user.

mod pattern;

use crate::claim::{Area, Claim, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Called, Evidence, Source, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "any-origin-with-credentials",
    area: Area::Security,
    title: "Cookies are taken from known origins only",
    docs: include_str!("any_origin_with_credentials.md"),
    asvs: Some("V3 Web Frontend Security"),
    factor: None,
    run,
};

/// Per middleware, the names of its arguments for origins, patterns of origins, and credentials.
const ARGUMENTS: &[(&str, &str, &str)] = &[
    ("allow_origins", "allow_origin_regex", "allow_credentials"),
    ("origins", "origins", "supports_credentials"),
];

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for source in evidence.sources.iter().filter(|it| it.role == model::PathRole::Code) {
        calls(evidence, source, out);
        settings(evidence, source, out);
    }
}

fn calls(evidence: &Evidence, source: &Source, out: &mut Answers<'_>) {
    // A conditional call may be meant for development.
    for call in source.calls.iter().filter(|it| it.blocks.is_empty()) {
        for (origins, patterns, credentials) in ARGUMENTS {
            let (listed, pattern) = (call.called.keyword(origins), call.called.keyword(patterns));
            if listed.is_none() && pattern.is_none() {
                continue;
            }
            if call.called.keyword(credentials) != Some(&Value::Bool(true)) || !is_cors(&call.called) {
                continue;
            }
            let place = || Place::new(source.path.clone(), call.line);
            let known = listed.map_or(Some(false), |it| any(evidence, it));
            let patterns = pattern.map_or(Some(Vec::new()), |it| texts(evidence, it));
            let patterns =
                patterns.map(|it| it.into_iter().filter(|it| pattern::is_one(it)).collect::<Vec<_>>());
            if let Some((what, text)) =
                patterns.iter().flatten().find_map(|it| Some((pattern::takes(it)?, it)))
            {
                let named = format!("`{}` in `{}`", named(&call.called), source.path);
                tell(out, (&named, text), &what, &[&source.path, origins]).at(place());
                continue;
            }
            // What isn't known may allow any.
            let known = if patterns.is_none() && known == Some(false) { None } else { known };
            match known {
                Some(true) => {
                    let text = format!(
                        "`{}` in `{}` takes any origin with credentials: any page may call in the name of who is logged in.",
                        named(&call.called),
                        source.path
                    );
                    let claim = out.presence(Level::High, &[&source.path, origins], text);
                    claim.at(Place::new(source.path.clone(), call.line));
                    claim.recommend(format!(
                        "List the origins that may call in `{origins}`, or leave `{credentials}` out in `{}`.",
                        source.path
                    ));
                }
                Some(false) => {
                    let by_pattern = match patterns.unwrap_or_default().first() {
                        Some(pattern) => format!("match `{pattern}`"),
                        None => "it lists".to_owned(),
                    };
                    let text = format!(
                        "`{}` takes credentials from origins that {by_pattern}.",
                        named(&call.called)
                    );
                    out.fine(&[&source.path, origins], text).at(Place::new(source.path.clone(), call.line));
                }
                None => {}
            }
        }
    }
}

/// Says what a pattern allows.
fn tell<'o>(
    out: &'o mut Answers<'_>,
    (named, text): (&str, &str),
    what: &pattern::Takes,
    keys: &[&str],
) -> &'o mut Claim {
    let (level, whose) = match what {
        pattern::Takes::Any => (Level::High, "any page".to_owned()),
        pattern::Takes::Below(domain) => (Level::Medium, format!("anybody's page below `{domain}`")),
    };
    let said = format!(
        "{named} takes origins that match `{text}`, with credentials: {whose} may call in the name of who is logged in."
    );
    let claim = out.presence(level, keys, said);
    claim.recommend(format!("List the origins that may call instead of `{text}`."));
    claim
}

/// The texts of a value: one, or those of a list. `None` if one isn't known.
fn texts<'e>(evidence: &'e Evidence, value: &'e Value) -> Option<Vec<&'e str>> {
    match value {
        Value::None => Some(Vec::new()),
        Value::Text(text) => Some(vec![text]),
        // `re.compile("...")`
        Value::Call(call) if call.callee.as_deref() == Some("re.compile") => {
            Some(vec![call.positional(0)?.text()?])
        }
        Value::List(items) => {
            let all: Option<Vec<Vec<&str>>> =
                items
                    .iter()
                    .map(|it| {
                        if matches!(it, Value::List(_) | Value::Name(_)) { None } else { texts(evidence, it) }
                    })
                    .collect();
            Some(all?.concat())
        }
        Value::Name(name) => match evidence.constant(name)?.0 {
            Value::Name(_) => None,
            value => texts(evidence, value),
        },
        _ => None,
    }
}

/// Whether a call configures CORS: its class is named so, or is passed as the middleware.
fn is_cors(called: &Called) -> bool {
    let is_named = |name: &str| name.rsplit('.').next().unwrap_or(name).to_ascii_uppercase().contains("CORS");
    let is_first = matches!(called.positional(0), Some(Value::Name(name)) if is_named(name));
    is_first || is_named(&called.method)
}

fn named(called: &Called) -> String {
    match called.positional(0) {
        Some(Value::Name(name)) => name.rsplit('.').next().unwrap_or(name).to_owned(),
        _ => called.method.to_string(),
    }
}

/// Whether any origin is allowed; `None` if unknown.
fn any(evidence: &Evidence, value: &Value) -> Option<bool> {
    match value {
        Value::Text(text) => Some(text == "*"),
        Value::List(items) if items.iter().all(|it| it.text().is_some()) => {
            Some(items.iter().any(|it| it.text() == Some("*")))
        }
        Value::Name(name) => match evidence.constant(name)?.0 {
            Value::Name(_) => None,
            value => any(evidence, value),
        },
        _ => None,
    }
}

/// `CORS_ALLOW_ALL_ORIGINS` and `CORS_ALLOW_CREDENTIALS` in settings that aren't for development.
fn settings(evidence: &Evidence, source: &Source, out: &mut Answers<'_>) {
    let is_for_development = source.path.split(['/', '.', '_', '-']).any(|it| {
        matches!(it, "dev" | "develop" | "development" | "local" | "test" | "testing" | "docker" | "ci")
    });
    let is_on = |names: &[&str]| {
        names.iter().find_map(|name| match source.value(name) {
            Some((Value::Bool(true), line)) => Some((name.to_string(), line)),
            _ => None,
        })
    };
    let all = is_on(&["CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL"]);
    let credentials = is_on(&["CORS_ALLOW_CREDENTIALS"]);
    let patterns = ["CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_REGEX_WHITELIST"];
    let patterns = patterns.iter().find_map(|name| Some((*name, source.value(name)?)));
    if let (Some((name, (value, line))), Some(_), false) = (patterns, &credentials, is_for_development) {
        let all = texts(evidence, value).unwrap_or_default();
        if let Some((what, text)) = all.into_iter().find_map(|it| Some((pattern::takes(it)?, it))) {
            let named = format!("`{name}` in `{}`", source.path);
            tell(out, (&named, text), &what, &[&source.path, name]).at(Place::new(source.path.clone(), line));
        }
    }
    let (Some((all, line)), Some((_, other))) = (all, credentials) else { return };
    // A later star import may override it; and a module that imports this one may set it again.
    let is_set_again = evidence.sources.iter().any(|it| {
        it.id != source.id && it.names.contains_key(all.as_str()) && it.role == model::PathRole::Code
    });
    if is_for_development || is_set_again || source.stars.iter().any(|it| *it > line) {
        return;
    }
    let text = format!(
        "`{all}` and `CORS_ALLOW_CREDENTIALS` are on in `{}`: any page may call in the name of who is logged in.",
        source.path
    );
    let claim = out.presence(Level::High, &[&source.path, &all], text);
    claim.at(Place::new(source.path.clone(), line)).at(Place::new(source.path.clone(), other));
    claim.recommend(format!("List the origins in `CORS_ALLOWED_ORIGINS` of `{}`.", source.path));
}
