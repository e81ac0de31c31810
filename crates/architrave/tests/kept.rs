//! The cache between runs: the same output with and without it, wherever it is and whatever happened to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use tempfile::TempDir;

/// A project of a few files with findings, and a cache folder beside it.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new(modules: usize) -> Self {
        let machine = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        machine.write("pyproject.toml", "[project]\nname = \"shop\"\n");
        machine.write("shop/__init__.py", "");
        machine.write("shop/pricing.py", "def price(order):\n    return order.total\n");
        let body = "    values = [order.total for order in orders if order.paid]\n".repeat(40);
        for number in 0..modules {
            let text = format!(
                "def total(orders):\n    from shop.pricing import price\n\n{body}    return price(values[{number}])\n"
            );
            machine.write(&format!("shop/orders{number}.py"), &text);
        }
        machine
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.project().join(path);
        fs::create_dir_all(path.parent().expect("the path has a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    fn kept(&self) -> PathBuf {
        self.folder.path().join("kept")
    }

    /// The program in the project's folder, with nothing of this machine's environment.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_architrave"));
        command
            .args(arguments)
            .current_dir(self.project())
            .env_remove("CI")
            .env_remove("ARCHITRAVE_NO_CACHE");
        command
            .env("ARCHITRAVE_CACHE_DIR", self.kept())
            .env("HOME", self.folder.path())
            .env_remove("XDG_CACHE_HOME");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }

    /// The report of `check`, which must not depend on the cache.
    fn check(&self) -> Output {
        self.run(&["check", "--output-format", "json"])
    }

    /// The report without reading or writing the cache.
    fn expected(&self) -> Output {
        self.run(&["check", "--output-format", "json", "--no-cache"])
    }

    fn packs(&self) -> Vec<PathBuf> {
        let folders = fs::read_dir(self.kept()).into_iter().flatten().flatten().map(|entry| entry.path());
        let files = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        let mut files: Vec<PathBuf> = files.map(|entry| entry.path()).collect();
        files.retain(|path| path.extension().is_none_or(|end| end != "answer"));
        files.sort();
        files
    }

    /// Removes the answers of whole runs: what is left are results for single files.
    fn forget_answers(&self) {
        for path in walk(&self.kept()) {
            if path.extension().is_some_and(|end| end == "answer") {
                fs::remove_file(path).expect("it can be removed");
            }
        }
    }
}

#[track_caller]
fn same(found: &Output, expected: &Output, when: &str) {
    let text = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(text(found), text(expected), "{when}");
    assert_eq!(String::from_utf8_lossy(&found.stderr), "", "{when}");
    assert_eq!(found.status.code(), Some(1), "{when}");
}

#[test]
fn a_run_keeps_something_and_the_next_says_the_same() {
    let machine = Machine::new(8);
    let expected = machine.expected();
    assert!(!machine.kept().exists(), "--no-cache writes nothing");
    same(&machine.check(), &expected, "while it is kept");
    let packs = machine.packs();
    assert_eq!(packs.len(), 1, "{packs:?}");
    machine.forget_answers();
    same(&machine.check(), &expected, "found again");
    assert_eq!(machine.packs(), packs, "nothing is new");
    machine.write("shop/orders0.py", "def total(order):\n    from shop.pricing import price\n");
    let expected = machine.expected();
    same(&machine.check(), &expected, "a file has changed");
    assert_eq!(machine.packs().len(), 2, "what is new is written beside what was there");
    let off =
        machine.command(&["check"]).env("ARCHITRAVE_NO_CACHE", "1").output().expect("the program starts");
    assert_eq!(off.status.code(), Some(1));
    assert_eq!(machine.packs().len(), 2);
}

#[test]
fn nothing_is_written_but_in_the_folder_for_it() {
    let machine = Machine::new(2);
    let before = walk(machine.folder.path());
    machine.check();
    let new: Vec<PathBuf> =
        walk(machine.folder.path()).into_iter().filter(|path| !before.contains(path)).collect();
    assert!(!new.is_empty() && new.iter().all(|path| path.starts_with(machine.kept())), "{new:?}");
}

/// Without the variable it is the user's cache folder; the workspace can't override it.
#[test]
#[cfg(target_os = "linux")]
fn the_user_says_where() {
    let machine = Machine::new(1);
    let own = machine.folder.path().join("caches");
    let path = |command: &mut Command| {
        let output = command.env_remove("ARCHITRAVE_CACHE_DIR").output().expect("the program starts");
        String::from_utf8(output.stdout).expect("it prints UTF-8").trim().to_owned()
    };
    let home = machine.folder.path().join(".cache/architrave");
    assert_eq!(path(&mut machine.command(&["cache", "path"])), home.to_str().expect("UTF-8"));
    let chosen = path(machine.command(&["cache", "path"]).env("XDG_CACHE_HOME", &own));
    assert_eq!(chosen, own.join("architrave").to_str().expect("UTF-8"));
    // Files of the project are not consulted.
    machine.write("architrave.toml", "cache-dir = \"here\"\n");
    machine.write(".env", "ARCHITRAVE_CACHE_DIR=here\n");
    assert_eq!(path(&mut machine.command(&["cache", "path"])), home.to_str().expect("UTF-8"));
    path(&mut machine.command(&["check"]));
    assert!(!machine.project().join("here").exists());
}

