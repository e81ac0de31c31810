//! tach's globs for modules: `*` is one segment, `**` any number; both may be parts of a segment.

use std::fmt;

use globset::{GlobBuilder, GlobMatcher};
use smol_str::SmolStr;

/// A compiled glob.
#[derive(Clone)]
pub struct Glob {
    text: SmolStr,
    matcher: GlobMatcher,
}

impl PartialEq for Glob {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl fmt::Debug for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Glob").field(&self.text).finish()
    }
}

impl Glob {
    /// A glob for modules; `None` if `text` is a plain path, or can't be compiled.
    pub(super) fn of_modules(text: &str) -> Option<Self> {
        is_glob(text).then(|| Self::new(&module_glob(text), text))?
    }

    /// A glob for dotted paths as plain text, where `*` matches dots too.
    pub(super) fn of_texts(text: &str) -> Option<Self> {
        Self::new(text, text)
    }

    fn new(glob: &str, text: &str) -> Option<Self> {
        let glob = GlobBuilder::new(glob).literal_separator(true).empty_alternates(true).build().ok()?;
        Some(Self { text: text.into(), matcher: glob.compile_matcher() })
    }

    /// The glob as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it matches a dotted module.
    pub(super) fn matches_module(&self, module: &str) -> bool {
        self.matcher.is_match(module.replace('.', "/"))
    }

    /// Whether it matches a text unchanged.
    pub(super) fn matches_text(&self, text: &str) -> bool {
        self.matcher.is_match(text)
    }
}

/// Converts it to a path glob, so that `*` stops at a dot. `a.**` also matches `a`.
fn module_glob(text: &str) -> String {
    let path = text.replace('.', "/");
    let path = match path.strip_suffix("/**") {
        Some(start) => format!("{start}{{,/**}}"),
        None => path,
    };
    format!("{path}{{,.py,.pyi}}")
}

/// Whether `text` contains glob syntax.
pub(super) fn is_glob(text: &str) -> bool {
    let before = std::iter::once(0).chain(text.bytes());
    before.zip(text.bytes()).any(|(before, byte)| b"*?[]{}".contains(&byte) && before != b'\\')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Glob;

    #[test]
    fn as_tach_matches() {
        for (glob, yes, no) in [
            ("shop.*", "shop.a", "shop shop.a.b"),
            ("shop.**", "shop shop.a shop.a.b", "shops"),
            ("**.models", "models a.models a.b.models", "a.models.x"),
            ("shop.a*", "shop.a shop.ab", "shop.b shop.a.b"),
            ("shop.{a,b}", "shop.a shop.b", "shop.c"),
        ] {
            let glob = Glob::of_modules(glob).unwrap();
            for module in yes.split_whitespace() {
                assert!(glob.matches_module(module), "{glob:?} should match {module}");
            }
            for module in no.split_whitespace() {
                assert!(!glob.matches_module(module), "{glob:?} should not match {module}");
            }
        }
        assert!(Glob::of_modules("shop.a").is_none());
        assert!(Glob::of_modules("shop.[a").is_none());
        assert!(Glob::of_texts("shop.*").unwrap().matches_text("shop.a.b"));
    }
}
