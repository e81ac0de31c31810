//! URIs and paths.

use camino::Utf8PathBuf;

use tower_lsp::ls_types::Uri;

/// The path of a `file` URI, in our canonical form. `None` for other schemes (`untitled:`, `git:`,
/// `vscode-notebook-cell:`), which we don't serve.
pub(crate) fn path_of(uri: &Uri) -> Option<Utf8PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    let path = Utf8PathBuf::from_path_buf(uri.to_file_path()?.into_owned()).ok()?;
    // Editors on Windows write drive letters differently: `c%3A` and `C:` are the same drive.
    let path = match path.as_str().split_once(':') {
        Some((drive, rest)) if cfg!(windows) && drive.len() == 1 => {
            Utf8PathBuf::from(format!("{}:{}", drive.to_ascii_uppercase(), rest.replace('\\', "/")))
        }
        _ => path,
    };
    path.is_absolute().then(|| source::absolute(&Utf8PathBuf::new(), &path))
}

/// The path in the argument of a command: a `file` URI, or an absolute path.
pub(crate) fn path_written(written: &str) -> Option<Utf8PathBuf> {
    let path = Utf8PathBuf::from(written);
    if path.is_absolute() { Some(path) } else { path_of(&written.parse().ok()?) }
}

/// The URI of an absolute path.
pub(crate) fn uri_of(path: &camino::Utf8Path) -> Option<Uri> {
    Uri::from_file_path(path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    #[cfg(unix)]
    fn table() {
        let cases = [
            ("file:///p/a.py", Some("/p/a.py")),
            ("file:///p/a%20b%2Bc.py", Some("/p/a b+c.py")),
            ("file:///p/%C3%A9.py", Some("/p/é.py")),
            ("file:///p/x/../a.py", Some("/p/a.py")),
            ("FILE:///p/a.py", Some("/p/a.py")),
            ("untitled:Untitled-1", None),
            ("git:/p/a.py?HEAD", None),
            ("vscode-notebook-cell:/p/a.ipynb#W0", None),
        ];
        for (uri, path) in cases {
            assert_eq!(
                path_of(&uri.parse().unwrap()).as_deref().map(camino::Utf8Path::as_str),
                path,
                "{uri}"
            );
        }
    }
}
