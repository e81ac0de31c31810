//! Removes what is no longer used after something was left out: imports, local names, definitions. Also restores the
//! order of imports.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::statement::{Module, Statement, leaving, without};
use crate::token::{Kind, contents};

/// How often each name occurs, also inside strings (annotations, `__all__`).
pub(crate) fn counts(text: &str) -> BTreeMap<String, usize> {
    let module = Module::parse(text);
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for (index, token) in module.tokens.iter().enumerate() {
        let word = module.word(index);
        match token.kind {
            Kind::Name => *found.entry(word.to_owned()).or_default() += 1,
            Kind::Text => {
                for part in contents(word).split(|c: char| !(c.is_alphanumeric() || c == '_')) {
                    *found.entry(part.to_owned()).or_default() += 1;
                }
            }
            _ => {}
        }
    }
    found
}

/// The text without the imports and local names that were used in `before` but are no longer.
pub(crate) fn unused(text: &str, before: &str) -> String {
    let mut text = text.to_owned();
    let then = counts(before);
    for _ in 0..16 {
        let after = round(&text, &then);
        if after == text {
            break;
        }
        text = after;
    }
    text
}

fn round(text: &str, then: &BTreeMap<String, usize>) -> String {
    let now = counts(text);
    let is_idle = |name: &str| {
        now.get(name).copied().unwrap_or_default() <= 1 && then.get(name).copied().unwrap_or_default() > 1
    };
    let module = Module::parse(text);
    let mut edits = Vec::new();
    walk(&module, &module.body, &is_idle, false, &mut edits);
    without(text, edits)
}

/// Collects what to remove; returns whether this is the whole block.
fn walk(
    module: &Module<'_>,
    block: &[Statement],
    is_idle: &impl Fn(&str) -> bool,
    is_inside: bool,
    edits: &mut Vec<Range<usize>>,
) -> bool {
    let mut left = 0;
    for statement in block {
        let goes = if statement.is_import(module) {
            import(module, statement, is_idle, edits)
        } else if is_inside && statement.assigns(module).is_some_and(is_idle) {
            true
        } else if statement.block.is_empty() {
            false
        } else {
            let is_inside = is_inside || statement.is_function(module);
            let all =
                walk(module, &statement.block, is_idle, is_inside && !statement.is_class(module), edits);
            all && statement.keyword(module) == "if"
        };
        if goes {
            edits.push(leaving(module.text, &statement.lines, left == 0));
        } else {
            left += 1;
        }
    }
    left == 0
}

/// Whether the whole import is removed; its unused names are removed in any case.
fn import(
    module: &Module<'_>,
    it: &Statement,
    is_idle: &impl Fn(&str) -> bool,
    edits: &mut Vec<Range<usize>>,
) -> bool {
    let names = imported(module, it);
    let idle: Vec<&Imported> = names.iter().filter(|name| is_idle(&name.bound)).collect();
    if idle.len() == names.len() {
        return !names.is_empty();
    }
    let parts: Vec<Range<usize>> = names.iter().map(|name| name.tokens.clone()).collect();
    let is_idle_part = |part: &Range<usize>| idle.iter().any(|name| name.tokens == *part);
    edits.extend(module.leaving_parts(&parts, is_idle_part));
    false
}

/// A name bound by an import.
pub(crate) struct Imported {
    pub(crate) bound: String,
    pub(crate) tokens: Range<usize>,
}

/// The names bound by an import.
pub(crate) fn imported(module: &Module<'_>, it: &Statement) -> Vec<Imported> {
    let Some(from) = it.head.clone().find(|token| module.word(*token) == "import") else { return Vec::new() };
    let (mut found, mut start) = (Vec::new(), from + 1);
    for token in from + 1..=it.head.end {
        let word = if token == it.head.end { "," } else { module.word(token) };
        match word {
            "(" => start = token + 1,
            "," | ")" => {
                if start < token {
                    let tokens = start..token;
                    let alias = tokens.clone().find(|token| module.word(*token) == "as");
                    let bound = module.word(alias.map_or(start, |alias| alias + 1)).to_owned();
                    found.push(Imported { bound, tokens });
                }
                start = token + 1;
            }
            _ => {}
        }
    }
    found
}

