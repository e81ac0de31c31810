//! The cost of an edit for flow analysis, in executed queries: the edited function, and only those callers whose view
//! of it changed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use source::{MemoryFileSystem, Position, PositionEncoding};

use crate::{BufferEdit, Change, Workspace};

/// Four functions in a chain of calls, and two beside it.
const FILES: [(&str, &str); 5] = [
    ("/p/shop/__init__.py", ""),
    (
        "/p/shop/models.py",
        "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\n\
         class Order(Base):\n    __tablename__ = 'orders'\n    id: Mapped[int] = mapped_column(primary_key=True)\n",
    ),
    (
        "/p/shop/repository.py",
        "from sqlalchemy.orm import Session\n\nfrom shop.models import Order\n\n\n\
         def first(session: Session, number: int):\n    note = 1\n    return number\n\n\n\
         def beside(session: Session, number: int):\n    return session.get(Order, number)\n",
    ),
    (
        "/p/shop/service.py",
        "from shop import repository\n\n\ndef one(session, number):\n    return repository.first(session, number)\n\n\n\
         def other(session, number):\n    return repository.beside(session, number)\n",
    ),
    (
        "/p/shop/api.py",
        "from shop import service\n\n\ndef listed(session, numbers):\n    \
         return [service.one(session, number) for number in numbers]\n",
    ),
];

struct Counted {
    workspace: Workspace,
    runs: Arc<Mutex<Vec<String>>>,
}

impl Counted {
    fn new() -> Self {
        let files: Arc<dyn source::FileSystem> = Arc::new(MemoryFileSystem::with_files(FILES));
        let runs = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&runs);
        let listener = Box::new(move |query: &str| noted.lock().unwrap().push(query.to_owned()));
        let mut workspace = Workspace::with_listener(files, listener);
        let (path, text) = FILES[2];
        let open = Change::Open { path: path.into(), version: 0, text: text.into() };
        assert_eq!(workspace.apply(vec![Change::AddFolder("/p".into()), open]).refused, []);
        workspace.index(|_| {}).unwrap();
        let counted = Self { workspace, runs };
        counted.check_all();
        counted.take();
        counted
    }

    /// Types a line into the repository before the zero-based `line`: the executed queries, and the number of findings.
    fn typed(&mut self, line: u32, text: &str) -> (BTreeMap<String, usize>, usize) {
        let place = Position { line, column: 0 };
        let edit = Change::Edit {
            path: FILES[2].0.into(),
            version: 1,
            edits: vec![BufferEdit { range: Some((place, place)), text: text.to_owned() }],
            encoding: PositionEncoding::Utf8,
        };
        assert_eq!(self.workspace.apply(vec![edit]).refused, []);
        let found = self.check_all();
        (self.take(), found)
    }

    fn check_all(&self) -> usize {
        let snapshot = self.workspace.snapshot();
        let findings = snapshot.all_files().into_iter().map(|(project, file)| snapshot.check(project, file));
        findings.map(|found| found.iter().filter(|finding| finding.rule == "n-plus-one").count()).sum()
    }

    fn take(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for run in self.runs.lock().unwrap().drain(..) {
            let name = run.split('(').next().unwrap_or_default();
            *counts.entry(name.rsplit("::").next().unwrap_or_default().to_owned()).or_insert(0) += 1;
        }
        counts
    }
}

fn of(counts: &BTreeMap<String, usize>, query: &str) -> usize {
    counts.get(query).copied().unwrap_or_default()
}

#[test]
fn a_statement_that_callers_do_not_see_costs_its_own_function() {
    let mut counted = Counted::new();
    let (counts, found) = counted.typed(7, "    more = 2\n");
    assert_eq!(found, 0);
    assert_eq!(of(&counts, "analysis_of"), 1, "{counts:?}");
    assert_eq!(of(&counts, "schema") + of(&counts, "mentions"), 0, "{counts:?}");
}

#[test]
fn a_query_that_callers_see_costs_the_callers_on_the_way_up() {
    let mut counted = Counted::new();
    let (counts, found) = counted.typed(7, "    session.get(Order, number)\n");
    assert_eq!(found, 1);
    // `first`, `service.one` and `api.listed`; neither `beside` nor `service.other`.
    assert_eq!(of(&counts, "analysis_of"), 3, "{counts:?}");
    // A line that callers don't see: how functions are reached doesn't change. Apart from the file itself, only the
    // file whose finding shows a moved position in it is checked again.
    let (counts, found) = counted.typed(6, "    noted = 'nothing'\n");
    assert_eq!(found, 1);
    assert_eq!(of(&counts, "analysis_of"), 1, "{counts:?}");
    assert_eq!((of(&counts, "ways"), of(&counts, "way_in"), of(&counts, "check")), (0, 0, 2), "{counts:?}");
}
