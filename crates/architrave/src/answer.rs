//! What a command tells: shown at once, and kept together with what was read for it. If the same is asked again and
//! nothing of that has changed, it is told again without indexing anything.

use std::io::{self, IsTerminal as _, Write};
use std::sync::Arc;

use cache::{Key, Recorder, Store};
use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use source::{DiskFileSystem, FileSystem};

use crate::exit::Exit;
use crate::project::{Located, current_folder};
use crate::repository;

/// Identifies the program: derived from the sources of all crates when it is built.
const PROGRAM: &str = env!("ARCHITRAVE_SOURCES");

/// Where words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Stream {
    Out,
    Err,
}

/// What a command tells, on both streams, in order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Told {
    chunks: Vec<(Stream, Vec<u8>)>,
    /// The exit code.
    code: u8,
    /// Whether it is to be kept.
    is_kept: bool,
}

impl Told {
    /// Standard output.
    pub(crate) fn out(&mut self) -> impl Write {
        Teller { told: self, stream: Stream::Out }
    }

    /// Standard error.
    pub(crate) fn err(&mut self) -> impl Write {
        Teller { told: self, stream: Stream::Err }
    }

    /// Tells all of it again.
    ///
    /// # Errors
    /// If the output can't be written.
    fn tell(&self) -> io::Result<()> {
        self.chunks.iter().try_for_each(|(stream, bytes)| write_to(*stream, bytes))?;
        io::stdout().flush()
    }
}

/// Writes to one of the streams.
struct Teller<'a> {
    told: &'a mut Told,
    stream: Stream,
}

impl Write for Teller<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write_to(self.stream, bytes)?;
        if self.told.is_kept {
            match self.told.chunks.last_mut() {
                Some((last, chunk)) if *last == self.stream => chunk.extend_from_slice(bytes),
                _ => self.told.chunks.push((self.stream, bytes.to_vec())),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.stream {
            Stream::Out => io::stdout().flush(),
            Stream::Err => io::stderr().flush(),
        }
    }
}

fn write_to(stream: Stream, bytes: &[u8]) -> io::Result<()> {
    match stream {
        Stream::Out => io::stdout().lock().write_all(bytes),
        Stream::Err => io::stderr().lock().write_all(bytes),
    }
}

/// Answers a question about a project: from the cache if an earlier run of this program was asked the same and would
/// read the same now, and with `work` otherwise. `work` must read the project through the file system that it is given;
/// everything else that it depends on is one of the `parts`, except for the environment that is known here.
///
/// # Errors
/// Those of `work`, which are never kept, and those of writing the output.
pub(crate) fn answer(
    store: &Store,
    located: &Located,
    parts: &[&str],
    work: impl FnOnce(&mut Told, Arc<dyn FileSystem>) -> anyhow::Result<Exit>,
) -> anyhow::Result<Exit> {
    let disk: Arc<dyn FileSystem> = Arc::new(DiskFileSystem);
    if !store.is_on() {
        return work(&mut Told::default(), disk);
    }
    let question = question(located, parts)?;
    if let Some(told) = store.recall::<Told>(&located.root, question) {
        told.tell()?;
        return Ok(Exit::Code(told.code));
    }
    let recorder = Arc::new(Recorder::over(disk));
    let mut told = Told { is_kept: true, ..Told::default() };
    let exit = work(&mut told, Arc::clone(&recorder) as Arc<dyn FileSystem>)?;
    io::stdout().flush()?;
    if let Some(reads) = recorder.reads() {
        told.code = exit.code();
        store.keep(&located.root, question, &reads, &told);
    }
    Ok(exit)
}

fn question(located: &Located, parts: &[&str]) -> anyhow::Result<Key> {
    let current = current_folder()?;
    let repository = repository::folder(&located.root);
    let is_shown = if io::stdout().is_terminal() { "terminal" } else { "file" };
    let known = [PROGRAM, current.as_str(), located.root.as_str(), repository.as_str(), is_shown];
    let wanted = located.wanted.iter().map(|path| Utf8Path::as_str(path));
    let all: Vec<&str> = known.into_iter().chain(parts.iter().copied()).chain(wanted).collect();
    Ok(Key::of_parts(&all))
}
