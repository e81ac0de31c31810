//! Patterns for paths, in the syntax of `.gitignore`.

use std::fmt;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use smol_str::SmolStr;
use source::Span;

/// A pattern for paths relative to the configuration's folder, in the syntax of `.gitignore`: a pattern with a `/`
/// before its end is anchored at that folder, one without matches at any depth; `*` stays within a segment, `**`
/// doesn't; a folder includes everything below it.
#[derive(Clone)]
pub struct PathPattern {
    text: SmolStr,
    globs: GlobSet,
    span: Span,
}

impl PartialEq for PathPattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.span == other.span
    }
}

impl Eq for PathPattern {}

impl fmt::Debug for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PathPattern").field(&self.text).finish()
    }
}

impl PathPattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// A message.
    pub fn new(text: &str) -> Result<Self, String> {
        let trimmed = text.strip_prefix("./").unwrap_or(text);
        let path = trimmed.strip_prefix('/').unwrap_or(trimmed).trim_end_matches('/');
        if path.is_empty() {
            return Err(format!("`{text}` names no path below this folder"));
        }
        if path.contains('\\') {
            return Err(format!("`{text}`: folders are separated by `/`"));
        }
        if path.split('/').any(|segment| segment == "..") {
            return Err(format!("`{text}` leads out of this folder"));
        }
        let anchored = path.contains('/') || path.len() < trimmed.trim_end_matches('/').len();
        let everywhere = if anchored { "" } else { "**/" };
        let mut globs = GlobSetBuilder::new();
        for glob in [format!("{everywhere}{path}"), format!("{everywhere}{path}/**")] {
            let glob = GlobBuilder::new(&glob).literal_separator(true).build();
            globs.add(glob.map_err(|error| format!("`{text}`: {}", error.kind()))?);
        }
        let globs = globs.build().map_err(|error| format!("`{text}`: {}", error.kind()))?;
        Ok(Self { text: text.into(), globs, span: Span::default() })
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

    /// Whether it matches this path or one of its parent folders. `path` is relative to the configuration's folder and
    /// `/`-separated.
    pub fn matches(&self, path: &str) -> bool {
        self.globs.is_match(path)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::PathPattern;

    #[test]
    fn paths() {
        for (text, yes, no) in [
            ("tests", "tests tests/a.py app/tests/x/a.py", "tests2/a.py mytests/a.py"),
            ("tests/", "tests/a.py app/tests/a.py", "tests2/a.py"),
            ("/tests", "tests/a.py", "app/tests/a.py"),
            ("./tests", "tests/a.py app/tests/a.py", "x.py"),
            ("app/routers", "app/routers/a.py app/routers/x/a.py", "x/app/routers/a.py app/routers2/a.py"),
            ("app/*/models.py", "app/a/models.py", "app/a/b/models.py app/models.py"),
            ("app/**/models.py", "app/a/models.py app/a/b/models.py app/models.py", "models.py"),
            ("**/migrations", "migrations/a.py x/migrations/a.py", "xmigrations/a.py"),
            ("*_pb2.py", "a_pb2.py x/a_pb2.py", "a_pb2.pyi"),
            ("app/{a,b}/**", "app/a/x.py app/b/y/z.py", "app/c/x.py"),
        ] {
            let pattern = PathPattern::new(text).unwrap();
            for path in yes.split_whitespace() {
                assert!(pattern.matches(path), "{text} should match {path}");
            }
            for path in no.split_whitespace() {
                assert!(!pattern.matches(path), "{text} should not match {path}");
            }
        }
    }

    #[test]
    fn refused() {
        let reasons: Vec<String> = ["", "/", "./", "a\\b", "../a", "a/../b", "a/[b", "{a"]
            .iter()
            .map(|text| format!("{text:8}{}\n", PathPattern::new(text).unwrap_err()))
            .collect();
        expect_test::expect![[r#"
                    `` names no path below this folder
            /       `/` names no path below this folder
            ./      `./` names no path below this folder
            a\b     `a\b`: folders are separated by `/`
            ../a    `../a` leads out of this folder
            a/../b  `a/../b` leads out of this folder
            a/[b    `a/[b`: unclosed character class; missing ']'
            {a      `{a`: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)
        "#]]
        .assert_eq(&reasons.concat());
    }
}
