//! The writer against the file system: whatever happens on the way, the state equals that of a fresh workspace.
#![allow(clippy::unwrap_used)]

mod against_fresh;
mod counted;
mod counted_early;
mod counted_files;
mod counted_fixes;
mod counted_flow;
mod kit;

use kit::{Kit, members};

use super::*;
use crate::BufferEdit;

#[test]
fn a_folder_is_walked_and_its_configuration_read() {
    let kit = Kit::new(&[
        ("/p/a.py", ""),
        ("/p/pkg/__init__.py", ""),
        ("/p/.venv/lib/x.py", ""),
        ("/p/svc/pyproject.toml", "[project]\nname = 'svc'\n"),
        ("/p/svc/b.py", ""),
        ("/q/c.py", ""),
    ]);
    let workspace = kit.open(&["/p"]);
    assert_eq!(members(&workspace), ["/p: a.py pkg/__init__.py svc/b.py"]);
    let project = workspace.snapshot().projects()[0];
    assert_eq!(project.configs(workspace.snapshot().db()).distributions, ["/p/svc"]);
}

/// What is written, what is reported, what exists then.
type Row<'a> = (&'a [(&'a str, Option<&'a str>)], &'a [&'a str], &'a str);

#[test]
fn files_and_folders_come_and_go() {
    let kit = Kit::new(&[("/p/a.py", ""), ("/p/d/b.py", ""), ("/p/d/c.py", "")]);
    let mut workspace = kit.open(&["/p"]);
    let table: &[Row<'_>] = &[
        (&[("/p/n.py", Some(""))], &["/p/n.py"], "/p: a.py d/b.py d/c.py n.py"),
        (&[("/p/d", None)], &["/p/d"], "/p: a.py n.py"),
        (&[("/p/e/x.py", Some("")), ("/p/e/f/y.py", Some(""))], &["/p/e"], "/p: a.py e/f/y.py e/x.py n.py"),
        (&[("/p/.gitignore", Some("e/f\n"))], &["/p/.gitignore"], "/p: a.py e/x.py n.py"),
        (&[("/p/e/f/z.py", Some(""))], &["/p/e/f/z.py"], "/p: a.py e/x.py n.py"),
        (&[("/p/.gitignore", None)], &["/p/.gitignore"], "/p: a.py e/f/y.py e/f/z.py e/x.py n.py"),
        (
            &[("/p/e/x.pyi", Some("")), ("/p/e/x.py", None)],
            &["/p/e/x.py"],
            "/p: a.py e/f/y.py e/f/z.py e/x.pyi n.py",
        ),
        (&[("/p/e/x.py", Some(""))], &["/p/e/x.py"], "/p: a.py e/f/y.py e/f/z.py e/x.py n.py"),
        (
            &[("/p/node_modules/x.py", Some(""))],
            &["/p/node_modules"],
            "/p: a.py e/f/y.py e/f/z.py e/x.py n.py",
        ),
        (
            &[("/p/notes.txt", Some(""))],
            &["/p/notes.txt", "/nowhere/x.py"],
            "/p: a.py e/f/y.py e/f/z.py e/x.py n.py",
        ),
        (&[("/p", None)], &["/p"], "/p:"),
    ];
    for (writes, told, expected) in table {
        kit.write(writes);
        let paths: Vec<Utf8PathBuf> = told.iter().map(Utf8PathBuf::from).collect();
        workspace.apply(vec![Change::Disk(paths.clone())]);
        assert_eq!(members(&workspace), [*expected], "after {writes:?}");
        let again = workspace.apply(vec![Change::Disk(paths)]);
        assert!(!again.changed, "told twice, {told:?} changed something again");
    }
}

