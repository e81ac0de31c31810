//! A client of the language server: runs the real program over real pipes.
//!
//! It responds to requests of the server like an editor and keeps all messages. Unless the test is failing already, a
//! client that is dropped must have been shut down cleanly and must have received every response it requested.

mod capabilities;
mod folder;
mod wire;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

pub use capabilities::{everything, nothing, pull, push};
pub use folder::Folder;
use serde_json::{Value, json};

/// A limit of the tests, not of the server: a test that waits longer fails and shows the messages received.
const PATIENCE: Duration = Duration::from_secs(60);

/// The configuration of a client.
pub struct Start {
    program: PathBuf,
    /// The folders to open.
    pub folders: Vec<PathBuf>,
    /// The client's capabilities.
    pub capabilities: Value,
    /// `initializationOptions`
    pub options: Value,
    /// `clientInfo`
    pub client: Value,
    /// `processId`
    pub process: Option<u32>,
    /// The response to `workspace/configuration`.
    pub settings: Value,
    /// Environment variables of the server.
    pub environment: Vec<(&'static str, String)>,
    /// Whether to grant the server's requests to show progress.
    pub grants_progress: bool,
}

impl Start {
    /// A client of this program without capabilities and folders.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            folders: Vec::new(),
            capabilities: nothing(),
            options: Value::Null,
            client: json!({ "name": "kit" }),
            process: None,
            settings: Value::Null,
            environment: Vec::new(),
            grants_progress: true,
        }
    }

    /// Opens this folder.
    #[must_use]
    pub fn folder(mut self, folder: &Folder) -> Self {
        self.folders.push(folder.path().to_owned());
        self
    }

    /// Sets the client's capabilities.
    #[must_use]
    pub fn capabilities(mut self, capabilities: Value) -> Self {
        self.capabilities = capabilities;
        self
    }

    /// Starts the server without sending anything.
    pub fn connect(self) -> Client {
        let mut command = Command::new(&self.program);
        command.arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
            .env_remove("ARCHITRAVE_LOG")
            .env("ARCHITRAVE_NO_CACHE", "1")
            .envs(self.environment.iter().cloned());
        let mut process = command.spawn().expect("the program starts");
        let stdout = process.stdout.take().expect("stdout is piped");
        let stderr = process.stderr.take().expect("stderr is piped");
        Client {
            input: process.stdin.take(),
            incoming: wire::read(stdout),
            errors: wire::collect(stderr),
            process,
            heard: Vec::new(),
            transcript: Vec::new(),
            ids: 0,
            asked: Vec::new(),
            start: self,
            capabilities: Value::Null,
            is_done: false,
        }
    }

    /// Starts the server and sends `initialize` and `initialized`.
    pub fn start(self) -> Client {
        let mut client = self.connect();
        client.initialize();
        client
    }
}

/// A connected client.
pub struct Client {
    process: Child,
    input: Option<ChildStdin>,
    incoming: Receiver<Value>,
    errors: Receiver<String>,
    /// Received messages that haven't been taken yet.
    heard: Vec<Value>,
    /// All messages sent and received, for the message of a failure.
    transcript: Vec<String>,
    ids: i64,
    asked: Vec<i64>,
    start: Start,
    /// The server's capabilities.
    pub capabilities: Value,
    is_done: bool,
}

impl Client {
    /// Sends `initialize` and `initialized`, and returns the response to the former.
    pub fn initialize(&mut self) -> Value {
        let folders: Vec<Value> = self
            .start
            .folders
            .iter()
            .map(|folder| json!({ "uri": folder::uri(folder), "name": folder.file_name().map(|name| name.to_string_lossy()) }))
            .collect();
        let params = json!({
            "processId": self.start.process,
            "clientInfo": self.start.client,
            "rootUri": self.start.folders.first().map(|folder| folder::uri(folder)),
            "capabilities": self.start.capabilities,
            "initializationOptions": self.start.options,
            "workspaceFolders": folders,
        });
        let answer = self.request("initialize", &params);
        self.capabilities = answer["capabilities"].clone();
        self.notify("initialized", &json!({}));
        answer
    }

