//! Writes the skeleton of a new rule: `cargo run -p tests --bin new-rule GROUP NAME`.

use std::path::Path;

use anyhow::bail;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [group, name] = &arguments[..] else { bail!("cargo run -p tests --bin new-rule GROUP NAME") };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the member lies in the workspace");
    #[allow(clippy::print_stdout)]
    for path in tests::new_rule(root, group, name)? {
        println!("{}", path.strip_prefix(root).unwrap_or(&path).display());
    }
    Ok(())
}
