//! Logs: to standard error for whoever started the server, and to the editor as `window/logMessage`.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::outbox::Outbox;
use crate::proto::MessageType;
use crate::settings::LogLevel;

/// What standard error gets: a filter in the syntax of `tracing` (`debug`, `server=trace`). Without it, what went wrong
/// and what was left out: editors keep standard error as a log of errors. What was done goes to the editor alone.
const VARIABLE: &str = "ARCHITRAVE_LOG";

/// The way to the editor's log.
#[derive(Clone, Default)]
pub(crate) struct EditorLog {
    outbox: Arc<OnceLock<Outbox>>,
    level: Arc<AtomicU8>,
}

/// Starts logging. Where someone else has started it already, theirs stays.
pub(crate) fn start() -> EditorLog {
    let editor = EditorLog::default();
    editor.set_level(LogLevel::Info);
    let filter = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| EnvFilter::new("warn"));
    let stderr = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_filter(filter);
    let _ = tracing_subscriber::registry().with(stderr).with(editor.clone()).try_init();
    editor
}

impl EditorLog {
    /// From now on messages go to the editor.
    pub(crate) fn connect(&self, outbox: Outbox) {
        let _ = self.outbox.set(outbox);
    }

    /// What goes to the editor.
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
        // The libraries' own words are for standard error; what the transport logs would be logged as it is sent.
        let ours = [
            "architrave",
            "config",
            "flow",
            "ide",
            "model",
            "python",
            "refactor",
            "rules",
            "server",
            "source",
            "view",
            "workspace",
        ];
        if !self.wants(level) || !ours.contains(&target.split("::").next().unwrap_or_default()) {
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