#[test]
fn a_buffer_that_was_never_saved_is_a_member_unless_its_folder_is_not_ours() {
    let kit = Kit::new(&[("/p/a.py", "")]);
    let mut workspace = kit.open(&["/p"]);
    for path in [
        "/p/new/b.py",
        "/p/node_modules/x.py",
        "/p/lib/site-packages/y.py",
        "/p/__pycache__/z.py",
        "/p/.x/h.py",
    ] {
        workspace.apply(vec![Change::Open { path: path.into(), version: 1, text: "".into() }]);
    }
    assert_eq!(members(&workspace), ["/p: a.py new/b.py"]);
}

#[test]
fn what_a_configuration_leaves_out_follows_its_edits() {
    let kit = Kit::new(&[("/p/a.py", ""), ("/p/gen/b.py", ""), ("/p/architrave.toml", "")]);
    let mut workspace = kit.open(&["/p"]);
    assert_eq!(members(&workspace), ["/p: a.py gen/b.py"]);
    workspace.apply(vec![Change::Open {
        path: "/p/architrave.toml".into(),
        version: 1,
        text: "exclude = ['gen']\n".into(),
    }]);
    assert_eq!(members(&workspace), ["/p: a.py"], "the open buffer counts");
    workspace.apply(vec![Change::Close("/p/architrave.toml".into())]);
    assert_eq!(members(&workspace), ["/p: a.py gen/b.py"], "the disk counts again");
}

#[test]
fn problems_of_a_configuration_are_kept_and_forgotten_with_it() {
    let kit = Kit::new(&[("/p/a.py", ""), ("/p/architrave.toml", "no-such-key = 1\n")]);
    let mut workspace = kit.open(&["/p"]);
    let problems = workspace.snapshot().config_problems().to_vec();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].path, "/p/architrave.toml");
    kit.write(&[("/p/architrave.toml", Some(""))]);
    workspace.apply(vec![Change::Disk(vec!["/p/architrave.toml".into()])]);
    assert!(workspace.snapshot().config_problems().is_empty());
}

#[test]
fn what_was_last_valid_stays_in_force_while_the_configuration_is_broken() {
    // What is written, then what is declared and what is wrong. `None` removes the file.
    let table: &[(Option<&str>, &str, &str)] = &[
        // Never valid: nothing to keep.
        (Some("exclude = ['a"), "", "not valid TOML"),
        (Some("exclude = ['a']\n"), "a", ""),
        (Some("exclude = ['b'\n"), "a", "the settings of the last valid version stay in force"),
        (Some("exclude = ['b', 'c'\n"), "a", "the settings of the last valid version stay in force"),
        (Some("exclude = ['b', 'c']\n"), "b c", ""),
        // Wrong, but valid TOML: the readable part counts.
        (Some("exclude = ['d']\nstyle = 'claen'\n"), "d", "unknown style"),
        (
            Some("exclude = ['d']\nstyle = 'clean\n"),
            "d",
            "the settings of the last valid version stay in force",
        ),
        (None, "", ""),
        // Another file of that name: the first one's declarations are forgotten.
        (Some("exclude = ["), "", "not valid TOML"),
    ];
    let kit = Kit::new(&[("/p/a.py", "")]);
    let mut workspace = kit.open(&["/p"]);
    for (text, declared, problem) in table {
        kit.write(&[("/p/architrave.toml", *text)]);
        workspace.apply(vec![Change::Disk(vec!["/p/architrave.toml".into()])]);
        let snapshot = workspace.snapshot();
        let configs = snapshot.projects()[0].configs(snapshot.db()).list.clone();
        let excluded: Vec<String> = configs.iter().flat_map(|config| config.exclude.clone()).collect();
        assert_eq!(excluded.join(" "), *declared, "{text:?}");
        let problems: Vec<&str> =
            snapshot.config_problems().iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(problems.len(), usize::from(!problem.is_empty()), "{text:?} {problems:?}");
        assert!(problems.iter().all(|message| message.contains(problem)), "{text:?} {problems:?}");
    }
}