/// The module-level names of `texts` that were used elsewhere in `before` but are no longer used in `texts`. `kept` are
/// names with other users.
pub(crate) fn idle_definitions(
    texts: &[String],
    before: &[String],
    kept: &BTreeSet<String>,
) -> BTreeSet<String> {
    let total = |texts: &[String]| {
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        for text in texts {
            for (name, count) in counts_without_imports(text) {
                *all.entry(name).or_default() += count;
            }
        }
        all
    };
    let (now, then) = (total(texts), total(before));
    let mut found = BTreeSet::new();
    for text in texts {
        let module = Module::parse(text);
        let nested =
            module.body.iter().flat_map(|outer| &outer.block).filter(|inner| inner.is_class(&module));
        for statement in module.body.iter().chain(nested) {
            let name = statement.defines(&module).or_else(|| statement.assigns(&module));
            let Some(name) = name.filter(|name| !name.starts_with("__") && !kept.contains(*name)) else {
                continue;
            };
            let count = |all: &BTreeMap<String, usize>| all.get(name).copied().unwrap_or_default();
            let is_decorated = !statement.decorators.is_empty() && statement.is_function(&module);
            if count(&now) <= 1 && count(&then) > 1 && !is_decorated && !name.starts_with("test") {
                found.insert(name.to_owned());
            }
        }
    }
    found
}

/// Like [`counts`], but imports and `__all__` don't count as uses.
fn counts_without_imports(text: &str) -> BTreeMap<String, usize> {
    let module = Module::parse(text);
    let plain = module
        .body
        .iter()
        .filter(|statement| statement.is_import(&module) || statement.assigns(&module) == Some("__all__"));
    counts(&without(text, plain.map(|statement| statement.lines.clone()).collect()))
}

/// The text with its imports sorted if those of `before` were: the statements of a group, and the names of a statement.
/// Statements of `before` stay as they are.
pub(crate) fn sorted(text: &str, before: &str, line_length: usize) -> String {
    let order = Order::of(before);
    let old = Module::parse(before);
    let old_groups = groups(&old);
    let old_ones = || old_groups.iter().flatten();
    let module = Module::parse(text);
    let rewritten = |statement: &Statement| {
        let lines = &module.text[statement.lines.clone()];
        if old_ones().any(|it| old.text[it.lines.clone()] == *lines) {
            return lines.to_owned();
        }
        let same = old_ones().find(|it| path(&old, it) == path(&module, statement));
        let is_sorted =
            same.is_none_or(|it| imported(&old, it).is_sorted_by_key(|name| by_kind(&name.bound)));
        let lines = if is_sorted { ordered_names(&module, statement) } else { lines.to_owned() };
        wrapped(lines, line_length)
    };
    let mut out = text.to_owned();
    for group in groups(&module).into_iter().rev() {
        let Some(key) = order.statements else { break };
        let mut sorted: Vec<(Key, String)> =
            group.iter().map(|statement| (key(&module, statement), rewritten(statement))).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let lines: String = sorted.into_iter().map(|(_, lines)| lines).collect();
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        out.replace_range(first.lines.start..last.lines.end, &lines);
    }
    out
}

