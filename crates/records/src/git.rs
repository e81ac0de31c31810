//! The records on other branches. If two branches take the same number, git sees two different file names and reports
//! no conflict.
//!
//! Reads only objects and references, with commands that run nothing on behalf of the repository: no hook, no file
//! system monitor, no filter, no signature program, and no fetch. Without git, other branches count as empty.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use crate::name::{self, Id};

/// The files that the branches of the enclosing repository have in a folder.
#[derive(Debug, Default, Clone)]
pub struct Branches {
    top: Utf8PathBuf,
    /// The folder, relative to the repository.
    inside: String,
    /// The file names, each with the branches (local and remote) that contain it.
    held: BTreeMap<String, Vec<String>>,
    /// The main branch.
    main: Option<String>,
    /// The checked-out branch.
    current: Option<String>,
}

impl Branches {
    /// Reads the branches; empty without git, a repository or a branch.
    pub fn read(folder: &Utf8Path) -> Self {
        Self::try_read(folder).unwrap_or_default()
    }

    fn try_read(folder: &Utf8Path) -> Option<Self> {
        let there = folder.ancestors().find(|folder| folder.is_dir())?;
        let top = utf8(ask(there, &["rev-parse", "--show-toplevel"], &[])?)?;
        let top = Utf8PathBuf::from(top.trim_end_matches(['\r', '\n']));
        let real = there.canonicalize_utf8().ok()?.join(folder.strip_prefix(there).ok()?);
        let inside = real.strip_prefix(&top).ok()?.as_str().replace('\\', "/");
        let format = "--format=%(objectname) %(refname)";
        let references = utf8(ask(&top, &["for-each-ref", format, "refs/heads", "refs/remotes"], &[])?)?;
        let mut at: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (object, name) in references.lines().filter_map(|line| line.split_once(' ')) {
            at.entry(object).or_default().push(name.to_owned());
        }
        let objects: Vec<&str> = at.keys().copied().collect();
        let asked: Vec<String> = objects.iter().map(|object| format!("{object}:{inside}")).collect();
        let mut held: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (object, tree) in objects.iter().zip(objects_of(&top, &asked)?) {
            let width = object.len() / 2;
            for name in names_in_tree(tree.as_deref().unwrap_or_default(), width) {
                held.entry(name).or_default().extend(at[object].iter().cloned());
            }
        }
        let branches: BTreeSet<&str> = at.values().flatten().map(String::as_str).collect();
        let main = [
            "refs/remotes/origin/HEAD",
            "refs/remotes/origin/main",
            "refs/remotes/origin/master",
            "refs/heads/main",
            "refs/heads/master",
        ];
        let main = main.into_iter().find(|name| branches.contains(name)).map(str::to_owned);
        let current = ask(&top, &["symbolic-ref", "--quiet", "HEAD"], &[]).and_then(utf8);
        let current = current.map(|name| name.trim().to_owned());
        Some(Self { top, inside, held, main, current })
    }

    /// The numbers taken on branches, each with the file and a branch that contains it.
    pub fn numbers(&self) -> impl Iterator<Item = (u32, &str, &str)> {
        self.held.iter().filter_map(|(file, branches)| match name::parse(file)?.id {
            Id::Number(number) => Some((number, file.as_str(), short(branches.first()?))),
            Id::Dated(_) => None,
        })
    }

    /// A record with this number under another name than `file` that another branch has added since it diverged from
    /// this one, and the branch. The working tree represents its own branch. Files that existed at the merge base don't
    /// count, because they may have been renamed here since.
    pub(crate) fn added_elsewhere(&self, number: u32, file: &str) -> Option<(&str, &str)> {
        let same = self.held.iter().filter(|(name, _)| {
            name.as_str() != file && name::parse(name).is_some_and(|parsed| parsed.id == Id::Number(number))
        });
        let mut pairs = same.flat_map(|(name, branches)| branches.iter().map(move |branch| (name, branch)));
        let is_own = |branch: &str| {
            self.current
                .as_deref()
                .is_some_and(|own| branch == own || short(branch).strip_prefix("origin/") == Some(short(own)))
        };
        pairs
            .find(|(name, branch)| !is_own(branch) && self.has_added(branch, name))
            .map(|(name, branch)| (name.as_str(), short(branch)))
    }

