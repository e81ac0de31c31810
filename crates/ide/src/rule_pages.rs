//! The pages of rules, as an editor shows them: the rule's documentation, and its level here.

use std::fmt::Write as _;

use camino::Utf8Path;
use config::{Config, Level};
use view::{LevelSource, Rule};
use workspace::Snapshot;

/// A rule in the list of all.
#[derive(Debug, Clone, Copy)]
pub struct RuleRow {
    /// The rule.
    pub rule: &'static Rule,
    /// Its highest level in any opened folder, or its default if none is open.
    pub level: Level,
}

/// All rules, by id.
pub fn rule_list(snapshot: &Snapshot) -> Vec<RuleRow> {
    let levels = |rule| levels(snapshot, rule).into_iter().map(|(level, _)| level).max();
    let row = |rule: &&'static Rule| RuleRow { rule, level: levels(rule).unwrap_or(rule.level) };
    rules::ALL.iter().map(row).collect()
}

/// The page of the rule `id`: the same Markdown as `architrave explain`, with the rule's level in each opened folder
/// below the title.
pub fn rule_page(snapshot: &Snapshot, id: &str) -> Option<String> {
    let rule = rules::by_id(id)?;
    let page = rule.page().trim_end();
    let (title, body) = page.split_once("\n\n").unwrap_or((page, ""));
    let mut out = format!("{title}\n\n");
    let levels = levels(snapshot, rule);
    let bullet = if levels.len() > 1 { "- " } else { "" };
    for (level, said) in &levels {
        let _ = writeln!(out, "{bullet}**{}**{said}", level.as_str());
    }
    if levels.is_empty() {
        let _ = writeln!(out, "**{}** unless configured otherwise", rule.level.as_str());
    }
    let _ = write!(out, "\n{body}");
    out.truncate(out.trim_end().len());
    Some(out)
}

/// The level in each opened folder and in each separately configured folder below, with the text that follows it. Equal
/// levels with the same reason are listed once.
fn levels(snapshot: &Snapshot, rule: &'static Rule) -> Vec<(Level, String)> {
    let db = snapshot.db();
    let mut levels: Vec<(Level, String)> = Vec::new();
    for project in snapshot.projects() {
        let configs = &project.configs(db).list;
        let root = project.root(db);
        let default = Config::default();
        let governs_root = configs.iter().any(|config| root.starts_with(&config.folder));
        let without = (!governs_root).then_some(&default);
        for config in without.into_iter().chain(configs.iter().map(AsRef::as_ref)) {
            let (level, source) = view::level_in(config, rule);
            let mut said = match source {
                LevelSource::Rule => " by default".to_owned(),
                LevelSource::Preset(preset) => format!(" by the preset `{}`", preset.name),
                LevelSource::Configuration => " as configured".to_owned(),
            };
            if configs.len() + usize::from(!governs_root) > 1 {
                let folder = config.folder.strip_prefix(root).unwrap_or(&config.folder);
                let folder = if folder == Utf8Path::new("") { Utf8Path::new(".") } else { folder };
                let _ = write!(said, " in `{folder}`");
            }
            let overridden = config.overrides.iter().filter(|entry| entry.rules.contains_key(rule.id));
            let paths: Vec<String> = overridden
                .flat_map(|entry| &entry.paths)
                .map(|path| format!("`{}`", path.as_str()))
                .collect();
            if !paths.is_empty() {
                let _ = write!(said, "; set otherwise for {}", paths.join(", "));
            }
            if !levels.contains(&(level, said.clone())) {
                levels.push((level, said));
            }
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// The lines between the title and the first section.
    fn levels(files: &str) -> String {
        let snapshot = Fixture::new(files).workspace.snapshot();
        let page = rule_page(&snapshot, "hidden-import").expect("there is such a rule");
        let rest = page.strip_prefix("# hidden-import\n\n").expect("the title comes first");
        let (levels, page) = rest.split_once("\n\n## ").expect("then the levels, then the page");
        assert!(page.contains("## Why") && !page.contains("## Edge cases"));
        levels.to_owned()
    }

    #[test]
    fn a_page_says_the_level_that_the_rule_has_here() {
        let default = levels("//- /a.py\n");
        assert_eq!(default, "**warning** by default");
        assert_eq!(
            levels("//- /architrave.toml\n[rules]\nhidden-import = 'error'\n"),
            "**error** as configured"
        );
        assert_eq!(
            levels(
                "//- /architrave.toml\npresets = ['strict']\n[[overrides]]\npaths = ['scripts/']\nrules = { hidden-import = 'off' }\n"
            ),
            "**warning** by the preset `strict`; set otherwise for `scripts/`"
        );
        assert_eq!(
            levels("//- /svc/architrave.toml\n[rules]\nhidden_import = 'off'\n//- /svc/a.py\n"),
            "- **warning** by default in `.`\n- **off** as configured in `svc`"
        );
    }

    #[test]
    fn the_list_has_all_rules_with_their_level() {
        let fixture = Fixture::new("//- /architrave.toml\n[rules]\nhidden-import = 'error'\n");
        let list = rule_list(&fixture.workspace.snapshot());
        assert_eq!(list.len(), rules::ALL.len());
        let hidden = list.iter().find(|row| row.rule.id == "hidden-import").expect("it is there");
        assert_eq!(hidden.level, Level::Error);
        assert_eq!(rule_page(&fixture.workspace.snapshot(), "nonsense"), None);
    }
}
