//! A file database of a service with several instances.

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Source, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "file-database-replicated",
    area: Area::Deployment,
    title: "Databases in files and several replicas",
    docs: include_str!("file_database_replicated.md"),
    asvs: None,
    factor: Some(6),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut shown: Vec<Place> = Vec::new();
    for (launch, module) in evidence.started() {
        let service = evidence.service(launch);
        let Some(replicas) = service.replicas.as_ref().filter(|it| it.count > 1) else { continue };
        let mut reached = evidence.reached(module);
        // Django finds its settings by name.
        reached.extend((0..evidence.sources.len()).filter(|at| evidence.sources[*at].stem() == "settings"));
        for at in reached {
            let source = &evidence.sources[at];
            let Some((name, line)) = file_database(evidence, source) else { continue };
            let place = Place::new(source.path.clone(), line);
            if shown.contains(&place) {
                continue;
            }
            shown.push(place.clone());
            let words = if replicas.is_most {
                format!("up to {}", replicas.count)
            } else {
                replicas.count.to_string()
            };
            let text = format!(
                "{name} in `{}` is a file, and {words} replicas of `{}` run: each writes into its own.",
                source.path, service.name
            );
            let claim = out.contradiction(Level::High, &[&source.path, &service.name], text);
            claim.at(place).at(Place::from(&replicas.at).note(format!("{words} replicas")));
            claim.recommend(format!(
                "Give `{}` a database that its replicas share, or run one.",
                service.name
            ));
        }
    }
}

/// A file database that a module uses, unless the deployment sets another.
fn file_database(evidence: &Evidence, source: &Source) -> Option<(String, u32)> {
    let is_file =
        |text: &str| text.starts_with("sqlite") && !text.contains(":memory:") && !text.ends_with("://");
    if let Some((databases, line)) = source.value("DATABASES") {
        let engine = databases.entry("default").and_then(|it| it.entry("ENGINE")).and_then(Value::text);
        if engine.is_some_and(|it| it.ends_with("sqlite3")) {
            return Some(("`DATABASES[\"default\"]`".to_owned(), line));
        }
    }
    source.calls.iter().find_map(|call| {
        let is = |name: &str| call.called.is("sqlalchemy", name) || call.called.is("sqlmodel", name);
        if !(is("create_engine") || is("create_async_engine")) {
            return None;
        }
        let text = match call.called.positional(0)? {
            Value::Text(text) => text.to_string(),
            value => match (evidence.setting_of(value), value) {
                // A variable that no file names has the default value.
                (Some(setting), _) if !evidence.names_variable(&setting.variable) => {
                    setting.default.as_ref()?.text()?.to_owned()
                }
                (None, Value::Name(name)) => evidence.constant(name)?.0.text()?.to_owned(),
                _ => return None,
            },
        };
        is_file(&text).then(|| (format!("The database of `{}`", call.called.method), call.line))
    })
}
