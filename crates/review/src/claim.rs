//! What is said of a system: claims with their places, and questions where nothing can be seen.

use report::deployment::Spot;
use serde::Serialize;
use view::Fingerprint;

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Layers, cycles, patterns.
    Architecture,
    /// Models, migrations, queries, connections.
    Database,
    /// Routes, requests and responses.
    Api,
    /// Who may do what, and secrets.
    Security,
    /// What grows with load and data.
    Performance,
    /// What can be seen of it while it runs.
    Observability,
    /// Images, commands, settings, numbers.
    Deployment,
    /// Files, packages, tests, tools.
    Organisation,
    /// Events, tasks, sessions, caches.
    State,
    /// Errors, time limits, retries.
    Resilience,
}

impl Area {
    /// All, in the order of a report.
    pub const ALL: [Self; 10] = [
        Self::Architecture,
        Self::Database,
        Self::Api,
        Self::Security,
        Self::Performance,
        Self::Observability,
        Self::Deployment,
        Self::Organisation,
        Self::State,
        Self::Resilience,
    ];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Architecture => "System architecture and patterns",
            Self::Database => "Database",
            Self::Api => "API design",
            Self::Security => "Security",
            Self::Performance => "Scalability and performance",
            Self::Observability => "Observability",
            Self::Deployment => "Deployment and infrastructure",
            Self::Organisation => "Code organisation",
            Self::State => "Data flow and state",
            Self::Resilience => "Resilience and error handling",
        }
    }
}

/// How much a claim may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Two places of the repository disagree.
    Contradiction,
    /// Something is there.
    Presence,
    /// Something was looked for and not found: never more than [`Level::Low`].
    Absence,
    /// The good form of something is there.
    Strength,
}

/// How much follows from a concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It fails, or loses or shows data.
    High,
    /// It will cost something.
    Medium,
    /// Worth knowing.
    Low,
}

impl Level {
    /// As in a report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::High => "HIGH",
            Self::Medium => "MEDIUM",
            Self::Low => "LOW",
        }
    }
}

/// A place that proves a claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Relative to the project.
    pub path: String,
    /// From 1.
    pub line: u32,
    /// What is to be seen there, where that isn't what the claim says; never a secret.
    pub note: Option<String>,
}

impl Place {
    /// A line of a file.
    pub fn new(path: impl Into<String>, line: u32) -> Self {
        Self { path: path.into(), line, note: None }
    }

    /// With what is to be seen there.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }
}

impl From<&Spot> for Place {
    fn from(spot: &Spot) -> Self {
        Self::new(spot.file.clone(), spot.line)
    }
}

/// Code or configuration that shows what is recommended, in the project's own names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// For the fence: `python`, `yaml`.
    pub language: &'static str,
    /// The lines.
    pub text: String,
}

/// One thing that is said of a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// The detection that says it.
    pub detection: &'static str,
    /// What it is about.
    pub area: Area,
    /// How much it may say.
    pub kind: Kind,
    /// How much follows; nothing of a strength.
    pub level: Option<Level>,
    /// One or two sentences that name the project's own things.
    pub text: String,
    /// What proves it, the place to change first.
    pub places: Vec<Place>,
    /// What to do.
    pub recommendation: Option<String>,
    /// How that looks.
    pub example: Option<Example>,
    /// Names the relationship, not the lines, so that it survives edits.
    pub fingerprint: String,
    /// How many files change with the recommendation.
    pub files: usize,
    /// Detections whose concerns must be cured before this one can be.
    pub after: Vec<&'static str>,
}

impl Claim {
    pub(crate) fn new(detection: &'static str, area: Area, kind: Kind, text: String) -> Self {
        Self {
            detection,
            area,
            kind,
            level: None,
            text,
            places: Vec::new(),
            recommendation: None,
            example: None,
            fingerprint: String::new(),
            files: 1,
            after: Vec::new(),
        }
    }

    pub(crate) fn keyed(mut self, key: &[&str]) -> Self {
        let kind = format!("{:?}", self.kind);
        let parts = [self.detection, kind.as_str()].into_iter().chain(key.iter().copied());
        self.fingerprint = Fingerprint::of(parts).0;
        self
    }

    /// Adds a place that proves it.
    pub fn at(&mut self, place: impl Into<Place>) -> &mut Self {
        let place = place.into();
        if !self.places.contains(&place) {
            self.places.push(place);
        }
        self
    }

    /// Says what to do.
    pub fn recommend(&mut self, text: impl Into<String>) -> &mut Self {
        self.recommendation = Some(text.into());
        self
    }

    /// Shows how that looks.
    pub fn example(&mut self, language: &'static str, text: impl Into<String>) -> &mut Self {
        self.example = Some(Example { language, text: text.into() });
        self
    }

    /// Says how many files change with that.
    pub fn files(&mut self, count: usize) -> &mut Self {
        self.files = count;
        self
    }

    /// Says whose concerns come before it.
    pub fn after(&mut self, detection: &'static str) -> &mut Self {
        self.after.push(detection);
        self
    }
}

/// Something that was looked for and isn't in the repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Absence {
    /// The detection that looked.
    pub detection: &'static str,
    /// What it is about.
    pub area: Area,
    /// What was looked for: "a time limit of `PaymentClient`".
    pub what: String,
    /// Where: "12 files below `shop/`".
    pub looked_in: String,
}

/// What only people know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The detection that couldn't see it.
    pub detection: &'static str,
    /// What it is about.
    pub area: Area,
    /// The question, with the names that it is about.
    pub text: String,
}
