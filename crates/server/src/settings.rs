//! The user's settings in the editor, beside the project's own configuration: section `architrave`.
//!
//! | key | values | default |
//! | --- | --- | --- |
//! | `diagnosticMode` | `workspace`, `openFilesOnly` | `workspace` |
//! | `minimumLevel` | `error`, `warning`, `info`, `hint` | `hint` |
//! | `logLevel` | `off`, `error`, `warn`, `info`, `debug`, `trace` | `info` |
//! | `fixAll` | whether `source.fixAll` includes our safe fixes | `false` |
//! | `codeLens.enable` | | `true` |
//! | `codeLens.pictures` | whether lenses also show pictures of routes and entities | `false` |
//! | `inlayHints.enable` | | `true` |
//! | `completion.enable` | | `true` |

use config::Level;
use serde::Deserialize;
use serde_json::Value;

/// The user's settings in the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a separate switch of the user's")]
pub(crate) struct Settings {
    /// Which files' diagnostics are shown.
    pub(crate) diagnostic_mode: DiagnosticMode,
    /// Findings of a lower level are not shown.
    pub(crate) minimum_level: Level,
    /// The level of the editor's log.
    pub(crate) log_level: LogLevel,
    /// Whether an editor that requests `source.fixAll`, as many do on every save, gets our safe fixes too. They move
    /// imports, so this is off by default; `source.fixAll.architrave` includes them in any case.
    pub(crate) fix_all: bool,
    /// Whether there are code lenses.
    pub(crate) code_lens: bool,
    /// Whether lenses also offer the pictures of routes and entities. Off, since the menu of actions has them, and a
    /// second line above each handler is a lot.
    pub(crate) picture_lenses: bool,
    /// Whether there are inlay hints. On, since editors have their own setting, which is usually off.
    pub(crate) inlay_hints: bool,
    /// Whether there are completions.
    pub(crate) completion: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            diagnostic_mode: DiagnosticMode::default(),
            minimum_level: Level::Hint,
            log_level: LogLevel::default(),
            fix_all: false,
            code_lens: true,
            picture_lenses: false,
            inlay_hints: true,
            completion: true,
        }
    }
}

/// Which files' diagnostics are shown.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DiagnosticMode {
    /// Those of open files.
    OpenFilesOnly,
    /// Those of all files.
    #[default]
    Workspace,
}

/// The level of the editor's log.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum LogLevel {
    /// Nothing.
    Off,
    /// Errors.
    Error,
    /// Warnings.
    Warn,
    /// Activities.
    #[default]
    Info,
    /// Details.
    Debug,
    /// Everything.
    Trace,
}

impl Settings {
    /// Reads settings: the section itself, or an object that contains the section (possibly under `settings`). Missing
    /// keys keep their defaults. The second value lists what could not be read.
    pub(crate) fn read(value: &Value) -> (Self, Vec<String>) {
        let section =
            value.get("architrave").or_else(|| value.get("settings").filter(|inner| inner.is_object()));
        let section = section.map_or(value, |inner| inner.get("architrave").unwrap_or(inner));
        let mut problems = Vec::new();
        let default = Self::default();
        let settings = Self {
            diagnostic_mode: one(section, "diagnosticMode", default.diagnostic_mode, &mut problems),
            minimum_level: minimum_level(section, default.minimum_level, &mut problems),
            log_level: one(section, "logLevel", default.log_level, &mut problems),
            fix_all: one(section, "fixAll", default.fix_all, &mut problems),
            code_lens: one(section, "codeLens.enable", default.code_lens, &mut problems),
            picture_lenses: one(section, "codeLens.pictures", default.picture_lenses, &mut problems),
            inlay_hints: one(section, "inlayHints.enable", default.inlay_hints, &mut problems),
            completion: one(section, "completion.enable", default.completion, &mut problems),
        };
        (settings, problems)
    }
}

/// The value of a dotted key, written with dots or as nested objects.
fn at<'v>(section: &'v Value, key: &str) -> Option<&'v Value> {
    let nested = || key.split('.').try_fold(section, |value, part| value.get(part));
    section.get(key).or_else(nested).filter(|value| !value.is_null())
}

/// Reads one key by itself, so that an invalid one doesn't affect the others.
fn one<T: for<'de> Deserialize<'de>>(
    section: &Value,
    key: &str,
    default: T,
    problems: &mut Vec<String>,
) -> T {
    let Some(value) = at(section, key) else { return default };
    T::deserialize(value).unwrap_or_else(|error| {
        problems.push(format!("setting architrave.{key}: {error}"));
        default
    })
}

fn minimum_level(section: &Value, default: Level, problems: &mut Vec<String>) -> Level {
    let Some(value) = at(section, "minimumLevel") else { return default };
    let known = Level::ALL.into_iter().filter(|level| *level != Level::Off);
    known.clone().find(|level| value == level.as_str()).unwrap_or_else(|| {
        let known: Vec<&str> = known.map(Level::as_str).collect();
        problems.push(format!("setting architrave.minimumLevel: {value} is none of {}", known.join(", ")));
        default
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn table() {
        use DiagnosticMode::{OpenFilesOnly, Workspace};
        let cases = [
            (json!(null), Workspace, LogLevel::Info, 0),
            (json!({"diagnosticMode": "openFilesOnly"}), OpenFilesOnly, LogLevel::Info, 0),
            (json!({"architrave": {"logLevel": "debug"}}), Workspace, LogLevel::Debug, 0),
            (
                json!({"settings": {"architrave": {"diagnosticMode": "openFilesOnly"}}}),
                OpenFilesOnly,
                LogLevel::Info,
                0,
            ),
            (json!({"settings": {"logLevel": "off"}}), Workspace, LogLevel::Off, 0),
            (json!({"diagnosticMode": "all", "logLevel": "warn"}), Workspace, LogLevel::Warn, 1),
            (json!([1]), Workspace, LogLevel::Info, 0),
        ];
        for (value, diagnostic_mode, log_level, problems) in cases {
            let (settings, found) = Settings::read(&value);
            assert_eq!(settings, Settings { diagnostic_mode, log_level, ..Settings::default() }, "{value}");
            assert_eq!(found.len(), problems, "{value} {found:?}");
        }
    }

    #[test]
    fn switches() {
        let default = Settings::default();
        let cases = [
            (json!({ "fixAll": true }), Settings { fix_all: true, ..default }, 0),
            (json!({ "codeLens": { "enable": false } }), Settings { code_lens: false, ..default }, 0),
            (json!({ "codeLens.pictures": true }), Settings { picture_lenses: true, ..default }, 0),
            (json!({ "inlayHints.enable": false }), Settings { inlay_hints: false, ..default }, 0),
            (json!({ "completion": { "enable": null } }), default, 0),
            (json!({ "completion": { "enable": false } }), Settings { completion: false, ..default }, 0),
            (json!({ "completion": false }), default, 0),
            (json!({ "minimumLevel": "warning" }), Settings { minimum_level: Level::Warning, ..default }, 0),
            (json!({ "minimumLevel": "off" }), default, 1),
            (json!({ "minimumLevel": 3, "fixAll": "yes" }), default, 2),
        ];
        for (value, expected, problems) in cases {
            let (settings, found) = Settings::read(&value);
            assert_eq!(settings, expected, "{value}");
            assert_eq!(found.len(), problems, "{value} {found:?}");
        }
    }
}
