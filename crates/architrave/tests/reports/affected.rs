//! `check --affected`.

use crate::shell::{MENDED, ORDERS, Project};

/// `shop`, committed, with a module that imports `orders`.
fn committed() -> Project {
    let project = Project::shop();
    project.write("shop/report.py", "from shop.orders import total\n\n\ndef report(order):\n    from shop.prices import price\n\n    return total(order), price(order)\n");
    project.git(&["init", "-q"]);
    project.git(&["add", "-A"]);
    project.git(&["commit", "-qm", "one"]);
    project
}

/// The files with findings, in the concise report.
fn reported(project: &Project, base: &str) -> Vec<String> {
    let run = project.run(&["check", "--affected", base, "--output-format", "concise"]);
    assert_ne!(run.code, 2, "{}", run.err);
    let path = |line: &str| line.split(':').next().unwrap().trim_start_matches("shop/").to_owned();
    run.out.lines().map(path).collect()
}

#[test]
fn what_has_changed_and_what_imports_it_is_reported() {
    let project = committed();
    assert_eq!(reported(&project, "HEAD"), Vec::<String>::new());
    project.write("shop/orders.py", &format!("{ORDERS}\n\nX = 1\n"));
    assert_eq!(reported(&project, "HEAD"), ["orders.py", "report.py"]);
    project.write("shop/orders.py", ORDERS);
    project.write(
        "shop/taxes.py",
        "def tax(order):\n    from shop.prices import price\n\n    return price(order)\n",
    );
    assert_eq!(reported(&project, "HEAD"), ["taxes.py"]);
    // Everything imports it.
    project.write("shop/prices.py", "def price(order):\n    return 1\n");
    assert_eq!(reported(&project, "HEAD"), ["orders.py", "report.py", "taxes.py"]);
}

#[test]
fn new_renamed_and_deleted_files_count() {
    let project = committed();
    project.write("shop/fresh.py", ORDERS);
    assert_eq!(reported(&project, "HEAD"), ["fresh.py"], "git doesn't know it yet");
    project.write(".gitignore", "");
    assert_eq!(reported(&project, "HEAD").len(), 4, "what is looked at may be others");
    project.remove(".gitignore");
    project.remove("shop/fresh.py");

    project.git(&["mv", "shop/orders.py", "shop/sales.py"]);
    assert_eq!(reported(&project, "HEAD"), ["report.py", "sales.py"], "an import of it leads nowhere");
    project.git(&["mv", "shop/sales.py", "shop/orders.py"]);
    project.write("architrave.toml", "[rules]\ndynamic-import = \"off\"\n");
    assert_eq!(reported(&project, "HEAD").len(), 3, "the configuration concerns all");
}

#[test]
fn branches_count_from_where_they_began() {
    let project = committed();
    project.git(&["checkout", "-qb", "feature"]);
    project.write(
        "shop/taxes.py",
        "def tax(order):\n    from shop.prices import price\n\n    return 1, price\n",
    );
    project.git(&["commit", "-qam", "two"]);
    project.git(&["checkout", "-q", "main"]);
    project.write("shop/orders.py", MENDED);
    project.git(&["commit", "-qam", "three"]);
    project.git(&["checkout", "-q", "feature"]);
    assert_eq!(reported(&project, "main"), ["taxes.py"]);
    assert_eq!(reported(&project, "main...feature"), ["taxes.py"]);
    assert_eq!(reported(&project, "main..feature"), ["orders.py", "report.py", "taxes.py"]);
}

/// Dependents that a change has disconnected are affected by it.
#[test]
fn what_depended_on_a_file_before_is_reported() {
    let project = committed();
    project.write("shop/__init__.py", "from shop.orders import total\n");
    project.write(
        "shop/late.py",
        "import shop\n\n\ndef f():\n    from shop.prices import price\n\n    return price, shop.total\n",
    );
    project.git(&["add", "-A"]);
    project.git(&["commit", "-qm", "two"]);
    project.write("shop/__init__.py", "");
    assert!(reported(&project, "HEAD").contains(&"late.py".to_owned()));
    assert_eq!(project.read("shop/__init__.py").as_deref(), Some(""), "nothing is written");
}

/// Entries of files that were not checked are kept.
#[test]
fn the_baseline_keeps_what_was_not_looked_at() {
    let project = committed();
    project.run(&["baseline"]);
    project.write("shop/orders.py", MENDED);
    let run = project.run(&["check", "--affected", "HEAD", "--locked"]);
    assert_eq!(run.code, 1);
    assert!(run.err.ends_with("baseline: 1 accepted, 1 fixed since, 0 new\n"), "{}", run.err);
}

#[test]
fn what_git_does_not_know_is_an_error() {
    let project = Project::shop();
    let run = project.run(&["check", "--affected", "main"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("git"), "{}", run.err);
    let project = committed();
    for base in ["nowhere", "-x", "a..b", "HEAD..-x", "HEAD...--help"] {
        let run = project.run(&["check", &format!("--affected={base}")]);
        assert_eq!(run.code, 2, "{base}: {}", run.err);
    }
}

/// The repository's own configuration may name programs, and a clone may contain a bare repository with one.
#[test]
#[cfg(unix)]
fn programs_of_the_repository_are_not_run() {
    use std::os::unix::fs::PermissionsExt as _;

    let project = committed();
    let mark = project.path().join("ran");
    let script = project.path().join("script.sh");
    std::fs::write(&script, format!("#!/bin/sh\ntouch '{}'\ncat\n", mark.display())).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let script = script.to_str().unwrap();
    for name in ["core.fsmonitor", "diff.external", "diff.py.textconv", "diff.py.command", "core.pager"] {
        project.git(&["config", name, script]);
    }
    project.write(".gitattributes", "*.py diff=py\n");
    project.write("shop/orders.py", &format!("{ORDERS}\n\nX = 1\n"));
    let _ = std::fs::remove_file(&mark);
    assert_eq!(reported(&project, "HEAD"), ["orders.py", "report.py"]);
    assert!(!mark.exists(), "a program of the repository was run");
    // `inner` is a bare repository in the clone, with the folder as its work tree.
    project.git(&["clone", "-q", "--bare", ".", "inner"]);
    let inner = ["--git-dir=inner", "config"];
    project.git(&[&inner[..], &["core.bare", "false"]].concat());
    project.git(&[&inner[..], &["core.worktree", ".."]].concat());
    project.git(&[&inner[..], &["core.fsmonitor", script]].concat());
    project.write("inner/a.py", "x = 1\n");
    let _ = std::fs::remove_file(&mark);
    project.run(&["check", "--affected", "HEAD", "inner"]);
    assert!(!mark.exists(), "a program of the inner repository was run");
}
