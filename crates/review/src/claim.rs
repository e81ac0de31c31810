//! The statements about a system: claims with their places, and questions about what can't be seen.

use report::deployment::Spot;
use serde::Serialize;
use view::Fingerprint;

/// The area of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Layers, cycles, patterns.
    Architecture,
    /// Models, migrations, queries, connections.
    Database,
    /// Routes, requests and responses.
    Api,
    /// Permissions and secrets.
    Security,
    /// Growth with load and data.
    Performance,
    /// Visibility at run time.
    Observability,
    /// Images, commands, settings, numbers.
    Deployment,
    /// Files, packages, tests, tools.
    Organisation,
    /// Events, tasks, sessions, caches.
    State,
    /// Errors, timeouts, retries.
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

/// The strength of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Two places of the repository disagree.
    Contradiction,
    /// Something is there.
    Presence,
    /// Something was searched for and not found: never more than [`Level::Low`].
    Absence,
    /// The good form of something is there.
    Strength,
}

/// The severity of a concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It fails, or loses or exposes data.
    High,
    /// It will cost something.
    Medium,
    /// Worth knowing.
    Low,
}

impl Level {
    /// As written in a report.
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
    /// One-based.
    pub line: u32,
    /// What is there, if the claim doesn't state it; never a secret.
    pub note: Option<String>,
}

impl Place {
    /// A line of a file.
    pub fn new(path: impl Into<String>, line: u32) -> Self {
        Self { path: path.into(), line, note: None }
    }

    /// Adds a note about what is there.
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

/// Code or configuration that shows the recommendation, with the project's own names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// For the code fence: `python`, `yaml`.
    pub language: &'static str,
    /// The lines.
    pub text: String,
}

/// One statement about a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// The detection that makes it.
    pub detection: &'static str,
    /// Its area.
    pub area: Area,
    /// Its strength.
    pub kind: Kind,
    /// Its severity; `None` for a strength.
    pub level: Option<Level>,
    /// One or two sentences with the project's own names.
    pub text: String,
    /// The places that prove it, the one to change first.
    pub places: Vec<Place>,
    /// What to do.
    pub recommendation: Option<String>,
    /// An example of that.
    pub example: Option<Example>,
    /// Identifies the relationship, not the lines, so that it survives edits.
    pub fingerprint: String,
    /// The number of files that the recommendation changes.
    pub files: usize,
    /// Detections whose concerns must be resolved first.
    pub after: Vec<&'static str>,
    /// Claims that must be resolved first, by fingerprint.
    pub after_claims: Vec<String>,
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
            after_claims: Vec::new(),
        }
    }

    pub(crate) fn keyed(mut self, key: &[&str]) -> Self {
        self.fingerprint = self.fingerprint_of(key);
        self
    }

    /// Whether this is its key.
    pub(crate) fn is_keyed(&self, key: &[&str]) -> bool {
        self.fingerprint == self.fingerprint_of(key)
    }

    fn fingerprint_of(&self, key: &[&str]) -> String {
        let kind = format!("{:?}", self.kind);
        let parts = [self.detection, kind.as_str()].into_iter().chain(key.iter().copied());
        Fingerprint::of(parts).0
    }

    /// Adds a place that proves it.
    pub fn at(&mut self, place: impl Into<Place>) -> &mut Self {
        let place = place.into();
        if !self.places.contains(&place) {
            self.places.push(place);
        }
        self
    }

    /// Adds the recommendation.
    pub fn recommend(&mut self, text: impl Into<String>) -> &mut Self {
        self.recommendation = Some(text.into());
        self
    }

    /// Adds an example of the recommendation.
    pub fn example(&mut self, language: &'static str, text: impl Into<String>) -> &mut Self {
        self.example = Some(Example { language, text: text.into() });
        self
    }

    /// Sets the number of files that it changes.
    pub fn files(&mut self, count: usize) -> &mut Self {
        self.files = count;
        self
    }

    /// Adds a detection whose concerns come first.
    pub fn after(&mut self, detection: &'static str) -> &mut Self {
        self.after.push(detection);
        self
    }

    /// Adds a claim that comes first.
    pub(crate) fn after_claim(&mut self, fingerprint: String) {
        self.after_claims.push(fingerprint);
    }
}

/// Something that was searched for and isn't in the repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Absence {
    /// The detection that searched.
    pub detection: &'static str,
    /// Its area.
    pub area: Area,
    /// What was searched for: "a time limit of `PaymentClient`".
    pub what: String,
    /// Where: "12 files below `shop/`".
    pub looked_in: String,
}

/// A question that only the team can answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The detection that couldn't see it.
    pub detection: &'static str,
    /// Its area.
    pub area: Area,
    /// The question, with the names concerned.
    pub text: String,
}