#[test]
fn a_table_in_a_broken_pyproject_stays_in_force_even_where_it_is_not_seen() {
    let path = "/p/pyproject.toml";
    let kit =
        Kit::new(&[("/p/a.py", ""), (path, "[project]\nname = 'x'\n[tool.architrave]\nexclude = ['b']\n")]);
    let mut workspace = kit.open(&["/p"]);
    for (text, declared) in [
        ("[project]\nname = \n[tool.architrave]\nexclude = ['c']\n", 1),
        ("[project\nname = 'x'\n", 1),
        // Valid, and no longer ours.
        ("[project]\nname = 'x'\n", 0),
        ("[project\nname = 'x'\n", 0),
    ] {
        kit.write(&[(path, Some(text))]);
        workspace.apply(vec![Change::Disk(vec![path.into()])]);
        let snapshot = workspace.snapshot();
        let configs = snapshot.projects()[0].configs(snapshot.db()).list.clone();
        assert_eq!(configs.len(), declared, "{text}");
        assert!(configs.iter().all(|config| config.exclude == ["b"]), "{text}");
        assert_eq!(snapshot.config_problems().len(), declared, "{text}");
    }
}

#[test]
fn what_lies_beside_the_opened_folder_is_not_missed() {
    let kit = Kit::new(&[
        ("/p/architrave.toml", "[layers]\ndomain = ['orders.domain', 'users.domain']\n"),
        ("/p/orders/domain.py", ""),
        ("/p/users/domain.py", ""),
    ]);
    assert_eq!(kit.open(&["/p"]).snapshot().contract_problems(), []);
    assert_eq!(kit.open(&["/p/orders"]).snapshot().contract_problems(), []);
    kit.write(&[("/p/users/domain.py", None)]);
    assert_eq!(kit.open(&["/p"]).snapshot().contract_problems().len(), 1);
}

#[test]
fn of_two_configurations_of_ours_one_is_told_that_it_does_not_count() {
    let ours = ("/p/architrave.toml", "");
    let kit = Kit::new(&[ours, ("/p/pyproject.toml", "[tool.architrave]\nno-such-key = 1\n")]);
    let mut workspace = kit.open(&["/p"]);
    let told = |workspace: &Workspace| -> Vec<String> {
        workspace.snapshot().config_problems().iter().map(|problem| problem.message.clone()).collect()
    };
    let conflict = "not read: the architrave.toml beside this file configures instead; keep one of the two";
    assert_eq!(told(&workspace), [conflict]);
    kit.write(&[(ours.0, None)]);
    workspace.apply(vec![Change::Disk(vec![ours.0.into()])]);
    let told = told(&workspace);
    assert!(told.len() == 1 && told[0].starts_with("unknown key"), "{told:?}");
}

#[test]
fn a_configuration_above_the_folder_governs_it() {
    let kit = Kit::new(&[
        ("/r/architrave.toml", "exclude = ['/svc/gen', 'old']\n"),
        ("/r/svc/a.py", ""),
        ("/r/svc/gen/b.py", ""),
        ("/r/svc/x/old/c.py", ""),
    ]);
    let workspace = kit.open(&["/r/svc"]);
    assert_eq!(members(&workspace), ["/r/svc: a.py"]);
}

