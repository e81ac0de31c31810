//! Trees as lists of paths; each is walked in memory and on the disk, with the same result.
#![allow(clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "trees are laid out on the real disk")]

use std::fs;

use expect_test::{Expect, expect};

use super::*;
use crate::{DiskFileSystem, MemoryFileSystem};

/// Takes lines `path` or `path: contents` (with `\n` written as `|`) and compares the walk's results, one per line,
/// with configs in brackets.
#[track_caller]
fn check(tree: &str, exclude: &[&str], expected: &Expect) {
    check_at(tree, "", "", exclude, expected);
}

#[track_caller]
fn check_at(tree: &str, root: &str, within: &str, exclude: &[&str], expected: &Expect) {
    let options = WalkOptions { exclude: exclude.iter().map(ToString::to_string).collect() };
    let temporary = tempfile::tempdir().unwrap();
    let disk_base = Utf8Path::from_path(temporary.path()).unwrap().canonicalize_utf8().unwrap();
    let memory_base = Utf8PathBuf::from("/base");
    let memory = MemoryFileSystem::new();
    for line in tree.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (path, contents) = line.split_once(": ").unwrap_or((line, ""));
        let contents = contents.replace('|', "\n");
        let on_disk = disk_base.join(path);
        fs::create_dir_all(on_disk.parent().unwrap()).unwrap();
        fs::write(on_disk, &contents).unwrap();
        memory.insert(memory_base.join(path), contents);
    }
    let in_memory = show(&memory_base, &run(&memory, &memory_base, root, within, &options));
    let on_disk = show(&disk_base, &run(&DiskFileSystem, &disk_base, root, within, &options));
    assert_eq!(in_memory, on_disk);
    expected.assert_eq(&in_memory);
}

fn run(fs: &dyn FileSystem, base: &Utf8Path, root: &str, within: &str, options: &WalkOptions) -> Walk {
    walk_within(fs, &crate::absolute(base, root.into()), &crate::absolute(base, within.into()), options)
}

fn show(base: &Utf8Path, walk: &Walk) -> String {
    let relative = |path: &Utf8Path| path.strip_prefix(base).unwrap_or(path).to_string();
    let sources = walk.sources.iter().map(|(path, _)| relative(path) + "\n");
    let configs = walk.configs.iter().map(|(path, _)| format!("[{}]\n", relative(path)));
    let problems = walk.problems.iter().map(|(path, why)| format!("{}: {why}\n", relative(path)));
    sources.chain(configs).chain(problems).collect()
}

