//! A second process that completes what this one has begun to write, in case it is killed.
//!
//! Killing the first doesn't reach it: it is in its own process group, and waits for the end of its standard input,
//! which comes when the first process ends for whatever reason. If files are half written then, it does what the next
//! command would do. If it can't be started, the next command does it.

use std::any::Any;
use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};
use source::{DiskFileSystem, Patience};

use crate::exit::Exit;

/// The internal command by which the first process calls it.
const NAME: &str = "__finish-writing";

/// The first process' message when everything is written.
const DONE: &[u8] = b"done";

/// Ends the second process, which has nothing to do if everything is written.
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

/// The folder, if this process is the second one.
pub(crate) fn asked_for(mut arguments: impl Iterator<Item = OsString>) -> Option<Utf8PathBuf> {
    let is_asked = arguments.nth(1).is_some_and(|name| name == NAME);
    let root = arguments.next().filter(|_| is_asked)?;
    Utf8PathBuf::from_path_buf(root.into()).ok()
}

/// Waits for the end of the first process, and checks what it left.
pub(crate) fn run(root: &Utf8Path) -> Exit {
    let mut said = Vec::new();
    let _ = std::io::stdin().lock().read_to_end(&mut said);
    if said == DONE {
        return Exit::Clean;
    }
    match source::finish(&DiskFileSystem, root, Patience::Long) {
        Ok(_) => Exit::Clean,
        // There is no one to report to; the next command will.
        Err(_) => Exit::Failed,
    }
}