#[test]
fn buffers_count_before_the_disk() {
    let kit = Kit::new(&[("/p/a.py", "x = 1\n")]);
    let mut workspace = kit.open(&["/p"]);
    let text = |workspace: &Workspace, path: &str| {
        let snapshot = workspace.snapshot();
        let file = snapshot.file(path.into()).unwrap();
        snapshot.text(file).as_str().to_owned()
    };
    let open = |path: &str, text: &str| Change::Open { path: path.into(), version: 1, text: text.into() };
    let edit = |path: &str, version, text: &str| Change::Edit {
        path: path.into(),
        version,
        edits: vec![BufferEdit { range: None, text: text.to_owned() }],
        encoding: source::PositionEncoding::Utf16,
    };
    workspace.apply(vec![open("/p/a.py", "x = 2\n")]);
    assert_eq!(text(&workspace, "/p/a.py"), "x = 2\n");
    kit.write(&[("/p/a.py", Some("x = 3\n"))]);
    assert!(!workspace.apply(vec![Change::Disk(vec!["/p/a.py".into()])]).changed);
    assert_eq!(workspace.version("/p/a.py".into()), Some(1));

    let refused = workspace.apply(vec![edit("/p/a.py", 5, "x = 5\n"), edit("/p/a.py", 4, "x = 4\n")]).refused;
    assert_eq!(refused.len(), 1, "a version that goes backwards");
    assert!(refused[0].reason.contains("version 4"), "{refused:?}");
    assert_eq!(text(&workspace, "/p/a.py"), "x = 5\n");

    let applied = workspace.apply(vec![edit("/p/b.py", 1, ""), Change::Close("/p/b.py".into())]);
    assert_eq!(applied.refused.len(), 2, "never opened");
    assert!(!applied.changed);

    workspace.apply(vec![Change::Close("/p/a.py".into())]);
    assert_eq!(text(&workspace, "/p/a.py"), "x = 3\n", "the disk counts again");
}

#[test]
fn a_buffer_that_was_never_saved_is_a_member_while_it_is_open() {
    let kit = Kit::new(&[("/p/a.py", "")]);
    let mut workspace = kit.open(&["/p"]);
    workspace.apply(vec![Change::Open { path: "/p/pkg/new.py".into(), version: 1, text: "".into() }]);
    assert_eq!(members(&workspace), ["/p: a.py pkg/new.py"]);
    workspace.apply(vec![Change::Disk(vec!["/p/pkg".into()])]);
    assert_eq!(members(&workspace), ["/p: a.py pkg/new.py"]);
    workspace.apply(vec![Change::Close("/p/pkg/new.py".into())]);
    assert_eq!(members(&workspace), ["/p: a.py"]);
}

#[test]
fn a_file_opened_outside_every_folder_is_a_project_of_its_own() {
    let kit = Kit::new(&[("/p/a.py", ""), ("/q/b.py", ""), ("/q/c.py", "")]);
    let mut workspace = kit.open(&["/p"]);
    workspace.apply(vec![Change::Open { path: "/q/b.py".into(), version: 1, text: "".into() }]);
    assert_eq!(members(&workspace), ["/p: a.py", "/q: b.py"]);
    assert!(workspace.snapshot().project_of("/q/b.py".into()).is_some());
    workspace.apply(vec![Change::AddFolder("/q".into())]);
    assert_eq!(members(&workspace), ["/p: a.py", "/q: b.py c.py"], "now it belongs to the folder");
    workspace.apply(vec![Change::RemoveFolder("/q".into()), Change::Close("/q/b.py".into())]);
    assert_eq!(members(&workspace), ["/p: a.py"]);
}

#[test]
fn a_folder_inside_another_is_part_of_it() {
    let kit = Kit::new(&[("/p/a.py", ""), ("/p/in/b.py", "")]);
    let mut workspace = kit.open(&["/p/in"]);
    assert_eq!(members(&workspace), ["/p/in: b.py"]);
    workspace.apply(vec![Change::AddFolder("/p".into())]);
    assert_eq!(members(&workspace), ["/p: a.py in/b.py"]);
    workspace.apply(vec![Change::RemoveFolder("/p".into())]);
    assert_eq!(members(&workspace), ["/p/in: b.py"]);
    workspace.apply(vec![Change::AddFolder("/nowhere".into())]);
    assert_eq!(members(&workspace), ["/nowhere:", "/p/in: b.py"], "a folder that is missing holds nothing");
}

