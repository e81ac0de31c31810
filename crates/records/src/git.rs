//! What other branches hold: two of them take the same number, and git sees two file names and says nothing.
//!
//! Only objects and references are read, by commands that run nothing on behalf of the repository: no hook, no file system
//! monitor, no filter, no signature program, and nothing is fetched. Without git there is nothing on other branches.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use crate::name::{self, Id};

/// What the branches of the repository around a folder hold in it.
#[derive(Debug, Default, Clone)]
pub struct Branches {
    top: Utf8PathBuf,
    /// The folder inside of it.
    inside: String,
    /// The names of the files, with the references to branches (local and remote ones) that hold each.
    held: BTreeMap<String, Vec<String>>,
    /// The branch that others are merged into.
    main: Option<String>,
    /// The branch that is checked out.
    current: Option<String>,
}

impl Branches {
    /// Reads them; nothing where there is no git, no repository or no branch.
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

    /// Numbers that branches have taken, each with the file and a branch that holds it.
    pub fn numbers(&self) -> impl Iterator<Item = (u32, &str, &str)> {
        self.held.iter().filter_map(|(file, branches)| match name::parse(file)?.id {
            Id::Number(number) => Some((number, file.as_str(), short(branches.first()?))),
            Id::Dated(_) => None,
        })
    }

    /// A record of this number under another name than `file` that another branch has added since it left this one, with the
    /// branch. What is checked out speaks for its own branch, and what a branch had from the start may be called otherwise here
    /// by now.
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

    /// Whether a branch has a file that wasn't there when it left what is checked out.
    fn has_added(&self, branch: &str, file: &str) -> bool {
        let Some(base) = ask(&self.top, &["merge-base", "HEAD", branch], &[]).and_then(utf8) else {
            return false;
        };
        let asked = format!("{}:{}/{file}", base.trim(), self.inside);
        objects_of(&self.top, &[asked]).is_some_and(|found| found == [None])
    }

    /// Whether the branch that others are merged into holds this file of the folder; nothing where there is no such branch.
    pub(crate) fn is_in_main(&self, file: &str) -> Option<bool> {
        let main = self.main.as_ref()?;
        Some(self.held.get(file).is_some_and(|branches| branches.contains(main)))
    }

    /// The texts of files (absolute) as the branch that others are merged into holds them; nothing for each that it doesn't.
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

/// The contents of objects, in the order in which they are asked for; nothing for what isn't there.
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

/// The names in a tree: `<mode> <name>\0<id>`, the id `width` bytes long.
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

/// What git prints; nothing where it fails.
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
    // Of a hook that runs this: it speaks of its own repository, not of the one around the folder.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    let mut child = command.spawn().ok()?;
    let mut stdin = child.stdin.take()?;
    let input = input.to_vec();
    // Beside reading: git answers while it is asked.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().ok()?;
    let is_written = writer.join().is_ok_and(|written| written.is_ok());
    (output.status.success() && is_written).then_some(output.stdout)
}

fn utf8(bytes: Vec<u8>) -> Option<String> {
    String::from_utf8(bytes).ok()
}
