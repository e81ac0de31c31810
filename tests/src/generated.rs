//! The files generated from the list of rules: the table in `README.md`, the tables of the page on presets, and the
//! schema of the configuration. `cargo run -p tests --bin generate` writes them, and a test checks that they are up to
//! date.

mod schema;

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

pub use schema::schema;
use view::Preset;

/// The command that updates the generated files.
pub const COMMAND: &str = "cargo run -p tests --bin generate";

/// A file that is generated, entirely or in part.
#[derive(Debug)]
pub struct Generated {
    /// Relative to the workspace.
    pub path: &'static str,
    /// The current contents.
    pub now: String,
    /// The expected contents.
    pub wanted: String,
}

impl Generated {
    /// Whether it matches the list of rules.
    pub fn is_current(&self) -> bool {
        self.now == self.wanted
    }
}

/// All generated files of the workspace at `root`.
///
/// # Errors
/// If a file can't be read, or has no place for the generated part.
pub fn generated(root: &Path) -> io::Result<[Generated; 3]> {
    let file = |path: &'static str, wanted: fn(&str) -> Option<String>| {
        let now = fs::read_to_string(root.join(path))?;
        let lacks = || io::Error::other(format!("{path} has no place for what is generated"));
        Ok::<_, io::Error>(Generated { path, wanted: wanted(&now).ok_or_else(lacks)?, now })
    };
    Ok([
        file("README.md", readme)?,
        file("crates/view/src/presets.md", presets_page)?,
        file("editors/architrave.schema.json", |_| {
            Some(serde_json::to_string_pretty(&schema()).expect("JSON can be written") + "\n")
        })?,
    ])
}

/// The README with the table of rules, which ends at the first line that isn't a row.
fn readme(now: &str) -> Option<String> {
    const HEAD: &str = "| rule | level | reports |\n| --- | --- | --- |\n";
    let (before, rest) = now.split_once(HEAD)?;
    let rows: usize = rest.split_inclusive('\n').take_while(|line| line.starts_with('|')).map(str::len).sum();
    let mut out = format!("{before}{HEAD}");
    for rule in rules::ALL {
        let _ = writeln!(out, "| `{}` | {} | {} |", rule.id, rule.level.as_str(), rule.summary);
    }
    Some(out + &rest[rows..])
}

/// The page on presets, whose last part is generated.
fn presets_page(now: &str) -> Option<String> {
    const HEAD: &str = "## Levels\n";
    let (prose, _) = now.split_once(HEAD)?;
    let names: Vec<&str> = Preset::ALL.iter().map(|preset| preset.name).collect();
    let mut out = format!(
        "{prose}{HEAD}\n| rule | {} | fix |\n|{}\n",
        names.join(" | "),
        " --- |".repeat(names.len() + 2)
    );
    for rule in rules::ALL {
        let level = |preset: &Preset| preset.level(rule).map_or("", config::Level::as_str);
        let levels: Vec<&str> = Preset::ALL.iter().map(level).collect();
        let fix = if rule.has_fix { "yes" } else { "" };
        let _ = writeln!(out, "| `{}` | {} | {fix} |", rule.id, levels.join(" | "));
    }
    out.push_str("\nOptions:\n\n");
    for preset in Preset::ALL {
        for rule in rules::ALL {
            for (name, value) in preset.options(rule) {
                let _ = writeln!(out, "- `{}`: `{}.{name}` is `{}`", preset.name, rule.id, value.to_toml());
            }
        }
    }
    Some(out)
}
