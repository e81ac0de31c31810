//! The cost of an edit, in executed queries: the central invariant of the design is that typing inside a body runs no
//! query over the project.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use camino::Utf8PathBuf;
use source::{MemoryFileSystem, Position, PositionEncoding};

use crate::{BufferEdit, Change, Workspace};

/// Queries over a whole project. None may run after typing inside a body.
const PROJECT_WIDE: [&str; 8] = [
    "architecture",
    "dependents_by_class",
    "cycles",
    "graph",
    "hierarchy",
    "interfaces",
    "layers",
    "modules",
];

/// A port with an implementation that is known by its structure.
const PORTS: &str = "\
from typing import Protocol


class Orders(Protocol):
    def add(self, order): ...
    def get(self, key): ...


class SqlOrders:
    def add(self, order):
        return 1
    def get(self, key):
        return 2
";

/// The dependent of the port, and the composition.
const MAIN: &str = "\
from shop.ports import Orders, SqlOrders


class Service:
    def __init__(self, orders: Orders):
        self.orders = orders
    def run(self, order):
        self.orders.add(order)


def main():
    return Service(SqlOrders())
";

/// A workspace that counts.
struct Counted {
    workspace: Workspace,
    files: Arc<MemoryFileSystem>,
    runs: Arc<Mutex<Vec<String>>>,
}

impl Counted {
    fn new() -> Self {
        let files = Arc::new(MemoryFileSystem::with_files([
            ("/p/shop/__init__.py", ""),
            (
                "/p/shop/routes.py",
                "from fastapi import APIRouter\nfrom shop.service import total\nrouter = APIRouter()\n",
            ),
            (
                "/p/shop/service.py",
                "from shop.model import Order\n\n\ndef total(order: Order) -> int:\n    x = 1\n    return x\n",
            ),
            ("/p/shop/model.py", "class Order:\n    price = 1\n"),
            ("/p/shop/ports.py", PORTS),
            ("/p/shop/main.py", MAIN),
            ("/p/shop/other.py", "import json\n\n\ndef other():\n    return json.dumps({})\n"),
        ]));
        let runs = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&runs);
        let listener = Box::new(move |query: &str| noted.lock().unwrap().push(query.to_owned()));
        let workspace = Workspace::with_listener(Arc::clone(&files) as Arc<dyn source::FileSystem>, listener);
        let mut counted = Self { workspace, files, runs };
        counted.apply(Change::AddFolder("/p".into()));
        counted.workspace.index(|_| {}).unwrap();
        counted.open("/p/shop/service.py");
        counted.check_all();
        counted.take();
        counted
    }

    fn apply(&mut self, change: Change) {
        let applied = self.workspace.apply(vec![change]);
        assert_eq!(applied.refused, []);
    }

    fn open(&mut self, path: &str) {
        let bytes = source::FileSystem::read(&*self.files, path.into()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        self.apply(Change::Open { path: path.into(), version: 0, text: text.into() });
    }

    /// Types at a position and queries all findings: the executed queries, by name, with their counts.
    fn typed(&mut self, path: &str, line: u32, column: u32, text: &str) -> BTreeMap<String, usize> {
        let place = Position { line, column };
        self.apply(Change::Edit {
            path: path.into(),
            version: 1,
            edits: vec![BufferEdit { range: Some((place, place)), text: text.to_owned() }],
            encoding: PositionEncoding::Utf8,
        });
        self.check_all();
        self.take()
    }

    fn told(&mut self, path: &str) -> BTreeMap<String, usize> {
        self.apply(Change::Disk(vec![Utf8PathBuf::from(path)]));
        self.check_all();
        self.take()
    }

    fn check_all(&self) {
        let snapshot = self.workspace.snapshot();
        for (project, file) in snapshot.all_files() {
            snapshot.check(project, file);
        }
        for project in snapshot.projects() {
            let db = snapshot.db();
            let modules = model::query::modules(db, *project);
            let ports = modules.iter().find(|(_, module)| module.path.as_str().ends_with("ports.py"));
            if let Some((module, _)) = ports {
                let class = model::ClassRef::new(module, "Orders");
                assert!(model::query::port(db, *project, class.clone()).is_some());
                assert_eq!(model::query::adapters(db, *project, class.clone()).len(), 1);
                assert_eq!(model::query::dependents(db, *project, class).len(), 1);
            }
        }
    }

    fn take(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for run in self.runs.lock().unwrap().drain(..) {
            // `check(Id(800))`, with the module in front if two queries share a name.
            let name = run.split('(').next().unwrap_or_default();
            *counts.entry(name.rsplit("::").next().unwrap_or_default().to_owned()).or_insert(0) += 1;
        }
        counts
    }
}

