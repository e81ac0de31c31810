//! A detection: a pure function from the evidence to what it says.

use serde::Serialize;

use crate::claim::{Absence, Area, Claim, Kind, Level, Question};
use crate::evidence::Evidence;

/// One thing that is looked for.
pub struct Detection {
    /// Its name: that of its page.
    pub id: &'static str,
    /// What it is about.
    pub area: Area,
    /// What is checked, as a row of a table: "State in memory and several processes".
    pub title: &'static str,
    /// Its page.
    pub docs: &'static str,
    /// The chapter of OWASP ASVS 5.0.0 that it belongs to: `V13 Configuration`.
    pub asvs: Option<&'static str>,
    /// The factor of twelve that it belongs to, from 1.
    pub factor: Option<u8>,
    /// What it does.
    pub run: fn(&Evidence, &mut Answers<'_>),
}

/// What became of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is as it should be, and a place shows it.
    Fine,
    /// It isn't, and a place shows it.
    Concern,
    /// The repository doesn't say; a question was asked.
    NotVisible,
    /// Nothing was found: no concern, and nothing that shows that it is as it should be.
    NothingFound,
}

/// All that detections say.
#[derive(Debug, Default)]
pub struct Said {
    /// Concerns and strengths.
    pub claims: Vec<Claim>,
    /// What was looked for and not found.
    pub absences: Vec<Absence>,
    /// What only people know.
    pub questions: Vec<Question>,
}

/// Takes what one detection says.
pub struct Answers<'a> {
    detection: &'static Detection,
    said: &'a mut Said,
}

impl<'a> Answers<'a> {
    pub(crate) fn new(detection: &'static Detection, said: &'a mut Said) -> Self {
        Self { detection, said }
    }

    /// Two places disagree. The key is made of names, and stays what it is for ever.
    pub fn contradiction(&mut self, level: Level, key: &[&str], text: String) -> &mut Claim {
        self.claim(Kind::Contradiction, Some(level), key, text)
    }

    /// Something is there that shouldn't be.
    pub fn presence(&mut self, level: Level, key: &[&str], text: String) -> &mut Claim {
        self.claim(Kind::Presence, Some(level), key, text)
    }

    /// Something is as it should be.
    pub fn fine(&mut self, key: &[&str], text: String) -> &mut Claim {
        self.claim(Kind::Strength, None, key, text)
    }

    /// Something was looked for and not found. It may be outside of the repository.
    pub fn absent(&mut self, what: String, looked_in: String) {
        let Detection { id, area, .. } = *self.detection;
        self.said.absences.push(Absence { detection: id, area, what, looked_in });
    }

    /// Only people know.
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
    /// What became of the check of one detection.
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
