//! Paths in canonical form: absolute, without `.` and `..`.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// Converts `path` to the form in which [`crate::File`]s are identified: absolute (relative to `base`, which is
/// absolute), without `.` and `..`. Purely lexical: links are not followed, and the path need not exist.
pub fn absolute(base: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    let mut out = Utf8PathBuf::new();
    for component in base.join(path).components() {
        match component {
            Utf8Component::CurDir => {}
            // At the root, `..` is the root itself: `pop` does nothing there.
            Utf8Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn table() {
        let cases = [
            ("/p", ".", "/p"),
            ("/p", "", "/p"),
            ("/p", "a/./b/../c.py", "/p/a/c.py"),
            ("/p", "../q/", "/q"),
            ("/p", "../../../q", "/q"),
            ("/p", "/q//r/", "/q/r"),
        ];
        for (base, path, expected) in cases {
            assert_eq!(absolute(base.into(), path.into()), expected, "{base} {path}");
        }
    }
}
