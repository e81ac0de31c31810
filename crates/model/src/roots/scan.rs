//! Scans the imports of a text line by line, without parsing it.
//!
//! Source roots must be known before anything else about a project, and parsing takes a hundred times longer than this
//! scan. Its results are only scored together with many others, so a line that merely looks like an import (in a string
//! that this scanner lost track of) is outweighed.

use super::vote::Probe;

/// The imports of `text` as probes, sorted, without duplicates.
pub(crate) fn scan(text: &str) -> Vec<Probe> {
    let mut probes = Vec::new();
    let mut lines = text.lines();
    let mut open_string = None;
    while let Some(line) = lines.next() {
        let statement = line.trim_start();
        if open_string.is_none() && is_import(statement) {
            let whole = join(statement, &mut lines);
            for part in whole.split(';') {
                read(part.trim(), &mut probes);
            }
        } else {
            open_string = string_open_after(line, open_string);
        }
    }
    probes.sort();
    probes.dedup();
    probes
}

fn is_import(statement: &str) -> bool {
    let statement = statement.strip_prefix("lazy ").unwrap_or(statement);
    let after = |word: &str| statement.strip_prefix(word).and_then(|rest| rest.chars().next());
    after("import").is_some_and(char::is_whitespace)
        || after("from").is_some_and(|c| c.is_whitespace() || c == '.')
}

/// Joins a statement with its continuation lines, without comments and parentheses.
fn join<'t>(first: &'t str, lines: &mut impl Iterator<Item = &'t str>) -> String {
    let mut whole = String::new();
    let mut line = first;
    let mut depth = 0i32;
    loop {
        let code = line.split('#').next().unwrap_or_default().trim_end();
        let (code, continues) = code.strip_suffix('\\').map_or((code, false), |code| (code, true));
        for c in code.chars() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            whole.push(if c == '(' || c == ')' { ' ' } else { c });
        }
        whole.push(' ');
        if depth <= 0 && !continues {
            return whole;
        }
        match lines.next() {
            Some(next) => line = next,
            None => return whole,
        }
    }
}

/// Reads one statement.
fn read(statement: &str, probes: &mut Vec<Probe>) {
    let statement = statement.strip_prefix("lazy ").unwrap_or(statement).trim_start();
    if let Some(names) = statement.strip_prefix("import ") {
        for name in names.split(',') {
            let module = name.split_whitespace().next().unwrap_or_default();
            probes.extend(Probe::new(0, module, None));
        }
        return;
    }
    let Some(rest) = statement.strip_prefix("from") else { return };
    let rest = rest.trim_start();
    let module = rest.trim_start_matches(['.', ' ']);
    let level = rest[..rest.len() - module.len()].matches('.').count();
    if level > 0 {
        probes.extend(Probe::new(u8::try_from(level).unwrap_or(u8::MAX), "", None));
        return;
    }
    let Some((module, names)) = module.split_once(" import ") else { return };
    let names = names.split(',').filter_map(|name| name.split_whitespace().next());
    probes.extend(names.filter_map(|name| Probe::new(0, module.trim(), (name != "*").then_some(name))));
}

/// The quotes of the multi-line string that is open after `line`, given the one that was open before.
fn string_open_after(line: &str, open: Option<&'static str>) -> Option<&'static str> {
    let mut rest = line;
    let mut open = open;
    loop {
        if let Some(quotes) = open {
            let Some(end) = rest.find(quotes) else { return open };
            rest = &rest[end + quotes.len()..];
            open = None;
        }
        let found = &rest[rest.find(['"', '\'', '#'])?..];
        if found.starts_with('#') {
            return None;
        }
        if let Some(quotes) = ["\"\"\"", "'''"].into_iter().find(|quotes| found.starts_with(quotes)) {
            open = Some(quotes);
            rest = &found[quotes.len()..];
        } else {
            rest = after_short_string(found);
        }
    }
}

/// The rest of `text` after the single-line string at its beginning.
fn after_short_string(text: &str) -> &str {
    let quote = text.as_bytes()[0];
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            _ if byte == quote => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The scanner agrees with the parser.
    #[test]
    fn as_parsed() {
        let texts = [
            "import os\nimport shop.orders\nfrom shop import total, price as p\n",
            "from .a import b\nfrom .. import c\nfrom ...d.e import f\nfrom . import (\n    g,\n    h,\n)\n",
            "from shop import (  # why\n    total,  # because\n    price,\n)\nimport a.b as c, d\n",
            "from shop \\\n    import total\nimport a; import b.c\n",
            "\"\"\"\nimport not_this\nfrom nor import this\n\"\"\"\nimport but.this\n",
            "x = '''a''' + \"\"\"b\nimport no\n\"\"\"\nimport yes.it\n",
            "x = \"it's\"  # ''' import\nimport one.two\ny = 'say \"\"\" to'\nimport three.four\n",
            "def f():\n    from shop.deep import x\n    return x\n",
            "try:\n    import fast.json\nexcept ImportError:\n    import slow.json\n",
            "from shop import *\nfrom shop.deep import *\n",
            "important = 1\nfrom_here = 2\nimported(1)\n",
            "import\nfrom\nfrom x\nimport ,\n",
            "s = '''\n# ' \" not a comment\nimport no\n'''\nimport yes.it\n",
        ];
        for text in texts {
            let module = python::lower(text, &python::parse(text));
            assert_eq!(scan(text), Probe::of(&module.imports), "{text}");
        }
    }
}
