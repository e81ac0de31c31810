//! A second run that finds what the first was told: the same to the last byte as a run without anything kept, whatever
//! changed in between.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A project, and a cache folder beside it.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        machine.write("pyproject.toml", Some("[project]\nname = \"shop\"\n"));
        machine.write("shop/__init__.py", Some(""));
        machine.write("shop/pricing.py", Some("def price(order):\n    return order.total\n"));
        machine.write("shop/orders.py", Some(LAZY));
        machine
    }

    fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    fn kept(&self) -> PathBuf {
        self.folder.path().join("kept")
    }

    /// Writes a file, or removes it.
    fn write(&self, path: &str, text: Option<&str>) {
        let path = self.project().join(path);
        if path.is_dir() {
            return;
        }
        let Some(text) = text else {
            let _ = fs::remove_file(path);
            return;
        };
        let folder = path.parent().expect("the path has a folder");
        if fs::create_dir_all(folder).is_ok() {
            let _ = fs::remove_file(&path);
            fs::write(path, text).expect("a file can be written");
        }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_architrave"));
        command
            .args(arguments)
            .current_dir(self.project())
            .env_remove("CI")
            .env_remove("ARCHITRAVE_NO_CACHE");
        command.env("ARCHITRAVE_CACHE_DIR", self.kept()).output().expect("the program starts")
    }

    /// What is told with what is kept, which must be what is told without.
    #[track_caller]
    fn same(&self, arguments: &[&str], when: &str) -> Output {
        let found = self.run(arguments);
        let expected = self.run(&[arguments, &["--no-cache"]].concat());
        assert_eq!(told(&found), told(&expected), "{arguments:?} {when}");
        found
    }

    /// The files in the cache whose names end like this.
    fn files(&self, end: &str) -> Vec<PathBuf> {
        let folders = fs::read_dir(self.kept()).into_iter().flatten().flatten().map(|entry| entry.path());
        let files = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        let mut files: Vec<PathBuf> = files.map(|entry| entry.path()).collect();
        files.retain(|path| path.to_string_lossy().ends_with(end));
        files.sort();
        files
    }

    fn forget(&self, end: &str) {
        for path in self.files(end) {
            fs::remove_file(path).expect("it can be removed");
        }
    }
}

/// A finding: an import inside a function.
const LAZY: &str = "def total(order):\n    from shop.pricing import price\n    return price(order)\n";

fn told(output: &Output) -> (String, String, Option<i32>) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

#[test]
fn the_second_run_indexes_nothing() {
    let machine = Machine::new();
    for arguments in [&["check"][..], &["check", "--output-format", "json"], &["layers"]] {
        machine.same(arguments, "at first");
        assert_eq!(machine.files(".pack").len(), 1);
        machine.forget(".pack");
        let answers = machine.files(".answer");
        let again = machine.same(arguments, "once more");
        assert!(!again.stdout.is_empty());
        assert_eq!(machine.files(".pack").len(), 0, "nothing was read but to compare it");
        assert_eq!(machine.files(".answer"), answers, "nothing is new");
    }
}

#[test]
fn each_state_has_its_answer() {
    let machine = Machine::new();
    machine.same(&["check"], "at first");
    machine.write("shop/orders.py", Some("def total(order):\n    return 1\n"));
    machine.same(&["check"], "another branch");
    assert_eq!(machine.files(".answer").len(), 2);
    machine.forget(".pack");
    machine.write("shop/orders.py", Some(LAZY));
    machine.same(&["check"], "back again");
    assert_eq!(machine.files(".pack").len(), 0, "the first answer holds again");
}

#[test]
fn only_so_many_answers_are_kept() {
    let machine = Machine::new();
    for number in 0..16 {
        machine.write("shop/other.py", Some(&format!("number = {number}\n")));
        machine.same(&["check"], "a state of many");
    }
    assert_eq!(machine.files(".answer").len(), 12);
}

/// Each byte of an answer flipped: never told.
#[test]
fn a_damaged_answer_is_none() {
    let machine = Machine::new();
    let expected = machine.same(&["check"], "at first");
    let answer = machine.files(".answer").remove(0);
    let whole = fs::read(&answer).expect("it is there");
    for part in 0..24 {
        let mut damaged = whole.clone();
        let at = whole.len() * part / 24;
        damaged[at] ^= 1 << (part % 8);
        fs::write(&answer, if part % 3 == 0 { &whole[..at] } else { &damaged }).expect("it can be written");
        assert_eq!(told(&machine.run(&["check"])), told(&expected), "damaged at {at}");
    }
}

/// A run that writes to the project is not repeated from memory.
#[test]
fn what_writes_runs_each_time() {
    let machine = Machine::new();
    machine.run(&["baseline"]);
    let baseline = machine.project().join(".architrave-baseline.json");
    let accepting = fs::read_to_string(&baseline).expect("it is there");
    machine.write("shop/orders.py", Some(""));
    for _ in 0..2 {
        fs::write(&baseline, &accepting).expect("it can be written");
        machine.run(&["check"]);
        assert_ne!(fs::read_to_string(&baseline).expect("it is there"), accepting, "an entry is obsolete");
    }
    machine.write("shop/orders.py", Some(LAZY));
    for _ in 0..2 {
        machine.run(&["check", "--fix"]);
        let fixed = fs::read_to_string(machine.project().join("shop/orders.py")).expect("it is there");
        assert!(fixed.starts_with("from shop.pricing import price"), "{fixed}");
        machine.write("shop/orders.py", Some(LAZY));
    }
}

