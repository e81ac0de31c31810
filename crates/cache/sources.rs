//! For build scripts: a hash of the sources, so that results of other code are never mistaken for those of this code,
//! without anyone having to maintain a version.

use std::fs;
use std::path::{Path, PathBuf};

/// Sets `ARCHITRAVE_SOURCES` for the crate being built: 64 bits of FNV-1a over the names and contents of all files at
/// and below `paths` (relative to the crate's folder). Runs again when one of them changes.
pub(crate) fn hash(paths: &[&str]) {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        println!("cargo::rerun-if-changed={path}");
        list(Path::new(path), &mut files);
    }
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        let name = file.to_string_lossy().replace('\\', "/");
        let contents = fs::read(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        for byte in name.bytes().chain([0]).chain(contents).chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    println!("cargo::rustc-env=ARCHITRAVE_SOURCES={hash}");
}

fn list(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for entry in entries.flatten() {
            list(&entry.path(), files);
        }
    } else {
        files.push(path.to_owned());
    }
}
