//! Inserts entries into a configuration. What is there stays as it is, with its comments and its layout; what is new
//! goes where the document has its place for it, whichever way its tables are written.

use toml_edit::{DocumentMut, Item, Table, TableLike};

use super::entries::Entry;

const HEAD: &str =
    "# What Architrave inferred from the code, with its reasons. It would hold without this file too:
# change what is wrong, delete what you don't want to declare.
# Levels of rules are set under [rules], such as n-plus-one = \"error\"; `architrave rules` lists them all.
";
const LAYERS: &str = "layers";
const CONTRACTS: &str = "contracts";
const BOM: char = '\u{feff}';

/// The text with the entries in their places: keys before the first table, layers in their table, new tables and
/// contracts at the end. Text that isn't TOML is returned as it is.
pub(super) fn composed(before: Option<&str>, entries: &[Entry]) -> String {
    let text = before.unwrap_or(HEAD);
    let body = text.trim_start_matches(BOM);
    let Ok(mut document) = body.replace("\r\n", "\n").parse::<DocumentMut>() else { return text.to_owned() };
    let of = |table: &'static str| entries.iter().filter(move |entry| entry.table == table);
    keys(&mut document, of("").collect());
    let (layers, contracts): (Vec<&Entry>, Vec<&Entry>) =
        (of(LAYERS).collect(), of("[[contracts]]").collect());
    let has_layers = document.contains_key(LAYERS);
    if has_layers {
        add_layers(&mut document, &layers);
    }
    let inline = document.get_mut(CONTRACTS).and_then(Item::as_array_mut);
    let has_inline = inline.is_some();
    for entry in inline.map_or(&[][..], |_| contracts.as_slice()) {
        let array = document.get_mut(CONTRACTS).and_then(Item::as_array_mut);
        if let (Some(array), Some(table)) = (array, contract_of(entry)) {
            array.push(table.into_inline_table());
        }
    }
    let mut out = document.to_string();
    if !has_layers && !layers.is_empty() {
        separate(&mut out);
        out.push_str("[layers]\n");
        out.extend(layers.into_iter().map(written));
    }
    for entry in contracts.into_iter().filter(|_| !has_inline) {
        separate(&mut out);
        out.push_str(&written(&Entry { toml: with_header(entry), ..entry.clone() }));
    }
    if text.contains("\r\n") {
        out = out.replace('\n', "\r\n");
    }
    if body.len() < text.len() {
        out.insert(0, BOM);
    }
    out
}

/// Whether the text already declares the entry: its key, if only as a comment, or a contract of its name.
pub(super) fn holds(text: &str, entry: &Entry) -> bool {
    let Ok(document) = text.trim_start_matches(BOM).parse::<DocumentMut>() else { return false };
    let named = |table: &dyn TableLike| {
        table.get("name").and_then(Item::as_str).is_some_and(|name| name == entry.key)
    };
    let is_comment = || {
        text.lines().filter_map(|line| line.trim_start().strip_prefix('#')).any(|line| {
            let rest = line.trim_start().strip_prefix(entry.key.as_str());
            rest.is_some_and(|rest| rest.trim_start().starts_with('='))
        })
    };
    match entry.table {
        "" => document.contains_key(&entry.key) || is_comment(),
        LAYERS => {
            let layers = document.get(LAYERS).and_then(Item::as_table_like);
            layers.is_some_and(|table| table.contains_key(&entry.key)) || is_comment()
        }
        _ => document.get(CONTRACTS).is_some_and(|item| match item {
            Item::ArrayOfTables(list) => list.iter().any(|table| named(table)),
            other => other.as_array().is_some_and(|list| {
                list.iter().filter_map(|it| it.as_inline_table()).any(|table| named(table))
            }),
        }),
    }
}

/// Adds keys at the top, each after an empty line, and comments below them.
fn keys(document: &mut DocumentMut, entries: Vec<&Entry>) {
    if entries.is_empty() {
        return;
    }
    // A comment at the head of the document is a part of what follows it: it stays at the head.
    let has_keys = document.iter().any(|(_, item)| item.is_value() || is_dotted(item));
    let has_tables = first_table(document.as_table_mut()).is_some();
    let mut pending = match (has_keys, has_tables) {
        (false, true) => first_table(document.as_table_mut()).map(take_head).unwrap_or_default(),
        (_, false) => take_trailing(document),
        (true, true) => String::new(),
    };
    let mut is_first = !has_keys;
    for entry in entries {
        if !is_first || !pending.is_empty() {
            separate_lines(&mut pending);
        }
        is_first = false;
        pending.push_str(&why(entry));
        if !add(document.as_table_mut(), entry, &pending) {
            pending.push_str(&written(entry)[why(entry).len()..]);
            continue;
        }
        pending.clear();
    }
    match first_table(document.as_table_mut()) {
        Some(table) => {
            let prefix = table.decor().prefix().and_then(|it| it.as_str()).unwrap_or_default();
            let prefix = format!("{pending}\n{}", prefix.trim_start_matches('\n'));
            table.decor_mut().set_prefix(prefix);
        }
        None => document.set_trailing(pending),
    }
}

