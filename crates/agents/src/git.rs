//! Changes according to git. They are never guessed: without git there is no answer, and the error says so.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};

/// Changes according to git.
pub struct Changes {
    /// The repository's folder.
    top: Utf8PathBuf,
    /// The revision to compare with.
    from: String,
    /// Absolute, sorted. Includes both names of a renamed file.
    pub files: Vec<Utf8PathBuf>,
}

/// The files that differ between a revision and the working tree, or within a range `A..B` or `A...B`. Includes
/// untracked files unless a range is given.
///
/// A single revision is compared from its merge base with the current branch: what has happened on the other branch
/// since is not this branch's change. In a clone too shallow to have the merge base, the revision itself is used, which
/// only makes the answer larger.
///
/// # Errors
/// If there is no git, no repository, or the revision is unknown.
pub fn changes(folder: &Utf8Path, base: &str) -> anyhow::Result<Changes> {
    // It would be treated as an option, on either side of a range.
    if base.is_empty() || base.split("..").any(|side| side.trim_start_matches('.').starts_with('-')) {
        bail!("`{base}` is no revision of git");
    }
    let top = ask(folder, &["rev-parse", "--show-toplevel"])?;
    let top = Utf8PathBuf::from(top.trim_end_matches(['\r', '\n']));
    let (from, range) = match base.split_once("..") {
        None => {
            let from = start_of_branch(&top, base, "HEAD")?;
            (from.clone(), from)
        }
        Some((left, right)) => {
            let or_head = |side: &str| if side.is_empty() { "HEAD".to_owned() } else { side.to_owned() };
            let (left, base_of) = (or_head(left), right.strip_prefix('.'));
            let from = match base_of {
                Some(right) => start_of_branch(&top, &left, &or_head(right))?,
                None => left,
            };
            (from, base.to_owned())
        }
    };
    let mut paths = ask(
        &top,
        &["diff", "--no-ext-diff", "--no-textconv", "--name-only", "--no-renames", "-z", &range, "--"],
    )?;
    if range == from {
        paths += &ask(&top, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    }
    let mut files: Vec<Utf8PathBuf> =
        paths.split('\0').filter(|path| !path.is_empty()).map(|path| top.join(path)).collect();
    files.sort();
    files.dedup();
    Ok(Changes { top, from, files })
}

impl Changes {
    /// What decides the paths and the previous texts: the commit itself, whatever its name will mean later.
    ///
    /// # Errors
    /// If git doesn't know the revision any more.
    pub fn identity(&self) -> anyhow::Result<String> {
        let commit =
            ask(&self.top, &["rev-parse", "--verify", "--quiet", &format!("{}^{{commit}}", self.from)])?;
        let files = self.files.iter().map(|path| path.as_str());
        let parts: Vec<&str> = [self.top.as_str(), commit.trim()].into_iter().chain(files).collect();
        Ok(parts.join("\0"))
    }

    /// The previous text of a file; `None` if it didn't exist.
    pub fn before(&self, path: &Utf8Path) -> Option<String> {
        let relative = path.strip_prefix(&self.top).ok()?.as_str().replace('\\', "/");
        ask(&self.top, &["show", "--no-ext-diff", "--no-textconv", &format!("{}:{relative}", self.from)]).ok()
    }

    /// As [`Changes::before`], for several files, each with its path.
    pub fn before_all(&self, paths: &[Utf8PathBuf]) -> Vec<(Utf8PathBuf, Option<String>)> {
        paths.iter().map(|path| (path.clone(), self.before(path))).collect()
    }
}

/// The paths that differ from the last commit or are untracked, as git shows them. Ignored files don't count.
///
/// # Errors
/// If there is no git, or no repository.
pub fn uncommitted(folder: &Utf8Path) -> anyhow::Result<Vec<String>> {
    let told = ask(folder, &["status", "--porcelain", "-z"])?;
    let entries = told.split('\0').filter_map(|entry| entry.get(3..));
    Ok(entries.filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

fn start_of_branch(top: &Utf8Path, base: &str, head: &str) -> anyhow::Result<String> {
    // Checked first, so that a wrong name is an error and not mistaken for a shallow clone.
    ask(top, &["rev-parse", "--verify", "--quiet", &format!("{base}^{{commit}}")])
        .with_context(|| format!("`{base}` is no revision of this repository"))?;
    match ask(top, &["merge-base", base, head]) {
        Ok(commit) => Ok(commit.trim().to_owned()),
        Err(_) => Ok(base.to_owned()),
    }
}

/// Git in `folder`, without the programs that the repository's own configuration may name: none of them is needed to
/// answer. A bare repository inside of a clone, which would bring such a configuration with it, is not used.
fn git(folder: &Utf8Path) -> Command {
    let mut command = Command::new("git");
    command.args(["--no-pager", "--no-optional-locks", "-C", folder.as_str()]);
    let settings = ["core.fsmonitor=false", "core.hooksPath=/dev/null", "safe.bareRepository=explicit"];
    command.args(settings.iter().flat_map(|setting| ["-c", setting]));
    command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_LAZY_FETCH", "1");
    command
}

/// Git's output.
///
/// # Errors
/// If there is no git, or git reports an error.
fn ask(folder: &Utf8Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = git(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .context("git is asked what has changed, and can't be started")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim().trim_start_matches("fatal: ");
        bail!("git is asked what has changed, and says: {}", if said.is_empty() { "no" } else { said });
    }
    // Names that are not UTF-8 are not our files.
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The files below `folder` as they were at a revision, with their contents: those whose paths (relative to `folder`)
/// are wanted. Reads objects of git alone: nothing is checked out, and the folder's contents stay as they are.
///
/// # Errors
/// No git, no repository, a revision that it doesn't know, or objects that it hasn't.
pub fn files_at(
    folder: &Utf8Path,
    revision: &str,
    is_wanted: impl Fn(&Utf8Path) -> bool,
) -> anyhow::Result<Vec<(Utf8PathBuf, Vec<u8>)>> {
    if revision.is_empty() || revision.starts_with('-') {
        bail!("`{revision}` is no revision of git");
    }
    ask(folder, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])
        .with_context(|| format!("`{revision}` is neither a file nor a revision of this repository"))?;
    let listed = ask(folder, &["ls-tree", "-r", "-z", revision])?;
    let entries = listed.split('\0').filter_map(|entry| {
        // `100644 blob 1f7a…\tshop/orders.py`; a link is no file of ours.
        let (meta, path) = entry.split_once('\t')?;
        let mut words = meta.split(' ');
        let (mode, kind, object) = (words.next()?, words.next()?, words.next()?);
        let path = Utf8PathBuf::from(path);
        (kind == "blob" && mode != "120000" && is_wanted(&path)).then(|| (path, object.to_owned()))
    });
    let entries: Vec<(Utf8PathBuf, String)> = entries.collect();
    let objects: Vec<&str> = entries.iter().map(|(_, object)| object.as_str()).collect();
    let contents = objects_of(folder, &objects)?;
    Ok(entries.into_iter().zip(contents).filter_map(|((path, _), text)| Some((path, text?))).collect())
}

/// The contents of objects, in the order of their names; nothing of one that isn't there.
fn objects_of(folder: &Utf8Path, names: &[&str]) -> anyhow::Result<Vec<Option<Vec<u8>>>> {
    let mut child = git(folder)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("git is asked for older files, and can't be started")?;
    let mut asked = child.stdin.take().context("git takes no names")?;
    let wanted = names.join("\n") + "\n";
    // On a thread of its own, so that neither process blocks the other when both have much to write.
    let writer = std::thread::spawn(move || asked.write_all(wanted.as_bytes()));
    let mut told = BufReader::new(child.stdout.take().context("git gives no answer")?);
    let mut found = Vec::with_capacity(names.len());
    for _ in names {
        let mut head = String::new();
        told.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|it| it.parse::<usize>().ok());
        found.push(match size {
            Some(size) => {
                // Behind the contents ends a line.
                let mut text = vec![0; size + 1];
                told.read_exact(&mut text)?;
                text.truncate(size);
                Some(text)
            }
            None => None,
        });
    }
    let written = writer.join();
    child.wait()?;
    match written {
        Ok(written) => written.context("git stopped to listen")?,
        Err(_) => bail!("git stopped to listen"),
    }
    Ok(found)
}
