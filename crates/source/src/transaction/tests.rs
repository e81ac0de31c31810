//! Atomicity, whatever happens at any moment.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod faults;
mod faulty;

use std::collections::BTreeMap;
use std::fs;

use tempfile::TempDir;

use super::*;
use crate::{DiskFileSystem, MemoryFileSystem};

/// All files and empty folders below a folder, by relative path; links with their targets.
pub(super) type Tree = BTreeMap<String, String>;

pub(super) struct Folder {
    folder: TempDir,
}

impl Folder {
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(folder.path("workspace")).unwrap();
        for (path, text) in files {
            let path = folder.root().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    pub(super) fn path(&self, path: &str) -> Utf8PathBuf {
        Utf8Path::from_path(self.folder.path()).unwrap().canonicalize_utf8().unwrap().join(path)
    }

    pub(super) fn root(&self) -> Utf8PathBuf {
        self.path("workspace")
    }

    pub(super) fn tree(&self) -> Tree {
        let mut tree = Tree::new();
        let mut folders = vec![self.root()];
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir_utf8().unwrap().flatten() {
                let (path, kind) = (entry.path(), entry.file_type().unwrap());
                let name = path.strip_prefix(self.root()).unwrap().to_string();
                if kind.is_symlink() {
                    tree.insert(name, format!("-> {}", path.read_link_utf8().unwrap()));
                } else if kind.is_dir() {
                    if path.read_dir_utf8().unwrap().next().is_none() {
                        tree.insert(name, "empty".to_owned());
                    }
                    folders.push(path.to_owned());
                } else {
                    let bytes = fs::read(path).unwrap();
                    tree.insert(name, String::from_utf8_lossy(&bytes).into_owned());
                }
            }
        }
        tree
    }
}

pub(super) fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[track_caller]
fn refused(outcome: Result<(), WriteError>) -> Vec<(String, Reason)> {
    let error = outcome.unwrap_err();
    let refusals = error.refusals().iter();
    assert!(!error.refusals().is_empty(), "{error}");
    refusals.map(|refusal| (refusal.path.file_name().unwrap().to_owned(), refusal.reason.clone())).collect()
}

#[test]
fn all_targets_are_checked_before_the_first_is_changed() {
    let files = [("a.py", "a"), ("b.py", "b"), ("c.py", "c"), ("folder.py/x", "")];
    let folder = Folder::new(&files);
    let root = folder.root();
    let mut transaction = Transaction::new(&root);
    transaction.replace(root.join("a.py"), b"a".to_vec(), b"A".to_vec());
    transaction.replace(root.join("b.py"), b"other".to_vec(), b"B".to_vec());
    transaction.replace(root.join("d.py"), b"d".to_vec(), b"D".to_vec());
    transaction.create(root.join("c.py"), b"C".to_vec());
    transaction.replace(root.join("folder.py"), b"".to_vec(), b"F".to_vec());
    transaction.rename(root.join("a.py"), root.join("c.py"));
    let refusals = refused(transaction.carry_out(&DiskFileSystem, Patience::Short));
    let expected = [
        ("b.py", Reason::Changed),
        ("d.py", Reason::Gone),
        ("c.py", Reason::Exists),
        ("folder.py", Reason::NoFile),
        ("c.py", Reason::Exists),
    ];
    assert_eq!(refusals, expected.map(|(path, reason)| (path.to_owned(), reason)));
    assert_eq!(folder.tree(), tree(&files));
}

#[test]
fn files_are_replaced_created_and_moved() {
    let folder = Folder::new(&[("a.py", "a"), ("pkg/b.py", "b"), ("pkg/c.py", "c")]);
    let root = folder.root();
    let mut transaction = Transaction::new(&root);
    transaction.replace(root.join("a.py"), b"a".to_vec(), b"A".to_vec());
    transaction.replace(root.join("pkg/b.py"), b"b".to_vec(), b"B".to_vec());
    transaction.create(root.join("new/deep/d.py"), b"D".to_vec());
    transaction.create(root.join("new/e.py"), b"E".to_vec());
    transaction.rename(root.join("pkg"), root.join("new/pkg"));
    transaction.carry_out(&DiskFileSystem, Patience::Short).unwrap();
    let expected = [
        ("a.py", "A"),
        ("new/deep/d.py", "D"),
        ("new/e.py", "E"),
        ("new/pkg/b.py", "B"),
        ("new/pkg/c.py", "c"),
    ];
    assert_eq!(folder.tree(), tree(&expected));
}

