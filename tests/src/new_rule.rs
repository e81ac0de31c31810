//! The skeleton of a new rule: its file, its page with an example that isn't found yet, and its two lines in the lists.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};

/// Writes the files for a rule called `name` in `group` into the workspace at `root`, and returns their paths.
///
/// # Errors
/// If the name isn't kebab-case or is taken, the group is unknown, or a file can't be read or written. Only in the last
/// case may some files have been written.
pub fn new_rule(root: &Path, group: &str, name: &str) -> anyhow::Result<Vec<PathBuf>> {
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    ensure!(
        name.starts_with(|first: char| first.is_ascii_lowercase()) && name.split('-').all(is_word),
        "`{name}` is no name for a rule: lowercase words joined by `-`"
    );
    let mut groups: Vec<&str> = rules::ALL.iter().map(|rule| rule.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    ensure!(groups.contains(&group), "there is no group `{group}`; known are {}", groups.join(", "));

    let stem = name.replace('-', "_");
    let source = root.join("crates/rules/src");
    let (group_file, registry_file) = (source.join(format!("{group}.rs")), source.join("registry.rs"));
    let registry = fs::read_to_string(&registry_file).context("the list of rules can't be read")?;
    let modules = fs::read_to_string(&group_file).context("the group can't be read")?;
    let (rule_file, page_file) =
        (source.join(group).join(format!("{stem}.rs")), source.join(group).join(format!("{stem}.md")));
    if registry.contains(&format!("::{stem}::RULE,")) || rule_file.exists() || page_file.exists() {
        bail!("there is a rule called `{name}`");
    }
    let listed = with_line(&registry, &format!("    &{group}::{stem}::RULE,"), |line| {
        let entry = line.strip_prefix("    &")?.strip_suffix("::RULE,")?;
        entry.rsplit("::").next().map(str::to_owned)
    })
    .context("the list of rules has no entries")?;
    let declared = with_line(&modules, &format!("pub(crate) mod {stem};"), |line| {
        let rest = line.strip_prefix("pub(crate) ").unwrap_or(line);
        Some(rest.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    })
    .context("the group has no modules")?;

    let files = [
        (rule_file, rule(group, name, &stem)),
        (page_file, page(name)),
        (group_file, declared),
        (registry_file, listed),
    ];
    for (path, text) in &files {
        fs::write(path, text).with_context(|| format!("{} can't be written", path.display()))?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// Inserts `line` into `text` among the lines that have a key, in the order of keys.
fn with_line(text: &str, line: &str, key: impl Fn(&str) -> Option<String>) -> Option<String> {
    let own = key(line)?;
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.iter().rposition(|line| key(line).is_some())?;
    let behind = lines.iter().position(|line| key(line).is_some_and(|other| other > own));
    let mut lines = lines;
    lines.insert(behind.unwrap_or(last + 1), line);
    Some(lines.join("\n") + "\n")
}

fn rule(group: &str, name: &str, stem: &str) -> String {
    let mut variant = group.to_owned();
    variant[..1].make_ascii_uppercase();
    format!(
        r#"//! What it reports, in one line.

use config::Level;
use view::{{Context, Findings, Group, InPresets, Rule}};

pub(crate) static RULE: Rule = Rule {{
    id: "{name}",
    group: Group::{variant},
    summary: "what it reports, in one line",
    level: Level::Warning,
    since: "{}",
    docs: include_str!("{stem}.md"),
    options: &[],
    has_fix: false,
    presets: InPresets {{ strict: Some(Level::Warning), ..InPresets::KEEP }},
    judges: Rule::CODE,
    check,
}};

fn check(_cx: &Context<'_>, _out: &mut Findings<'_>) {{
    // `out.add(span, Key::new("names of the code, never of lines"), "a message")` reports a finding.
}}
"#,
        env!("CARGO_PKG_VERSION")
    )
}

fn page(name: &str) -> String {
    format!(
        r#"# {name}

## What it reports

One paragraph.

## Why

One paragraph.

## Example

```python path=shop/orders.py
total = 1  # finding: {name} "a part of the message"
```

## Instead

```python path=shop/orders.py
total = 1
```

## Options

None.

## Limits

What it doesn't see.

## Edge cases
"#
    )
}
