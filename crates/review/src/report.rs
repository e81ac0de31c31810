//! The report: the results of detections, in the order that a reader needs.

mod checklist;
mod checks;
mod earlier;
mod patterns;
mod questions;
mod roadmap;
mod stack;
mod steps;
mod summary;

use serde::Serialize;

pub use checklist::Row;
pub use checks::Check;
pub use earlier::Earlier;
pub use patterns::Pattern;
pub use roadmap::Limit;
pub use stack::{InUse, Stack};
pub use steps::{Rank, Step};

use crate::claim::{Absence, Area, Claim, Kind, Level, Question};
use crate::evidence::Evidence;

/// The version of the format: incremented when a field changes its meaning or is removed, not when one is added.
pub const SCHEMA: u32 = 1;

/// A review of one project.
#[derive(Debug, Clone, Serialize)]
pub struct Review {
    /// [`SCHEMA`]
    pub schema: u32,
    /// The name of the project's folder.
    pub project: String,
    /// What it is based on.
    pub coverage: Coverage,
    /// A few paragraphs of facts.
    pub summary: Vec<String>,
    /// Its technology stack.
    pub stack: Stack,
    /// The ten areas.
    pub areas: Vec<OfArea>,
    /// Recognized patterns.
    pub patterns: Vec<Pattern>,
    /// Security by chapters of OWASP ASVS 5.0.0.
    pub security: Vec<Row>,
    /// The twelve factors.
    pub factors: Vec<Row>,
    /// What fails first.
    pub roadmap: Vec<Limit>,
    /// What was searched for and not found.
    pub absences: Vec<Absence>,
    /// What to do, the most important first.
    pub steps: Vec<Step>,
    /// Questions for the team.
    pub questions: Vec<Question>,
    /// If it contains only changes, since when.
    pub since: Option<String>,
    /// Concerns that were there then, and are no more.
    pub gone: Vec<String>,
}

/// What a review is based on.
#[derive(Debug, Clone, Serialize)]
pub struct Coverage {
    /// Analysed modules of code.
    pub modules: usize,
    /// Modules of tests, which weren't analysed.
    pub tests: usize,
    /// Routes found.
    pub routes: usize,
    /// Frameworks whose routes aren't supported.
    pub routes_not_read: Vec<String>,
    /// Services described in files.
    pub services: usize,
    /// Commands in them that start code of the project.
    pub starts: usize,
    /// Commands with an unknown target: service and command.
    pub not_told: Vec<String>,
    /// Deployment files that can't be read.
    pub unread: Vec<String>,
    /// Whether all Python could be read.
    pub is_whole: bool,
}

/// One area.
#[derive(Debug, Clone, Serialize)]
pub struct OfArea {
    /// The area.
    pub area: Area,
    /// Its heading.
    pub title: &'static str,
    /// What is as it should be.
    pub strengths: Vec<Claim>,
    /// What isn't, the most severe first.
    pub concerns: Vec<Claim>,
    /// The checks, with their results.
    pub checks: Vec<Check>,
}

impl Review {
    /// All concerns, area by area.
    pub fn concerns(&self) -> impl Iterator<Item = &Claim> {
        self.areas.iter().flat_map(|it| &it.concerns)
    }

    /// The number of concerns at a level.
    pub fn count(&self, level: Level) -> usize {
        self.concerns().filter(|it| it.level == Some(level)).count()
    }

    /// Leaves what has changed since an earlier review.
    #[must_use]
    pub fn since(mut self, earlier: &Earlier, when: String) -> Self {
        let now = self.earlier();
        self.gone = earlier.without(&now);
        for area in &mut self.areas {
            area.strengths.retain(|claim| earlier.text(&claim.fingerprint).is_none());
            area.concerns.retain_mut(|claim| earlier.is_news(claim));
            area.checks.clear();
        }
        let left: Vec<String> = self.concerns().map(|it| it.fingerprint.clone()).collect();
        self.steps = steps::kept(&self.steps, &left);
        self.patterns.clear();
        self.security.clear();
        self.factors.clear();
        self.roadmap.clear();
        self.absences.clear();
        self.questions.clear();
        self.since = Some(when);
        self
    }

    /// All its claims, for comparison by a later review.
    pub fn earlier(&self) -> Earlier {
        let mut found = Earlier::default();
        for area in &self.areas {
            area.strengths.iter().for_each(|it| found.add(it.fingerprint.clone(), it.text.clone(), false));
            area.concerns.iter().for_each(|it| found.add(it.fingerprint.clone(), it.text.clone(), true));
        }
        found
    }
}

/// Creates the review from the evidence.
pub fn review(evidence: &Evidence) -> Review {
    let said = crate::said(evidence);
    let of_area = |area: Area| {
        let of_it = || said.claims.iter().filter(move |it| it.area == area);
        OfArea {
            area,
            title: area.title(),
            strengths: of_it().filter(|it| it.kind == Kind::Strength).cloned().collect(),
            concerns: of_it().filter(|it| it.kind != Kind::Strength).cloned().collect(),
            checks: checks::of_area(area, &said),
        }
    };
    let areas: Vec<OfArea> = Area::ALL.into_iter().map(of_area).collect();
    let stack = stack::stack(evidence);
    let coverage = coverage(evidence);
    let steps = steps::steps(&areas);
    let summary = summary::summary(evidence, &coverage, &stack, &areas);
    Review {
        schema: SCHEMA,
        project: evidence.name.clone(),
        coverage,
        summary,
        stack,
        patterns: patterns::patterns(evidence),
        security: checklist::security(evidence, &areas),
        factors: checklist::factors(evidence, &areas),
        roadmap: roadmap::roadmap(evidence, &areas),
        areas,
        absences: said.absences,
        steps,
        questions: said.questions.into_iter().chain(questions::questions(evidence)).collect(),
        since: None,
        gone: Vec::new(),
    }
}

/// Whether a library is about tasks or messages: it has no routes.
fn sends(name: &str) -> bool {
    let mut purposes =
        libraries::PURPOSES.iter().filter(|(purpose, _)| matches!(*purpose, "tasks" | "messages"));
    purposes.any(|(_, names)| names.contains(&name))
}

fn coverage(evidence: &Evidence) -> Coverage {
    let starts = evidence.started().count();
    let not_told = evidence.launches.iter().zip(&evidence.targets).filter_map(|(launch, target)| {
        let is_told = *target != crate::evidence::Target::Unknown;
        let is_code = launch.job != libraries::Job::Migration;
        (!is_told && is_code).then(|| format!("{}: {}", evidence.service(launch).name, launch.name()))
    });
    let mut not_told: Vec<String> = not_told.chain(evidence.unknown_starts()).collect();
    not_told.sort();
    not_told.dedup();
    Coverage {
        modules: evidence.sources.len(),
        tests: evidence.tests,
        routes: evidence.routes.len(),
        routes_not_read: evidence
            .not_read
            .iter()
            .map(|it| it.framework.clone())
            .filter(|name| !sends(name))
            .collect(),
        services: evidence.services().len(),
        starts,
        not_told,
        unread: evidence.stated.unread.clone(),
        is_whole: evidence.is_whole,
    }
}
