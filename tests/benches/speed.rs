//! Benchmarks of speed and memory: a cold index compared with just reading and parsing, a keystroke compared with a
//! full parse, and memory compared with the bytes of source. All figures are from one run and shown as ratios, because
//! machines differ and are noisy.
//!
//! `cargo bench -p tests` measures a generated backend, `cargo bench -p tests -- FOLDER` a real one.

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
    // Cargo passes `--bench`; any argument that isn't a flag is a folder.
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
