use super::*;

/// `files` are paths; a path may be followed by `:` and its absolute imports (`.` for a relative one).
fn roots(distributions: &[&str], files: &[&str]) -> Vec<String> {
    let parsed: Vec<(&Utf8Path, Vec<Probe>)> = files
        .iter()
        .map(|line| {
            let (path, imports) = line.split_once(':').unwrap_or((line, ""));
            let probes = imports.split_whitespace().map(|module| match module {
                "." => Probe { level: 1, module: Name::default(), name: None },
                _ => Probe { level: 0, module: module.into(), name: None },
            });
            (Utf8Path::new(path), probes.collect())
        })
        .collect();
    let layout = Layout::new(parsed.iter().map(|(path, _)| *path));
    let votes = count(&layout, "project", parsed.iter().map(|(path, probes)| (*path, probes.as_slice())));
    let hints = Hints {
        project: "project".into(),
        distributions: distributions.iter().map(Utf8PathBuf::from).collect(),
        declared: FxHashMap::default(),
        code: layout.sorted().into_iter().map(Utf8Path::to_owned).collect(),
    };
    let show = |root: Root| {
        let prefix = if root.prefix.is_empty() { String::new() } else { format!(" as {}", root.prefix) };
        format!("{}{prefix}", if root.path.as_str().is_empty() { "." } else { root.path.as_str() })
    };
    find(&layout, &hints, &votes).into_iter().map(show).collect()
}

#[test]
fn a_src_without_init_is_a_root() {
    assert_eq!(
        roots(&[""], &["src/shop/__init__.py", "src/shop/a.py: shop.b", "src/shop/b.py"]),
        [".", "src"]
    );
    assert_eq!(roots(&[""], &["src/shop/a.py: shop.b", "src/shop/b.py"]), [".", "src"]);
    assert_eq!(roots(&[""], &["src/main.py", "src/db.py"]), [".", "src"]);
}

#[test]
fn a_src_that_imports_call_by_name_is_a_package() {
    assert_eq!(
        roots(&[""], &["src/shop/a.py: src.shop.b", "src/shop/b.py", "src/main.py: src.shop.a"]),
        ["."]
    );
    assert_eq!(roots(&[""], &["src/__init__.py", "src/shop/__init__.py"]), ["."]);
}

#[test]
fn a_package_that_is_run_from_inside_is_a_root() {
    let files =
        ["app/__init__.py", "app/main.py: core.db core.settings", "app/core/db.py", "app/core/settings.py"];
    assert_eq!(roots(&[""], &files), [".", "app"]);
}

#[test]
fn a_namesake_of_a_dependency_makes_no_root() {
    let files = ["app/__init__.py", "app/main.py: celery worker", "app/celery.py: celery", "app/worker.py"];
    assert_eq!(roots(&[""], &files), ["."]);
}

#[test]
fn the_folder_that_holds_the_package_is_a_root() {
    assert_eq!(roots(&[], &["backend/app/__init__.py", "backend/app/main.py"]), [".", "backend"]);
    let namespaces = ["backend/app/main.py: app.core.db", "backend/app/core/db.py"];
    assert_eq!(roots(&[], &namespaces), [".", "backend"]);
}

#[test]
fn services_side_by_side_are_roots_each() {
    let files = [
        "services/a/app/__init__.py",
        "services/a/app/main.py: app.db",
        "services/a/app/db.py",
        "services/b/app/__init__.py",
        "services/b/app/main.py: app.db",
        "services/b/app/db.py",
    ];
    assert_eq!(roots(&[], &files), [".", "services/a", "services/b"]);
}

#[test]
fn a_deep_namespace_starts_where_imports_say() {
    let files = [
        "acme/cloud/storage/__init__.py",
        "acme/cloud/storage/a.py: acme.cloud.storage.b",
        "acme/cloud/storage/b.py",
    ];
    assert_eq!(roots(&[""], &files), ["."]);
}

#[test]
fn layer_packages_may_be_what_imports_start_from() {
    let files =
        ["backend/main.py: routers.users", "backend/routers/users.py: models.user", "backend/models/user.py"];
    assert_eq!(roots(&[], &files), [".", "backend"]);
}

#[test]
fn relative_imports_speak_for_a_package() {
    assert_eq!(roots(&[], &["shop/a.py: .", "shop/b.py", "shop/sub/__init__.py"]), ["."]);
}

#[test]
fn a_module_called_setup_makes_no_distribution() {
    let files = ["shop/__init__.py", "shop/handlers/__init__.py", "shop/handlers/setup.py"];
    assert_eq!(roots(&["", "shop/handlers"], &files), ["."]);
}

#[test]
fn an_opened_package_keeps_its_name() {
    assert_eq!(roots(&[], &["__init__.py", "a.py: project.b", "b.py"]), [". as project"]);
    assert_eq!(roots(&[], &["a.py: project.b", "b.py"]), [". as project"]);
    assert_eq!(roots(&[], &["a.py: b", "b.py"]), ["."]);
}

#[test]
fn tests_that_mirror_the_code_are_no_root() {
    let files = [
        "app/main.py: app.user.service",
        "app/user/service.py",
        "tests/app/user/service.py",
        "main.py: app.main",
    ];
    assert_eq!(roots(&[""], &files), ["."]);
}
