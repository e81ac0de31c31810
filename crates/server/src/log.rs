//! Logs: to standard error, and to the editor as `window/logMessage`.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::outbox::Outbox;
use crate::proto::MessageType;
use crate::settings::LogLevel;

/// The filter for standard error in the syntax of `tracing` (`debug`, `server=trace`). By default errors and warnings:
/// editors keep standard error as an error log. Informational messages go only to the editor.
const VARIABLE: &str = "ARCHITRAVE_LOG";

/// The connection to the editor's log.
#[derive(Clone, Default)]
pub(crate) struct EditorLog {
    outbox: Arc<OnceLock<Outbox>>,
    level: Arc<AtomicU8>,
}

/// Starts logging. If logging was already started elsewhere, that stays.
pub(crate) fn start() -> EditorLog {
    let editor = EditorLog::default();
    editor.set_level(LogLevel::Info);
    let filter = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| EnvFilter::new("warn"));
    let stderr = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        // A request's span ends with its waiting and working time.
        .with_span_events(FmtSpan::CLOSE)
        .with_filter(filter);
    let _ = tracing_subscriber::registry().with(stderr).with(editor.clone()).try_init();
    editor
}

impl EditorLog {
    /// From now on messages go to the editor.
    pub(crate) fn connect(&self, outbox: Outbox) {
        let _ = self.outbox.set(outbox);
    }

    /// Sets the level for the editor.
    pub(crate) fn set_level(&self, level: LogLevel) {
        self.level.store(level as u8, Ordering::Relaxed);
    }

    fn wants(&self, level: Level) -> bool {
        let rank = match level {
            Level::ERROR => LogLevel::Error,
            Level::WARN => LogLevel::Warn,
            Level::INFO => LogLevel::Info,
            Level::DEBUG => LogLevel::Debug,
            Level::TRACE => LogLevel::Trace,
        };
        rank as u8 <= self.level.load(Ordering::Relaxed)
    }
}

impl<S: Subscriber> Layer<S> for EditorLog {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let level = *event.metadata().level();
        let target = event.metadata().target();
        // Logs of libraries go only to standard error; logging the transport here would recurse.
        if !self.wants(level) || !is_ours(target) {
            return;
        }
        let Some(outbox) = self.outbox.get() else { return };
        let mut words = Words::default();
        event.record(&mut words);
        let kind = match level {
            Level::ERROR => MessageType::ERROR,
            Level::WARN => MessageType::WARNING,
            Level::INFO => MessageType::INFO,
            Level::DEBUG | Level::TRACE => MessageType::LOG,
        };
        outbox.log(kind, words.message + &words.fields);
    }
}

/// Whether `target` belongs to a crate of this workspace.
fn is_ours(target: &str) -> bool {
    static OURS: OnceLock<Vec<&str>> = OnceLock::new();
    let ours = OURS.get_or_init(|| {
        // The members among the dependencies, and the binary, which is not a dependency of any.
        let members = MANIFEST.lines().filter(|line| line.contains("path = \"crates/"));
        members.filter_map(|line| line.split_whitespace().next()).chain(["architrave"]).collect()
    });
    target.split("::").next().is_some_and(|name| ours.contains(&name))
}

/// The manifest of the workspace, which names its crates.
const MANIFEST: &str = include_str!("../../../Cargo.toml");

#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // Writing to a string does not fail.
        let _ = if field.name() == "message" {
            write!(self.message, "{value:?}")
        } else {
            write!(self.fields, " {}={value:?}", field.name())
        };
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_crate_reaches_the_editors_log_and_no_library_does() {
        let mut seen = 0;
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).unwrap() {
            let entry = entry.unwrap();
            if entry.path().join("Cargo.toml").exists() {
                let name = entry.file_name().into_string().unwrap();
                assert!(is_ours(&name) && is_ours(&format!("{name}::inner")), "{name}");
                seen += 1;
            }
        }
        assert!(seen >= 10, "{seen}");
        for library in ["tower_lsp", "tower_lsp_server::transport", "salsa", "notify", ""] {
            assert!(!is_ours(library), "{library}");
        }
    }
}
