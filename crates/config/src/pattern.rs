//! Patterns over module names: `*` one segment, `**` one or more, whole segments only.
//!
//! The words are import-linter's, so that its users can keep theirs. Patterns are compiled once, when a configuration
//! is read, since rules ask them for every import of a project.

mod name;
mod path;

pub use name::NamePattern;
pub use path::PathPattern;

use smol_str::SmolStr;
use source::Span;

/// A pattern over dotted module names: `app.*.models`, `app.**`; over paths where it holds a `/`.
#[derive(Debug, Clone, PartialEq)]
pub struct ModulePattern {
    text: SmolStr,
    shape: Shape,
    span: Span,
}

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    /// One module, by its name.
    Literal,
    /// Segment by segment.
    Segments(Box<[Segment]>),
    /// A path, never a module.
    Path(PathPattern),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Literal(SmolStr),
    One,
    OneOrMore,
}

impl ModulePattern {
    /// Compiles a pattern. One that holds a `/` is a [`PathPattern`].
    ///
    /// # Errors
    /// The reason in words, for a pattern with empty segments or a wildcard that isn't a whole segment.
    pub fn new(text: &str) -> Result<Self, String> {
        let shape = if text.contains('/') {
            Shape::Path(PathPattern::new(text)?)
        } else {
            let segments = segments(text)?;
            if segments.iter().all(|segment| matches!(segment, Segment::Literal(_))) {
                Shape::Literal
            } else {
                Shape::Segments(segments)
            }
        };
        Ok(Self { text: text.into(), shape, span: Span::default() })
    }

    /// The same pattern, written at `span` of a configuration file.
    #[must_use]
    pub(crate) fn at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }

    /// The string of the configuration file that it is written in, with quotes.
    pub fn span(&self) -> Span {
        self.span
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is a path relative to the configuration's folder; it then matches no module name.
    pub fn is_path(&self) -> bool {
        matches!(self.shape, Shape::Path(_))
    }

    /// Whether it names one module, without wildcards.
    pub fn is_literal(&self) -> bool {
        matches!(self.shape, Shape::Literal)
    }

    /// Whether it matches exactly this module.
    pub fn matches(&self, module: &str) -> bool {
        match &self.shape {
            Shape::Literal => self.text == module,
            Shape::Segments(segments) => matches_segments(segments, module),
            Shape::Path(_) => false,
        }
    }

    /// Whether it matches this module or a package around it.
    pub fn matches_or_contains(&self, module: &str) -> bool {
        match &self.shape {
            Shape::Literal => module
                .strip_prefix(self.text.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
            // Past an ending `**` there is nothing more to contain: it matches all that lies below it by itself.
            Shape::Segments(segments) => prefixes(module).any(|prefix| matches_segments(segments, prefix)),
            Shape::Path(_) => false,
        }
    }

    /// Whether it is a path pattern that matches this path or a folder around it. `path` is relative to the
    /// configuration's folder and `/`-separated.
    pub fn matches_path(&self, path: &str) -> bool {
        matches!(&self.shape, Shape::Path(pattern) if pattern.matches(path))
    }
}

/// `a`, `a.b`, `a.b.c` for `a.b.c`.
fn prefixes(module: &str) -> impl Iterator<Item = &str> {
    module.match_indices('.').map(|(dot, _)| &module[..dot]).chain(std::iter::once(module))
}

fn segments(text: &str) -> Result<Box<[Segment]>, String> {
    if text.is_empty() {
        return Err("a pattern must not be empty".to_owned());
    }
    text.split('.')
        .map(|segment| match segment {
            "" => Err(format!("`{text}` has an empty segment")),
            "*" => Ok(Segment::One),
            "**" => Ok(Segment::OneOrMore),
            _ if segment.contains('*') => {
                Err(format!("`{text}`: a wildcard stands for a whole segment, not for a part of one"))
            }
            _ if segment.contains(|c: char| c.is_whitespace() || "?[]{}()|:,;<>\"'#@!".contains(c)) => {
                Err(format!("`{text}` is not a dotted module name"))
            }
            _ => Ok(Segment::Literal(segment.into())),
        })
        .collect()
}

/// Matching with one way back: when a segment doesn't fit, the last `**` takes one more. Quadratic at worst, and
/// without recursion.
fn matches_segments(pattern: &[Segment], module: &str) -> bool {
    let mut at = 0;
    let mut rest = Some(module).filter(|module| !module.is_empty());
    // The pattern after the last `**`, and what is left of the module once that took one more segment.
    let mut back: Option<(usize, Option<&str>)> = None;
    loop {
        let head =
            rest.map(|rest| rest.split_once('.').map_or((rest, None), |(head, tail)| (head, Some(tail))));
        match (pattern.get(at), head) {
            (None, None) => return true,
            (Some(Segment::OneOrMore), Some((_, tail))) => {
                at += 1;
                rest = tail;
                back = Some((at, tail));
                continue;
            }
            (Some(Segment::One), Some((_, tail))) => {
                at += 1;
                rest = tail;
                continue;
            }
            (Some(Segment::Literal(literal)), Some((head, tail))) if literal == head => {
                at += 1;
                rest = tail;
                continue;
            }
            _ => {}
        }
        match back {
            Some((after, Some(left))) => {
                let left = left.split_once('.').map(|(_, tail)| tail);
                at = after;
                rest = left;
                back = Some((after, left));
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests;