fn of(counts: &BTreeMap<String, usize>, query: &str) -> usize {
    counts.get(query).copied().unwrap_or_default()
}

#[track_caller]
fn no_project_wide(counts: &BTreeMap<String, usize>) {
    for query in PROJECT_WIDE {
        assert_eq!(of(counts, query), 0, "{query} ran: {counts:?}");
    }
}

#[test]
fn queries_are_counted_at_all() {
    let mut counted = Counted::new();
    counted.files.insert("/p/shop/new.py", "import shop.model\n");
    let counts = counted.told("/p/shop/new.py");
    for query in PROJECT_WIDE {
        assert!(of(&counts, query) > 0, "{query} did not run: {counts:?}");
    }
}

#[test]
fn typing_in_a_body_runs_no_query_over_the_project() {
    let mut counted = Counted::new();
    for (line, column, text) in [(4, 9, "2"), (4, 4, "y = [1, 2]\n    "), (5, 4, "# why\n    ")] {
        let counts = counted.typed("/p/shop/service.py", line, column, text);
        no_project_wide(&counts);
        assert!(of(&counts, "check") <= 1, "only the file itself is judged: {counts:?}");
        assert_eq!(of(&counts, "module"), 1, "only the file itself is parsed: {counts:?}");
    }
}

#[test]
fn typing_in_bodies_of_ports_and_those_who_use_them_runs_no_query_over_the_project() {
    let mut counted = Counted::new();
    for (path, line, column, text) in [
        ("/p/shop/main.py", 7, 8, "self.orders.get(1)\n        "),
        ("/p/shop/main.py", 5, 8, "self.other = orders\n        "),
        ("/p/shop/main.py", 11, 4, "x = Service(orders=SqlOrders())\n    "),
        ("/p/shop/ports.py", 10, 8, "self.get(order)\n        "),
        ("/p/shop/ports.py", 12, 15, " + 1"),
    ] {
        counted.open(path);
        counted.check_all();
        counted.take();
        let counts = counted.typed(path, line, column, text);
        no_project_wide(&counts);
        counted.apply(Change::Close(path.into()));
    }
}

#[test]
fn a_body_that_is_broken_for_a_moment_runs_no_query_over_the_project() {
    let mut counted = Counted::new();
    let counts = counted.typed("/p/shop/service.py", 4, 8, "(");
    no_project_wide(&counts);
}

#[test]
fn a_picture_beside_the_findings_runs_no_rule_again() {
    let mut counted = Counted::new();
    let counts = counted.typed("/p/shop/service.py", 0, 0, "import shop.other\n");
    assert!(of(&counts, "about_layers") > 0, "{counts:?}");
    let snapshot = counted.workspace.snapshot();
    snapshot.check_layers(&snapshot.all_files());
    assert_eq!(of(&counted.take(), "about_layers"), 0);
}

#[test]
fn nothing_runs_when_nothing_changed() {
    let mut counted = Counted::new();
    counted.check_all();
    assert_eq!(counted.take(), BTreeMap::new());
    assert_eq!(counted.told("/p/shop/model.py"), BTreeMap::new(), "the file is as it was");
}

