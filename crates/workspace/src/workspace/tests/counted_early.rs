//! The cost of an early check of a file before the project is known, in executed queries: it waits for no file except
//! those that its own imports lead to.

use std::sync::{Arc, Mutex};

use source::MemoryFileSystem;

use crate::{Change, Workspace};

/// A project in which one function has a late import, beside many unrelated modules.
fn files() -> Vec<(String, String)> {
    let mut files = vec![
        ("/p/shop/__init__.py".to_owned(), String::new()),
        ("/p/shop/prices.py".to_owned(), "def price(order):\n    return order.price\n".to_owned()),
        (
            "/p/shop/orders.py".to_owned(),
            "def total(order):\n    from shop.prices import price\n\n    return price(order)\n".to_owned(),
        ),
    ];
    for number in 0..40 {
        files.push((
            format!("/p/shop/other{number}.py"),
            "import json\n\nDATA = json.loads('1')\n".to_owned(),
        ));
    }
    files
}

#[test]
fn a_first_look_asks_for_nothing_of_the_whole_project() {
    let runs: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = Arc::clone(&runs);
    let listener = Box::new(move |query: &str| noted.lock().unwrap().push(query.to_owned()));
    let files = Arc::new(MemoryFileSystem::with_files(files()));
    let mut workspace = Workspace::with_listener(files, listener);
    workspace.apply(vec![Change::AddFolder("/p".into())]);
    // The project isn't indexed: index results would be memoized, and nothing would run.
    let snapshot = workspace.snapshot();
    let orders = |snapshot: &crate::Snapshot| {
        let db = snapshot.db();
        let mut all = snapshot.all_files().into_iter();
        all.find(|(_, file)| file.path(db).as_str().ends_with("orders.py"))
    };
    let (project, file) = orders(&snapshot).expect("the file is in the project");
    runs.lock().unwrap().clear();
    let found = rules::early(snapshot.db(), project, file);
    assert_eq!(found.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["hidden-import"]);
    let runs = runs.lock().unwrap();
    for whole in ["import_table", "changed", "is_patched", "graph", "layers"] {
        let ran = runs.iter().any(|run| run.split('(').next() == Some(whole));
        assert!(!ran, "`{whole}` reads the whole project: {runs:?}");
    }
    let steps = runs.iter().filter(|run| run.starts_with("import_steps(")).count();
    assert!(steps <= 3, "what {steps} modules do while they are loaded was read: {runs:?}");
}
