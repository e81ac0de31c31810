//! Names of other people's code in documents: they must not begin markup.

/// Text that means nothing to HTML, as content and as the value of an attribute.
pub fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text that means nothing to Markdown.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '_' | '*' | '<' | '>' | '[' | ']' | '`' | '|' | '\\' | '#') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
