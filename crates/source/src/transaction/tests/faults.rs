//! A single fault at each possible moment.

use super::faulty::{Fault, Faulty};
use super::*;

const OLD: [(&str, &str); 4] =
    [("a.py", "old a"), ("pkg/__init__.py", ""), ("pkg/b.py", "old b"), ("c.py", "old c")];
const NEW: [(&str, &str); 5] = [
    ("a.py", "new a"),
    ("moved/pkg/__init__.py", ""),
    ("moved/pkg/b.py", "new b"),
    ("c.py", "new c"),
    ("deep/er/d.py", "new d"),
];
const SAVED: &str = "typed by somebody meanwhile";

fn transaction(root: &Utf8Path) -> Transaction {
    let mut transaction = Transaction::new(root);
    for (path, letter) in [("a.py", "a"), ("pkg/b.py", "b"), ("c.py", "c")] {
        let text = |age: &str| format!("{age} {letter}").into_bytes();
        transaction.replace(root.join(path), text("old"), text("new"));
    }
    transaction.create(root.join("deep/er/d.py"), b"new d".to_vec());
    transaction.rename(root.join("pkg"), root.join("moved/pkg"));
    transaction
}

/// The first action of the next run. Without faults, and without waiting for the disk.
fn recover(root: &Utf8Path) -> Option<Recovered> {
    let fs = Faulty::new(Fault::Kill, usize::MAX, false);
    super::recover(&fs, root, Patience::Short).unwrap()
}

/// Runs with the fault at each moment; `look` examines the result.
fn at_each_moment(
    fault: impl Fn(&Utf8Path) -> Fault,
    mut look: impl FnMut(&Folder, Result<(), WriteError>, usize),
) {
    for in_turn in [false, true] {
        for at in 0.. {
            let folder = Folder::new(&OLD);
            let fs = Faulty::new(fault(&folder.root()), at, in_turn);
            let outcome = transaction(&folder.root()).carry_out(&fs, Patience::Short);
            if !fs.is_reached() {
                outcome.unwrap();
                assert_eq!(folder.tree(), tree(&NEW));
                assert!(at > 40, "{at} moments are too few");
                break;
            }
            look(&folder, outcome, at);
        }
    }
}

/// Every file has its old or its new text, and no temporary file could be mistaken for a module.
#[track_caller]
fn assert_nothing_torn(tree: &Tree) {
    for (path, text) in tree {
        let path = Utf8Path::new(path);
        let name = path.file_name().unwrap();
        assert!(
            name.starts_with(".architrave-")
                || text == "empty"
                || OLD.contains(&(path.as_str(), text))
                || NEW.contains(&(path.as_str(), text))
                || ["pkg/b.py", "moved/pkg/b.py"].contains(&path.as_str())
                    && ["old b", "new b"].contains(&text.as_str()),
            "{path}: {text}"
        );
        assert!(!(name.starts_with(".architrave-") && path.extension() == Some("py")));
    }
}

#[test]
fn killed() {
    let (mut old, mut finished) = (0, 0);
    at_each_moment(
        |_| Fault::Kill,
        |folder, _, at| {
            assert_nothing_torn(&folder.tree());
            let told = recover(&folder.root());
            let after = folder.tree();
            let is_new = after == tree(&NEW);
            assert!(is_new || after == tree(&OLD), "killed at {at}: {after:#?}");
            assert_eq!(told.is_some(), matches!(told, Some(Recovered::Finished(_))), "{told:?}");
            assert!(!is_new || told.is_some() || after == tree(&NEW));
            old += usize::from(!is_new);
            finished += usize::from(told.is_some());
            assert_eq!(recover(&folder.root()), None);
        },
    );
    assert!(old > 20 && finished > 10, "{old} {finished}");
}

#[test]
fn killed_and_killed_again_while_it_is_recovered() {
    at_each_moment(
        |_| Fault::Kill,
        |folder, _, at| {
            // The state is recreated for each second kill: over all first kills every moment is covered, a few for each
            // of them.
            let left = folder.tree();
            for second in (at % 7..).step_by(7) {
                let again = Folder::new(&[]);
                for (path, text) in &left {
                    let path = again.root().join(path);
                    if text == "empty" {
                        fs::create_dir_all(path).unwrap();
                    } else {
                        fs::create_dir_all(path.parent().unwrap()).unwrap();
                        fs::write(path, text).unwrap();
                    }
                }
                let fs = Faulty::new(Fault::Kill, second, second % 2 == 0);
                let _ = super::recover(&fs, &again.root(), Patience::Short);
                recover(&again.root());
                let after = again.tree();
                assert!(after == tree(&NEW) || after == tree(&OLD), "{at} {second}: {after:#?}");
                if !fs.is_reached() {
                    break;
                }
            }
        },
    );
}

#[test]
fn killed_and_gone_on_with() {
    at_each_moment(
        |_| Fault::Kill,
        |folder, _, at| {
            let root = folder.root();
            let is_moved = root.join("moved/pkg").exists();
            // The next run makes other changes, but recovers first.
            let mut next = Transaction::new(&root);
            next.create(root.join("next.py"), b"next".to_vec());
            next.carry_out(&Faulty::new(Fault::Kill, usize::MAX, false), Patience::Short).unwrap();
            let mut after = folder.tree();
            assert_eq!(after.remove("next.py").as_deref(), Some("next"));
            assert!(after == tree(&NEW) || after == tree(&OLD), "{at}: {after:#?}");
            assert!(!is_moved || after == tree(&NEW));
        },
    );
}

