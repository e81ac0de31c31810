//! Patterns over modules and paths: `*` one segment, `**` any depth, whole segments only.

use smol_str::SmolStr;

/// A pattern over dotted module names: `app.*.models`, `app.**`, or over paths where it holds a `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModulePattern {
    text: SmolStr,
}

impl ModulePattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// The reason in words, for a pattern with empty segments or a wildcard that isn't a whole segment.
    pub fn new(text: &str) -> Result<Self, String> {
        Ok(Self { text: text.into() })
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it matches exactly this module.
    pub fn matches(&self, _module: &str) -> bool {
        false
    }

    /// Whether it matches this module or a package around it.
    pub fn matches_or_contains(&self, _module: &str) -> bool {
        false
    }
}

/// A glob over paths relative to the configuration's folder.
#[derive(Debug, Clone)]
pub struct PathPattern {
    text: SmolStr,
    glob: globset::GlobMatcher,
}

impl PartialEq for PathPattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl PathPattern {
    /// Compiles a glob.
    ///
    /// # Errors
    /// The reason in words.
    pub fn new(text: &str) -> Result<Self, String> {
        let glob = globset::Glob::new(text).map_err(|error| error.to_string())?.compile_matcher();
        Ok(Self { text: text.into(), glob })
    }

    /// Whether it matches this path.
    pub fn matches(&self, path: &str) -> bool {
        self.glob.is_match(path)
    }
}
