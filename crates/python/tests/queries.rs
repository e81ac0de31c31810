//! The facts as queries: what an edit invalidates, and that cached trees affect only the time.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use python::query;
use salsa::{Cancelled, Database as _, Setter};
use source::{Content, File, FileSystem, MemoryFileSystem};

#[salsa::db]
#[derive(Clone, Default)]
struct Database {
    file_system: Arc<MemoryFileSystem>,
    open_trees: python::OpenTrees,
    /// Cancels the query when it accesses the trees of open buffers, just before it parses.
    cancel: Arc<AtomicBool>,
    storage: salsa::Storage<Self>,
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl source::Db for Database {
    fn file_system(&self) -> &dyn FileSystem {
        &*self.file_system
    }
}

#[salsa::db]
impl python::Db for Database {
    fn open_trees(&self) -> &python::OpenTrees {
        if self.cancel.load(Ordering::Relaxed) {
            self.cancellation_token().cancel();
        }
        &self.open_trees
    }
}

const TEXT: &str = "\
import a

class B(a.C):
    def d(self):
        return 1

def e(): pass
";

fn open(text: &str) -> (Database, File) {
    let database = Database::default();
    let file = File::new(&database, "/m.py".into(), Content::Open(text.into()));
    (database, file)
}

fn type_in(database: &mut Database, file: File, text: &str) {
    file.set_content(database).to(Content::Open(text.into()));
}

/// The parts of the facts whose values differ between `text` and `after`. Dependents of equal values don't run again.
fn disturbed(text: &str, after: &str) -> Vec<&'static str> {
    let (mut database, file) = open(text);
    let imports = query::imports(&database, file);
    let definitions = query::definitions(&database, file);
    let bodies = query::bodies(&database, file);
    let uses = query::uses(&database, file);
    type_in(&mut database, file, after);
    let mut disturbed = Vec::new();
    if imports != query::imports(&database, file) {
        disturbed.push("imports");
    }
    if definitions != query::definitions(&database, file) {
        disturbed.push("definitions");
    }
    if bodies != query::bodies(&database, file) {
        disturbed.push("bodies");
    }
    if uses != query::uses(&database, file) {
        disturbed.push("uses");
    }
    disturbed
}

#[test]
fn an_edit_disturbs_what_it_changes() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("return 1", "return 2", &["bodies"]),
        ("return 1", "'a docstring'\n        return 1", &["bodies"]),
        ("return 1", "return 1  # a comment", &[]),
        ("def e", "\n\ndef e", &[]),
        ("import a\n", "# a comment\nimport a\n", &["uses"]),
        ("import a", "import a as a", &["imports", "uses"]),
        ("import a", "import a, f", &["imports", "bodies", "uses"]),
        ("def e()", "def e(x)", &["definitions"]),
        ("a.C", "a.D", &["definitions", "uses"]),
        ("return 1", "return a", &["bodies", "uses"]),
    ];
    for (before, after, expected) in cases {
        assert_eq!(disturbed(TEXT, &TEXT.replace(before, after)), *expected, "{before} became {after}");
    }
}

#[test]
fn a_body_that_did_not_change_is_equal() {
    let (mut database, file) = open(TEXT);
    let before = query::bodies(&database, file);
    type_in(&mut database, file, &TEXT.replace("return 1", "return 2"));
    let after = query::bodies(&database, file);
    let same: Vec<bool> =
        before.list.iter().zip(&after.list).map(|(before, after)| before == after).collect();
    assert_eq!(same, [true, true, false, true]);
}

#[test]
fn typing_gives_what_opening_gives() {
    let (mut database, file) = open(TEXT);
    let steps = [
        "def e(",
        "def e(x",
        "def e(x):",
        "def e(x): (",
        "def e(x): (\"",
        "def e(x): pass",
        "def e(x): import f; f",
    ];
    for step in steps {
        let text = TEXT.replace("def e(): pass", step);
        type_in(&mut database, file, &text);
        assert_eq!(*query::module(&database, file), python::lower(&text, &python::parse(&text)), "{step}");
    }
    database.open_trees.close(file);
    let text = TEXT.repeat(2);
    type_in(&mut database, file, &text);
    assert_eq!(*query::module(&database, file), python::lower(&text, &python::parse(&text)));
}

#[test]
fn a_closed_file_is_read_from_disk() {
    let (mut database, file) = open(TEXT);
    database.file_system.insert("/m.py", "import other\n");
    let stamp = database.file_system.metadata("/m.py".into()).unwrap().stamp;
    file.set_content(&mut database).to(Content::Disk(stamp));
    assert_eq!(query::imports(&database, file).list[0].module, "other");
    file.set_content(&mut database).to(Content::Absent);
    assert_eq!(*query::module(&database, file), python::lower("", &python::parse("")));
}

#[test]
fn a_cancelled_parse_ends_the_query() {
    let (database, file) = open(&TEXT.repeat(500));
    database.cancel.store(true, Ordering::Relaxed);
    let outcome = Cancelled::catch(|| query::module(&database, file));
    assert!(matches!(outcome, Err(Cancelled::Local)));
    database.cancel.store(false, Ordering::Relaxed);
    assert_eq!(query::imports(&database, file).list.len(), 500);
}
