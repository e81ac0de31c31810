//! A test bench for the session: no process, no threads of its own, no clock. A test decides the order of events, does
//! the work when it likes, and advances the time; so orderings that a real client causes once in a thousand runs occur
//! in every run.
//!
//! The writer waits for readers, so work is done before the next notification: what is delayed is not the work but its
//! results ([`Bench::keep_back`]). Only edits of a document that was checked before leave work queued, because they
//! wait for nothing.
#![allow(clippy::unwrap_used)]

mod edits;
mod ends;
mod pulls;
mod stale;

use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, unbounded};
use serde_json::{Value, json};
use source::MemoryFileSystem;
use tokio::sync::oneshot;

use crate::answer::Reply;
use crate::event::{Event, FromClient};
use crate::lifecycle::Lifecycle;
use crate::log::EditorLog;
use crate::main_loop;
use crate::outbox::{Door, Message, Waiting, outbox};
use crate::pool::{Job, Pool};
use crate::proto;
use crate::session::Session;

/// Has one finding, known at once from the file alone: an import inside a function.
const LATE: &str = "def f():\n    from shop.db import save\n    return save(1)\n";

/// The same module without it.
const FINE: &str = "def f():\n    return 1\n";

/// Longer than any of the server's delays.
const LONG: Duration = Duration::from_secs(5);

/// A session on the bench.
struct Bench {
    session: Session,
    files: Arc<MemoryFileSystem>,
    inbox: Receiver<Event>,
    jobs: [Receiver<Job>; 3],
    waiting: Waiting,
    door: Door,
    sent: Vec<Message>,
    kept_back: Vec<Event>,
}

/// A pending answer.
type Answer<T> = oneshot::Receiver<proto::Result<T>>;

impl Bench {
    /// A session that has begun to read `/p`, which contains these files.
    fn new(files: &[(&str, &str)], capabilities: &Value) -> Self {
        let files = files.iter().map(|(path, text)| (format!("/p/{path}"), *text));
        let files = Arc::new(MemoryFileSystem::with_files(files));
        let (outbox, waiting) = outbox();
        let (sender, inbox) = unbounded();
        let (pool, jobs) = Pool::without_threads();
        let (files_of_session, log) = (Arc::clone(&files) as _, EditorLog::default());
        let session = Session::new(
            files_of_session,
            cache::Store::off(),
            outbox,
            sender,
            log,
            pool,
            Lifecycle::default(),
        );
        let mut bench = Self {
            session,
            files,
            inbox,
            jobs,
            waiting,
            door: Door::default(),
            sent: Vec::new(),
            kept_back: Vec::new(),
        };
        let mut capabilities = capabilities.clone();
        // Otherwise the session would start a watcher with its own thread.
        capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
        let params = json!({
            "capabilities": capabilities,
            "workspaceFolders": [{ "uri": "file:///p", "name": "p" }],
        });
        let answer = bench.ask(FromClient::Initialize, params);
        drop(answer);
        bench
    }

    /// A client that receives pushed diagnostics, ready and with the project known.
    fn pushed(files: &[(&str, &str)]) -> Self {
        let versions = json!({ "textDocument": { "publishDiagnostics": { "versionSupport": true } } });
        Self::new(files, &versions).ready()
    }

    /// A client that pulls diagnostics, ready and with the project known.
    fn pulling(files: &[(&str, &str)]) -> Self {
        Self::new(files, &asks()).ready()
    }

    fn ready(mut self) -> Self {
        self.take(Event::Client(FromClient::Initialized(Box::new(proto::InitializedParams {}))));
        self.finish();
        self
    }

    /// Processes one event, like the main loop.
    fn take(&mut self, event: Event) {
        self.session.begin_turn(self.session.now);
        let mut next = Some(event);
        while let Some(event) = next {
            next = main_loop::take(&mut self.session, event, &self.inbox);
        }
    }

    /// Processes everything in the inbox, and starts the checks that are due.
    fn turn(&mut self) {
        while let Ok(event) = self.inbox.try_recv() {
            self.take(event);
        }
        self.session.begin_turn(self.session.now);
        self.session.check_due();
    }

