//! Text with links. Link targets are data: only the server knows how a place is written for the client.

mod plain;

use std::fmt;

use crate::Place;

/// Markdown with links.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Words {
    pieces: Vec<Piece>,
}

/// A part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Link { text: String, to: Link },
}

/// The target of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// To code.
    Place(Place),
    /// To the page of a rule, by its id.
    Rule(&'static str),
}

impl Words {
    /// Adds text.
    pub(crate) fn push(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// Adds text with a link, if there is a target.
    pub(crate) fn link(&mut self, text: &str, to: Option<Link>) {
        match to {
            Some(to) => self.pieces.push(Piece::Link { text: text.to_owned(), to }),
            None => self.push(text),
        }
    }

    /// Adds text with a link to a place, if there is one.
    pub(crate) fn place(&mut self, text: &str, place: Option<Place>) {
        self.link(text, place.map(Link::Place));
    }

    /// Appends another text.
    pub(crate) fn append(&mut self, others: Words) {
        for piece in others.pieces {
            match piece {
                Piece::Text(text) => self.push(&text),
                link @ Piece::Link { .. } => self.pieces.push(link),
            }
        }
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Removes trailing blanks.
    pub(crate) fn trim_end(&mut self) {
        if let Some(Piece::Text(text)) = self.pieces.last_mut() {
            text.truncate(text.trim_end().len());
        }
    }

    /// As Markdown; `target` writes a link's target, or returns `None` if it can't be followed.
    pub fn markdown(&self, target: impl Fn(Link) -> Option<String>) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Link { text, to } => match target(*to) {
                    // In angle brackets a target may contain brackets (CommonMark 0.31, "Links").
                    Some(target) => out.extend(["[", text, "](<", &target, ">)"]),
                    None => out.push_str(text),
                },
            }
        }
        out
    }

    /// As plain text, for clients that show text only.
    pub fn plain(&self) -> String {
        plain::plain(&self.markdown(|_| None))
    }

    /// The targets of the links, with their text.
    pub fn links(&self) -> impl Iterator<Item = (&str, Link)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Link { text, to } => Some((text.as_str(), *to)),
        })
    }
}

impl fmt::Write for Words {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text);
        Ok(())
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self { pieces: vec![Piece::Text(text)] }
    }
}
