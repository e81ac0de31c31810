//! Locates the records, from the configuration of an ADR tool or in the usual folders.

use camino::{Utf8Path, Utf8PathBuf};
use source::{FileKind, FileSystem};

use crate::name;

/// The form of the first record in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Markdown Any Decision Records, version 4.
    Madr,
    /// Michael Nygard's, as adr-tools writes it.
    Nygard,
    /// log4brains, with dates in the names.
    Log4brains,
}

/// The folder of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Absolute. It may not exist yet.
    pub folder: Utf8PathBuf,
    /// The form of the first record.
    pub form: Form,
    /// Why this folder was chosen, as text for the user.
    pub why: String,
}

/// The usual folders for records, the most likely one first; the first entry is also the default.
const USUAL: [&str; 16] = [
    "docs/decisions",
    "docs/adr",
    "doc/adr",
    "docs/adrs",
    "doc/adrs",
    "docs/ADR",
    "doc/decisions",
    "docs/architecture/decisions",
    "doc/architecture/decisions",
    "docs/architecture/adr",
    "docs/architecture/adrs",
    "docs/arch",
    "architecture/decisions",
    "adr",
    "adrs",
    "decisions",
];

/// Finds the log of a project. `bases` are the folders to search from, the project's own first, then its parents.
pub fn find(fs: &dyn FileSystem, bases: &[Utf8PathBuf]) -> Home {
    let declared = bases.iter().find_map(|base| declared(fs, base));
    let kept = || {
        let folders = bases.iter().flat_map(|base| USUAL.iter().map(move |usual| (base.join(usual), *usual)));
        let (folder, _) = folders.into_iter().find(|(folder, _)| holds_records(fs, folder))?;
        let why = "it holds records".to_owned();
        Some(Home { folder, form: Form::Madr, why })
    };
    // A site of documentation may keep its pages in a folder of their own.
    let nested = || {
        let folder = bases.iter().find_map(|base| nested(fs, base))?;
        Some(Home { folder, form: Form::Madr, why: "it holds records".to_owned() })
    };
    let empty = || {
        let folders = bases.iter().flat_map(|base| USUAL.iter().map(move |usual| (base.join(usual), *usual)));
        let is_there = |(folder, usual): &(Utf8PathBuf, &str)| is_folder(fs, folder) && *usual != "docs/arch";
        let (folder, usual) = folders.into_iter().find(is_there)?;
        // The default folder of adr-tools.
        let form = if usual == "doc/adr" { Form::Nygard } else { Form::Madr };
        Some(Home { folder, form, why: "it is called like a folder of records".to_owned() })
    };
    declared.or_else(kept).or_else(nested).or_else(empty).unwrap_or_else(|| Home {
        folder: bases.first().map_or_else(|| USUAL[0].into(), |base| base.join(USUAL[0])),
        form: Form::Madr,
        why: "no folder holds records yet".to_owned(),
    })
}

/// Limits of the search below the folders of documentation.
const DEEPEST: usize = 4;
const MOST_FOLDERS: usize = 500;

/// The nearest folder below the documentation that is called like one of records and holds some.
fn nested(fs: &dyn FileSystem, base: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut level: Vec<Utf8PathBuf> = ["docs", "doc"].iter().map(|it| base.join(it)).collect();
    let mut seen = 0;
    for _ in 0..DEEPEST {
        let mut below = Vec::new();
        for folder in level {
            let entries = fs.read_dir(&folder).unwrap_or_default();
            below.extend(entries.into_iter().filter(|it| it.kind == FileKind::Folder).map(|it| it.path));
        }
        below.sort();
        let is_called = |it: &&Utf8PathBuf| {
            let name = it.file_name().unwrap_or_default().to_ascii_lowercase();
            matches!(name.as_str(), "adr" | "adrs" | "decisions") && holds_records(fs, it)
        };
        if let Some(found) = below.iter().find(is_called) {
            return Some(found.clone());
        }
        seen += below.len();
        if seen > MOST_FOLDERS {
            return None;
        }
        level = below;
    }
    None
}