#[test]
fn memory_can_do_the_same() {
    let memory = MemoryFileSystem::with_files([("/p/a.py", "a"), ("/p/b.py", "b")]);
    let mut transaction = Transaction::new("/p");
    transaction.replace("/p/a.py", b"a".to_vec(), b"A".to_vec());
    transaction.create("/p/new/c.py", b"C".to_vec());
    transaction.rename("/p/b.py", "/p/new/b.py");
    transaction.carry_out(&memory, Patience::Short).unwrap();
    for (path, text) in [("/p/a.py", "A"), ("/p/new/b.py", "b"), ("/p/new/c.py", "C")] {
        assert_eq!(memory.read(path.into()).unwrap(), text.as_bytes());
    }
    let names = memory.read_dir("/p".into()).unwrap().len();
    assert_eq!(names, 2);
}

#[test]
fn one_file_by_two_processes() {
    let folder = Folder::new(&[("list", "")]);
    let path = folder.root().join("list");
    std::thread::scope(|scope| {
        for word in ["a", "b", "c", "d"] {
            let (path, root) = (&path, folder.root());
            scope.spawn(move || {
                for _ in 0..15 {
                    let append = |text: Option<&str>| {
                        Ok::<_, WriteError>(Some(format!("{}{word}", text.unwrap_or_default())))
                    };
                    assert!(rewrite(&DiskFileSystem, path, &root, Patience::Long, append).unwrap());
                }
            });
        }
    });
    assert_eq!(fs::read_to_string(path).unwrap().len(), 60);
    assert_eq!(folder.tree().len(), 1);
}

#[test]
fn a_lock_that_is_held_is_told() {
    let folder = Folder::new(&[("a.py", "a")]);
    let root = folder.root();
    let lock = DiskFileSystem.try_lock(&root.join(LOCK)).unwrap().unwrap();
    let mut transaction = Transaction::new(&root);
    transaction.replace(root.join("a.py"), b"a".to_vec(), b"A".to_vec());
    let error = transaction.carry_out(&DiskFileSystem, Patience::Short).unwrap_err();
    assert!(matches!(error, WriteError::Busy(_)), "{error}");
    drop(lock);
    assert_eq!(folder.tree(), tree(&[("a.py", "a")]));
}

