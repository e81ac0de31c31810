//! Processes that may open more connections than their database accepts.

use model::PathRole;
use report::deployment::Service;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Called, Evidence, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "pool-over-connections",
    area: Area::Database,
    title: "Pools fit into the database's connections",
    docs: include_str!("pool_over_connections.md"),
    asvs: None,
    factor: Some(8),
    run,
};

/// SQLAlchemy's default pool size and overflow.
const POOL: (i64, i64) = (5, 10);

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut shown = Vec::new();
    for (launch, module) in evidence.started() {
        let counts = evidence.processes(launch);
        if counts.is_empty() {
            continue;
        }
        let service = evidence.service(launch);
        let Some((database, most, said)) = database(evidence, service) else { continue };
        let processes: i64 = counts.iter().map(|it| i64::from(it.count)).product();
        for at in evidence.reached(module) {
            let source = &evidence.sources[at];
            if source.role != PathRole::Code {
                continue;
            }
            for call in &source.calls {
                let Some((size, overflow)) = pool(evidence, &call.called) else { continue };
                let key = (source.path.clone(), call.line, service.name.clone());
                let total = processes * (size + overflow);
                if total <= most || shown.contains(&key) {
                    continue;
                }
                shown.push(key);
                let each: Vec<&str> = counts.iter().map(|it| it.words.as_str()).collect();
                let text = format!(
                    "`{}` with {} may open {total} connections ({processes} × ({size} + {overflow})), and `{}` takes {most}{}.",
                    service.name,
                    each.join(" and "),
                    database.name,
                    if said.is_some() { "" } else { ", its default" },
                );
                let level = if said.is_some() { Level::High } else { Level::Medium };
                let claim = out.contradiction(level, &[&service.name, &database.name, &source.path], text);
                claim.at(Place::new(source.path.clone(), call.line));
                for count in &counts {
                    claim.at(Place::from(&count.at).note(count.words.clone()));
                }
                claim.at(said.clone().unwrap_or_else(|| Place::new(database.file.clone(), database.line)));
                let fits = most / processes;
                claim.recommend(format!(
                    "Let each process hold {} at most, or put a pooler before `{}`.",
                    if fits == 1 { "1 connection".to_owned() } else { format!("{fits} connections") },
                    database.name
                ));
                let size = (fits / 2).max(1);
                claim.example(
                    "python",
                    format!(
                        "{}(..., pool_size={size}, max_overflow={})",
                        call.called.method,
                        (fits - size).max(0)
                    ),
                );
            }
        }
    }
}

/// The database that a service starts with, its connection limit, and where that is set.
fn database<'e>(evidence: &'e Evidence, service: &Service) -> Option<(&'e Service, i64, Option<Place>)> {
    let mut near = evidence.services().iter().filter(|it| it.file == service.file);
    let is_pooled = near.clone().any(|it| {
        it.image.as_deref().is_some_and(|image| {
            ["pgbouncer", "pgpool", "pgcat", "odyssey", "proxysql"].iter().any(|name| image.contains(name))
        })
    });
    if is_pooled {
        return None;
    }
    let database =
        near.find(|it| it.technology().is_some_and(|it| matches!(it.name, "PostgreSQL" | "MySQL")))?;
    let said = database.command.iter().find_map(|word| {
        let (name, value) = word.trim_start_matches("--").split_once('=')?;
        (name.replace('-', "_") == "max_connections").then(|| value.parse::<i64>().ok())?
    });
    if let Some(most) = said {
        return Some((
            database,
            most,
            Some(Place::from(&database.command_at).note(format!("max_connections={most}"))),
        ));
    }
    // Its own configuration may set it.
    let is_plain = database.command.is_empty()
        && database.built_from.is_none()
        && !database.volumes.iter().any(|it| it.contains("conf"));
    let default = match database.technology()?.name {
        "PostgreSQL" => 100,
        _ => 151,
    };
    is_plain.then_some((database, default, None))
}

/// The pool size and overflow of an engine, if the code sets either.
fn pool(evidence: &Evidence, called: &Called) -> Option<(i64, i64)> {
    let is = |name: &str| called.is("sqlalchemy", name) || called.is("sqlmodel", name);
    if !(is("create_engine") || is("create_async_engine"))
        || called.keyword("poolclass").is_some()
        || called.has_hidden_arguments()
    {
        return None;
    }
    let number = |name: &str| match called.keyword(name) {
        None => Some(None),
        Some(Value::Int(count)) => Some(Some(*count)),
        Some(value @ Value::Name(name)) => {
            let setting = evidence.setting_of(value);
            let is_set = setting.is_some_and(|it| !evidence.set_values(&it.variable).is_empty());
            let default =
                setting.and_then(|it| it.default.as_ref()).or_else(|| Some(evidence.constant(name)?.0));
            match default {
                Some(Value::Int(count)) if !is_set => Some(Some(*count)),
                _ => None,
            }
        }
        Some(_) => None,
    };
    let (size, overflow) = (number("pool_size")?, number("max_overflow")?);
    (size.is_some() || overflow.is_some()).then(|| (size.unwrap_or(POOL.0), overflow.unwrap_or(POOL.1)))
}