#[test]
fn killed_and_edited_since() {
    for path in ["a.py", "c.py"] {
        at_each_moment(
            |_| Fault::Kill,
            |folder, _, at| {
                let file = folder.root().join(path);
                let was_new = fs::read_to_string(&file).unwrap().starts_with("new");
                let text = if was_new { "edited new" } else { "edited old" };
                fs::write(&file, text).unwrap();
                recover(&folder.root());
                let mut after = folder.tree();
                assert_eq!(after.remove(path).as_deref(), Some(text), "{at}");
                // The remaining files are on the side of the edited one.
                let mut side = if was_new { tree(&NEW) } else { tree(&OLD) };
                side.remove(path);
                assert_eq!(after, side, "{at}");
            },
        );
    }
}

/// Some were edited before they were changed and some after: nothing is lost, and it is reported.
#[test]
fn killed_and_edited_on_both_sides_since() {
    let mut torn = 0;
    at_each_moment(
        |_| Fault::Kill,
        |folder, _, at| {
            let texts = ["a.py", "c.py"].map(|path| {
                let file = folder.root().join(path);
                let text = format!("edited {}", fs::read_to_string(&file).unwrap());
                fs::write(&file, &text).unwrap();
                (path, text)
            });
            let is_split = texts[0].1.contains("new") != texts[1].1.contains("new");
            let told = recover(&folder.root());
            let after = folder.tree();
            for (path, text) in texts {
                assert_eq!(after[path], text, "{at}");
            }
            assert_eq!(matches!(told, Some(Recovered::Torn(_))), is_split, "{at}: {told:?}");
            assert!(after.keys().all(|path| !path.contains(".architrave-")), "{after:#?}");
            torn += usize::from(is_split);
        },
    );
    assert!(torn > 1);
}

#[test]
fn killed_and_checked_out_since() {
    at_each_moment(
        |_| Fault::Kill,
        |folder, _, at| {
            let tree_now = folder.tree();
            if folder.root().join("moved/pkg").exists()
                || !tree_now.values().any(|text| text.starts_with("new "))
            {
                return;
            }
            let was_visible = tree_now["a.py"] == "new a";
            for (path, text) in OLD {
                fs::write(folder.root().join(path), text).unwrap();
            }
            recover(&folder.root());
            let after = folder.tree();
            // Restoring with version control leaves an untracked new file in place.
            assert!(after == tree(&OLD) || (!was_visible && after == tree(&NEW)), "{at}: {after:#?}");
        },
    );
}

#[test]
fn full_disk() {
    let mut failed = 0;
    at_each_moment(
        |_| Fault::Full,
        |folder, outcome, at| match outcome {
            Ok(()) => assert_eq!(folder.tree(), tree(&NEW)),
            Err(error) => {
                failed += 1;
                assert!(error.to_string().contains("free some space"), "{error}");
                assert_eq!(folder.tree(), tree(&OLD), "{at}");
            }
        },
    );
    assert!(failed > 10);
}

#[test]
fn one_operation_is_denied() {
    at_each_moment(
        |_| Fault::Denied,
        |folder, outcome, at| {
            let is_half = matches!(outcome, Err(WriteError::Half { .. }));
            let is_done = outcome.is_ok();
            // The next run completes or undoes the rest, if there is any.
            recover(&folder.root());
            let after = folder.tree();
            if is_half {
                assert!(after == tree(&NEW) || after == tree(&OLD), "{at}: {after:#?}");
            } else {
                assert_eq!(after, if is_done { tree(&NEW) } else { tree(&OLD) }, "{at}: {outcome:?}");
            }
        },
    );
}

#[test]
fn saved_by_an_editor_meanwhile() {
    for (path, after_move, in_place) in [
        ("a.py", "a.py", true),
        ("a.py", "a.py", false),
        ("pkg/b.py", "moved/pkg/b.py", true),
        ("pkg/b.py", "moved/pkg/b.py", false),
        ("c.py", "c.py", true),
    ] {
        let (mut kept_old, mut kept_new) = (0, 0);
        at_each_moment(
            |root| Fault::Save { path: root.join(path), text: SAVED, in_place },
            |folder, outcome, at| {
                let mut after = folder.tree();
                let saved = after.remove(path).filter(|text| text == SAVED);
                let moved = saved.clone().or_else(|| after.remove(after_move).filter(|text| text == SAVED));
                let (mut old, mut new) = (tree(&OLD), tree(&NEW));
                match (&outcome, moved) {
                    // The file was saved before the check, or in time to be noticed.
                    (Err(error), Some(_)) => {
                        kept_old += 1;
                        let refusal = Refusal { path: folder.root().join(path), reason: Reason::Changed };
                        assert_eq!(error.refusals(), [refusal], "{at}: {error}");
                        old.remove(path);
                        assert_eq!(after, old, "{at}");
                    }
                    // The file was saved over the new text, or had moved away.
                    (Ok(()), saved) => {
                        kept_new += 1;
                        let expected = new.remove(after_move);
                        if saved.is_none() {
                            after.insert(after_move.to_owned(), expected.unwrap());
                            new = tree(&NEW);
                        }
                        assert_eq!(after, new, "{at}");
                    }
                    (Err(error), None) => panic!("{at}: {error}: lost: {after:#?}"),
                }
            },
        );
        assert!(kept_old > 10, "{path}: {kept_old} {kept_new}");
    }
}
