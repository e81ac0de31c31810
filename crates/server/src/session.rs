//! All mutable state of the server. Stays on the main loop's thread.

mod answers;
mod architecture;
mod baselines;
mod diagnostics;
mod indexing;
mod pulls;
mod typing;

use std::sync::Arc;
use std::time::{Duration, Instant};

use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use crossbeam_channel::{Receiver, Sender, unbounded};
use source::FileSystem;
use workspace::{Applied, Change, Workspace};

use crate::clients::Identity;
use crate::diagnostics::{Published, Pulls, Schedule, Typing};
use crate::documents::Documents;
use crate::drawing::Drawings;
use crate::event::Event;
use crate::found::{Found, Note};
use crate::indexing::{AGAIN_FROM, Indexing};
use crate::lifecycle::Lifecycle;
use crate::log::EditorLog;
use crate::outbox::Outbox;
use crate::pool::Pool;
use crate::proto::Features;
use crate::settings::Settings;
use crate::view::View;
use crate::watcher::Watcher;

/// A slower write is logged: it waits for readers, and one of them did not finish.
const SLOW: Duration = Duration::from_secs(1);

pub(crate) use answers::Question;

/// All mutable state of the server.
pub(crate) struct Session {
    /// The time of the current turn: an input like any other.
    pub(crate) now: Instant,
    /// The number of times that documents were opened, edited or closed.
    pub(crate) edits: u64,
    pub(crate) file_system: Arc<dyn FileSystem>,
    pub(crate) workspace: Workspace,
    pub(crate) documents: Documents,
    pub(crate) features: Arc<Features>,
    pub(crate) settings: Settings,
    pub(crate) client: Identity,
    pub(crate) outbox: Outbox,
    pub(crate) inbox: Sender<Event>,
    pub(crate) log: EditorLog,
    pub(crate) pool: Pool,
    pub(crate) indexing: Indexing,
    pub(crate) schedule: Schedule,
    pub(crate) typing: Typing,
    /// The last findings of open documents, as far as recorded.
    pub(crate) found: Found,
    notes: Sender<Note>,
    noted: Receiver<Note>,
    pub(crate) published: Published,
    pub(crate) pulls: Pulls,
    pub(crate) drawings: Drawings,
    pub(crate) watcher: Option<Watcher>,
    pub(crate) lifecycle: Lifecycle,
    pub(crate) is_initialized: bool,
    pub(crate) is_shut_down: bool,
    /// Whether the user was notified that notebooks are not supported.
    pub(crate) has_seen_notebook: bool,
}

impl Session {
    pub(crate) fn new(
        file_system: Arc<dyn FileSystem>,
        store: Store,
        outbox: Outbox,
        inbox: Sender<Event>,
        log: EditorLog,
        pool: Pool,
        lifecycle: Lifecycle,
    ) -> Self {
        let (notes, noted) = unbounded();
        Self {
            now: Instant::now(),
            edits: 0,
            workspace: Workspace::new(Arc::clone(&file_system)).keeping(store),
            file_system,
            documents: Documents::default(),
            features: Arc::default(),
            settings: Settings::default(),
            client: Identity::default(),
            outbox,
            inbox,
            log,
            pool,
            indexing: Indexing::default(),
            schedule: Schedule::default(),
            typing: Typing::default(),
            found: Found::default(),
            notes,
            noted,
            published: Published::default(),
            pulls: Pulls::default(),
            drawings: Drawings::default(),
            watcher: None,
            lifecycle,
            is_initialized: false,
            is_shut_down: false,
            has_seen_notebook: false,
        }
    }

    /// Begins a turn at time `now`, and records what jobs have found so far.
    pub(crate) fn begin_turn(&mut self, now: Instant) {
        self.now = now;
        while let Ok(note) = self.noted.try_recv() {
            self.found.take_in(note);
        }
    }

    /// Forgets the findings of a closed document, including those of its last readers.
    pub(crate) fn forget_found(&mut self, path: &Utf8Path) {
        self.begin_turn(self.now);
        self.found.forget(path);
    }

