//! INI as Python's `configparser` reads it, as far as import-linter needs it: sections, `key = value` or `key: value`,
//! values spanning several indented lines, whole-line comments after `#` or `;`. Keys are lower case. Not supported:
//! the `[DEFAULT]` section and interpolation.

use source::Span;

use super::{Entry, Node, Table, Value};

/// A section with its name as written. Values are strings, or arrays of strings if they span several lines.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) table: Table,
    /// Lines that are neither a key nor part of a value.
    pub(crate) stray: Vec<Span>,
}

/// Splits a document into its sections. Lines before the first one are skipped.
pub(crate) fn parse(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    // The indentation of the key whose value may continue.
    let mut open: Option<usize> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let line_start = start;
        start += line.len();
        let (line, line_start) = match line.strip_prefix('\u{feff}') {
            Some(rest) => (rest, line_start + '\u{feff}'.len_utf8()),
            None => (line, line_start),
        };
        let content = line.trim();
        if content.is_empty() || content.starts_with(['#', ';']) {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let at = line_start + indent;
        if let (Some(key_indent), Some(section)) = (open, sections.last_mut())
            && indent > key_indent
        {
            continue_value(section, content, at);
            continue;
        }
        open = None;
        if let Some(name) =
            content.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(name, _)| name)
        {
            let table = Table { entries: Vec::new(), span: span(at, content.len()) };
            sections.push(Section { name: name.to_owned(), table, stray: Vec::new() });
        } else if let Some(section) = sections.last_mut() {
            match key_and_value(content) {
                Some((key, value)) => {
                    open = Some(indent);
                    section.table.entries.push(entry(key, value, content, at));
                }
                None => section.stray.push(span(at, content.len())),
            }
        }
    }
    sections
}

fn key_and_value(content: &str) -> Option<(&str, &str)> {
    let split = content.find(['=', ':'])?;
    let key = content[..split].trim_end();
    (!key.is_empty()).then(|| (key, content[split + 1..].trim_start()))
}

fn entry(key: &str, value: &str, content: &str, at: usize) -> Entry {
    let value_at = at + content.len() - value.len();
    let node = if value.is_empty() {
        Node { value: Value::Array(Vec::new()), span: span(at, content.len()) }
    } else {
        string(value, value_at)
    };
    Entry { key: key.to_lowercase(), key_span: span(at, key.len()), node }
}

/// Appends a line to the last value, which becomes a list.
fn continue_value(section: &mut Section, content: &str, at: usize) {
    let Some(Entry { node, .. }) = section.table.entries.last_mut() else { return };
    let line = string(content, at);
    let whole = if matches!(&node.value, Value::Array(lines) if lines.is_empty()) {
        line.span
    } else {
        node.span.cover(line.span)
    };
    if let Value::Array(lines) = &mut node.value {
        lines.push(line);
    } else {
        let first =
            Node { value: std::mem::replace(&mut node.value, Value::Boolean(false)), span: node.span };
        node.value = Value::Array(vec![first, line]);
    }
    node.span = whole;
}

fn string(text: &str, at: usize) -> Node {
    Node { value: Value::String(text.to_owned()), span: span(at, text.len()) }
}

fn span(start: usize, len: usize) -> Span {
    Span::new(start as u32, (start + len) as u32)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn render(text: &str) -> String {
        let mut out = String::new();
        for section in parse(text) {
            let _ = writeln!(out, "[{}]", section.name);
            for entry in &section.table.entries {
                let value = match &entry.node.value {
                    Value::Array(lines) => {
                        lines.iter().map(|line| cut(text, line.span)).collect::<Vec<_>>().join(" / ")
                    }
                    _ => cut(text, entry.node.span).to_owned(),
                };
                let _ = writeln!(out, "{} ({}) = {value}", entry.key, cut(text, entry.key_span));
            }
            for span in &section.stray {
                let _ = writeln!(out, "stray: {}", cut(text, *span));
            }
        }
        out
    }

    fn cut(text: &str, span: Span) -> &str {
        &text[span.start as usize..span.end as usize]
    }

    #[test]
    fn as_configparser_reads_it() {
        let text = "\u{feff}before = 1\r
[importlinter]\r
Root_Package = shop\r
\r
[importlinter:contract:one]
name: Layers  ; not a comment
layers =
    high
    # a comment
    mid : low

    (bottom)
    [not.a.section]
type = layers
    more
stray line
= nothing
 indented = key
[tool:pytest] trailing
a=b=c
[unclosed
";
        expect_test::expect![[r#"
            [importlinter]
            root_package (Root_Package) = shop
            [importlinter:contract:one]
            name (name) = Layers  ; not a comment
            layers (layers) = high / mid : low / (bottom) / [not.a.section]
            type (type) = layers / more
            indented (indented) = key
            stray: stray line
            stray: = nothing
            [tool:pytest]
            a (a) = b=c
            stray: [unclosed
        "#]]
        .assert_eq(&render(text));
    }
}
