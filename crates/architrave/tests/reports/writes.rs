//! Writes are complete or don't happen: killed, read-only, linked, by several processes at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::shell::{MENDED, ORDERS, Project};

const BASELINE: &str = ".architrave-baseline.json";
const JOURNAL: &str = ".architrave-journal.json";

/// All files of the project by path, with links followed.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut tree = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(current).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                tree.insert(name, fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }
    tree
}

/// A class that several modules import.
fn imported() -> Project {
    let mut files = vec![
        ("pyproject.toml".to_owned(), "[project]\nname = \"app\"\n".to_owned()),
        ("app/__init__.py".to_owned(), String::new()),
        ("app/src.py".to_owned(), "class A:\n    pass\n\n\nclass B:\n    pass\n".to_owned()),
        ("app/dst.py".to_owned(), "x = 1\n".to_owned()),
    ];
    files
        .extend((0..8).map(|n| (format!("app/use{n}.py"), "from app.src import A\n\nprint(A)\n".to_owned())));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Project::new(&files)
}

#[cfg(unix)]
#[test]
fn a_refactoring_stops_before_it_begins_where_one_file_is_read_only() {
    let moves: [&[&str]; 3] = [
        &["refactor", "move", "app/src.py:A", "app.dst"],
        &["refactor", "move", "app/src.py:A", "app.fresh"],
        &["refactor", "move", "app/src.py", "app/new/place.py"],
    ];
    for arguments in moves {
        let project = imported();
        let before = tree(project.path());
        let run = project.run_without_right_to("app/use5.py", arguments);
        assert_eq!(run.code, 2, "{}{}", run.out, run.err);
        assert!(
            run.err.contains("use5.py can't be written") && run.err.contains("nothing was changed"),
            "{}",
            run.err
        );
        assert_eq!((tree(project.path()), run.out.as_str()), (before, ""));
    }
}

#[cfg(unix)]
#[test]
fn a_fix_leaves_a_file_that_is_read_only_and_writes_the_others() {
    let project = Project::shop();
    let taxes = project.read("shop/taxes.py");
    let run =
        project.run_without_right_to("shop/taxes.py", &["check", "--fix", "--output-format", "concise"]);
    assert_eq!(run.code, 1);
    assert!(
        run.err.starts_with("fixed 1 findings in 1 files\nleft: shop/taxes.py: can't be written ("),
        "{}",
        run.err
    );
    assert!(run.out.starts_with("shop/taxes.py:2:") && run.out.lines().count() == 1, "{}", run.out);
    assert_eq!(project.read("shop/orders.py").as_deref(), Some(MENDED));
    assert_eq!(project.read("shop/taxes.py"), taxes);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept_and_nothing_leads_out() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let outside = Project::new(&[("secret.py", ORDERS), ("out/keep", "")]);
    let project = Project::shop();
    let path = |name: &str| project.path().join(name);
    project.write("shop/real/orders.py", ORDERS);
    project.write("shop/real/__init__.py", "");
    fs::remove_file(path("shop/orders.py")).unwrap();
    symlink("real/orders.py", path("shop/orders.py")).unwrap();
    symlink(outside.path().join("secret.py"), path("shop/link.py")).unwrap();
    symlink(outside.path().join("out"), path("shop/out")).unwrap();
    fs::set_permissions(path("shop/taxes.py"), fs::Permissions::from_mode(0o640)).unwrap();

    let run = project.run(&["check", "--fix", "--output-format", "concise"]);
    assert!(run.err.contains("left: shop/link.py: is outside of the workspace: "), "{}", run.err);
    assert_eq!(project.read("shop/real/orders.py").as_deref(), Some(MENDED));
    assert!(path("shop/orders.py").is_symlink() && path("shop/link.py").is_symlink());
    assert_eq!(fs::metadata(path("shop/taxes.py")).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(project.read("shop/taxes.py").unwrap().starts_with("from shop.prices"));

    for (what, target) in [("shop/taxes.py", "shop/out/taxes.py"), ("shop/taxes.py:tax", "shop.out.taxes")] {
        let run = project.run(&["refactor", "move", what, target]);
        assert_eq!(run.code, 2, "{}", run.out);
    }
    assert_eq!(outside.read("secret.py").as_deref(), Some(ORDERS));
    assert_eq!(fs::read_dir(outside.path().join("out")).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_baseline_that_leads_out_is_refused() {
    use std::os::unix::fs::symlink;

    let outside = Project::new(&[("known.json", "{\"schema\": 1, \"accepted\": []}\n")]);
    for target in ["known.json", "nowhere"] {
        let project = Project::shop();
        symlink(outside.path().join(target), project.path().join(BASELINE)).unwrap();
        let run = project.run(&["baseline"]);
        assert_eq!(run.code, 2, "{}", run.out);
        assert!(run.err.contains("nothing was changed"), "{}", run.err);
    }
    assert_eq!(outside.read("known.json").as_deref(), Some("{\"schema\": 1, \"accepted\": []}\n"));
    assert_eq!(outside.read("nowhere"), None);
}

#[test]
fn two_processes_lose_no_entry_of_one_baseline() {
    for _ in 0..8 {
        let project = Project::shop();
        let runs = ["shop/orders.py", "shop/taxes.py"].map(|path| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_architrave"));
            command
                .env("ARCHITRAVE_NO_CACHE", "1")
                .args(["baseline", path])
                .current_dir(project.path())
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        });
        for mut run in runs {
            assert!(run.wait().unwrap().success());
        }
        let text = project.read(BASELINE).unwrap();
        assert!(text.contains("shop/orders.py") && text.contains("shop/taxes.py"), "{text}");
        assert_eq!(project.run(&["check"]).code, 0);
    }
}

/// Killed as soon as it starts to write, and a little later each time. The next command sees a complete state, either
/// old or new.
#[test]
fn a_killed_refactoring_is_whole_or_not_there() {
    let whole = imported();
    let (arguments, old) = (["refactor", "move", "app/src.py:A", "app.fresh.place"], tree(whole.path()));
    assert_eq!(whole.run(&arguments).code, 0);
    let new = tree(whole.path());
    for kill in 0..12 {
        let project = imported();
        let mut command = Command::new(env!("CARGO_BIN_EXE_architrave"));
        command
            .env("ARCHITRAVE_NO_CACHE", "1")
            .args(arguments)
            .current_dir(project.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut run = command.spawn().unwrap();
        let journal = project.path().join(JOURNAL);
        while run.try_wait().unwrap().is_none() && !journal.exists() {}
        let end = Instant::now() + Duration::from_millis(kill * 3);
        while Instant::now() < end {}
        let _ = run.kill();
        run.wait().unwrap();
        for (path, text) in tree(project.path()) {
            let is_ours = Path::new(&path).file_name().unwrap().to_str().unwrap().starts_with(".architrave-");
            let is_whole = old.get(&path) == Some(&text) || new.get(&path) == Some(&text);
            assert!(is_ours || is_whole, "{path}: {text}");
        }
        project.run(&["check"]);
        let after = tree(project.path());
        assert!(after == old || after == new, "{after:#?}");
    }
}

/// The leftovers of a run killed before it has changed anything.
#[test]
fn what_was_never_begun_is_cleaned_up() {
    let project = Project::shop();
    let before = tree(project.path());
    project.write(JOURNAL, "{\"steps\": [{\"fold");
    assert_eq!(project.run(&["check"]).code, 1);
    assert_eq!(tree(project.path()), before);
}