    /// Whether a branch has added a file since it diverged from the checked-out branch.
    fn has_added(&self, branch: &str, file: &str) -> bool {
        let Some(base) = ask(&self.top, &["merge-base", "HEAD", branch], &[]).and_then(utf8) else {
            return false;
        };
        let asked = format!("{}:{}/{file}", base.trim(), self.inside);
        objects_of(&self.top, &[asked]).is_some_and(|found| found == [None])
    }

    /// Whether the main branch contains this file of the folder; `None` without a main branch.
    pub(crate) fn is_in_main(&self, file: &str) -> Option<bool> {
        let main = self.main.as_ref()?;
        Some(self.held.get(file).is_some_and(|branches| branches.contains(main)))
    }

    /// The texts of files (absolute paths) on the main branch; `None` for each file that it doesn't contain.
    pub(crate) fn texts_in_main(&self, paths: &[Utf8PathBuf]) -> Vec<Option<String>> {
        let Some(main) = &self.main else { return vec![None; paths.len()] };
        let asked = paths.iter().map(|path| {
            let inside = path.strip_prefix(&self.top).unwrap_or(path).as_str().replace('\\', "/");
            format!("{main}:{inside}")
        });
        let found = objects_of(&self.top, &asked.collect::<Vec<_>>()).unwrap_or_default();
        let mut texts: Vec<Option<String>> =
            found.into_iter().map(|bytes| String::from_utf8(bytes?).ok()).collect();
        texts.resize(paths.len(), None);
        texts
    }
}

fn short(reference: &str) -> &str {
    let local = reference.strip_prefix("refs/heads/");
    local.or_else(|| reference.strip_prefix("refs/remotes/")).unwrap_or(reference)
}

/// The contents of objects, in the requested order; `None` for missing ones.
fn objects_of(top: &Utf8Path, asked: &[String]) -> Option<Vec<Option<Vec<u8>>>> {
    let fit: Vec<&String> = asked.iter().filter(|name| !name.contains(['\n', '\r'])).collect();
    if fit.len() != asked.len() {
        return None;
    }
    let input: String = asked.iter().flat_map(|name| [name.as_str(), "\n"]).collect();
    let output = ask(top, &["cat-file", "--batch"], input.as_bytes())?;
    let mut rest = output.as_slice();
    let mut found = Vec::new();
    for _ in asked {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        rest = &rest[end + 1..];
        let size = head.rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let is_object = ["blob", "tree"].iter().any(|kind| head.split(' ').nth(1) == Some(kind));
        match size.filter(|_| is_object) {
            Some(size) => {
                found.push(Some(rest.get(..size)?.to_vec()));
                rest = rest.get(size + 1..)?;
            }
            None => found.push(None),
        }
    }
    Some(found)
}

/// The names in a tree object: `<mode> <name>\0<id>`, where the id is `width` bytes long.
fn names_in_tree(mut tree: &[u8], width: usize) -> Vec<String> {
    let mut names = Vec::new();
    while let Some(end) = tree.iter().position(|byte| *byte == 0) {
        let entry = &tree[..end];
        let name = entry.iter().position(|byte| *byte == b' ').map(|at| &entry[at + 1..]);
        names.extend(name.and_then(|name| String::from_utf8(name.to_vec()).ok()));
        tree = tree.get(end + 1 + width..).unwrap_or_default();
    }
    names
}

/// The output of a git command; `None` if it fails.
fn ask(folder: &Utf8Path, arguments: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let mut command = Command::new("git");
    command
        .args(["--no-pager", "--no-optional-locks", "-C", folder.as_str()])
        .args([
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "core.alternateRefsCommand=",
        ])
        .args(arguments)
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    // A git hook that runs this program sets these for its own repository, which may not be the one around the folder.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    let mut child = command.spawn().ok()?;
    let mut stdin = child.stdin.take()?;
    let input = input.to_vec();
    // Written on another thread, since git answers while it still reads.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().ok()?;
    let is_written = writer.join().is_ok_and(|written| written.is_ok());
    (output.status.success() && is_written).then_some(output.stdout)
}

fn utf8(bytes: Vec<u8>) -> Option<String> {
    String::from_utf8(bytes).ok()
}