#[test]
fn changes_according_to_git_count() {
    let machine = Machine::new();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=me", "-c", "user.email=me@here"];
        let mut command = Command::new("git");
        let output = command.args(identity).args(arguments).current_dir(machine.project()).output();
        assert!(output.expect("git starts").status.success(), "{arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "first"]);
    let affected = ["check", "--affected", "HEAD", "--level", "hint"];
    assert!(!machine.same(&affected, "nothing has changed").stdout.is_empty());
    machine.write("shop/orders.py", Some(&format!("{LAZY}\n")));
    let changed = told(&machine.same(&affected, "a file has changed"));
    assert_eq!(told(&machine.same(&affected, "and again")), changed);
    git(&["commit", "-qam", "second"]);
    assert_ne!(told(&machine.same(&affected, "the files are the same, the revision isn't")), changed);
}

/// Numbers that look random, the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("it is a small number") % limit
    }
}

const PATHS: [&str; 18] = [
    "shop/orders.py",
    "shop/pricing.py",
    "shop/deep/__init__.py",
    "shop/deep/more.py",
    "shop/orders.pyi",
    "shop/__init__.py",
    "lib/other.py",
    "pyproject.toml",
    "architrave.toml",
    "shop/architrave.toml",
    "setup.cfg",
    "setup.py",
    "tach.toml",
    ".importlinter",
    ".gitignore",
    "shop/.gitignore",
    ".architrave-baseline.json",
    ".git/HEAD",
];

const TEXTS: [&str; 14] = [
    "",
    LAZY,
    "from shop import orders\n\n\ndef price(order):\n    return orders.total(order)\n",
    "from shop.deep.more import thing\nimport lib.other\n",
    "thing = 1\n# \u{e4}\n",
    "def broken(:\n",
    "[project]\nname = \"shop\"\n",
    "[project]\nname = \"shop\"\n[tool.architrave]\nfail-on = \"hint\"\n",
    "rules.hidden-import = \"off\"\n",
    "exclude = [\"shop/deep\"]\nstyle = \"layered\"\n",
    "unknown-key = 1\n",
    "orders.py\n",
    "{\"version\": 1, \"findings\": []}\n",
    "[importlinter]\nroot_package = shop\n\n[importlinter:contract:1]\nname = deep\ntype = forbidden\n\
     source_modules = shop.orders\nforbidden_modules = shop.pricing\n",
];

const QUESTIONS: [&[&str]; 8] = [
    &["check", "--locked"],
    &["check", "--locked", "--level", "hint"],
    &["check", "--locked", "--output-format", "json"],
    &["check", "--locked", "--output-format", "sarif"],
    &["check", "--locked", "--output-format", "concise", "shop"],
    &["check", "--locked", "--select", "imports", "--no-baseline"],
    &["layers"],
    &["layers", "shop", "--output-format", "json"],
];

/// Files written, removed, taken back, replaced by what isn't a file; configurations of all kinds; each asked about
/// twice at least.
#[test]
fn random_changes() {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(812);
    let machine = Machine::new();
    let mut numbers = Numbers(seed | 1);
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    for round in 0..40 {
        let path = PATHS[numbers.below(PATHS.len())];
        let what = match numbers.below(8) {
            0 => {
                machine.write(path, None);
                "removed"
            }
            1 => {
                let (path, text) = before.pop_first().unwrap_or((path, ""));
                machine.write(path, Some(text));
                "taken back"
            }
            2 => "nothing",
            3 if Path::new(path).extension().is_some_and(|it| it == "py") => {
                strange(&machine.project().join(path), numbers.below(3));
                "strange"
            }
            _ => {
                let text = TEXTS[numbers.below(TEXTS.len())];
                before.insert(path, text);
                machine.write(path, Some(text));
                "written"
            }
        };
        let question = QUESTIONS[numbers.below(QUESTIONS.len())];
        machine.same(question, &format!("seed {seed}, round {round}: {path} {what}"));
        machine.same(question, &format!("seed {seed}, round {round}, again: {path} {what}"));
    }
}

/// Puts something at `path` that isn't a plain file: a pipe, a link to itself, a link to another file.
#[cfg(unix)]
fn strange(path: &Path, which: usize) {
    if path.is_dir() || path.parent().is_none_or(|folder| !folder.is_dir()) {
        return;
    }
    let _ = fs::remove_file(path);
    let outcome = match which {
        0 => return assert!(Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success())),
        1 => std::os::unix::fs::symlink(path, path),
        _ => std::os::unix::fs::symlink("pricing.py", path),
    };
    outcome.expect("a link can be made");
}

#[cfg(not(unix))]
fn strange(_: &Path, _: usize) {}
