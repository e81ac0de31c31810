//! A folder in git, and a client of the protocol over the pipes of the real program.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A backend with clean layers: a port, its adapter, a service with it injected, and routes.
const SHOP: &[(&str, &str)] = &[
    ("pyproject.toml", "[project]\nname = \"shop\"\n"),
    (
        "architrave.toml",
        "style = \"clean\"\n\n[[contracts]]\nname = \"pure domain\"\ntype = \"forbidden\"\nsource-modules = [\"shop.domain\"]\nforbidden-modules = [\"shop.infrastructure\"]\n",
    ),
    ("shop/__init__.py", ""),
    ("shop/domain/__init__.py", ""),
    (
        "shop/domain/order.py",
        "from dataclasses import dataclass\n\n\n@dataclass\nclass Order:\n    number: int\n    total: int\n\n    def is_free(self) -> bool:\n        return self.total == 0\n",
    ),
    (
        "shop/domain/ports.py",
        "from typing import Protocol\n\nfrom shop.domain.order import Order\n\n\nclass OrderRepository(Protocol):\n    def get(self, number: int) -> Order: ...\n\n    def add(self, order: Order) -> None: ...\n",
    ),
    ("shop/application/__init__.py", ""),
    ("shop/application/services/__init__.py", ""),
    (
        "shop/application/services/order_service.py",
        "from shop.domain.order import Order\nfrom shop.domain.ports import OrderRepository\n\n\nclass OrderService:\n    def __init__(self, orders: OrderRepository) -> None:\n        self._orders = orders\n\n    def show(self, number: int) -> Order:\n        return self._orders.get(number)\n",
    ),
    (
        "shop/application/services/customer_service.py",
        "from shop.domain.ports import OrderRepository\n\n\nclass CustomerService:\n    def __init__(self, orders: OrderRepository) -> None:\n        self._orders = orders\n\n    def has_ordered(self, number: int) -> bool:\n        return not self._orders.get(number).is_free()\n",
    ),
    ("shop/infrastructure/__init__.py", ""),
    (
        "shop/infrastructure/orders.py",
        "from sqlalchemy import text\nfrom sqlalchemy.orm import Session\n\nfrom shop.domain.order import Order\n\n\nclass SqlOrderRepository:\n    def __init__(self, session: Session) -> None:\n        self._session = session\n\n    def get(self, number: int) -> Order:\n        row = self._session.execute(text(\"SELECT 1\")).one()\n        return Order(number, row[0])\n\n    def add(self, order: Order) -> None:\n        self._session.execute(text(\"INSERT INTO orders VALUES (1)\"))\n",
    ),
    ("shop/presentation/__init__.py", ""),
    (
        "shop/presentation/routes.py",
        "from fastapi import APIRouter, Depends\n\nfrom shop.application.services.order_service import OrderService\nfrom shop.composition import order_service\n\nrouter = APIRouter()\n\n\n@router.get(\"/orders/{number}\")\ndef show(number: int, service: OrderService = Depends(order_service)) -> int:\n    return service.show(number).total\n",
    ),
    (
        "shop/composition.py",
        "from sqlalchemy.orm import Session\n\nfrom shop.application.services.customer_service import CustomerService\nfrom shop.application.services.order_service import OrderService\nfrom shop.infrastructure.orders import SqlOrderRepository\n\n\ndef order_service() -> OrderService:\n    return OrderService(SqlOrderRepository(Session()))\n\n\ndef customer_service() -> CustomerService:\n    return CustomerService(SqlOrderRepository(Session()))\n",
    ),
    (
        "tests/test_orders.py",
        "from shop.domain.order import Order\n\n\ndef test_free() -> None:\n    assert Order(1, 0).is_free()\n",
    ),
];

/// A folder in git.
pub(crate) struct Shop {
    folder: TempDir,
}

impl Shop {
    /// [`SHOP`], committed.
    pub(crate) fn new() -> Self {
        Self::with(SHOP)
    }

    /// These files, committed.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let shop = Self { folder: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            shop.write(path, text);
        }
        for arguments in [&["init", "-q"][..], &["add", "-A"], &["commit", "-qm", "one"]] {
            let output = Command::new("git")
                .args(["-c", "user.name=x", "-c", "user.email=x@x", "-c", "commit.gpgsign=false"])
                .args(arguments)
                .current_dir(shop.path())
                .output()
                .unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        shop
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// Runs the program in the folder: exit code, standard output and standard error.
    pub(crate) fn run(&self, arguments: &[&str], input: &str) -> (i32, String, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_architrave"))
            .env("ARCHITRAVE_NO_CACHE", "1")
            .args(arguments)
            .current_dir(self.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

/// A client of the protocol.
pub(crate) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    next: u64,
}

impl Client {
    /// Starts a session in a folder.
    pub(crate) fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_architrave"))
            .env("ARCHITRAVE_NO_CACHE", "1")
            .arg("mcp")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut client = Self { child, input, output, next: 0 };
        let hello = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "kit", "version": "1" } });
        let answer = client.ask("initialize", hello);
        assert_eq!(answer["result"]["serverInfo"]["name"], "architrave", "{answer}");
        client.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        client
    }

    fn send(&mut self, message: &Value) {
        let input = self.input.as_mut().unwrap();
        writeln!(input, "{message}").unwrap();
        input.flush().unwrap();
    }

    /// A request and its answer. Each line of standard output is a message of the protocol.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the program went away");
            let message: Value =
                serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
            assert_eq!(message["jsonrpc"], "2.0", "{message}");
            if message["id"] == id {
                return message;
            }
        }
    }

    /// A tool's answer: the text, and whether it is an error.
    pub(crate) fn call(&mut self, tool: &str, arguments: Value) -> (String, bool) {
        let answer = self.ask("tools/call", json!({ "name": tool, "arguments": arguments }));
        let result = &answer["result"];
        let text = result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}"));
        (text.to_owned(), result["isError"] == true)
    }

    /// A tool's answer as an object.
    #[track_caller]
    pub(crate) fn answer(&mut self, tool: &str, arguments: Value) -> Value {
        let (text, is_error) = self.call(tool, arguments);
        assert!(!is_error, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Why a tool doesn't answer.
    #[track_caller]
    pub(crate) fn refusal(&mut self, tool: &str, arguments: Value) -> String {
        let (text, is_error) = self.call(tool, arguments);
        assert!(is_error, "{text}");
        text
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.input = None;
        let status = self.child.wait();
        if !std::thread::panicking() {
            assert!(status.unwrap().success(), "the end of its input is the end");
        }
    }
}

/// The rules of a list of findings.
pub(crate) fn rules(findings: &Value) -> Vec<&str> {
    findings
        .as_array()
        .map(|list| list.iter().filter_map(|it| it["rule"].as_str()).collect())
        .unwrap_or_default()
}