type Key = (u8, String, String);
type StatementKey = fn(&Module<'_>, &Statement) -> Key;

/// The import order of a file.
struct Order {
    statements: Option<StatementKey>,
}

/// `import x` before `from x import y`, as in isort and ruff.
fn plain_first(module: &Module<'_>, it: &Statement) -> Key {
    let is_from = u8::from(module.word(it.head.start) == "from");
    (is_from, path(module, it).to_lowercase(), path(module, it))
}

/// By module alone (`force-sort-within-sections`).
fn by_module(module: &Module<'_>, it: &Statement) -> Key {
    (0, path(module, it).to_lowercase(), path(module, it))
}

/// The imported module. Relative imports with the most dots come first.
fn path(module: &Module<'_>, it: &Statement) -> String {
    let end = it.head.clone().skip(1).find(|token| matches!(module.word(*token), "import" | "as" | ","));
    (it.head.start + 1..end.unwrap_or(it.head.end)).map(|token| module.word(token)).collect()
}

impl Order {
    fn of(text: &str) -> Self {
        let module = Module::parse(text);
        let groups = groups(&module);
        let keeps = |key: StatementKey| {
            groups.iter().all(|group| group.is_sorted_by(|a, b| key(&module, a) <= key(&module, b)))
        };
        let statements = [plain_first as StatementKey, by_module].into_iter().find(|key| keeps(*key));
        Self { statements }
    }
}

/// The lines of an import with its names sorted.
fn ordered_names(module: &Module<'_>, it: &Statement) -> String {
    let names = imported(module, it);
    let text = &module.text[it.lines.clone()];
    if module.word(it.head.start) != "from" || names.len() < 2 {
        return text.to_owned();
    }
    let span = |name: &Imported| {
        let last = module.tokens[name.tokens.end - 1].span.end;
        module.tokens[name.tokens.start].span.start..last
    };
    let written: Vec<&str> = names.iter().map(|name| &module.text[span(name)]).collect();
    let mut sorted = written.clone();
    sorted.sort_by_key(|name| by_kind(name));
    let mut out = text.to_owned();
    for (name, new) in names.iter().zip(&sorted).rev() {
        let span = span(name);
        out.replace_range(span.start - it.lines.start..span.end - it.lines.start, new);
    }
    out
}

/// Splits an import that is too long for one line, one name per line, as formatters do.
fn wrapped(lines: String, line_length: usize) -> String {
    let line = lines.trim_end_matches('\n');
    if line.chars().count() <= line_length || line.contains(['\n', '(', '#', '\\']) {
        return lines;
    }
    let indent = &line[..line.len() - line.trim_start().len()];
    let Some((from, names)) =
        line.split_once(" import ").filter(|(from, _)| from.trim_start().starts_with("from "))
    else {
        return lines;
    };
    let names: String = names.split(", ").flat_map(|name| [indent, "    ", name, ",\n"]).collect();
    format!("{from} import (\n{names}{indent})\n")
}

/// Constants, then classes, then the rest, each ignoring case.
fn by_kind(name: &str) -> (u8, String, String) {
    let is_constant = name.len() > 1 && name.chars().all(|c| !c.is_lowercase());
    let is_class = name.chars().next().is_some_and(char::is_uppercase);
    (
        if is_constant {
            0
        } else if is_class {
            1
        } else {
            2
        },
        name.to_lowercase(),
        name.to_owned(),
    )
}

/// Groups of adjacent imports, in any block.
fn groups<'m>(module: &'m Module<'_>) -> Vec<Vec<&'m Statement>> {
    let mut found: Vec<Vec<&Statement>> = Vec::new();
    let mut blocks: Vec<&[Statement]> = vec![&module.body];
    while let Some(block) = blocks.pop() {
        let mut end = usize::MAX;
        for statement in block {
            if !statement.is_import(module) {
                end = usize::MAX;
                blocks.push(&statement.block);
                continue;
            }
            match found.last_mut().filter(|_| statement.lines.start == end) {
                Some(group) => group.push(statement),
                None => found.push(vec![statement]),
            }
            end = statement.lines.end;
        }
    }
    found.sort_by_key(|group| group.first().map(|first| first.lines.start));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unused_imports_and_names_go() {
        let before = "from a import B, C\nimport d\n\n\ndef f():\n    x = 1\n    return B, C, d, x\n";
        let now = "from a import B, C\nimport d\n\n\ndef f():\n    x = 1\n    return B\n";
        assert_eq!(unused(now, before), "from a import B\n\n\ndef f():\n    return B\n");
        assert_eq!(
            unused("from a import B\n", "from a import B\n"),
            "from a import B\n",
            "it never was used"
        );
    }

    #[test]
    fn long_imports_are_wrapped() {
        let text = "from a import B, C\n";
        assert_eq!(sorted(text, "from a import B\n", 10), "from a import (\n    B,\n    C,\n)\n");
        assert_eq!(sorted(text, text, 10), text, "it isn't ours");
    }

    #[test]
    fn imports_are_sorted_where_they_were() {
        let before =
            "import os\n\nfrom app.a import A, b\nfrom app.order import Order\nfrom app.z import Z\n";
        let now =
            "import os\n\nfrom app.a import A, b\nfrom app.zoo import Zoo, AA, a\nfrom app.z import Z\n";
        let after =
            "import os\n\nfrom app.a import A, b\nfrom app.z import Z\nfrom app.zoo import AA, Zoo, a\n";
        assert_eq!(sorted(now, before, 88), after);
        let odd = "from app.a import b, A\nfrom app.m import a_very_long_name, another_very_long_name\n";
        assert_eq!(
            sorted(&format!("{odd}from app.b import B\n"), odd, 40),
            format!("from app.a import b, A\nfrom app.b import B\n{}", &odd[23..])
        );
        assert_eq!(
            sorted("from app.a import b, A, C\n", "from app.a import b, A\n", 88),
            "from app.a import b, A, C\n"
        );
        let unsorted = "from z import Z\nfrom a import A\n";
        assert_eq!(
            sorted("from z import Z\nfrom c import C\n", unsorted, 88),
            "from z import Z\nfrom c import C\n"
        );
    }
}
