//! Inserts entries into the text of a configuration. The existing text stays as it is, byte by byte.

use super::entries::Entry;

const HEAD: &str =
    "# What Architrave inferred from the code, with its reasons. It would hold without this file too:
# change what is wrong, delete what you don't want to declare.
# Levels of rules are set under [rules], such as n-plus-one = \"error\"; `architrave rules` lists them all.
";

/// The text with the entries in their places: keys before the first table, tables and contracts at the end.
pub(super) fn composed(before: Option<&str>, entries: &[Entry]) -> String {
    let text = before.unwrap_or(HEAD);
    let at = first_table(text);
    let (head, rest) = text.split_at(at);
    let mut out = head.to_owned();
    for entry in entries.iter().filter(|entry| entry.table.is_empty()) {
        separate(&mut out);
        out.push_str(&written(entry));
    }
    if !rest.is_empty() && !out.is_empty() && out.len() > head.len() {
        separate(&mut out);
    }
    // Additions to a table go directly below its header.
    let layers: Vec<&Entry> = entries.iter().filter(|entry| entry.table == "layers").collect();
    if let Some(at) = below_header(rest, "[layers]").filter(|_| !layers.is_empty()) {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        out.extend(layers.into_iter().map(written));
        out.push_str(tail);
    } else {
        out.push_str(rest);
        if !layers.is_empty() {
            separate(&mut out);
            out.push_str("[layers]\n");
            out.extend(layers.into_iter().map(written));
        }
    }
    for entry in entries.iter().filter(|entry| entry.table == "[[contracts]]") {
        separate(&mut out);
        let mut entry = entry.clone();
        entry.toml = format!("[[contracts]]\n{}", entry.toml);
        out.push_str(&written(&entry));
    }
    out
}

/// Whether the text already declares the entry: its key, its table, or a contract of its name.
pub(super) fn holds(text: &str, entry: &Entry) -> bool {
    let head = text.get(..first_table(text)).unwrap_or_default();
    let has_key = |text: &str| {
        text.lines().any(|line| {
            let line = line.trim_start().trim_start_matches(['#', ' ']);
            line.strip_prefix(entry.key.as_str()).is_some_and(|rest| rest.trim_start().starts_with('='))
        })
    };
    match entry.table {
        "" => has_key(head),
        "layers" => below_header(text, "[layers]").is_some_and(|at| {
            let table = text.get(at..).unwrap_or_default();
            has_key(table.get(..first_table(table)).unwrap_or_default())
        }),
        _ => text.lines().any(|line| {
            line.trim_start().starts_with("name") && line.contains(&format!("\"{}\"", entry.key))
        }),
    }
}

/// The start of the first line that opens a table.
fn first_table(text: &str) -> usize {
    let mut at = 0;
    let (mut opened, mut closed) = (0, 0);
    for line in text.split_inclusive('\n') {
        if opened == closed && line.starts_with('[') {
            return at;
        }
        let code = line.split('#').next().unwrap_or_default();
        opened += code.matches('[').count();
        closed += code.matches(']').count();
        at += line.len();
    }
    text.len()
}

fn below_header(text: &str, header: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.split('#').next().unwrap_or_default().trim_end() == header {
            return Some(at);
        }
    }
    None
}

/// A blank line before the next entry.
fn separate(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

fn written(entry: &Entry) -> String {
    let mut out = String::new();
    for line in entry.why.iter().flat_map(|why| why.lines()) {
        out.push_str("# ");
        out.push_str(line);
        out.push('\n');
    }
    for line in entry.toml.lines() {
        out.push_str(if entry.is_comment { "# " } else { "" });
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(table: &'static str, key: &str, toml: &str) -> Entry {
        Entry {
            table,
            key: key.to_owned(),
            toml: toml.to_owned(),
            why: vec!["why".to_owned()],
            is_comment: false,
            is_optional: false,
        }
    }

    #[test]
    fn what_stands_there_stays() {
        let before = "# mine\nexclude = [\n    \"a\",\n]\n\n[layers] # mine too\ndomain = [\"x\"]\n\n[rules]\nn-plus-one = \"off\"";
        let entries = [
            entry("", "style", "style = \"clean\""),
            entry("layers", "shared", "shared = [\"y\"]"),
            entry("[[contracts]]", "c", "name = \"c\""),
        ];
        let after = composed(Some(before), &entries);
        assert_eq!(
            after,
            "# mine\nexclude = [\n    \"a\",\n]\n\n# why\nstyle = \"clean\"\n\n[layers] # mine too\n# why\nshared = [\"y\"]\ndomain = [\"x\"]\n\n[rules]\nn-plus-one = \"off\"\n\n# why\n[[contracts]]\nname = \"c\"\n"
        );
        assert!(entries.iter().all(|entry| holds(&after, entry)), "{after}");
        assert!(holds(before, &entry("layers", "domain", "")) && !holds(before, &entry("", "domain", "")));
    }
}
