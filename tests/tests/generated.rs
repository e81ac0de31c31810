//! The files generated from the list of rules are up to date.

use std::path::Path;

use tests::generated::{COMMAND, generated};

#[test]
fn generated_files_are_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the member lies in the workspace");
    let files = generated(root).expect("they can be read");
    let stale: Vec<&str> = files.iter().filter(|file| !file.is_current()).map(|file| file.path).collect();
    assert!(stale.is_empty(), "out of date: {stale:?}; `{COMMAND}` writes them");
}
