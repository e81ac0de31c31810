//! A detection: a pure function from the evidence to statements.

use serde::Serialize;

use crate::claim::{Absence, Area, Claim, Kind, Level, Question};
use crate::evidence::Evidence;

/// One kind of detection.
pub struct Detection {
    /// Its id, which is also that of its page.
    pub id: &'static str,
    /// Its area.
    pub area: Area,
    /// What is checked, as a row of a table: "State in memory and several processes".
    pub title: &'static str,
    /// Its documentation page.
    pub docs: &'static str,
    /// Its chapter of OWASP ASVS 5.0.0: `V13 Configuration`.
    pub asvs: Option<&'static str>,
    /// Its factor of the twelve-factor app, one-based.
    pub factor: Option<u8>,
    /// The function.
    pub run: fn(&Evidence, &mut Answers<'_>),
}

/// The result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// As it should be, and a place shows it.
    Fine,
    /// Not as it should be, and a place shows it.
    Concern,
    /// Not visible in the repository; it became a question.
    NotVisible,
    /// Nothing was found: no concern, and nothing that shows that it is as it should be.
    NothingFound,
}

/// The results of all detections.
#[derive(Debug, Default)]
pub struct Said {
    /// Concerns and strengths.
    pub claims: Vec<Claim>,
    /// What was searched for and not found.
    pub absences: Vec<Absence>,
    /// What only the team can answer.
    pub questions: Vec<Question>,
}

/// Collects the results of one detection.
pub struct Answers<'a> {
    detection: &'static Detection,
    said: &'a mut Said,
}

impl<'a> Answers<'a> {
    pub(crate) fn new(detection: &'static Detection, said: &'a mut Said) -> Self {
        Self { detection, said }
    }

    /// Two places disagree. The key consists of names, and must never change.
    pub fn contradiction(&mut self, level: Level, key: &[&str], text: String) -> &mut Claim {
        self.claim(Kind::Contradiction, Some(level), key, text)
    }

    /// Something that shouldn't be there is there.
    pub fn presence(&mut self, level: Level, key: &[&str], text: String) -> &mut Claim {
        self.claim(Kind::Presence, Some(level), key, text)
    }

    /// Something is as it should be.
    pub fn fine(&mut self, key: &[&str], text: String) -> &mut Claim {
        self.claim(Kind::Strength, None, key, text)
    }

    /// Something was searched for and not found. It may be outside the repository.
    pub fn absent(&mut self, what: String, looked_in: String) {
        let Detection { id, area, .. } = *self.detection;
        self.said.absences.push(Absence { detection: id, area, what, looked_in });
    }

    /// Only the team can answer.
    pub fn ask(&mut self, text: String) {
        let Detection { id, area, .. } = *self.detection;
        if !self.said.questions.iter().any(|it| it.text == text) {
            self.said.questions.push(Question { detection: id, area, text });
        }
    }

    fn claim(&mut self, kind: Kind, level: Option<Level>, key: &[&str], text: String) -> &mut Claim {
        let Detection { id, area, .. } = *self.detection;
        let mut claim = Claim::new(id, area, kind, text).keyed(key);
        claim.level = level;
        self.said.claims.push(claim);
        self.said.claims.last_mut().expect("one was just added")
    }
}

impl Said {
    /// The result of the check of one detection.
    pub fn state(&self, detection: &str) -> State {
        let mut of_it = self.claims.iter().filter(|it| it.detection == detection).peekable();
        let is_known = of_it.peek().is_some();
        if of_it.any(|it| it.kind != Kind::Strength) {
            State::Concern
        } else if is_known {
            State::Fine
        } else if self.questions.iter().any(|it| it.detection == detection)
            || self.absences.iter().any(|it| it.detection == detection)
        {
            State::NotVisible
        } else {
            State::NothingFound
        }
    }
}
