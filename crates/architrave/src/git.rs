//! What git says has changed. Git is asked, never guessed: without it there is no answer, and the error says so.

use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};

/// The files that differ between a revision and the working tree, or within a range `A..B` or `A...B`: absolute, sorted.
/// Both names of a renamed file are among them, and files that git doesn't know yet unless a range was given.
///
/// A single revision is compared from where the current branch left it: what has happened on the other branch since is
/// not this branch's doing. In a clone too shallow to know that place, the revision itself is taken, which only makes
/// the answer larger.
///
/// # Errors
/// No git, no repository, or a revision that it doesn't know.
pub(crate) fn changed_files(folder: &Utf8Path, base: &str) -> anyhow::Result<Vec<Utf8PathBuf>> {
    if base.is_empty() || base.starts_with('-') {
        bail!("`{base}` is no revision of git");
    }
    let top = ask(folder, &["rev-parse", "--show-toplevel"])?;
    let top = Utf8PathBuf::from(top.trim_end_matches(['\r', '\n']));
    let is_range = base.contains("..");
    let from = if is_range { base.to_owned() } else { start_of_branch(&top, base)? };
    let mut paths = ask(&top, &["diff", "--name-only", "--no-renames", "-z", &from, "--"])?;
    if !is_range {
        paths += &ask(&top, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    }
    let mut files: Vec<Utf8PathBuf> =
        paths.split('\0').filter(|path| !path.is_empty()).map(|path| top.join(path)).collect();
    files.sort();
    files.dedup();
    Ok(files)
}

fn start_of_branch(top: &Utf8Path, base: &str) -> anyhow::Result<String> {
    // Asked first, so that a wrong name is an error and not taken for a shallow clone.
    ask(top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{base}^{{commit}}")])
        .with_context(|| format!("`{base}` is no revision of this repository"))?;
    match ask(top, &["merge-base", base, "HEAD"]) {
        Ok(commit) => Ok(commit.trim().to_owned()),
        Err(_) => Ok(base.to_owned()),
    }
}

/// What git prints.
///
/// # Errors
/// No git, or what git says is wrong.
fn ask(folder: &Utf8Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git")
        .args(["-C", folder.as_str()])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .context("`--affected` asks git what has changed, and git can't be started")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim().trim_start_matches("fatal: ");
        bail!(
            "`--affected` asks git what has changed, and git says: {}",
            if said.is_empty() { "no" } else { said }
        );
    }
    // Names that are not UTF-8 are no files of ours.
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