#[test]
fn an_import_changes_the_graph_and_nothing_of_other_files() {
    let mut counted = Counted::new();
    let counts = counted.typed("/p/shop/service.py", 0, 0, "import shop.other\n");
    assert_eq!(of(&counts, "graph"), 1, "{counts:?}");
    assert_eq!(of(&counts, "module"), 1, "no other file is read: {counts:?}");
    assert_eq!(of(&counts, "modules"), 0, "no file came or went: {counts:?}");
}

#[test]
fn an_import_of_what_is_imported_already_leaves_the_graph_alone() {
    let mut counted = Counted::new();
    let counts = counted.typed("/p/shop/service.py", 0, 0, "from shop.model import Order as O\n");
    for query in ["graph", "cycles", "modules"] {
        assert_eq!(of(&counts, query), 0, "{query} ran: {counts:?}");
    }
}

#[test]
fn a_file_that_changes_on_disk_is_the_only_one_read() {
    let mut counted = Counted::new();
    counted.files.insert("/p/shop/other.py", "import json\n\n\ndef other():\n    return json.loads('')\n");
    let counts = counted.told("/p/shop/other.py");
    no_project_wide(&counts);
    assert_eq!(of(&counts, "module"), 1, "{counts:?}");
    assert!(of(&counts, "check") <= 1, "{counts:?}");
}

#[test]
fn a_new_file_is_the_only_one_read() {
    let mut counted = Counted::new();
    counted.files.insert("/p/shop/new.py", "import shop.model\n");
    let counts = counted.told("/p/shop/new.py");
    assert_eq!(of(&counts, "module"), 1, "{counts:?}");
}

#[test]
fn a_configuration_that_says_the_same_changes_nothing() {
    let mut counted = Counted::new();
    counted.files.insert("/p/architrave.toml", "[rules]\nhidden-import = 'off'\n");
    let counts = counted.told("/p/architrave.toml");
    assert_eq!(of(&counts, "module"), 0, "no file is read again: {counts:?}");
    assert!(of(&counts, "check") > 0, "but judged again: {counts:?}");
    counted.files.insert("/p/architrave.toml", "[rules]\nhidden-import = 'off'\n");
    let counts = counted.told("/p/architrave.toml");
    assert_eq!(of(&counts, "check"), 0, "{counts:?}");
}

#[test]
fn opening_and_closing_a_file_reads_that_file_alone() {
    // The text of an open file may change at any moment, so what depends on it is verified once when it is opened: the
    // price of not visiting closed files at every keystroke.
    let mut counted = Counted::new();
    counted.open("/p/shop/model.py");
    counted.check_all();
    let counts = counted.take();
    assert!(of(&counts, "module") <= 1 && of(&counts, "graph") == 0, "{counts:?}");
    counted.apply(Change::Close("/p/shop/model.py".into()));
    counted.check_all();
    let counts = counted.take();
    no_project_wide(&counts);
    assert!(of(&counts, "module") <= 1, "{counts:?}");
}

#[test]
fn files_judged_again_for_what_others_import_are_not_parsed_again() {
    // More files than the number of parsed files kept.
    let mut counted = Counted::new();
    for number in 0..200 {
        let text = format!("import shop.model\n\n\ndef f{number}():\n    return shop\n");
        counted.files.insert(format!("/p/shop/many/m{number}.py"), text);
    }
    counted.apply(Change::Rescan);
    counted.workspace.index(|_| {}).unwrap();
    counted.take();
    let counts = counted.typed("/p/shop/service.py", 0, 0, "import shop.other\n");
    assert_eq!(of(&counts, "graph"), 1, "{counts:?}");
    assert!(of(&counts, "check") > 200, "what is known of the project changed: {counts:?}");
    assert_eq!(of(&counts, "module"), 1, "only the edited file is parsed: {counts:?}");
}
