//! The checklists: security by chapters of OWASP ASVS 5.0.0, and the twelve factors.

use report::deployment::Image;
use serde::Serialize;

use super::OfArea;
use crate::claim::{Claim, Place};
use crate::detection::State;
use crate::evidence::{Evidence, Target};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The chapter or factor.
    pub chapter: String,
    /// What was checked.
    pub check: String,
    /// The result.
    pub state: State,
    /// A place that shows it.
    pub place: Option<Place>,
}

/// Rules with their chapters.
const RULES: &[(&str, &str, &str)] = &[
    ("interpolated-sql", "V1 Encoding and Sanitization", "No SQL is put together from text"),
    ("unprotected-route", "V8 Authorization", "Routes ask who is calling where those beside them do"),
];

/// The security checklist.
pub(super) fn security(evidence: &Evidence, areas: &[OfArea]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (rule, chapter, check) in RULES {
        let found = evidence.findings.iter().find(|it| it.rule == *rule && it.is_loud());
        rows.push(Row {
            chapter: (*chapter).to_owned(),
            check: (*check).to_owned(),
            state: if found.is_some() { State::Concern } else { State::NothingFound },
            place: found.map(|it| it.place.clone()),
        });
    }
    for area in areas {
        for check in area.checks.iter().filter(|it| it.asvs.is_some()) {
            rows.push(Row {
                chapter: check.asvs.unwrap_or_default().to_owned(),
                check: check.title.to_owned(),
                state: check.state,
                place: first_place(areas, check.detection),
            });
        }
    }
    rows.sort_by_key(|it| {
        let number: String = it.chapter.chars().skip(1).take_while(char::is_ascii_digit).collect();
        number.parse::<u32>().unwrap_or_default()
    });
    rows
}

/// The names of the factors.
const FACTORS: [&str; 12] = [
    "Codebase",
    "Dependencies",
    "Config",
    "Backing services",
    "Build, release, run",
    "Processes",
    "Port binding",
    "Concurrency",
    "Disposability",
    "Dev/prod parity",
    "Logs",
    "Admin processes",
];

/// The twelve factors, as far as they are covered.
pub(super) fn factors(evidence: &Evidence, areas: &[OfArea]) -> Vec<Row> {
    let mut rows = Vec::new();
    let name = |factor: u8| format!("{factor} {}", FACTORS[usize::from(factor.clamp(1, 12)) - 1]);
    let pinned = evidence.locked.packages.values().flatten().find(|it| it.is_locked);
    rows.push(Row {
        chapter: name(2),
        check: "Versions are pinned by a lock file".to_owned(),
        state: if pinned.is_some() { State::Fine } else { State::NotVisible },
        place: pinned.map(|it| Place::new(it.file.clone(), 1)),
    });
    // Of several the one that is built for more than development.
    let is_for_development =
        |file: &str| file.split(['/', '.', '-', '_']).any(|it| matches!(it, "dev" | "local"));
    let images = evidence.stated.images.iter().filter(|it| it.command.is_some() && is_of_it(evidence, it));
    let image = images.min_by_key(|it| (is_for_development(&it.file), it.file.matches('/').count()));
    rows.push(Row {
        chapter: name(5),
        check: "An image is built that knows its command".to_owned(),
        state: if image.is_some() { State::Fine } else { State::NotVisible },
        place: image.map(|it| Place::from(&it.command_at)),
    });
    for area in areas {
        for check in &area.checks {
            let Some(factor) = check.factor else { continue };
            rows.push(Row {
                chapter: name(factor),
                check: check.title.to_owned(),
                state: check.state,
                place: first_place(areas, check.detection),
            });
        }
    }
    rows.sort_by_key(|it| {
        it.chapter.split(' ').next().and_then(|it| it.parse::<u32>().ok()).unwrap_or_default()
    });
    rows
}

/// Whether an image holds the project's code, or starts it: not that of a proxy beside it.
fn is_of_it(evidence: &Evidence, image: &Image) -> bool {
    let starts = evidence.launches.iter().zip(&evidence.targets).any(|(launch, target)| {
        let is_it = evidence.service(launch).dockerfile.as_deref() == Some(&image.file);
        is_it && (launch.program.is_some() || matches!(target, Target::Module(_)))
    });
    let folder = image.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let holds = |below: &str| {
        let below = below.trim_start_matches("./").trim_end_matches('/');
        evidence.sources.iter().any(|it| {
            let inside = it.path.strip_prefix(below);
            inside.is_some_and(|rest| below.is_empty() || rest.is_empty() || rest.starts_with('/'))
        })
    };
    // The context is the root of the project or the folder of the Dockerfile.
    let copies = image.copies.iter().any(|(from, _)| {
        let below = if from == "." { "" } else { from.as_str() };
        holds(below) || holds(&format!("{folder}/{below}"))
    });
    starts || copies
}

fn first_place(areas: &[OfArea], detection: &str) -> Option<Place> {
    let claims = || areas.iter().flat_map(|it| it.concerns.iter().chain(&it.strengths));
    let mut of_it = claims().filter(|it: &&Claim| it.detection == detection);
    of_it.find_map(|it| it.places.first().cloned())
}
