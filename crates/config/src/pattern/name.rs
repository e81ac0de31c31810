//! Patterns for the names that a package exposes: names below it, as an importer writes them.

use std::fmt;

use regex::{Regex, RegexBuilder};
use smol_str::SmolStr;

use crate::ModulePattern;

/// A pattern for names below a package: `get_order` or `services.*`. In `from shop.orders import get_order` and
/// `import shop.orders.services.pricing`, the names are `get_order` and `services.pricing`.
#[derive(Clone)]
pub struct NamePattern {
    text: SmolStr,
    shape: Shape,
}

#[derive(Clone)]
enum Shape {
    Segments(ModulePattern),
    Regex(Regex),
}

impl PartialEq for NamePattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && std::mem::discriminant(&self.shape) == std::mem::discriminant(&other.shape)
    }
}

impl Eq for NamePattern {}

impl fmt::Debug for NamePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NamePattern").field(&self.text).finish()
    }
}

impl NamePattern {
    /// Compiles a pattern in our own syntax: `*` is one segment, `**` one or more.
    ///
    /// # Errors
    /// A message.
    pub fn new(text: &str) -> Result<Self, String> {
        let pattern = ModulePattern::new(text)?;
        if pattern.is_path() {
            return Err(format!("`{text}` is a path; names are dotted"));
        }
        Ok(Self { text: text.into(), shape: Shape::Segments(pattern) })
    }

    /// Compiles a regular expression as tach does for `expose` and `from`: anchored at both ends without parentheses,
    /// so that in `a|b` the first alternative isn't anchored at its end.
    ///
    /// # Errors
    /// A message.
    pub fn regex(text: &str) -> Result<Self, String> {
        let regex = RegexBuilder::new(&format!("^{text}$")).size_limit(1 << 20).build();
        let regex =
            regex.map_err(|_| format!("`{text}` is not a regular expression that can be used here"))?;
        Ok(Self { text: text.into(), shape: Shape::Regex(regex) })
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it matches this dotted name, which is relative to the exposing package. In our own syntax, everything
    /// below an exposed name is exposed too.
    pub fn matches(&self, name: &str) -> bool {
        match &self.shape {
            Shape::Segments(pattern) => pattern.matches_or_contains(name),
            Shape::Regex(regex) => regex.is_match(name),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::NamePattern;

    #[test]
    fn ours_are_segments_and_tachs_regular_expressions() {
        let ours = NamePattern::new("services.*").unwrap();
        let tachs = NamePattern::regex("services.*").unwrap();
        for (name, by_ours, by_tachs) in [
            ("services", false, true),
            ("services.pricing", true, true),
            ("services.pricing.total", true, true),
            ("services_old", false, true),
            ("my.services.x", false, false),
        ] {
            assert_eq!((ours.matches(name), tachs.matches(name)), (by_ours, by_tachs), "{name}");
        }
        assert!(NamePattern::regex("a|b").unwrap().matches("ax"));
    }

    #[test]
    fn refused() {
        assert!(NamePattern::regex("(").is_err());
        assert!(NamePattern::regex("(a{1000}){1000}").is_err());
        assert!(NamePattern::new("a/b").is_err());
    }
}