#[test]
fn a_journal_of_others_touches_nothing() {
    let digest = stage::Digest::of(b"a");
    let staged: Utf8PathBuf = ".architrave-1-0.tmp".into();
    let replace = |path: &str, staged: &Utf8Path| Step::Replace {
        path: path.into(),
        staged: staged.to_owned(),
        old: digest,
        new: stage::Digest::of(b"b"),
    };
    let steps = [
        replace("../outside", &staged),
        replace("/etc/passwd", &staged),
        replace("link/a.py", &staged),
        replace("./a.py", &staged),
        replace("", &staged),
        replace("a.py", "b.py".into()),
        replace(".architrave-1-1.tmp", &staged),
        Step::Create { path: "link/c.py".into(), staged, new: digest },
        Step::Rename { from: "a.py".into(), to: "link/a.py".into() },
        Step::Rename { from: "../outside".into(), to: "b".into() },
        Step::Folder { path: "link/folder".into() },
    ];
    for step in steps {
        let folder = Folder::new(&[("a.py", "a"), (".architrave-1-0.tmp", "b")]);
        fs::create_dir(folder.path("elsewhere")).unwrap();
        fs::write(folder.path("outside"), "a").unwrap();
        fs::write(folder.path("elsewhere/a.py"), "a").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("../elsewhere", folder.root().join("link")).unwrap();
        let text = serde_json::to_string(&Journal { steps: vec![step] }).unwrap();
        fs::write(folder.root().join(journal::NAME), &text).unwrap();
        let before = folder.tree();
        let error = recover(&DiskFileSystem, &folder.root(), Patience::Short).unwrap_err();
        assert!(error.to_string().contains("remove the journal"), "{text}: {error}");
        assert_eq!(folder.tree(), before, "{text}");
        assert_eq!(fs::read_dir(folder.path("elsewhere")).unwrap().count(), 1);
    }
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_stay_and_lead_nothing_out() {
        let folder = Folder::new(&[("a.py", "a"), ("pkg/b.py", "b")]);
        let root = folder.root();
        fs::create_dir(folder.path("outside")).unwrap();
        fs::write(folder.path("outside/c.py"), "c").unwrap();
        symlink("a.py", root.join("inner.py")).unwrap();
        symlink("../outside/c.py", root.join("outer.py")).unwrap();
        symlink("../outside", root.join("folder")).unwrap();
        symlink("nowhere", root.join("broken.py")).unwrap();
        let before = folder.tree();

        let mut transaction = Transaction::new(&root);
        transaction.replace(root.join("outer.py"), b"c".to_vec(), b"C".to_vec());
        transaction.replace(root.join("folder/c.py"), b"c".to_vec(), b"C".to_vec());
        transaction.create(root.join("folder/d.py"), b"D".to_vec());
        transaction.create(root.join("broken.py"), b"D".to_vec());
        transaction.rename(root.join("a.py"), root.join("folder/a.py"));
        let refusals = refused(transaction.carry_out(&DiskFileSystem, Patience::Short));
        let outside = |path: &str| Reason::Outside(folder.path("outside").join(path));
        let expected = [
            ("outer.py", outside("c.py")),
            ("c.py", outside("c.py")),
            ("d.py", outside("")),
            ("broken.py", Reason::Exists),
            ("a.py", outside("")),
        ];
        for (found, expected) in refusals.iter().zip(&expected) {
            assert_eq!(found.0, expected.0);
            assert_eq!(
                std::mem::discriminant(&found.1),
                std::mem::discriminant(&expected.1),
                "{found:?} {expected:?}"
            );
        }
        assert_eq!((folder.tree(), refusals.len()), (before, expected.len()));

        let mut transaction = Transaction::new(&root);
        transaction.replace(root.join("inner.py"), b"a".to_vec(), b"A".to_vec());
        transaction.replace(root.join("a.py"), b"a".to_vec(), b"A".to_vec());
        transaction.carry_out(&DiskFileSystem, Patience::Short).unwrap();
        let after = folder.tree();
        assert_eq!((after["a.py"].as_str(), after["inner.py"].as_str()), ("A", "-> a.py"));

        let mut transaction = Transaction::new(&root);
        transaction.replace(root.join("inner.py"), b"A".to_vec(), b"1".to_vec());
        transaction.replace(root.join("a.py"), b"A".to_vec(), b"2".to_vec());
        let refusals = refused(transaction.carry_out(&DiskFileSystem, Patience::Short));
        assert_eq!(refusals, [("a.py".to_owned(), Reason::Twice)]);
        assert_eq!(folder.tree(), after);
    }

    #[test]
    fn a_rewritten_link_stays_inside() {
        let folder = Folder::new(&[("real/list", "1")]);
        let root = folder.root();
        fs::write(folder.path("outside"), "{}").unwrap();
        symlink("real/list", root.join("inner")).unwrap();
        symlink("../outside", root.join("outer")).unwrap();
        symlink("../home", root.join("broken")).unwrap();
        let run = |path: &str| {
            let append =
                |text: Option<&str>| Ok::<_, WriteError>(Some(format!("{}2", text.unwrap_or("new"))));
            rewrite(&DiskFileSystem, &root.join(path), &root, Patience::Short, append)
        };
        assert!(run("inner").unwrap());
        assert!(run("plain").unwrap());
        let tree = folder.tree();
        assert_eq!((tree["real/list"].as_str(), tree["inner"].as_str()), ("12", "-> real/list"));
        assert_eq!(tree["plain"], "new2");
        for path in ["outer", "broken"] {
            assert!(!run(path).unwrap_err().refusals().is_empty(), "{path}");
        }
        assert_eq!(folder.tree(), tree);
        assert_eq!(fs::read_to_string(folder.path("outside")).unwrap(), "{}");
        assert!(!folder.path("home").exists());
    }

    #[test]
    fn pipes_are_left_alone() {
        let folder = Folder::new(&[("a.py", "a")]);
        let root = folder.root();
        let made = std::process::Command::new("mkfifo").arg(root.join("pipe.py")).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo is there");
        let mut transaction = Transaction::new(&root);
        transaction.replace(root.join("a.py"), b"a".to_vec(), b"A".to_vec());
        transaction.replace(root.join("pipe.py"), b"".to_vec(), b"P".to_vec());
        let refusals = refused(transaction.carry_out(&DiskFileSystem, Patience::Short));
        assert_eq!(refusals, [("pipe.py".to_owned(), Reason::NoFile)]);
        assert_eq!(fs::read_to_string(root.join("a.py")).unwrap(), "a");
    }
}