/// Adds keys to the table of layers, and comments above its first key.
fn add_layers(document: &mut DocumentMut, entries: &[&Entry]) {
    let is_inline = document.get(LAYERS).is_some_and(Item::is_inline_table);
    let mut comments = String::new();
    if let Some(table) = document.get_mut(LAYERS).and_then(Item::as_table_like_mut) {
        for entry in entries {
            let reason = if is_inline { String::new() } else { why(entry) };
            if !add(table, entry, &reason) {
                comments.push_str(&written(entry));
            }
        }
        let first = table.iter().next().map(|(key, _)| key.to_owned());
        if let Some(mut key) = first.filter(|_| !is_inline).and_then(|key| table.key_mut(&key)) {
            let prefix = key.leaf_decor().prefix().and_then(|it| it.as_str()).unwrap_or_default().to_owned();
            key.leaf_decor_mut().set_prefix(format!("{comments}{prefix}"));
        }
    }
}

/// Adds the key of an entry below a comment; `false` if the entry is only a comment.
fn add(table: &mut dyn TableLike, entry: &Entry, comment: &str) -> bool {
    let item = table_of(entry).and_then(|mut table| table.remove(&entry.key));
    let Some(item) = item.filter(|_| !entry.is_comment) else { return false };
    table.insert(&entry.key, item);
    if let Some(mut key) = table.key_mut(&entry.key).filter(|_| !comment.is_empty()) {
        key.leaf_decor_mut().set_prefix(comment);
    }
    true
}

/// The lines of a contract below its header. Its own tables name that header: `[[contracts.modules]]`.
fn with_header(entry: &Entry) -> String {
    format!("[[{CONTRACTS}]]\n{}", entry.toml)
}

/// A contract as a table.
fn contract_of(entry: &Entry) -> Option<Table> {
    let document = with_header(entry).parse::<DocumentMut>().ok()?;
    document.get(CONTRACTS)?.as_array_of_tables()?.get(0).cloned()
}

/// The lines of an entry as a table.
fn table_of(entry: &Entry) -> Option<Table> {
    entry.toml.parse::<DocumentMut>().ok().map(|document| document.as_table().clone())
}

fn is_dotted(item: &Item) -> bool {
    item.as_table().is_some_and(Table::is_dotted)
}

/// The table whose header comes first in the text.
fn first_table(root: &mut Table) -> Option<&mut Table> {
    let first = positions(root).into_iter().min()?;
    table_at(root, first)
}

/// The positions of all tables with a header of their own.
fn positions(table: &Table) -> Vec<isize> {
    let of = |table: &Table| -> Vec<isize> {
        let own = table.position().filter(|_| !table.is_implicit() && !table.is_dotted());
        own.into_iter().chain(positions(table)).collect()
    };
    let below = table.iter().flat_map(|(_, item)| match item {
        Item::Table(table) => of(table),
        Item::ArrayOfTables(list) => list.iter().flat_map(of).collect(),
        _ => Vec::new(),
    });
    below.collect()
}

fn table_at(table: &mut Table, position: isize) -> Option<&mut Table> {
    let within = |table: &Table| positions(table).contains(&position);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => {
                if is_at(inner, position) {
                    return Some(inner);
                }
                if within(inner) {
                    return table_at(inner, position);
                }
            }
            Item::ArrayOfTables(list) => {
                for inner in list.iter_mut() {
                    if is_at(inner, position) {
                        return Some(inner);
                    }
                    if within(inner) {
                        return table_at(inner, position);
                    }
                }
            }
            _ => {}
        }
    }
    None
}

fn is_at(table: &Table, position: isize) -> bool {
    table.position() == Some(position) && !table.is_implicit() && !table.is_dotted()
}

/// Takes what comes before the last empty line of the text before a table, such as a comment about the whole file.
fn take_head(table: &mut Table) -> String {
    let prefix = table.decor().prefix().and_then(|it| it.as_str()).unwrap_or_default().to_owned();
    let Some(at) = prefix.rfind("\n\n") else { return String::new() };
    let (head, rest) = prefix.split_at(at + 1);
    table.decor_mut().set_prefix(rest);
    if head.trim().is_empty() { String::new() } else { head.to_owned() }
}

/// Takes what comes after the last key.
fn take_trailing(document: &mut DocumentMut) -> String {
    let text = document.trailing().as_str().unwrap_or_default().to_owned();
    document.set_trailing("");
    if text.trim().is_empty() { String::new() } else { text }
}

/// A blank line before the next entry.
fn separate(out: &mut String) {
    if !out.is_empty() {
        separate_lines(out);
    }
}

fn separate_lines(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// The reason of an entry as comments.
fn why(entry: &Entry) -> String {
    behind("# ", entry.why.iter().flat_map(|why| why.lines()))
}

fn written(entry: &Entry) -> String {
    let mark = if entry.is_comment { "# " } else { "" };
    why(entry) + &behind(mark, entry.toml.lines())
}

/// The lines, each behind a mark.
fn behind<'a>(mark: &str, lines: impl Iterator<Item = &'a str>) -> String {
    lines.flat_map(|line| [mark, line, "\n"]).collect()
}

#[cfg(test)]
mod tests;