    /// Puts an event into the inbox.
    pub(crate) fn note(&self, event: Event) {
        // The loop that receives it is the one that we run on.
        let _ = self.inbox.send(event);
    }

    /// Applies changes; `edited` are the documents that they are about.
    pub(crate) fn apply(&mut self, changes: Vec<Change>, edited: Vec<Utf8PathBuf>) {
        let applied = self.write(changes);
        // A document opened with the same text as on disk changes nothing, but has to be checked.
        if applied.changed || !edited.is_empty() {
            self.pulls.note_edited(&edited);
            self.schedule.changed(edited, self.now);
        }
    }

    /// Applies changes and text typed before, and handles files added or removed.
    fn write(&mut self, changes: Vec<Change>) -> Applied {
        let (readers, began) = (self.workspace.outstanding(), Instant::now());
        let of_documents =
            |change: &Change| matches!(change, Change::Open { .. } | Change::Edit { .. } | Change::Close(_));
        self.edits += u64::from(changes.iter().any(of_documents));
        let applied = self.workspace.apply(changes);
        if began.elapsed() > SLOW {
            tracing::warn!(
                "a write took {:.1} s; {readers} readers were under way",
                began.elapsed().as_secs_f64()
            );
        }
        log_refused(&applied);
        self.follow(&applied);
        applied
    }

    fn follow(&mut self, applied: &Applied) {
        if applied.structural {
            self.follow_folders(&[]);
        }
        if (applied.structural && !self.indexing.is_complete) || applied.contents >= AGAIN_FROM {
            self.start_index();
        }
    }

    /// Applies settings, whatever their source.
    pub(crate) fn set_settings(&mut self, value: &serde_json::Value) {
        let (settings, problems) = Settings::read(value);
        for problem in problems {
            tracing::warn!("{problem}");
        }
        if settings != self.settings {
            self.settings = settings;
            self.log.set_level(settings.log_level);
            self.everything_changed();
        }
    }

    /// Opens folders, after completing or rolling back what an interrupted run left half-done in them.
    pub(crate) fn open_folders(&mut self, mut changes: Vec<Change>, folders: Vec<Utf8PathBuf>) {
        for folder in &folders {
            match source::recover(&*self.file_system, folder, source::Patience::Short) {
                Ok(None) => {}
                Ok(Some(recovered)) => tracing::warn!("{folder}: {recovered}"),
                Err(error) => tracing::error!("{folder}: {error}"),
            }
        }
        changes.extend(folders.into_iter().map(Change::AddFolder));
        self.apply(changes, Vec::new());
    }

    /// Makes our own watcher, if any, watch the current folders.
    pub(crate) fn follow_folders(&mut self, also: &[Utf8PathBuf]) {
        if let Some(watcher) = &mut self.watcher {
            watcher.follow(&self.workspace.snapshot(), also);
        }
    }

    /// What a job may read now.
    pub(crate) fn view(&self) -> View {
        View {
            snapshot: self.workspace.snapshot(),
            documents: self.documents.clone(),
            features: Arc::clone(&self.features),
            settings: self.settings,
            typing: Arc::clone(self.typing.paths()),
            found: self.found.clone(),
            notes: self.notes.clone(),
            outbox: self.outbox.clone(),
            is_indexed: self.indexing.is_complete,
        }
    }
}

fn log_refused(applied: &Applied) {
    for refusal in &applied.refused {
        tracing::warn!("{}: left out, since {}", refusal.path, refusal.reason);
    }
}

/// Panics if a test has requested it: `ARCHITRAVE_TEST_PANIC=textDocument/hover`. Never in a release.
pub(crate) fn provoke_panic(method: &str) {
    let wanted =
        cfg!(debug_assertions) && std::env::var("ARCHITRAVE_TEST_PANIC").is_ok_and(|wanted| wanted == method);
    assert!(!wanted, "a test asked {method} to panic");
}
