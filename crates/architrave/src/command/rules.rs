//! `architrave rules`: all rules, with their levels in each preset.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::bail;
use serde::Serialize;
use view::{Preset, Rule};

use crate::arguments::{Rules, TextOrJson};
use crate::exit::Exit;
use crate::output::{write_json, write_table};

/// The whole report; its shape is a contract.
#[derive(Debug, Serialize)]
struct Report {
    schema: u32,
    /// The preset whose levels are shown, if requested.
    preset: Option<&'static str>,
    presets: Vec<Listed>,
    rules: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Listed {
    name: &'static str,
    summary: &'static str,
    /// By rule, then by name.
    options: BTreeMap<&'static str, BTreeMap<&'static str, String>>,
}

#[derive(Debug, Serialize)]
struct Row {
    id: &'static str,
    group: &'static str,
    summary: &'static str,
    /// The effective level: under the requested preset, or the default.
    level: &'static str,
    /// The level that each preset sets; `None` if it doesn't change the rule.
    presets: BTreeMap<&'static str, Option<&'static str>>,
    has_fix: bool,
    since: &'static str,
}

/// Lists the rules.
///
/// # Errors
/// If the preset is unknown; the message names the nearest known one.
pub(crate) fn run(options: &Rules) -> anyhow::Result<Exit> {
    let preset = options.preset.as_deref().map(named).transpose()?;
    let rows = rules::ALL.iter().map(|rule| row(rule, preset)).collect();
    let mut out = std::io::stdout().lock();
    match options.output_format {
        TextOrJson::Json => {
            let presets = Preset::ALL.iter().map(listed).collect();
            let preset = preset.map(|preset| preset.name);
            write_json(&mut out, &Report { schema: 1, preset, presets, rules: rows })?;
        }
        TextOrJson::Text => write_text(&mut out, &rows, preset)?,
    }
    Ok(Exit::Clean)
}

fn named(name: &str) -> anyhow::Result<&'static Preset> {
    if let Some(preset) = Preset::by_name(name) {
        return Ok(preset);
    }
    let names: Vec<&str> = Preset::ALL.iter().map(|preset| preset.name).collect();
    match config::nearest(name, names.iter().copied()) {
        Some(near) => bail!("no preset is called `{name}`; did you mean `{near}`?"),
        None => bail!("no preset is called `{name}`; there are {}", names.join(", ")),
    }
}

fn listed(preset: &'static Preset) -> Listed {
    let mut options: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for rule in rules::ALL {
        for (name, value) in preset.options(rule) {
            options.entry(rule.id).or_default().insert(name, value.to_toml());
        }
    }
    Listed { name: preset.name, summary: preset.summary, options }
}

fn row(rule: &'static Rule, preset: Option<&Preset>) -> Row {
    let level = preset.and_then(|preset| preset.level(rule)).unwrap_or(rule.level);
    let in_presets = Preset::ALL.iter();
    Row {
        id: rule.id,
        group: rule.group.as_str(),
        summary: rule.summary,
        level: level.as_str(),
        presets: in_presets
            .map(|preset| (preset.name, preset.level(rule).map(config::Level::as_str)))
            .collect(),
        has_fix: rule.has_fix,
        since: rule.since,
    }
}

fn write_text(out: &mut impl Write, rows: &[Row], preset: Option<&'static Preset>) -> anyhow::Result<()> {
    let fix = |row: &Row| if row.has_fix { "fix" } else { "-" }.to_owned();
    if let Some(preset) = preset {
        writeln!(out, "{}: {}\n", preset.name, preset.summary)?;
        let lines: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let cells = [row.id, row.group, row.level].map(str::to_owned);
                cells.into_iter().chain([fix(row), row.since.to_owned(), row.summary.to_owned()]).collect()
            })
            .collect();
        write_table(out, &["rule", "group", "level", "fix", "since", "reports"], &lines)?;
        for rule in rules::ALL {
            for (name, value) in preset.options(rule) {
                writeln!(out, "\n{}: {name} = {}", rule.id, value.to_toml())?;
            }
        }
        return Ok(());
    }
    let names = Preset::ALL.iter().map(|preset| preset.name);
    let heads: Vec<&str> =
        ["rule", "group"].into_iter().chain(names.clone()).chain(["fix", "since"]).collect();
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let levels = names.clone().map(|name| row.presets[name].unwrap_or("-").to_owned());
            let ends = [fix(row), row.since.to_owned()];
            [row.id, row.group].map(str::to_owned).into_iter().chain(levels).chain(ends).collect()
        })
        .collect();
    write_table(out, &heads, &lines)
}