#[test]
fn sources_and_configs() {
    let tree = "
        pyproject.toml
        setup.py
        .importlinter
        sub/architrave.toml
        sub/tach.toml
        sub/setup.cfg
        app/__init__.py
        app/main.py
        app/both.py
        app/both.pyi
        app/stub.pyi
        app/api_pb2.py
        app/api_pb2.pyi
        app/api_pb2_grpc.py
        app/notes.txt
        app/.hidden.py
        x.py/inside.py";
    check(
        tree,
        &[],
        &expect![[r"
            app/__init__.py
            app/both.py
            app/main.py
            app/stub.pyi
            setup.py
            x.py/inside.py
            [.importlinter]
            [pyproject.toml]
            [setup.py]
            [sub/architrave.toml]
            [sub/setup.cfg]
            [sub/tach.toml]
        "]],
    );
}

#[test]
fn what_others_wrote_is_left_out() {
    let tree = "
        app/main.py
        venv/lib/python3/site-packages/x.py
        .venv/x.py
        .git/hooks/x.py
        .tox/x.py
        tools/pyvenv.cfg
        tools/lib/x.py
        conda/conda-meta/history
        conda/x.py
        node_modules/gyp/x.py
        app/__pycache__/x.py
        app/shop.egg-info/x.py
        vendored/site-packages/x.py";
    check(
        tree,
        &[],
        &expect![[r"
            app/main.py
        "]],
    );
}

#[test]
fn names_in_doubt_are_judged_by_contents() {
    let tree = "
        setup.py
        build/lib/shop/x.py
        dist/x/y.py
        src/shop/build/__init__.py
        src/shop/build/x.py
        src/shop/dist/inner/x.py
        src/shop/env/__init__.py
        src/shop/venv/settings.py
        other/pyproject.toml
        other/build/script.py
        env/lib/x.py";
    check(
        tree,
        &[],
        &expect![[r"
            other/build/script.py
            setup.py
            src/shop/build/__init__.py
            src/shop/build/x.py
            src/shop/dist/inner/x.py
            src/shop/env/__init__.py
            src/shop/venv/settings.py
            [other/pyproject.toml]
            [setup.py]
        "]],
    );
}

#[test]
fn gitignore() {
    let tree = "
        .gitignore: /generated/|*.tmp.py|local_*.py|!local_kept.py|deep/**/x.py
        generated/x.py
        app/generated/x.py
        app/a.tmp.py
        app/local_a.py
        app/local_kept.py
        deep/a/b/x.py
        deep/a/b/y.py
        app/.gitignore: !local_a.py|private
        app/private/x.py
        app/sub/private/x.py
        private/x.py
        sub/.git/HEAD
        sub/local_b.py";
    check(
        tree,
        &[],
        &expect![[r"
            app/generated/x.py
            app/local_a.py
            app/local_kept.py
            deep/a/b/y.py
            private/x.py
            sub/local_b.py
        "]],
    );
}

#[test]
fn excludes_of_the_user() {
    let tree = "
        setup.cfg
        .gitignore: taken_back.py
        app/main.py
        app/taken_back.py
        app/legacy/x.py
        legacy/x.py
        build/gen/x.py
        docs/conf.py";
    check(
        tree,
        &["/legacy", "docs/*.py", "!build", "!taken_back.py", "a{b"],
        &expect![[r"
            app/legacy/x.py
            app/main.py
            app/taken_back.py
            build/gen/x.py
            [setup.cfg]
            : error parsing glob 'a{b': unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)
        "]],
    );
}

#[test]
fn ignore_files_above_the_root() {
    let tree = "
        .gitignore: unrelated.py
        repo/.git/HEAD
        repo/.gitignore: *_local.py|samples/
        repo/app/a_local.py
        repo/app/unrelated.py
        repo/samples/shop/a_local.py
        repo/samples/shop/main.py";
    check_at(
        tree,
        "repo/app",
        "repo/app",
        &[],
        &expect![[r"
            repo/app/unrelated.py
        "]],
    );
    // Opening an ignored folder shows its contents.
    check_at(
        tree,
        "repo/samples/shop",
        "repo/samples/shop",
        &[],
        &expect![[r"
            repo/samples/shop/a_local.py
            repo/samples/shop/main.py
        "]],
    );
}

#[test]
fn part_of_a_walk() {
    let tree = "
        pyproject.toml
        .gitignore: /app/private
        app/main.py
        app/orders/a.py
        app/orders/b/c.py
        app/ordersx.py
        app/private/x.py
        venv/lib/x.py";
    check_at(
        tree,
        "",
        "app/orders",
        &[],
        &expect![[r"
            app/orders/a.py
            app/orders/b/c.py
        "]],
    );
    check_at(
        tree,
        "",
        "app/main.py",
        &[],
        &expect![[r"
            app/main.py
        "]],
    );
    check_at(tree, "", "app/private/x.py", &[], &expect![""]);
    check_at(tree, "", "venv/lib", &[], &expect![""]);
    check_at(tree, "", "app/gone.py", &[], &expect![""]);
}

#[test]
fn what_cannot_be_looked_into_is_told() {
    let fs = MemoryFileSystem::with_files([("/p/a.py", ""), ("/p/closed/b.py", "")]);
    fs.deny("/p/closed");
    let show_walk = |root: &str| show("/p".into(), &walk(&fs, root.into(), &WalkOptions::default()));
    assert_eq!(show_walk("/p"), "a.py\nclosed: permission denied\n");
    assert_eq!(show_walk("/missing"), "/missing: entity not found\n");
}

#[test]
fn stamps_tell_versions_apart() {
    let fs = MemoryFileSystem::with_files([("/p/a.py", "x")]);
    let before = walk(&fs, "/p".into(), &WalkOptions::default());
    assert_eq!(before, walk(&fs, "/p".into(), &WalkOptions::default()));
    fs.insert("/p/a.py", "y");
    assert_ne!(before, walk(&fs, "/p".into(), &WalkOptions::default()));
}

#[test]
fn deep_trees_cost_no_stack() {
    let deep = "d/".repeat(20_000);
    let fs = MemoryFileSystem::with_files([(format!("/{}x.py", "d/".repeat(300)), "")]);
    assert_eq!(walk(&fs, "/d".into(), &WalkOptions::default()).sources.len(), 1);
    let root = Utf8PathBuf::from(format!("/{deep}"));
    assert_eq!(walk(&fs, &root, &WalkOptions::default()).problems.len(), 1);
}

#[test]
fn many_folders_are_walked_by_several_threads_alike() {
    let tree = (10..70).map(|n| format!("p{n}/sub/m{n}.py\n")).collect::<Vec<_>>().concat();
    let temporary = tempfile::tempdir().unwrap();
    let base = Utf8Path::from_path(temporary.path()).unwrap();
    for path in tree.lines() {
        fs::create_dir_all(base.join(path).parent().unwrap()).unwrap();
        fs::write(base.join(path), "").unwrap();
    }
    assert_eq!(show(base, &walk(&DiskFileSystem, base, &WalkOptions::default())), tree);
}

#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;

    let temporary = tempfile::tempdir().unwrap();
    let base = Utf8Path::from_path(temporary.path()).unwrap().canonicalize_utf8().unwrap();
    for path in ["root/app/main.py", "outside/lib/x.py", "outside/single.py"] {
        fs::create_dir_all(base.join(path).parent().unwrap()).unwrap();
        fs::write(base.join(path), "").unwrap();
    }
    let link = |target: &str, at: &str| symlink(base.join(target), base.join(at)).unwrap();
    link("root", "root/app/loop");
    link("", "root/app/up");
    link("root/self", "root/self");
    link("root/app", "root/twice");
    link("outside/lib", "root/lib");
    link("outside/lib", "root/lib_again");
    link("outside/single.py", "root/single.py");
    link("nowhere", "root/broken.py");
    link("root", "outside/lib/back");
    let walked = walk(&DiskFileSystem, &base.join("root"), &WalkOptions::default());
    assert_eq!(show(&base, &walked), "root/app/main.py\nroot/lib/x.py\nroot/single.py\n");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let temporary = tempfile::tempdir().unwrap();
    let base = Utf8Path::from_path(temporary.path()).unwrap();
    fs::write(temporary.path().join(OsStr::from_bytes(b"caf\xe9.py")), "").unwrap();
    fs::write(temporary.path().join(OsStr::from_bytes(b"caf\xe9.txt")), "").unwrap();
    let walked = walk(&DiskFileSystem, base, &WalkOptions::default());
    assert_eq!(show(base, &walked), "caf\u{fffd}.py: the name is not UTF-8\n");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_source() {
    let temporary = tempfile::tempdir().unwrap();
    let base = Utf8Path::from_path(temporary.path()).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(base.join("socket.py")).unwrap();
    assert_eq!(walk(&DiskFileSystem, base, &WalkOptions::default()), Walk::default());
    drop(socket);
}