#[test]
fn snapshots_are_counted_and_readers_are_cut_off() {
    let kit = Kit::new(&[("/p/a.py", "")]);
    let mut workspace = kit.open(&["/p"]);
    let snapshot = workspace.snapshot();
    let fork = snapshot.fork();
    assert_eq!(workspace.outstanding(), 2);
    drop(fork);
    let reader = std::thread::spawn(move || {
        loop {
            let project = snapshot.projects()[0];
            if let Err(failure) = snapshot.catch(|snapshot| snapshot.architecture(project)) {
                return failure;
            }
        }
    });
    kit.write(&[("/p/b.py", Some(""))]);
    workspace.apply(vec![Change::Disk(vec!["/p/b.py".into()])]);
    assert_eq!(reader.join().unwrap(), crate::Failure::Cancelled);
    assert_eq!(workspace.outstanding(), 0);
    let failure = workspace.snapshot().catch(|_| panic!("words"));
    assert_eq!(failure, Err(crate::Failure::Panicked("words".to_owned())));
}

/// The results of two readers of the same query: the second waits for the first, which runs `meanwhile` while it runs
/// the query.
fn two_readers(
    meanwhile: impl Fn() + Send + Sync + 'static,
    write: impl FnOnce(&mut Workspace),
) -> [Result<(), crate::Failure>; 2] {
    let (begun, begins) = std::sync::mpsc::channel();
    let is_first = std::sync::atomic::AtomicBool::new(true);
    let listener = move |query: &str| {
        if query.starts_with("architecture(") && is_first.swap(false, std::sync::atomic::Ordering::SeqCst) {
            begun.send(()).unwrap();
            // The second reader starts its query, and the writer requests its turn.
            std::thread::sleep(std::time::Duration::from_millis(200));
            meanwhile();
        }
    };
    let kit = Kit::new(&[("/p/a.py", "")]);
    let files = Arc::clone(&kit.files) as Arc<dyn source::FileSystem>;
    let mut workspace = Workspace::with_listener(files, Box::new(listener));
    workspace.apply(vec![Change::AddFolder("/p".into())]);
    let read = |snapshot: crate::Snapshot| {
        std::thread::spawn(move || {
            snapshot.catch(|snapshot| drop(snapshot.architecture(snapshot.projects()[0])))
        })
    };
    let first = read(workspace.snapshot());
    begins.recv().unwrap();
    let second = read(workspace.snapshot());
    std::thread::sleep(std::time::Duration::from_millis(100));
    write(&mut workspace);
    [first.join().unwrap(), second.join().unwrap()]
}

#[test]
fn a_reader_that_waits_for_one_that_a_write_cuts_off_is_cut_off_too() {
    let open = Change::Open { path: "/p/a.py".into(), version: 0, text: "import b".into() };
    let outcomes = two_readers(|| {}, |workspace| drop(workspace.apply(vec![open])));
    assert_eq!(outcomes, [Err(crate::Failure::Cancelled), Err(crate::Failure::Cancelled)]);
}

#[test]
fn a_reader_that_waits_for_one_that_panics_says_so() {
    let [first, second] = two_readers(|| panic!("words"), |_| {});
    assert_eq!(first, Err(crate::Failure::Panicked("words".to_owned())));
    let Err(crate::Failure::Panicked(message)) = second else { panic!("{second:?}") };
    assert!(message.contains("another thread"), "{message}");
}

#[test]
fn what_is_saved_where_a_walk_does_not_look_leaves_with_its_buffer() {
    let kit = Kit::new(&[("/p/a.py", "")]);
    let mut workspace = kit.open(&["/p"]);
    let path: camino::Utf8PathBuf = "/p/venv/lib/e.py".into();
    workspace.apply(vec![Change::Open { path: path.clone(), version: 0, text: "".into() }]);
    // Closed and saved at the same time.
    kit.write(&[("/p/venv/lib/e.py", Some(""))]);
    workspace.apply(vec![Change::Close(path.clone()), Change::Disk(vec![path])]);
    assert_eq!(members(&workspace), ["/p: a.py"]);
}
