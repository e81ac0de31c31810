//! A second process that ends what this one has begun to write, should it be killed.
//!
//! No kill of the first reaches it: it is in a process group of its own, and waits for the end of its standard input, which
//! comes with the end of the first process, whatever that is. If files are half-written then, it does what the next command
//! would do. Where it can't be started, the next command does.

use std::any::Any;
use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};
use source::{DiskFileSystem, Patience};

use crate::exit::Exit;

/// How the first process calls it; no command for people.
const NAME: &str = "__finish-writing";

/// What the first process says when all is written.
const DONE: &[u8] = b"done";

/// Ends the second process, which finds nothing to do when all is written.
struct Finisher {
    child: Child,
}

impl Drop for Finisher {
    fn drop(&mut self) {
        if let Some(mut input) = self.child.stdin.take() {
            let _ = input.write_all(DONE);
        }
        let _ = self.child.wait();
    }
}

/// Starts it for a transaction in `root`; see [`source::Transaction::watched_by`].
pub(crate) fn start(root: &Utf8Path) -> Option<Box<dyn Any>> {
    let mut command = Command::new(std::env::current_exe().ok()?);
    command.arg(NAME).arg(root).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn().ok().map(|child| Box::new(Finisher { child }) as Box<dyn Any>)
}

/// The folder, where this process is the second one.
pub(crate) fn asked_for(mut arguments: impl Iterator<Item = OsString>) -> Option<Utf8PathBuf> {
    let is_asked = arguments.nth(1).is_some_and(|name| name == NAME);
    let root = arguments.next().filter(|_| is_asked)?;
    Utf8PathBuf::from_path_buf(root.into()).ok()
}

/// Waits for the end of the first process, and looks at what it left.
pub(crate) fn run(root: &Utf8Path) -> Exit {
    let mut said = Vec::new();
    let _ = std::io::stdin().lock().read_to_end(&mut said);
    if said == DONE {
        return Exit::Clean;
    }
    match source::finish(&DiskFileSystem, root, Patience::Long) {
        Ok(_) => Exit::Clean,
        // Nobody listens; the next command says it.
        Err(_) => Exit::Failed,
    }
}
