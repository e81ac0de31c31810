//! Derives the version of the program from its sources.

#![allow(clippy::print_stdout, reason = "that is how a build script speaks")]

#[path = "../cache/sources.rs"]
mod sources;

fn main() {
    // The rules, the model, the words of reports: all crates decide what is told. Libraries have their versions in the
    // lock file, and their features in the manifest.
    let crates = std::fs::read_dir("..").expect("the crates are beside this one");
    let mut paths: Vec<String> = crates
        .flatten()
        .filter_map(|entry| Some(format!("../{}/src", entry.file_name().to_str()?)))
        .filter(|path| std::fs::exists(path).unwrap_or_default())
        .collect();
    paths.sort();
    paths.extend(["../../Cargo.lock".to_owned(), "../../Cargo.toml".to_owned()]);
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    sources::hash(&paths);
}
