//! What the editor's user sets, beside the project's own configuration: section `architrave`.

use serde::Deserialize;
use serde_json::Value;

/// What the editor's user sets.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Settings {
    /// Whose diagnostics are shown.
    pub(crate) diagnostic_mode: DiagnosticMode,
    /// What goes into the editor's log.
    pub(crate) log_level: LogLevel,
}

/// Whose diagnostics are shown.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DiagnosticMode {
    /// Those of open files.
    OpenFilesOnly,
    /// Those of all files.
    #[default]
    Workspace,
}

/// What goes into the editor's log.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum LogLevel {
    /// Nothing.
    Off,
    /// What went wrong.
    Error,
    /// What was left out.
    Warn,
    /// What was done.
    #[default]
    Info,
    /// How.
    Debug,
    /// Everything.
    Trace,
}

/// As written, each key by itself so that one that is wrong doesn't spoil the others.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Written {
    diagnostic_mode: Value,
    log_level: Value,
}

impl Settings {
    /// Reads settings: the section itself, or an object with the section in it (or under `settings`). What is not said
    /// keeps its default. The second value tells what could not be read.
    pub(crate) fn read(value: &Value) -> (Self, Vec<String>) {
        let section =
            value.get("architrave").or_else(|| value.get("settings").filter(|inner| inner.is_object()));
        let section = section.map_or(value, |inner| inner.get("architrave").unwrap_or(inner));
        // A list would be taken for the fields in order.
        let written: Written = section
            .is_object()
            .then(|| serde_json::from_value(section.clone()).ok())
            .flatten()
            .unwrap_or_default();
        let mut problems = Vec::new();
        let settings = Self {
            diagnostic_mode: one("diagnosticMode", written.diagnostic_mode, &mut problems),
            log_level: one("logLevel", written.log_level, &mut problems),
        };
        (settings, problems)
    }
}

fn one<T: Default + for<'de> Deserialize<'de>>(key: &str, value: Value, problems: &mut Vec<String>) -> T {
    if value.is_null() {
        return T::default();
    }
    serde_json::from_value(value).unwrap_or_else(|error| {
        problems.push(format!("setting architrave.{key}: {error}"));
        T::default()
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
        for (value, mode, level, problems) in cases {
            let (settings, found) = Settings::read(&value);
            assert_eq!(settings, Settings { diagnostic_mode: mode, log_level: level }, "{value}");
            assert_eq!(found.len(), problems, "{value} {found:?}");
        }
    }
}
