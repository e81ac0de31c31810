//! Escaping for names from foreign code in documents: they must not start markup.

/// Text escaped for HTML, as content and as the value of an attribute.
pub fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text escaped for Markdown.
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
