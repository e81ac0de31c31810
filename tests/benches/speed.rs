//! How fast and how large: a cold index against reading and parsing alone, a keystroke against a whole parse, memory
//! against bytes of source. All figures of one run, as ratios, because machines differ and are noisy.
//!
//! `cargo bench -p tests` measures a generated backend; `cargo bench -p tests -- FOLDER` a real one.

#[path = "speed/backend.rs"]
mod backend;
#[path = "speed/cold.rs"]
mod cold;
#[path = "speed/keystroke.rs"]
mod keystroke;
#[path = "speed/memory.rs"]
mod memory;

use std::io::Write as _;

use camino::Utf8PathBuf;

fn main() -> anyhow::Result<()> {
    // Cargo passes `--bench`; whatever doesn't look like a flag is a folder.
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let generated;
    let root = if let Some(folder) = folder {
        Utf8PathBuf::from(folder).canonicalize_utf8()?
    } else {
        generated = tempfile::tempdir()?;
        let root = Utf8PathBuf::try_from(generated.path().to_path_buf())?;
        backend::write(&root, backend::MODULES)?;
        root
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{root}\n")?;
    writeln!(out, "{}", cold::measure(&root))?;
    for lines in [1_000, 10_000] {
        writeln!(out, "{}", keystroke::measure(&root, lines))?;
    }
    Ok(())
}
