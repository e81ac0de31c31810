//! Paths as URIs (RFC 3986): all characters except unreserved ones are percent-encoded.

use std::fmt::Write as _;

use camino::Utf8Path;

/// `/home/me/shop` as `file:///home/me/shop/`: the trailing slash makes it a base.
pub(super) fn of_folder(path: &Utf8Path) -> String {
    let uri = of_file(path);
    if uri.ends_with('/') { uri } else { uri + "/" }
}

/// An absolute path as a `file` URI.
pub(super) fn of_file(path: &Utf8Path) -> String {
    let path = path.as_str().replace('\\', "/");
    // A Windows path starts with its drive.
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", encoded(&path, true))
}

/// A relative path. A colon in the first segment would make it a scheme.
pub(super) fn relative(path: &Utf8Path) -> String {
    encoded(&path.as_str().replace('\\', "/"), false)
}

fn encoded(path: &str, with_colon: bool) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        let is_plain = byte.is_ascii_alphanumeric()
            || b"/-._~!$&'()*+,;=@".contains(&byte)
            || (byte == b':' && with_colon);
        if is_plain {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_percent_encoded() {
        for (path, expected) in [
            ("shop/orders.py", "shop/orders.py"),
            ("a b/ü#1.py", "a%20b/%C3%BC%231.py"),
            ("100%/x?.py", "100%25/x%3F.py"),
            ("c:x.py", "c%3Ax.py"),
            ("[id]/page.py", "%5Bid%5D/page.py"),
        ] {
            assert_eq!(relative(path.into()), expected);
        }
        assert_eq!(of_folder("/home/me/my shop".into()), "file:///home/me/my%20shop/");
        assert_eq!(of_folder("/".into()), "file:///");
        assert_eq!(of_file("C:\\shop\\a.py".into()), "file:///C:/shop/a.py");
    }
}