    /// Sends a request and returns its result.
    #[track_caller]
    pub fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Sends a request and returns its error.
    #[track_caller]
    pub fn refused(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_some(), "{method}: {answer}");
        answer["error"].clone()
    }

    /// Sends a request without waiting, and returns its id.
    pub fn ask(&mut self, method: &str, params: &Value) -> i64 {
        self.ids += 1;
        let id = self.ids;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.asked.push(id);
        id
    }

    /// The response to a request.
    #[track_caller]
    pub fn answer(&mut self, id: i64) -> Value {
        let answer = self.wait(&format!("the answer to {id}"), |message| {
            message.get("method").is_none() && message["id"] == id
        });
        self.asked.retain(|asked| *asked != id);
        answer
    }

    /// The response to a request that was sent as raw bytes.
    #[track_caller]
    pub fn answer_to(&mut self, id: &Value) -> Value {
        self.wait("an answer", |message| message.get("method").is_none() && message["id"] == *id)
    }

    /// A response to no request: an error about an unreadable message.
    #[track_caller]
    pub fn answer_to_nobody(&mut self) -> Value {
        self.answer_to(&Value::Null)
    }

    /// Whether the response to a request has arrived.
    pub fn is_answered(&mut self, id: i64) -> bool {
        self.listen(Duration::ZERO);
        self.heard.iter().any(|message| message.get("method").is_none() && message["id"] == id)
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Cancels a request.
    pub fn cancel(&mut self, id: i64) {
        self.notify("$/cancelRequest", &json!({ "id": id }));
    }

    /// Waits for a notification or request from the server, and takes it.
    #[track_caller]
    pub fn told(&mut self, method: &str, which: impl Fn(&Value) -> bool) -> Value {
        let message = self.wait(method, |message| message["method"] == method && which(&message["params"]));
        message["params"].clone()
    }

    /// The notifications and requests received so far and not taken yet. Takes none of them.
    pub fn heard(&mut self, method: &str) -> Vec<Value> {
        self.listen(Duration::ZERO);
        self.heard
            .iter()
            .filter(|message| message["method"] == method)
            .map(|message| message["params"].clone())
            .collect()
    }

    /// Waits for the response to another request. The server processes events in order, so everything before is done
    /// then.
    pub fn settle(&mut self) {
        self.request("workspace/executeCommand", &json!({ "command": "architrave.debugInformation" }));
    }

    /// Waits until the server has indexed the folders.
    #[track_caller]
    pub fn indexed(&mut self) {
        loop {
            let facts = self
                .request("workspace/executeCommand", &json!({ "command": "architrave.debugInformation" }));
            let facts: Value = serde_json::from_str(facts.as_str().expect("text")).expect("JSON");
            if facts["indexed"] == true {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends raw bytes.
    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("standard input is open");
        // If the server is gone, the wait for its response fails.
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    fn send(&mut self, message: &Value) {
        self.transcript.push(format!("-> {message}"));
        let bytes = wire::frame(message);
        self.raw(&bytes);
    }

    /// Closes standard input.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Sends `shutdown` and `exit`, and returns the exit code.
    #[track_caller]
    pub fn shut_down(mut self) -> i32 {
        self.request("shutdown", &Value::Null);
        self.notify("exit", &Value::Null);
        self.is_done = true;
        self.exit_code()
    }

    /// Waits for the process to end; returns the exit code and the time it took.
    #[track_caller]
    pub fn end(mut self) -> (i32, Duration) {
        let from = Instant::now();
        self.is_done = true;
        self.asked.clear();
        (self.exit_code(), from.elapsed())
    }

    #[track_caller]
    fn exit_code(&mut self) -> i32 {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.process.try_wait().expect("the process can be asked") {
                return code(status);
            }
            assert!(Instant::now() < end, "the server does not end\n{}", self.story());
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// The server's output on standard error so far.
    pub fn errors(&self) -> String {
        self.errors.try_iter().collect()
    }

    /// Waits for a message, and takes it.
    #[track_caller]
    fn wait(&mut self, what: &str, which: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(index) = self.heard.iter().position(&which) {
                return self.heard.remove(index);
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited for {what}\n{}", self.story());
            if !self.listen(left) {
                assert!(self.heard.iter().any(&which), "the server ended before {what}\n{}", self.story());
            }
        }
    }

    /// Receives messages until the timeout, at least one if there is one. Returns `false` if no more messages can
    /// arrive.
    fn listen(&mut self, patience: Duration) -> bool {
        let first = match self.incoming.recv_timeout(patience) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        };
        self.take_in(first);
        while let Ok(message) = self.incoming.try_recv() {
            self.take_in(message);
        }
        true
    }

    /// Responds to a request of the server, and keeps every message.
    fn take_in(&mut self, message: Value) {
        self.transcript.push(format!("<- {message}"));
        if let (Some(method), Some(id)) = (message["method"].as_str(), message.get("id")) {
            let answer = match method {
                "workspace/configuration" => json!({ "result": [self.start.settings] }),
                "window/workDoneProgress/create" if !self.start.grants_progress => {
                    json!({ "error": { "code": -32603, "message": "no progress here" } })
                }
                "window/showDocument" => json!({ "result": { "success": true } }),
                _ => json!({ "result": null }),
            };
            let mut answer = answer;
            answer["jsonrpc"] = json!("2.0");
            answer["id"] = id.clone();
            self.send(&answer);
        }
        self.heard.push(message);
    }

    fn story(&self) -> String {
        let from = self.transcript.len().saturating_sub(60);
        let lines: Vec<String> =
            self.transcript[from..].iter().map(|line| line.chars().take(600).collect()).collect();
        format!("{}\nstderr: {}", lines.join("\n"), self.errors())
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if self.process.try_wait().ok().flatten().is_none() {
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
        if std::thread::panicking() {
            return;
        }
        assert!(self.is_done, "a client must be shut down, or its end awaited");
        assert!(self.asked.is_empty(), "answers to {:?} were never taken", self.asked);
    }
}

fn code(status: ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}

/// The URI of a path.
pub fn uri(path: &Path) -> String {
    folder::uri(path)
}