    /// Does all queued work, the most urgent first; its results wait in the inbox.
    fn work(&mut self) {
        while let Some(job) = self.jobs.iter().find_map(|queue| queue.try_recv().ok()) {
            // Queries recurse deeply: same stack size as the pool's threads.
            std::thread::Builder::new().stack_size(64 << 20).spawn(job).unwrap().join().unwrap();
        }
    }

    /// Works and processes events until there is nothing more to do at this time.
    fn settle(&mut self) {
        loop {
            self.turn();
            if self.jobs.iter().all(Receiver::is_empty) && self.inbox.is_empty() {
                break;
            }
            self.work();
        }
        self.sent.extend(self.waiting.passed(&mut self.door));
    }

    /// Advances the time.
    fn pass(&mut self, time: Duration) {
        self.session.now += time;
        self.settle();
    }

    /// Advances the time, in steps, until nothing is left to do.
    fn finish(&mut self) {
        self.settle();
        for _ in 0..3 {
            self.pass(LONG);
        }
        assert_eq!(self.session.next_due(), None, "something is still to be checked");
    }

    /// Withholds results of work that the session hasn't received yet.
    fn keep_back(&mut self) {
        self.kept_back.extend(self.inbox.try_iter());
        assert!(!self.kept_back.is_empty(), "no work has come to anything");
    }

    /// Delivers what was withheld.
    fn let_go(&mut self) {
        for event in std::mem::take(&mut self.kept_back) {
            self.take(event);
        }
    }

    /// Sends a notification, and lets the session do everything that it does at once.
    fn notify<P: serde::de::DeserializeOwned>(&mut self, event: fn(Box<P>) -> FromClient, params: Value) {
        self.work();
        self.take(Event::Client(event(Box::new(serde_json::from_value(params).unwrap()))));
    }

    /// Sends a request; the answer comes with the work.
    fn ask<P: serde::de::DeserializeOwned, T>(
        &mut self,
        event: fn(Box<P>, Reply<T>) -> FromClient,
        params: Value,
    ) -> Answer<T> {
        let (reply, answer) = Reply::new();
        self.take(Event::Client(event(Box::new(serde_json::from_value(params).unwrap()), reply)));
        answer
    }

    fn open(&mut self, name: &str, text: &str) {
        let document = json!({ "uri": uri(name), "languageId": "python", "version": 1, "text": text });
        self.notify(FromClient::DidOpen, json!({ "textDocument": document }));
    }

    fn close(&mut self, name: &str) {
        self.notify(FromClient::DidClose, json!({ "textDocument": { "uri": uri(name) } }));
    }

    /// Replaces the text of a document.
    fn edit(&mut self, name: &str, version: i32, text: &str) {
        let params = json!({
            "textDocument": { "uri": uri(name), "version": version },
            "contentChanges": [{ "text": text }],
        });
        self.take(Event::Edited(serde_json::from_value(params).unwrap()));
    }

    /// Takes what was published for a document since the last call: version and number of diagnostics.
    fn published(&mut self, name: &str) -> Vec<(Option<i32>, usize)> {
        self.sent.extend(self.waiting.passed(&mut self.door));
        let is_of =
            |message: &mut Message| matches!(message, Message::Publish(set) if set.uri.as_str() == uri(name));
        let sets = self.sent.extract_if(.., is_of);
        sets.map(|message| match message {
            Message::Publish(set) => (set.version, set.diagnostics.len()),
            _ => unreachable!("only sets were taken"),
        })
        .collect()
    }
}

fn uri(name: &str) -> String {
    format!("file:///p/{name}")
}

/// The capabilities of a client that pulls diagnostics, and pulls again on a refresh.
fn asks() -> Value {
    json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    })
}

/// A project with one finding, in `shop/late.py`.
const SHOP: &[(&str, &str)] =
    &[("shop/__init__.py", ""), ("shop/db.py", "def save(row):\n    return row\n"), ("shop/late.py", LATE)];
