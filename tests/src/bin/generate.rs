//! Writes the files that are generated from the list of rules.

use std::fs;
use std::path::Path;

fn main() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the member lies in the workspace");
    for file in tests::generated::generated(root)?.iter().filter(|file| !file.is_current()) {
        fs::write(root.join(file.path), &file.wanted)?;
        #[allow(clippy::print_stdout)]
        {
            println!("{}", file.path);
        }
    }
    Ok(())
}
