//! Mermaid's entity-relationship diagram. Ids are generated, headings quoted; types and names conform to its grammar.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{End, Er, Link};

/// Fills for contexts, in order.
const FILLS: [&str; 8] =
    ["#ddf4ff", "#dafbe1", "#fff8c5", "#fbefff", "#ffebe9", "#f6f8fa", "#d4f7f3", "#ffe7cc"];

/// The tables as an entity-relationship diagram. What isn't drawn is in its title, the only text that it can have.
pub fn mermaid(er: &Er) -> String {
    let mut out = String::new();
    if !er.left_out.is_empty() {
        let title = plain(&format!("{}. {}", er.title, er.left_out.join(" ")));
        let _ = writeln!(out, "---\ntitle: \"{}\"\n---", title.replace(['"', '\\'], "'"));
    }
    out.push_str("erDiagram\n");
    let _ = writeln!(out, "  accTitle: {}", plain(&er.title));
    if !er.left_out.is_empty() {
        let _ = writeln!(out, "  accDescr: {}", plain(&er.left_out.join(" ")));
    }
    for (at, table) in er.tables.iter().enumerate() {
        let _ = write!(out, "  e{}[\"{}\"]", at + 1, quoted(&table.heading()));
        if table.columns.is_empty() {
            out.push('\n');
            continue;
        }
        out.push_str(" {\n");
        for column in &table.columns {
            let marks = [
                (column.is_primary_key, "PK"),
                (column.is_foreign_key, "FK"),
                (column.is_unique && !column.is_primary_key, "UK"),
            ];
            let marks: Vec<&str> = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
            let comment = er.comment(column);
            let sql_type = word(column.sql_type.as_deref().unwrap_or("unknown"), true);
            let _ = write!(out, "    {sql_type} {}", word(&column.name, false));
            if !marks.is_empty() {
                let _ = write!(out, " {}", marks.join(", "));
            }
            if !comment.is_empty() {
                let _ = write!(out, " \"{}\"", quoted(&comment));
            }
            out.push('\n');
        }
        out.push_str("  }\n");
    }
    for link in &er.links {
        let _ = writeln!(
            out,
            "  e{} {}--{} e{} : \"{}\"",
            link.to + 1,
            left(link),
            right(link.from_end),
            link.from + 1,
            quoted(&link.words())
        );
    }
    contexts(er, &mut out);
    out
}

/// Contexts as colours, if there are several.
fn contexts(er: &Er, out: &mut String) {
    let mut members: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (at, table) in er.tables.iter().enumerate() {
        if let Some(context) = &table.context {
            members.entry(context).or_default().push(format!("e{}", at + 1));
        }
    }
    if members.len() < 2 {
        return;
    }
    for (number, (context, ids)) in members.iter().enumerate() {
        let fill = FILLS[number % FILLS.len()];
        let _ = writeln!(out, "  %% {}", plain(context));
        let _ = writeln!(out, "  classDef c{} fill:{fill},color:#1f2328", number + 1);
        let _ = writeln!(out, "  class {} c{}", ids.join(","), number + 1);
    }
}

fn left(link: &Link) -> &'static str {
    match link.to_end {
        End::One => "||",
        End::ZeroOrOne => "|o",
        End::Many => "}o",
    }
}

fn right(end: End) -> &'static str {
    match end {
        End::One => "||",
        End::ZeroOrOne => "o|",
        End::Many => "o{",
    }
}

/// A type or a name in a form that the grammar accepts.
fn word(text: &str, is_type: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            _ if letter.is_ascii_alphanumeric() || letter == '_' => out.push(letter),
            '(' | ')' | '[' | ']' | ',' if is_type => out.push(letter),
            ' ' => {}
            _ if letter.is_alphabetic() => out.push('x'),
            _ => out.push('_'),
        }
    }
    if !out.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        out.insert_str(0, "x_");
    }
    out
}

/// Quoted text: it can't contain quotes.
fn quoted(text: &str) -> String {
    let clean = |letter: char| match letter {
        '"' => '\'',
        _ if letter.is_control() || matches!(letter, '\\' | '<' | '>' | '#' | ';' | '`') => ' ',
        _ => letter,
    };
    let out: String = text.chars().map(clean).collect();
    if out.trim().is_empty() { "-".to_owned() } else { out }
}

fn plain(text: &str) -> String {
    let is_bad = |letter: char| letter.is_control() || matches!(letter, '#' | ';' | '%' | '{' | '}');
    text.chars().map(|letter| if is_bad(letter) { ' ' } else { letter }).collect()
}
