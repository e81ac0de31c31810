//! The project follows its own architecture: manifests match the table in `crates/README.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

struct Row {
    uses: BTreeSet<String>,
    libraries: BTreeSet<String>,
}

fn workspace_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the member lies in the workspace").to_path_buf()
}

fn words(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn table() -> BTreeMap<String, Row> {
    let page = fs::read_to_string(workspace_root().join("crates/README.md")).expect("the page exists");
    page.lines()
        .filter(|line| line.starts_with("| `"))
        .filter_map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
            let name = words(cells.first()?).pop_first()?;
            (cells.len() == 4).then(|| (name, Row { uses: words(cells[2]), libraries: words(cells[3]) }))
        })
        .collect()
}

fn dependencies(manifest: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(manifest).expect("the manifest exists");
    let parsed: toml::Table = text.parse().expect("the manifest is TOML");
    parsed
        .get("dependencies")
        .and_then(toml::Value::as_table)
        .map(|table| table.keys().cloned().collect())
        .unwrap_or_default()
}

fn crates() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(workspace_root().join("crates"))
        .expect("the folder exists")
        .flatten()
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn every_crate_has_a_row() {
    let rows: Vec<String> = table().into_keys().collect();
    assert_eq!(crates(), rows);
}

#[test]
fn dependencies_point_one_way() {
    let table = table();
    for (name, row) in &table {
        let manifest = workspace_root().join("crates").join(name).join("Cargo.toml");
        for dependency in dependencies(&manifest) {
            if table.contains_key(&dependency) {
                assert!(
                    row.uses.contains(&dependency),
                    "{name} uses {dependency}, which its row doesn't name"
                );
            }
        }
    }
}

#[test]
fn libraries_stay_at_home() {
    let table = table();
    for name in table.keys() {
        let manifest = workspace_root().join("crates").join(name).join("Cargo.toml");
        for dependency in dependencies(&manifest) {
            let home: Vec<&String> = table
                .iter()
                .filter(|(_, row)| row.libraries.contains(&dependency))
                .map(|(home, _)| home)
                .collect();
            assert!(
                home.is_empty() || home.contains(&name),
                "{name} uses {dependency}, which is at home in {home:?}"
            );
        }
    }
}

/// Files stay small enough to be read in one sitting.
#[test]
fn files_are_small() {
    let mut long = Vec::new();
    let mut folders = vec![workspace_root().join("crates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("readable").flatten() {
            let path = entry.path();
            if path.is_dir() && entry.file_name() != "target" {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let lines = fs::read_to_string(&path).expect("readable").lines().count();
                if lines > 500 {
                    long.push(format!("{} ({lines})", path.display()));
                }
            }
        }
    }
    assert!(long.is_empty(), "over 500 lines: {long:#?}");
}

/// A module file is next to the folder of its submodules, never inside it as `mod.rs`.
#[test]
fn no_file_is_called_mod_or_utils() {
    let mut folders = vec![workspace_root().join("crates"), workspace_root().join("tests/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("readable").flatten() {
            let path = entry.path();
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path.clone());
            }
            let is_source = path.is_dir() || path.extension().is_some_and(|extension| extension == "rs");
            assert!(
                !(is_source && ["mod", "utils", "helpers", "common"].contains(&stem.as_str())),
                "{} says nothing about what it holds",
                path.display()
            );
        }
    }
}