/// What the configuration of an ADR tool in this folder declares.
fn declared(fs: &dyn FileSystem, base: &Utf8Path) -> Option<Home> {
    let read = |name: &str| String::from_utf8(fs.read(&base.join(name)).ok()?).ok();
    let home = |folder: &str, form, name: &str| {
        let folder = source::absolute(base, Utf8Path::new(folder));
        // A folder elsewhere isn't part of this project.
        folder.starts_with(base).then(|| Home { folder, form, why: format!("`{name}` names it") })
    };
    let adr_dir = || {
        let text = read(".adr-dir")?;
        home(text.lines().find(|line| !line.trim().is_empty())?.trim(), Form::Nygard, ".adr-dir")
    };
    let adrs = || {
        let text = read("adrs.toml")?;
        home(value(&text, &["adr_dir", "adr-dir"], '=')?, Form::Nygard, "adrs.toml")
    };
    let log4brains = || {
        let text = read(".log4brains.yml")?;
        home(value(&text, &["adrFolder"], ':')?, Form::Log4brains, ".log4brains.yml")
    };
    adr_dir().or_else(adrs).or_else(log4brains)
}

/// The value of the first line that sets one of these keys. This is all that is read of a tool's configuration.
fn value<'a>(text: &'a str, keys: &[&str], sign: char) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(sign)?;
        let value = value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']);
        (keys.contains(&key.trim().trim_start_matches("- ")) && !value.is_empty()).then_some(value)
    })
}

fn is_folder(fs: &dyn FileSystem, path: &Utf8Path) -> bool {
    fs.metadata(path).is_ok_and(|found| found.kind == FileKind::Folder)
}

fn holds_records(fs: &dyn FileSystem, folder: &Utf8Path) -> bool {
    let entries = fs.read_dir(folder).unwrap_or_default();
    entries.iter().any(|entry| {
        entry.kind == FileKind::File && entry.path.file_name().is_some_and(|name| name::parse(name).is_some())
    })
}

#[cfg(test)]
mod tests {
    use source::MemoryFileSystem;

    use super::*;

    fn found(files: &[(&str, &str)]) -> (String, Form) {
        let fs = MemoryFileSystem::with_files(files.iter().copied());
        let home = find(&fs, &["/shop".into(), "/".into()]);
        (home.folder.to_string(), home.form)
    }

    #[test]
    fn what_a_tool_declares_comes_first() {
        let record = ("/shop/docs/adr/0001-a.md", "# A\n");
        assert_eq!(
            found(&[("/shop/.adr-dir", "arch/log\n"), record]),
            ("/shop/arch/log".into(), Form::Nygard)
        );
        assert_eq!(found(&[("/shop/adrs.toml", "adr_dir = \"x\"\n")]), ("/shop/x".into(), Form::Nygard));
        let yaml = "project:\n  name: Shop\n  adrFolder: ./docs/log # here\n";
        assert_eq!(found(&[("/shop/.log4brains.yml", yaml)]), ("/shop/docs/log".into(), Form::Log4brains));
        assert_eq!(found(&[("/shop/.adr-dir", "../../etc"), record]), ("/shop/docs/adr".into(), Form::Madr));
    }

    #[test]
    fn then_a_folder_that_holds_some_then_one_that_is_called_so() {
        assert_eq!(found(&[("/doc/adr/0001-a.md", "")]), ("/doc/adr".into(), Form::Madr));
        // In a site of documentation, even beside an empty folder of the usual name.
        let nested = ("/shop/docs/docs/architecture/adr/001-a.md", "");
        let record = ("/shop/docs/docs/architecture/adr".into(), Form::Madr);
        assert_eq!(found(&[nested]), record);
        assert_eq!(found(&[nested, ("/shop/docs/adr/README.md", "")]), record);
        assert_eq!(found(&[nested, ("/shop/docs/adr/0001-a.md", "")]), ("/shop/docs/adr".into(), Form::Madr));
        assert_eq!(found(&[("/shop/docs/site/steps/001-a.md", "")]).0, "/shop/docs/decisions");
        assert_eq!(found(&[("/shop/doc/adr/README.md", "")]), ("/shop/doc/adr".into(), Form::Nygard));
        assert_eq!(found(&[("/shop/a.py", "")]), ("/shop/docs/decisions".into(), Form::Madr));
    }
}
