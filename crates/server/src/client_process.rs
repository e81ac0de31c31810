//! Ends the server when the process that started it has died: some clients leave standard input open when they crash,
//! because a child of theirs inherited it.

use std::time::Duration;

/// The polling interval.
const PERIOD: Duration = Duration::from_secs(1);

/// Waits on its own thread until the process is gone, and then calls `gone`. Does nothing if the process is invisible
/// to begin with (another container, another system).
pub(crate) fn watch(process: u32, gone: impl FnOnce() + Send + 'static) {
    if !is_alive(process) {
        tracing::debug!("the client's process {process} can't be seen: not watched");
        return;
    }
    let watching = std::thread::Builder::new().name("client process".to_owned()).spawn(move || {
        while is_alive(process) {
            std::thread::sleep(PERIOD);
        }
        gone();
    });
    if let Err(error) = watching {
        tracing::warn!("the client's process is not watched: {error}");
    }
}

/// Whether the process runs. A zombie (ended but not yet reaped by its parent) counts as gone.
#[cfg(target_os = "linux")]
fn is_alive(process: u32) -> bool {
    let Ok(status) = std::fs::read_to_string(format!("/proc/{process}/stat")) else { return false };
    // The name is in parentheses and may contain anything; the state is the word after it.
    let state = status.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().next());
    !matches!(state, Some("Z" | "X"))
}

/// Whether the process runs.
#[cfg(all(unix, not(target_os = "linux")))]
fn is_alive(process: u32) -> bool {
    std::process::Command::new("kill")
        .args(["-0", &process.to_string()])
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// On systems where checking processes takes additional libraries, the end of standard input must suffice.
#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    false
}