#[test]
fn it_can_be_removed() {
    let machine = Machine::new(3);
    let clean = |expected: &str| {
        let output = machine.run(&["cache", "clean"]);
        let text = String::from_utf8(output.stdout).expect("it prints UTF-8");
        assert_eq!(output.status.code(), Some(0));
        assert!(
            text.starts_with(expected) && text.contains(machine.kept().to_str().expect("UTF-8")),
            "{text}"
        );
    };
    clean("removed 0.0 MB of 0 projects");
    machine.check();
    let expected = machine.expected();
    clean("removed 0.1 MB of 1 project from");
    assert!(!machine.kept().exists());
    same(&machine.check(), &expected, "after it was removed");
    let path = machine.run(&["cache", "path", "--no-cache"]);
    assert_eq!(String::from_utf8_lossy(&path.stdout).trim(), machine.kept().to_str().expect("UTF-8"));
}

/// A folder that can't be created, one that can't be written to, and a path that is not a folder.
#[test]
fn a_folder_that_cannot_be_used_is_none() {
    let machine = Machine::new(2);
    let expected = machine.expected();
    let file = machine.folder.path().join("file");
    fs::write(&file, "x").expect("a file can be written");
    for folder in
        [file.clone(), file.join("below"), PathBuf::from("/proc/nowhere"), PathBuf::from("/dev/full")]
    {
        let command = &mut machine.command(&["check", "--output-format", "json"]);
        let output = command.env("ARCHITRAVE_CACHE_DIR", &folder).output().expect("the program starts");
        same(&output, &expected, &folder.to_string_lossy());
    }
    assert_eq!(fs::read_to_string(file).expect("it is there"), "x");
}

#[test]
#[cfg(unix)]
fn packs_that_cannot_be_written_or_read_are_none() {
    use std::os::unix::fs::PermissionsExt as _;

    let machine = Machine::new(2);
    let expected = machine.expected();
    machine.check();
    let pack = machine.packs().remove(0);
    machine.forget_answers();
    // A folder in place of the pack: not even root can read it as a file.
    fs::remove_file(&pack).expect("it can be removed");
    fs::create_dir(&pack).expect("a folder can be made");
    same(&machine.check(), &expected, "a folder in place of a pack");
    fs::remove_dir(&pack).expect("it can be removed");
    for path in [pack.parent().expect("it is in a folder"), &machine.kept()] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o555)).expect("permissions can be set");
    }
    same(&machine.check(), &expected, "a folder that is read-only");
    for path in [&machine.kept(), pack.parent().expect("it is in a folder")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
    }
}

/// Killed at any moment, mostly while it writes.
#[test]
fn a_run_that_is_killed_leaves_nothing_wrong() {
    let machine = Machine::new(24);
    let expected = machine.expected();
    let begun = Instant::now();
    machine.check();
    let whole = begun.elapsed();
    for part in 0..24 {
        fs::remove_dir_all(machine.kept()).expect("it is there");
        let mut run = machine
            .command(&["check"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let end = Instant::now() + whole.mul_f64(f64::from(part) / 24.0);
        if part % 2 == 0 {
            // At the first sign of a write.
            while run.try_wait().expect("it runs").is_none() && machine.packs().is_empty() {}
        } else {
            while run.try_wait().expect("it runs").is_none() && Instant::now() < end {}
        }
        let _ = run.kill();
        run.wait().expect("it has ended");
        same(&machine.check(), &expected, "after a kill");
        same(&machine.check(), &expected, "and once more");
    }
}

/// Several processes, in one project that changes meanwhile.
#[test]
fn processes_do_not_disturb_each_other() {
    let machine = Machine::new(6);
    for round in 0..4 {
        machine.write(
            "shop/orders0.py",
            &format!("def total(order):\n    from shop.pricing import price{round}\n"),
        );
        let mut check = machine.command(&["check", "--output-format", "json"]);
        check.stdout(Stdio::piped()).stderr(Stdio::piped());
        let runs: Vec<_> = (0..4).map(|_| check.spawn().expect("it starts")).collect();
        let outputs: Vec<Output> =
            runs.into_iter().map(|run| run.wait_with_output().expect("it ends")).collect();
        let expected = machine.expected();
        for output in outputs {
            same(&output, &expected, "one of four");
        }
    }
    assert!(machine.packs().iter().all(|path| path.extension().is_some_and(|ending| ending == "pack")));
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder can be read").flatten() {
        found.push(entry.path());
        if entry.path().is_dir() {
            found.extend(walk(&entry.path()));
        }
    }
    found
}
