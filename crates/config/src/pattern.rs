//! Patterns for module names: `*` is one segment, `**` one or more; only whole segments.
//!
//! The syntax is import-linter's, so that its users can keep their patterns. Patterns are compiled once, when a
//! configuration is read, because rules match them against every import of a project.

mod name;
mod path;

pub use name::NamePattern;
pub use path::PathPattern;

use smol_str::SmolStr;
use source::Span;

/// A pattern for dotted module names: `app.*.models`, `app.**`; for paths if it contains a `/`.
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
    /// Compiles a pattern. A pattern that contains a `/` is a [`PathPattern`].
    ///
    /// # Errors
    /// A message, for a pattern with empty segments or a wildcard that isn't a whole segment.
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

    /// The same pattern, located at `span` of a configuration file.
    #[must_use]
    pub(crate) fn at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }

    /// The span of its string in the configuration file, including quotes.
    pub fn span(&self) -> Span {
        self.span
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is a path relative to the configuration's folder, which matches no module name.
    pub fn is_path(&self) -> bool {
        matches!(self.shape, Shape::Path(_))
    }

    /// Whether it names a single module, without wildcards.
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

    /// Whether it matches this module or one of its enclosing packages.
    pub fn matches_or_contains(&self, module: &str) -> bool {
        match &self.shape {
            Shape::Literal => module
                .strip_prefix(self.text.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
            // After a final `**` nothing more needs to be contained: it matches everything below it itself.
            Shape::Segments(segments) => prefixes(module).any(|prefix| matches_segments(segments, prefix)),
            Shape::Path(_) => false,
        }
    }

    /// Whether it is a path pattern that matches this path or one of its parent folders. `path` is relative to the
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

/// Matches with limited backtracking: when a segment doesn't match, the last `**` consumes one more. Quadratic in the
/// worst case, and without recursion.
fn matches_segments(pattern: &[Segment], module: &str) -> bool {
    let mut at = 0;
    let mut rest = Some(module).filter(|module| !module.is_empty());
    // The pattern after the last `**`, and the rest of the module after that consumed one more segment.
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
