//! An async engine with a blocking driver, or the reverse.

use libraries::{Waits, driver_waits};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "wrong-driver",
    area: Area::Database,
    title: "Engines and drivers wait in the same way",
    docs: include_str!("wrong_driver.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for source in &evidence.sources {
        // Alembic's own engine is unrelated.
        if source.role == model::PathRole::Migrations {
            continue;
        }
        for call in &source.calls {
            let is = |name: &str| call.called.is("sqlalchemy", name) || call.called.is("sqlmodel", name);
            let is_async = is("create_async_engine");
            if !is_async && !is("create_engine") {
                continue;
            }
            let Some(url) = call.called.positional(0).or_else(|| call.called.keyword("url")) else {
                continue;
            };
            let place = Place::new(source.path.clone(), call.line);
            for (scheme, at) in schemes(evidence, url) {
                let waits = driver_waits(&scheme);
                let (engine, word) =
                    if is_async { ("create_async_engine", "blocks") } else { ("create_engine", "awaits") };
                let is_wrong = waits == Some(if is_async { Waits::Blocking } else { Waits::Awaiting });
                if !is_wrong {
                    continue;
                }
                let text =
                    format!("`{engine}` in `{}` is given `{scheme}://`, whose driver {word}.", source.path);
                let claim = out.contradiction(Level::High, &[&source.path, &scheme], text);
                claim.at(at.unwrap_or_else(|| place.clone())).at(place.clone());
                let better = if is_async {
                    with_driver(&scheme)
                } else {
                    scheme.split('+').next().unwrap_or_default().to_owned()
                };
                claim.recommend(format!("Name a driver that fits `{engine}`: `{better}://`."));
            }
        }
    }
}

/// A scheme with an async driver.
fn with_driver(scheme: &str) -> String {
    let dialect = scheme.split('+').next().unwrap_or(scheme);
    let driver = match dialect {
        "sqlite" => "aiosqlite",
        "mysql" | "mariadb" => "asyncmy",
        _ => "asyncpg",
    };
    format!("{dialect}+{driver}")
}

/// The schemes that a value can have at run time, with where they are written: those set by the deployment, else the
/// default.
fn schemes(evidence: &Evidence, url: &Value) -> Vec<(String, Option<Place>)> {
    let scheme = |text: &str| {
        let (scheme, _) = text.split_once("://")?;
        (!scheme.is_empty() && scheme.chars().all(|it| it.is_ascii_alphanumeric() || it == '+'))
            .then(|| scheme.to_lowercase())
    };
    match url {
        Value::Text(text) => scheme(text).map(|it| (it, None)).into_iter().collect(),
        Value::Joined(parts, _) => {
            parts.first().and_then(|it| scheme(it)).map(|it| (it, None)).into_iter().collect()
        }
        // `str(settings.database_url)`
        Value::Call(call) if matches!(call.method.as_str(), "str" | "make_url") => {
            call.positional(0).map(|it| schemes(evidence, it)).unwrap_or_default()
        }
        value => {
            let Some(setting) = evidence.setting_of(value) else {
                let Value::Name(name) = value else { return Vec::new() };
                let Some((constant, place)) = evidence.constant(name) else { return Vec::new() };
                // A constant that refers to another name is not followed.
                if matches!(constant, Value::Name(_)) {
                    return Vec::new();
                }
                let said = schemes(evidence, constant).into_iter();
                return said.map(|(it, at)| (it, at.or_else(|| Some(place.clone())))).collect();
            };
            let set = evidence.set_values(&setting.variable);
            if set.is_empty() {
                let default = setting.default.as_ref().map(|it| schemes(evidence, it)).unwrap_or_default();
                return default.into_iter().map(|(it, _)| (it, Some(setting.place.clone()))).collect();
            }
            let said = set.iter().filter_map(|(value, spot)| Some((scheme(value)?, Some(Place::from(spot)))));
            let mut said: Vec<(String, Option<Place>)> = said.collect();
            said.sort();
            said.dedup_by(|one, other| one.0 == other.0);
            said
        }
    }
}
