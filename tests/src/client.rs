//! A client of the language server: the real program over its real pipes.
//!
//! Whatever the server asks is answered as an editor would, and everything it says is kept. A client that is dropped
//! without a failure going on must have been shut down cleanly and must have taken every answer it asked for.

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

/// Not a limit of the server's but of our patience: a test that waits longer has failed and shows what it heard.
const PATIENCE: Duration = Duration::from_secs(60);

/// How to start a client.
pub struct Start {
    program: PathBuf,
    /// Folders to open.
    pub folders: Vec<PathBuf>,
    /// What the client can do.
    pub capabilities: Value,
    /// `initializationOptions`
    pub options: Value,
    /// `clientInfo`
    pub client: Value,
    /// `processId`
    pub process: Option<u32>,
    /// What `workspace/configuration` is answered.
    pub settings: Value,
    /// Variables of the server's environment.
    pub environment: Vec<(&'static str, String)>,
    /// What the server answers when asked to show progress.
    pub grants_progress: bool,
}

impl Start {
    /// The program, and a client that can nothing and opens nothing.
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

    /// With this folder opened.
    #[must_use]
    pub fn folder(mut self, folder: &Folder) -> Self {
        self.folders.push(folder.path().to_owned());
        self
    }

    /// As a client that can this.
    #[must_use]
    pub fn capabilities(mut self, capabilities: Value) -> Self {
        self.capabilities = capabilities;
        self
    }

    /// Starts the server and says nothing yet.
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

    /// Starts the server and says `initialize` and `initialized`.
    pub fn start(self) -> Client {
        let mut client = self.connect();
        client.initialize();
        client
    }
}

/// A client, connected.
pub struct Client {
    process: Child,
    input: Option<ChildStdin>,
    incoming: Receiver<Value>,
    errors: Receiver<String>,
    /// What was heard and not yet taken.
    heard: Vec<Value>,
    /// All that was said, for the message of a failure.
    transcript: Vec<String>,
    ids: i64,
    asked: Vec<i64>,
    start: Start,
    /// What the server can do.
    pub capabilities: Value,
    is_done: bool,
}

impl Client {
    /// Says `initialize` and `initialized`; the answer to the first.
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

    /// Asks, and gives the result.
    #[track_caller]
    pub fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Asks, and gives the error.
    #[track_caller]
    pub fn refused(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_some(), "{method}: {answer}");
        answer["error"].clone()
    }

    /// Asks without waiting; the number of the request.
    pub fn ask(&mut self, method: &str, params: &Value) -> i64 {
        self.ids += 1;
        let id = self.ids;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.asked.push(id);
        id
    }

    /// The answer to a request.
    #[track_caller]
    pub fn answer(&mut self, id: i64) -> Value {
        let answer = self.wait(&format!("the answer to {id}"), |message| {
            message.get("method").is_none() && message["id"] == id
        });
        self.asked.retain(|asked| *asked != id);
        answer
    }

    /// The answer to a request that was sent as bytes.
    #[track_caller]
    pub fn answer_to(&mut self, id: &Value) -> Value {
        self.wait("an answer", |message| message.get("method").is_none() && message["id"] == *id)
    }

    /// An answer that is to no request: an error about something that could not be read.
    #[track_caller]
    pub fn answer_to_nobody(&mut self) -> Value {
        self.answer_to(&Value::Null)
    }

    /// Whether the answer to a request has come.
    pub fn is_answered(&mut self, id: i64) -> bool {
        self.listen(Duration::ZERO);
        self.heard.iter().any(|message| message.get("method").is_none() && message["id"] == id)
    }

    /// Tells.
    pub fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Cancels a request.
    pub fn cancel(&mut self, id: i64) {
        self.notify("$/cancelRequest", &json!({ "id": id }));
    }

    /// Waits for what the server tells, and takes it.
    #[track_caller]
    pub fn told(&mut self, method: &str, which: impl Fn(&Value) -> bool) -> Value {
        let message = self.wait(method, |message| message["method"] == method && which(&message["params"]));
        message["params"].clone()
    }

    /// What the server has told so far and was not taken yet. Takes nothing.
    pub fn heard(&mut self, method: &str) -> Vec<Value> {
        self.listen(Duration::ZERO);
        self.heard
            .iter()
            .filter(|message| message["method"] == method)
            .map(|message| message["params"].clone())
            .collect()
    }

    /// Everything the server has said until it answers another question: it takes events in order.
    pub fn settle(&mut self) {
        self.request("workspace/executeCommand", &json!({ "command": "architrave.debugInformation" }));
    }

    /// Waits until the server has read the folders.
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

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("standard input is open");
        // A server that is gone is noticed by whoever waits for its answer.
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

    /// Says `shutdown` and `exit`; the exit code.
    #[track_caller]
    pub fn shut_down(mut self) -> i32 {
        self.request("shutdown", &Value::Null);
        self.notify("exit", &Value::Null);
        self.is_done = true;
        self.exit_code()
    }

    /// Waits for the end; the exit code, and how long it took.
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

    /// What the server wrote to standard error so far.
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

    /// Takes in what comes within a time, at least one message if there is one. `false` when nothing will come any more.
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

    /// Answers what the server asks, and keeps everything.
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
