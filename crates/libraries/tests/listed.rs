//! `src/known.rs` lists the files in `src/known/`. This test generates it, so that a library is added with one file.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

#[test]
fn all_files_are_listed() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut names: Vec<String> = fs::read_dir(source.join("known"))
        .expect("the folder exists")
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".rs")?.to_owned()))
        .collect();
    names.sort();
    let mut wanted =
        "//! The libraries that have a file of their own. Written by `cargo test -p libraries`: add a file, and run it.\n\n"
            .to_owned();
    for name in &names {
        writeln!(wanted, "mod {name};").expect("a string takes all text");
    }
    wanted.push_str("\nuse crate::Library;\n\n/// All of them, in order of their files.\n#[rustfmt::skip]\n");
    wanted.push_str("pub(crate) static ALL: &[&Library] = &[\n");
    for names in names.chunks(4) {
        let line: Vec<String> = names.iter().map(|name| format!("&{name}::LIBRARY,")).collect();
        writeln!(wanted, "    {}", line.join(" ")).expect("a string takes all text");
    }
    wanted.push_str("];\n");
    let path = source.join("known.rs");
    if fs::read_to_string(&path).unwrap_or_default() != wanted {
        fs::write(&path, wanted).expect("the file can be written");
        panic!("src/known.rs was out of date and is written anew: run the tests again");
    }
}
